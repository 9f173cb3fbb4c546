"""Reading the reference tables of `data/typologies`: one file a scheme, one row a term."""

import csv
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import LANGUAGES, BadInput

from .models import Term

LABELS = {language: f"label_{language}" for language in LANGUAGES}
OWN_COLUMNS = frozenset({"code", "parent", "source", "verified", *LABELS.values()})
REQUIRED = ("code", "source", "verified", *LABELS.values())


def terms_in(folder: Path) -> list[Term]:
    """The terms of every table of a folder, not yet kept. The name of a file is its scheme.

    Raises BadInput where the folder holds no table, or where a row lacks its code, a label in one of the six
    languages, its source or how far it is verified.
    """
    tables = sorted(folder.glob("*.csv"))
    if not tables:
        raise BadInput("rights.no_tables", _("There are no tables in %(folder)s."), folder=str(folder))
    return [term for table in tables for term in _terms_of(table)]


def _terms_of(table: Path) -> list[Term]:
    with table.open(encoding="utf-8", newline="") as lines:
        return [_term(table, order, row) for order, row in enumerate(csv.DictReader(lines), start=1)]


def _term(table: Path, order: int, row: dict[str, str]) -> Term:
    missing = next((column for column in REQUIRED if not row.get(column)), None)
    if missing:
        words = _("%(table)s, row %(row)s: the column %(column)s is empty.")
        raise BadInput("rights.incomplete_row", words, table=table.name, row=order + 1, column=missing)
    return Term(
        scheme=table.stem,
        code=row["code"],
        parent=row.get("parent", ""),
        order=order,
        labels={language: row[column] for language, column in LABELS.items()},
        source=row["source"],
        verified=row["verified"],
        extra={column: value for column, value in row.items() if column not in OWN_COLUMNS and value},
    )
