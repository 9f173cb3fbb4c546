"""The choice lists of the intake form: typologies from their tables, countries and languages by CLDR.

A list is a sequence of choices: code, label by language code, and the columns a choice filter may ask for.
"""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

DATA = Path(__file__).resolve().parents[2]
LANGUAGES = {
    "fr": "Français (fr)",
    "en": "English (en)",
    "ar": "العربية (ar)",
    "es": "Español (es)",
    "it": "Italiano (it)",
    "pt": "Português (pt)",
}
LOCALES = {code: Locale(code) for code in LANGUAGES}

# Regions of CLDR that are no country of ISO 3166-1 (Kosovo, XK, stays: people hold its passport) ...
NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
# ... and those where nobody is born or employed.
NOBODY_THERE = frozenset(["AQ", "BV", "GS", "HM", "IO", "TF", "UM"])

# Heard at the desks of the network; only languages that CLDR names in all six languages of the form.
# fmt: off
SPOKEN = [
    "fr", "ar", "en", "es", "it", "pt", "bm", "dyu", "wo", "ff", "snk", "srr", "man", "ha", "dje", "mos", "kab", "shi",
    "ee", "fon", "yo", "ig", "sus", "men", "ln", "sw", "kea", "pcm", "am", "ti", "so", "bn", "ur", "pa",
]
SIMPLE = [
    "yes_no", "age_band", "sex", "regions", "sectors_isic4", "recruited_how", "interpreter_role", "alone",
    "amount_band", "next_step", "safe_contact", "rather_not", "colleague",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `filters` holds the extra columns, such as the region of a country."""

    code: str
    labels: dict[str, str]
    filters: dict[str, str] = field(default_factory=dict)


def choice_lists() -> dict[str, list[Choice]]:
    """Every list that the questions name, in the order of the workbook."""
    return {
        **{scheme: [_choice(row) for row in rows_of(scheme)] for scheme in SIMPLE},
        "countries": list(_countries()),
        "languages": list(_languages()),
        **_violations(),
        "needs": [_choice(row) for row in rows_of("assistance") if not row["parent"]],
    }


def rows_of(scheme: str) -> list[dict[str, str]]:
    """The rows of one table of `data/typologies`."""
    return _table(DATA / "typologies" / f"{scheme}.csv")


def _violations() -> dict[str, list[Choice]]:
    """What may be counted (headings, then items) and what is asked under seal; `asked_as` in the table decides."""
    asked = {kind: [row for row in rows_of("violations") if row["asked_as"] == kind] for kind in ("fact", "sealed")}
    return {
        "violation_headings": [_choice(row) for row in asked["fact"] if not row["parent"]],
        "violations": [_choice(row, heading=row["parent"]) for row in asked["fact"] if row["parent"]],
        "violations_sealed": [_choice(row) for row in asked["sealed"]],
    }


def _choice(row: dict[str, str], **filters: str) -> Choice:
    return Choice(row["code"], {language: row[f"label_{language}"] for language in LANGUAGES}, filters)


def _countries() -> Iterator[Choice]:
    """The countries of the network first, then the world by French name, then two answers that are no country."""
    region = {country: row["code"] for row in rows_of("regions") for country in row["countries"].split()}
    members = _table(DATA / "network" / "members.csv")
    near = {row["country_iso2"] for row in members if row["region"] in region.values()}
    for code in sorted(_country_codes(), key=lambda code: (code not in near, _plain(LOCALES["fr"].territories[code]))):
        labels = {language: locale.territories[code] for language, locale in LOCALES.items()}
        yield Choice(code, labels, {"region": region.get(code, "elsewhere")})
    for row in rows_of("other_answers"):
        if row["code"].isupper():
            yield _choice(row, region="nowhere")


def _country_codes() -> set[str]:
    codes = {str(code) for code in LOCALES["en"].territories}
    return {code for code in codes if len(code) == 2 and code.isalpha()} - NO_COUNTRY - NOBODY_THERE


def _languages() -> Iterator[Choice]:
    for code in SPOKEN:
        names = {language: locale.languages[code] for language, locale in LOCALES.items()}
        yield Choice(code, {language: name[:1].upper() + name[1:] for language, name in names.items()})
    yield from (_choice(row) for row in rows_of("other_answers") if row["code"] == "other")


def _plain(name: str) -> str:
    """A name without its accents, for the order of a list."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
