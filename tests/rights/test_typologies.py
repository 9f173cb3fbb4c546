"""The reference tables themselves: six languages, plain words, and where each row comes from."""

import csv
import re
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
LANGUAGES = ("fr", "en", "ar", "es", "it", "pt")
TABLES = sorted((DATA / "typologies").glob("*.csv"))
SEALED = {"V08.1", "V08.4", "V13.4", "V16.1"}

# Words of law and charity that make a person small, in any of the six languages.
FORBIDDEN = re.compile(
    r"victim|víctim|vittim|vítim|\bill?[eé]gal|\bilegal|clandestin|b[eé]n[eé]ficiair|benef[ií]ciari|beneficiari"
    r"|ضحي|ضحايا|مستفيد|غير شرعي|غير قانوني",
    re.IGNORECASE,
)


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_row_has_six_labels_a_source_and_how_far_it_is_verified(table):
    for row in rows(table):
        assert [
            column for column in (*(f"label_{one}" for one in LANGUAGES), "source", "verified") if not row[column]
        ] == []
        assert set(row["labels_to_confirm"].split()) <= set(LANGUAGES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_codes_are_unique_and_their_headings_exist(table):
    codes = [row["code"] for row in rows(table)]
    assert len(codes) == len(set(codes))
    assert {row["parent"] for row in rows(table)} - {""} <= set(codes)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_label_makes_a_person_small(table):
    labels = [row[f"label_{language}"] for row in rows(table) for language in LANGUAGES]
    assert [label for label in labels if FORBIDDEN.search(label)] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_arabic_is_written_in_arabic_and_the_others_are_not(table):
    arabic = re.compile("[\u0600-\u06ff]")
    for row in rows(table):
        assert arabic.search(row["label_ar"]), row["code"]
        assert not any(arabic.search(row[f"label_{one}"]) for one in LANGUAGES if one != "ar"), row["code"]


def test_two_items_never_read_the_same():
    for language in LANGUAGES:
        labels = [row[f"label_{language}"] for row in rows(DATA / "typologies" / "violations.csv")]
        assert len(labels) == len(set(labels)), language


def test_violations_keep_their_stage_indicators_and_instruments():
    violations = {row["code"]: row for row in rows(DATA / "typologies" / "violations.csv")}
    indicators = {row["code"] for row in rows(DATA / "typologies" / "forced_labour_indicators.csv")}

    assert len([code for code in violations if "." not in code]) == 16
    assert len([code for code in violations if "." in code]) == 69
    assert violations["V01.1"]["instruments"] == "C95;C143 art.9"
    for row in violations.values():
        assert row["stage"]
        assert row["instruments"]
        assert set(row["forced_labour_indicators"].split(";")) - {""} <= indicators


def test_what_is_asked_openly_leaves_out_violence_trafficking_and_refused_care():
    asked = {row["code"]: row["asked_as"] for row in rows(DATA / "typologies" / "violations.csv")}

    assert {code for code, how in asked.items() if how == "sealed"} == SEALED
    assert {code for code, how in asked.items() if how == "card"} == {"V08.2", "V08.3"}
    assert {how for code, how in asked.items() if code.startswith("V08")} == {"sealed", "card", "none"}
    assert set(asked.values()) == {"fact", "sealed", "card", "none"}


def test_each_country_lies_in_one_region():
    countries = [country for row in rows(DATA / "typologies" / "regions.csv") for country in row["countries"].split()]
    assert len(countries) == len(set(countries))
    assert all(re.fullmatch("[A-Z]{2}", country) for country in countries)


def test_members_say_how_far_they_are_verified_and_agree_with_the_regions():
    regions = {row["code"]: row["countries"].split() for row in rows(DATA / "typologies" / "regions.csv")}
    for member in rows(DATA / "network" / "members.csv"):
        assert member["verified"], member["acronym"]
        assert member["source"] or member["verified"] == "no (memory)", member["acronym"]
        if member["region"] in regions:
            assert member["country_iso2"] in regions[member["region"]], member["acronym"]
