"""A protected table as a page and a file show it: labels, words for what is hidden, and the lengths of bars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from sabir.kernel.public import text_in
from sabir.rights.public import labels
from sabir.web.public import page_locale

from .disclosure_table import TOTAL, Table
from .models import Extract
from .tables import DeclaredTable

STEP = 52
"""Height of one bar with its label, in px."""
ROOM = 84.0
"""How far the longest bar reaches, in percent of the width: the rest is for its number."""
LEAST_BOX = 5.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number under its column; None where it is hidden."""

    label: str
    shown: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table and its total."""

    label: str
    figures: list[Figure]
    total: Figure


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart, placed: `y` in px, `start`, `length` and `end` in percent, grown from the reading side."""

    label: str
    shown: int | None
    y: int
    start: str
    length: str
    end: str

    @property
    def y_bar(self) -> int:
        return self.y + 11

    @property
    def y_number(self) -> int:
        return self.y + 24


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything a page or a file says about one table of one extract."""

    code: str
    title: str
    row_word: str
    number: int
    frozen_on: date
    threshold: int
    unions_least: int
    base: int
    unions: int | None
    first_quarter: str
    last_quarter: str
    columns: list[str]
    lines: list[Line]
    foot: Line

    @property
    def hidden(self) -> int:
        """How many positions are hidden."""
        return sum(figure.shown is None for line in (*self.lines, self.foot) for figure in (*line.figures, line.total))

    @property
    def finding(self) -> str:
        """The label of the row with the greatest shown total, empty where two share it. A hidden one may be greater."""
        shown = sorted(((line.total.shown, line.label) for line in self.lines if line.total.shown), reverse=True)
        alone = len(shown) == 1 or (len(shown) > 1 and shown[0][0] > shown[1][0])
        return shown[0][1] if alone else ""

    @property
    def height(self) -> int:
        return STEP * len(self._drawn())

    def _drawn(self) -> list[Line]:
        # A total of nought has no bar to draw; it stands in the table.
        return [line for line in self.lines if line.total.shown != 0]

    def bars(self) -> Iterator[Bar]:
        """A bar for every row total but noughts, the longest first, hidden ones after."""
        longest = max([self.threshold * 4, *(line.total.shown or 0 for line in self.lines)])
        order = sorted(self._drawn(), key=_by_total)
        for place, line in enumerate(order):
            shown = line.total.shown
            length = max(ROOM * self.threshold / longest, LEAST_BOX) if shown is None else ROOM * shown / longest
            yield _bar(line, 14 + place * STEP, length)


def figure_page(extract: Extract, declared: DeclaredTable, table: Table) -> FigurePage:
    """The page of one table, in the language now active."""
    columns = _labels(declared.column_scheme, declared.shape.columns)
    names = _labels(declared.row_scheme, declared.shape.rows)
    lines = [_line(table, row, name, columns) for row, name in zip(declared.shape.rows, names, strict=True)]
    return FigurePage(
        code=declared.code,
        title=str(declared.title),
        row_word=str(declared.row_word),
        number=extract.number,
        frozen_on=extract.frozen_on,
        threshold=extract.threshold,
        unions_least=extract.unions_least,
        base=extract.base,
        unions=extract.unions,
        first_quarter=_quarter(extract.first_quarter),
        last_quarter=_quarter(extract.last_quarter),
        columns=columns,
        lines=lines,
        foot=_line(table, TOTAL, _("All mentions"), columns),
    )


def _line(table: Table, row: str, name: str, columns: list[str]) -> Line:
    figures = [
        Figure(column, table.values[row, code]) for column, code in zip(columns, table.shape.columns, strict=True)
    ]
    return Line(name, figures, Figure(_("All regions"), table.values[row, TOTAL]))


def _by_total(line: Line) -> tuple[int, str]:
    shown = line.total.shown
    return (1 if shown is None else 2 if shown == 0 else -shown, line.label)


def _bar(line: Line, y: int, length: float) -> Bar:
    start, end = (100 - length, 100 - length) if get_language_bidi() else (0, length)
    return Bar(line.label, line.total.shown, y, f"{start:.1f}%", f"{length:.1f}%", f"{end:.1f}%")


def _labels(scheme: str, codes: Iterable[str]) -> list[str]:
    """The labels of codes in the language of the page; the code itself where it has none."""
    names = labels(scheme)
    return [text_in(names.get(code, {}), get_language()) or code for code in codes]


def _quarter(code: str) -> str:
    """`2026Q4` in words, by CLDR."""
    if not code:
        return ""
    return str(format_skeleton("yQQQQ", date(int(code[:4]), int(code[5:]) * 3, 1), locale=page_locale()))
