"""The tables the network has declared. There are no others, and no free queries."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .disclosure_table import Shape


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """A table of two dimensions: its code, its words, its codes, and the typologies that name them."""

    code: str
    title: str | Promise
    row_word: str | Promise
    row_scheme: str
    column_scheme: str
    shape: Shape


NEVER_COUNTED = frozenset({"V08"})
"""Violence and harassment: sealed detail, in no table (docs/threat-model.md)."""

HEADINGS = tuple(code for code in (f"V{number:02d}" for number in range(1, 17)) if code not in NEVER_COUNTED)
REGIONS = ("west_africa", "north_africa", "europe", "elsewhere")

VIOLATIONS_BY_REGION = DeclaredTable(
    code="violations_by_region",
    title=_("What workers report, by region of work"),
    row_word=_("What was reported"),
    row_scheme="violations",
    column_scheme="regions",
    shape=Shape(HEADINGS, REGIONS),
)

TABLES = {table.code: table for table in (VIOLATIONS_BY_REGION,)}
