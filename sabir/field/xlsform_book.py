"""A workbook as a table of cells, looked through before pyxform sees it: is it one, does it carry programs, is it a bomb?

Also the only way to say *where*: pyxform often names a question and no row, and some mistakes it does not see at all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from sabir.field.xform_problem import Problem, Refused

UNPACKED = 50_000_000
RATIO = 300
RATIO_FROM = 1_000_000
ENTRIES = 2_000
ROWS = 20_000
COLUMNS = 300
CONTENTS = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
READ = ("survey", "choices", "settings", "external_choices", "entities", "osm")
EXPRESSIONS = ("calculation", "calculate", "relevant", "relevance", "constraint", "choice_filter", "repeat_count")

Row = list[str]


@dataclass
class Book:
    """`sheets` holds the text of the cells that a form is made of, first row first; `programs` names sheets with code."""

    kind: str
    raw: bytes
    sheets: dict[str, list[Row]] = field(default_factory=dict)
    programs: list[str] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        """What is wrong with the workbook itself."""
        found = [Problem("workbook.macros", sheet=sheet, row=1) for sheet in self.programs[:1]]
        if "survey" not in self.sheets:
            found.append(Problem("workbook.no_survey"))
        for name, rows in self.sheets.items():
            found += _twice(name, rows[0] if rows else [])
        return found

    def header(self, sheet: str) -> Row:
        return next(iter(self.sheets.get(sheet, [])), [])

    def column(self, sheet: str, *headings: str) -> int | None:
        cleaned = [heading.strip().lower() for heading in self.header(sheet)]
        return next((cleaned.index(heading) for heading in headings if heading in cleaned), None)

    def cells(self, sheet: str, *headings: str) -> list[tuple[int, str]]:
        """(row number as the spreadsheet shows it, text) of a column's cells that are not empty."""
        place = self.column(sheet, *headings)
        if place is None:
            return []
        rows = enumerate(self.sheets[sheet][1:], start=2)
        return [(number, row[place]) for number, row in rows if place < len(row) and row[place]]

    def row_of(self, sheet: str, *words: str) -> int | None:
        """The first row in which a word stands as a whole cell, or inside a cell as a ${reference}."""
        for word in words:
            for number, row in enumerate(self.sheets.get(sheet, []), start=1):
                if word in row or any(f"${{{word}}}" in cell for cell in row):
                    return number
        return None

    def rows(self) -> dict[str, int]:
        """Column path in the form -> row of the survey sheet."""
        kinds, names = dict(self.cells("survey", "type")), dict(self.cells("survey", "name"))
        around: list[str] = []
        found: dict[str, int] = {}
        for number in sorted(kinds):
            kind = re.sub(r"[\s_]+", " ", kinds[number].strip().lower())
            if kind.startswith("end "):
                del around[-1:]
                continue
            path = "/".join([*around, names.get(number, "").strip()])
            found.setdefault(path, number)
            if kind.startswith("begin "):
                around.append(names.get(number, "").strip())
        return found


def _twice(sheet: str, header: Row) -> list[Problem]:
    counted = Counter(heading.strip() for heading in header if heading.strip())
    found = []
    for heading, count in counted.items():
        if count > 1:
            places = [_letter(i) for i, cell in enumerate(header) if cell.strip() == heading]
            params = {"heading": heading[:60], "places": ", ".join(places)}
            found.append(Problem("workbook.column_twice", sheet=sheet, row=1, column=heading[:60], params=params))
    return found


def _letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def open_book(raw: bytes) -> Book:
    """Recognise the workbook by what it is, not by its name; Refused (`workbook.*`) if it is none or is dangerous."""
    if raw.startswith(OLE):
        return _open_xls(raw)
    if raw.startswith(b"PK"):
        return _open_xlsx(raw)
    raise Refused("workbook.unreadable")


def _open_xls(raw: bytes) -> Book:
    import xlrd

    book = Book(".xls", raw)
    opened = xlrd.open_workbook(file_contents=raw, on_demand=True)
    for name in opened.sheet_names():
        if name.strip().lower() not in READ:
            continue
        sheet = opened.sheet_by_name(name)
        rows = [[_text(cell.value) for cell in sheet.row(r)[:COLUMNS]] for r in range(min(sheet.nrows, ROWS))]
        book.sheets[name.strip().lower()] = rows
    if OLE_MACROS in raw:
        book.programs = [next(iter(book.sheets), "survey")]
    return book


def _open_xlsx(raw: bytes) -> Book:
    import openpyxl

    names = _unpacked_safely(raw)
    book = Book(".xlsx", raw)
    opened = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in opened.worksheets:
        name = sheet.title.strip().lower()
        if name in READ:
            cells = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
            book.sheets[name] = [[_text(value) for value in row] for row in cells]
    if any(name.lower().endswith("vbaproject.bin") for name in names) or _says_macros(raw):
        book.programs = [next(iter(book.sheets), "survey")]
    return book


def _says_macros(raw: bytes) -> bool:
    # A workbook saved "with macros" says so in its list of contents, even when the macros were cut out of it.
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return CONTENTS in package.namelist() and b"macroEnabled" in package.read(CONTENTS)


def _unpacked_safely(raw: bytes) -> list[str]:
    """The names inside the package, or Refused if unpacking it would be a mistake."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("workbook.unreadable") from None
    bloated = any(e.file_size > RATIO_FROM and e.file_size > RATIO * max(e.compress_size, 1) for e in entries)
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED or bloated:
        raise Refused("workbook.bomb")
    return [entry.filename for entry in entries]


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
