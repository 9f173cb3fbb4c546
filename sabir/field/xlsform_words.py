"""pyxform speaks English sentences; here they become problems with a code, a sheet and a row.

Its own words travel along as the parameter `words`, because they name the question and how to mend it.
"""

from __future__ import annotations

import re

from sabir.field.xform_problem import Problem, Severity
from sabir.field.xlsform_book import Book

ROW = re.compile(r"\[row : (\d+)\]|\brow (?:number )?'?(\d+)'?", re.IGNORECASE)
SHEETS = "survey|choices|settings|external_choices|entities|osm"
SHEET = re.compile(rf"'?({SHEETS})'? (?:sheet|columns?)|sheet:? '({SHEETS})'|the ({SHEETS}) ")
ON_SHEET = re.compile(rf"[Oo]n the '?({SHEETS})'? sheet")
QUOTED = re.compile(r"\$\{([^}]+)\}|['\"`]([^'\"`]{1,80})['\"`]")
NAMED = re.compile(r":\s*([\w.-]+)\s*$|\bname[d]? ([\w.-]+)")
LONGEST = 500


def problem_of_failure(failure: Exception, book: Book) -> Problem:
    """Why pyxform made no form of the workbook."""
    if isinstance(failure, MemoryError):
        return Problem("workbook.too_slow")
    return _placed("workbook.pyxform_refused", "error", str(failure) or type(failure).__name__, book)


def problem_of_warning(words: str, book: Book) -> Problem:
    """What pyxform finds doubtful, under the code of its kind."""
    code = next((code for marker, code in WARNINGS if marker in words), "workbook.pyxform_warned")
    return _placed(code, "warning", words, book)


WARNINGS = (
    ("is missing the", "workbook.language_incomplete"),
    ("max-pixels", "workbook.large_pictures"),
    ("Choices should have a label", "workbook.choice_without_label"),
    ("Column headers must not", "workbook.odd_heading"),
    ("or_other", "workbook.or_other"),
    ("similar names were found", "workbook.sheet_misspelt"),
)


def _placed(code: str, severity: Severity, words: str, book: Book) -> Problem:
    plain = " ".join(words.split())[:LONGEST]
    row = _row(plain)
    if row is None:
        sheet, row = _found_in(book, _sheet(plain), plain)
    else:
        # With a row, another sheet may be named only because something is missing there.
        named = ON_SHEET.search(plain)
        sheet = named[1] if named else "survey"
    return Problem(code, severity, sheet=sheet or "survey", row=row, params={"words": _without_place(plain)})


def _row(words: str) -> int | None:
    match = ROW.search(words)
    return int(match[1] or match[2]) if match else None


def _sheet(words: str) -> str | None:
    match = SHEET.search(words)
    return next((name for name in match.groups() if name), None) if match else None


def _without_place(words: str) -> str:
    return re.sub(r"^\[row : \d+\]\s*", "", words)


def _found_in(book: Book, sheet: str | None, words: str) -> tuple[str | None, int | None]:
    """Where the questions, lists or headings named in a sentence without a row stand; the sheet's head if nowhere."""
    named = [one or two for one, two in QUOTED.findall(words)] + [one or two for one, two in NAMED.findall(words)]
    for name in [sheet] if sheet in book.sheets else list(book.sheets):
        row = book.row_of(name, *named)
        if row is not None:
            return name, row
    return (sheet, 1) if sheet in book.sheets else ("survey", 1)
