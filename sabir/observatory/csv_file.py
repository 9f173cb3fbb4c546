"""A table as a file for a spreadsheet, safe to open and honest about what it hides."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .pages import FigurePage, Line

HIDDEN = ":c"
"""Eurostat's sign for confidential."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(page: FigurePage) -> bytes:
    """UTF-8 with the mark spreadsheets look for. Semicolons, but commas in English: what each spreadsheet expects."""
    text = StringIO()
    writer = csv.writer(text, delimiter="," if get_language() == "en" else ";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in _rows(page))
    return text.getvalue().encode("utf-8-sig")


def neutral(cell: str | int | None) -> str | int:
    """The cell so that no spreadsheet takes it for a formula."""
    if cell is None:
        return HIDDEN
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def _rows(page: FigurePage) -> Iterator[Iterable[str | int | None]]:
    yield [page.row_word, *page.columns, page.foot.total.label]
    yield from (_row(line) for line in (*page.lines, page.foot))
    yield []
    yield from ([note] for note in notes(page))


def _row(line: Line) -> list[str | int | None]:
    return [line.label, *(figure.shown for figure in line.figures), line.total.shown]


def notes(page: FigurePage) -> list[str]:
    """What a reader of the bare file must know."""
    return [
        _("Extract %(number)s of %(date)s") % {"number": page.number, "date": date_format(page.frozen_on, "Y-m-d")},
        _(
            "Reports are counted, not people. A report counts once under each heading it names; "
            "totals add up these mentions."
        ),
        _("Numbers are rounded to the nearest %(base)s.") % {"base": page.base},
        _("%(sign)s: hidden. Fewer than %(threshold)s, or hidden to protect another number.")
        % {"sign": HIDDEN, "threshold": page.threshold},
    ]
