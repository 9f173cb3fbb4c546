"""Build the standard intake form: questions.csv, texts.csv and the typologies become `data/forms/sabir_intake.xlsx`.

Run it from the root of the project: `.venv/bin/python data/forms/build/sabir_intake.py`. The same tables give the
same bytes. A form that has been published keeps its version for ever: after any change here, raise VERSION.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lists import DATA, LANGUAGES, choice_lists
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
WORKBOOK = DATA / "forms" / "sabir_intake.xlsx"
FORM_ID = "sabir_intake"
VERSION = "2026112201"
TITLE = "Fiche d’accueil"
NAMESPACES = 'sabir="https://rsmms.net/sabir/xforms"'

TEXTS = {"label": "label", "hint": "hint", "constraint": "constraint_message", "required": "required_message"}
PLAIN = ("type", "name", "required", "relevant", "constraint", "choice_filter", "appearance", "parameters")
MARKS = {"class": "bind::sabir:class", "finder": "bind::sabir:finder"}
FILTERS = ("region", "heading")

LONG_AGO = (1980, 1, 1, 0, 0, 0)
CLOCK = re.compile(rb"<dcterms:(created|modified)([^>]*)>[^<]*<")


def main() -> None:
    WORKBOOK.write_bytes(workbook_bytes())


def workbook_bytes() -> bytes:
    """The workbook as a file. Contains no clock: the same tables give the same parts."""
    book = Workbook()
    _fill(book.active, "survey", _survey())
    _fill(book.create_sheet(), "choices", _choices())
    _fill(book.create_sheet(), "settings", [_settings()])
    file = io.BytesIO()
    book.save(file)
    return _without_clock(file.getvalue())


def _survey() -> list[dict[str, str]]:
    texts = {row["key"]: row for row in _rows("texts.csv")}
    return [_question(row, texts) for row in _rows("questions.csv")]


def _question(row: dict[str, str], texts: dict[str, dict[str, str]]) -> dict[str, str]:
    cells = {column: row[column] for column in PLAIN} | {mark: row[column] for column, mark in MARKS.items()}
    for suffix, column in TEXTS.items():
        text = texts.get(f"{row['name']}.{suffix}", {})
        cells |= {f"{column}::{name}": text.get(code, "") for code, name in LANGUAGES.items()}
    return cells


def _choices() -> list[dict[str, str]]:
    return [
        {"list_name": name, "name": choice.code}
        | {f"label::{language}": choice.labels[code] for code, language in LANGUAGES.items()}
        | {column: choice.filters.get(column, "") for column in FILTERS}
        for name, choices in choice_lists().items()
        for choice in choices
    ]


def _settings() -> dict[str, str]:
    return {
        "form_title": TITLE,
        "form_id": FORM_ID,
        "version": VERSION,
        "default_language": LANGUAGES["fr"],
        "namespaces": NAMESPACES,
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _fill(sheet: Worksheet | None, title: str, rows: Iterable[dict[str, str]]) -> None:
    """Write rows under their column names; columns that stay empty are left out."""
    assert sheet is not None
    sheet.title = title
    rows = list(rows)
    columns = [column for column in rows[0] if any(row[column] for row in rows)]
    sheet.append(columns)
    for row in rows:
        sheet.append([row[column] or None for column in columns])
    sheet.freeze_panes = "C2" if len(rows) > 1 else None


def _without_clock(workbook: bytes) -> bytes:
    """The same parts with fixed times, inside and outside."""
    still = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(still, "w") as kept:
        for name in sorted(parts.namelist()):
            content = CLOCK.sub(rb"<dcterms:\1\2>1980-01-01T00:00:00Z<", parts.read(name))
            kept.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED, 9)
    return still.getvalue()


if __name__ == "__main__":
    main()
