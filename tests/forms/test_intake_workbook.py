"""The workbook: it comes from its tables, and every word stands there in six languages."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.rights.test_typologies import FORBIDDEN

NAMES = ("Français (fr)", "English (en)", "العربية (ar)", "Español (es)", "Italiano (it)", "Português (pt)")
TEXTS = ("label", "hint", "constraint_message", "required_message")


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_workbook_is_what_the_script_builds(builder, workbook, tmp_path):
    built = tmp_path / "built.xlsx"
    built.write_bytes(builder.workbook_bytes())
    assert parts(built) == parts(workbook)


def test_building_twice_gives_the_same_bytes(builder):
    assert builder.workbook_bytes() == builder.workbook_bytes()


def test_the_settings_name_form_version_language_and_namespace(sheets):
    (settings,) = sheets["settings"]
    assert settings["form_id"] == "sabir_intake"
    assert re.fullmatch(r"20\d{8}", settings["version"])
    assert settings["default_language"] == "Français (fr)"
    assert settings["namespaces"] == 'sabir="https://rsmms.net/sabir/xforms"'
    assert "instance_name" not in settings


@pytest.mark.parametrize("sheet", ["survey", "choices"])
def test_a_text_in_one_language_exists_in_six(sheets, sheet):
    for row in sheets[sheet]:
        for text in TEXTS:
            written = [language for language in NAMES if row.get(f"{text}::{language}")]
            assert written in ([], list(NAMES)), (row["name"], text)


def test_everything_that_is_shown_has_a_label(sheets):
    silent = [row["name"] for row in sheets["survey"] if row["type"] != "end_group" and not row[f"label::{NAMES[0]}"]]
    assert silent == []
    assert [row["name"] for row in sheets["choices"] if not row[f"label::{NAMES[0]}"]] == []


def test_what_can_be_refused_says_how_to_answer(sheets):
    for row in sheets["survey"]:
        assert bool(row.get("constraint")) == bool(row[f"constraint_message::{NAMES[0]}"]), row["name"]
        assert bool(row.get("required")) == bool(row[f"required_message::{NAMES[0]}"]), row["name"]


def test_every_text_of_the_table_is_used(builder, sheets):
    names = {row["name"] for row in sheets["survey"]}
    suffixes = set(builder.TEXTS)
    keys = [row["key"].split(".") for row in builder._rows("texts.csv")]
    assert [key for key in keys if key[0] not in names or key[1] not in suffixes] == []


def test_no_word_makes_a_person_small(sheets):
    shown = [str(value) for sheet in ("survey", "choices") for row in sheets[sheet] for value in row.values() if value]
    assert [words for words in shown if FORBIDDEN.search(words)] == []


def test_no_recording_and_no_picture_is_expected_beside_the_default_form(sheets):
    assert [name for row in sheets["survey"] for name in row if name.startswith("media::")] == []


def test_countries_begin_with_those_of_the_network_and_reach_around_the_world(sheets):
    countries = [row for row in sheets["choices"] if row["list_name"] == "countries"]
    codes = [row["name"] for row in countries]

    assert len(codes) == len(set(codes)) > 235
    assert {"DZ", "BJ", "BF", "CI", "FR", "IT", "ML", "MA", "MR", "NE", "PT", "SN", "ES", "TG", "TN", "BE"} <= set(
        codes[:18]
    )
    assert {row["region"] for row in countries} == {"west_africa", "north_africa", "europe", "elsewhere", "nowhere"}
    assert [row["name"] for row in countries if row["region"] == "nowhere"] == ["XX", "ZZ"]
