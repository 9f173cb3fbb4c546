"""What can be wrong with a form, a workbook or a report: a stable code and where it was found. Words are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. An error keeps a form from being published, a warning does not.

    `column` is a column's path in the form ("group/name") or a column's heading in a sheet; `row` counts as the
    spreadsheet does, from 1. `params` fill the text of the catalogue and never hold an answer, only words of the form.
    """

    code: str
    severity: Severity = "error"
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)

    def at(self, sheet: str, row: int) -> Problem:
        return replace(self, sheet=sheet, row=row)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "params": dict(self.params),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Problem:
        return cls(
            code=str(found["code"]),
            severity="warning" if found.get("severity") == "warning" else "error",
            sheet=found.get("sheet"),
            row=found.get("row"),
            column=found.get("column"),
            params={str(name): str(value) for name, value in (found.get("params") or {}).items()},
        )


class Refused(Exception):
    """Raised where reading cannot go on: the bytes are no XML, no XForm, no report or no workbook."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, params=params)


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]
