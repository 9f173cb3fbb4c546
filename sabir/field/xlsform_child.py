"""The child process that reads a workbook. Imports pyxform and openpyxl, which nothing else in the room may do.

Its standard output is one JSON object: xml, itemsets, problems, rows. It shuts itself in before it reads a byte.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import resource
import sys
import warnings
from typing import Any

from sabir.field.xform_problem import Problem, Refused, errors
from sabir.field.xlsform_book import Book, open_book
from sabir.field.xlsform_words import problem_of_failure, problem_of_warning

CPU_SECONDS = 20
MEMORY = 1 << 30
WRITTEN = 30_000_000


def shut_in() -> None:
    """From here on: 20 s of processor, 1 GB of addresses, files of 30 MB at most, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(stem: str) -> None:
    shut_in()
    workbook = sys.stdin.buffer.read()
    # pyxform logs and openpyxl warns; neither may get into the answer.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(io.StringIO()):
        answer = converted(workbook, stem)
    sys.stdout.write(json.dumps(answer))


def converted(workbook: bytes, stem: str) -> dict[str, Any]:
    """What the parent is told. Never raises: everything that goes wrong is a problem."""
    try:
        book = open_book(workbook)
    except Refused as refused:
        return _answer([refused.problem])
    except Exception:  # a broken workbook fails in as many ways as there are libraries reading it
        return _answer([Problem("workbook.unreadable")])
    found = book.problems()
    said: list[str] = []
    try:
        xml, itemsets = _pyxform(book, stem, said)
    except Exception as failure:  # pyxform lets TypeError, KeyError and others of its insides escape
        found += [] if errors(found) else [problem_of_failure(failure, book)]
        return _answer(found + [problem_of_warning(words, book) for words in said])
    found += [problem_of_warning(words, book) for words in said]
    if errors(found):
        return _answer(found)
    return {**_answer(found), "xml": xml, "itemsets": itemsets, "rows": book.rows()}


def _pyxform(book: Book, stem: str, said: list[str]) -> tuple[str, str | None]:
    from pyxform.xls2json_backends import Definition, SupportedFileTypes
    from pyxform.xls2xform import convert

    kind = SupportedFileTypes(book.kind)
    definition = Definition(data=io.BytesIO(book.raw), file_type=kind, file_path_stem=stem)
    result = convert(definition, warnings=said, file_type=book.kind)
    return result.xform, result.itemsets


def _answer(problems: list[Problem]) -> dict[str, Any]:
    unique = list({json.dumps(problem.as_json(), sort_keys=True): problem for problem in problems}.values())
    return {"problems": [problem.as_json() for problem in unique]}
