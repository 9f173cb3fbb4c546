"""XLSForms, turned into XForms by pyxform in a child process that can neither grow, nor hang, nor reach this one.

The child knows no Django, no database and no environment of ours; it gets the workbook on its standard input and
answers with one JSON object. Whatever happens to it becomes a problem with, where known, a sheet and a row.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .xform_problem import Problem, Refused

WORKBOOK_BYTES = 10_000_000
SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]
# -I: nothing of the environment or the current folder gets in. -B: no compiled file is left behind.
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from sabir.field.xlsform_child import main; main(sys.argv[2])"


@dataclass(frozen=True)
class Converted:
    """An XForm made from a workbook. `rows` tells for a column's path where in the survey sheet it stands."""

    xml: bytes
    problems: list[Problem] = field(default_factory=list)
    rows: Mapping[str, int] = field(default_factory=dict)
    itemsets: bytes | None = None

    def placed(self, problem: Problem) -> Problem:
        """The same problem with sheet and row, where its column stands in the workbook."""
        row = self.rows.get(problem.column or "")
        return problem.at("survey", row) if row and problem.row is None else problem


def convert(workbook: bytes, *, stem: str, seconds: int = SECONDS) -> Converted:
    """Turn an .xlsx or .xls into an XForm; `xml` is empty where problems of severity error keep it from being one.

    `stem` is the file's name without its ending, the form's id where the settings sheet names none.
    """
    if len(workbook) > WORKBOOK_BYTES:
        raise Refused("workbook.too_large", limit=str(WORKBOOK_BYTES))
    command = [sys.executable, "-I", "-B", "-c", CHILD, str(ROOT), stem]
    # pyxform writes its result to a file before it returns it; the folder goes with the child.
    with tempfile.TemporaryDirectory(prefix="sabir-form-") as folder:
        quiet = {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TMPDIR": folder}
        try:
            ran = subprocess.run(
                command, input=workbook, capture_output=True, timeout=seconds, env=quiet, cwd=folder, check=False
            )
        except subprocess.TimeoutExpired:
            raise Refused("workbook.too_slow") from None
    return _read(ran.stdout) if ran.returncode == 0 else _died(ran.returncode)


def _died(code: int) -> Converted:
    # The limits of the child end it by a signal (CPU) or by running out of memory; its words are not worth showing.
    return Converted(b"", [Problem("workbook.too_slow" if code < 0 else "workbook.not_converted")])


def _read(answer: bytes) -> Converted:
    try:
        said = json.loads(answer)
    except ValueError:
        return Converted(b"", [Problem("workbook.not_converted")])
    itemsets = said.get("itemsets")
    return Converted(
        xml=str(said.get("xml") or "").encode(),
        problems=[Problem.from_json(found) for found in said.get("problems", ())],
        rows={str(path): int(row) for path, row in said.get("rows", {}).items()},
        itemsets=itemsets.encode() if itemsets else None,
    )
