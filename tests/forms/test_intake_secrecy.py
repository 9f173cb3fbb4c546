"""What the form keeps in clear, what it seals, and how little a fact may know of what is sealed."""

import gzip
import re

import pytest

from sabir.field.xform_rules import check

NO_ANSWER = {"note", "begin_group", "end_group"}
CONSENTED = "${consent_record} = 'yes'"
FACTS = {
    "consent_record", "consent_count", "age_band", "sex", "nationality", "work_region", "work_country", "sector",
    "recruited_how", "interview_language", "interpreter_role", "alone", "violation_headings", "violations",
    "since_month", "amount_band", "needs", "next_step", "next_step_month",
}  # fmt: skip


@pytest.fixture(scope="session")
def plan(definition):
    plan, _ = check(definition)
    return plan


def columns(sheets, secrecy):
    return {row["name"] for row in sheets["survey"] if row["bind::sabir:class"] == secrecy}


def codes(sheets, name):
    return {row["name"] for row in sheets["choices"] if row["list_name"] == name}


def test_every_column_carries_a_class(sheets):
    questions = [row for row in sheets["survey"] if row["type"] not in NO_ANSWER]
    assert {row["bind::sabir:class"] for row in questions} == {"identity", "narrative", "detail", "fact"}
    assert [row["name"] for row in sheets["survey"] if row["type"] in NO_ANSWER and row["bind::sabir:class"]] == []


def test_facts_are_these_and_no_others(sheets):
    assert columns(sheets, "fact") == FACTS
    assert columns(sheets, "identity") == {"name", "phone", "safe_contact", "safe_contact_note", "photo"}
    assert columns(sheets, "narrative") == {"what_happened", "voice"}


def test_only_name_and_phone_go_to_the_finder(sheets):
    assert {row["name"] for row in sheets["survey"] if row["bind::sabir:finder"] == "yes"} == {"name", "phone"}


def test_no_fact_speaks_of_violence_trafficking_or_refused_care(sheets):
    lists = {row["type"].split()[-1] for row in sheets["survey"] if row["name"] in FACTS}
    openly = {code for name in lists for code in codes(sheets, name)}

    assert [code for code in openly if code.startswith("V08")] == []
    assert not openly & {"V13.4", "V16.1"}
    assert codes(sheets, "violations_sealed") == {"V08.1", "V08.4", "V13.4", "V16.1"}


def test_sexual_violence_is_no_tick_anywhere_but_a_card_that_asks_nothing(sheets):
    everything = {row["name"] for row in sheets["choices"]}
    card = next(row for row in sheets["survey"] if row["name"] == "rather_not")

    assert not everything & {"V08", "V08.2", "V08.3"}
    assert card["bind::sabir:class"] == "detail"
    assert codes(sheets, "rather_not") == {"rather_not"}


def test_every_item_stands_under_a_heading_that_is_asked(sheets):
    items = [row for row in sheets["choices"] if row["list_name"] == "violations"]
    assert {row["heading"] for row in items} == codes(sheets, "violation_headings")
    assert all(row["name"].startswith(row["heading"]) for row in items)


def test_after_a_no_to_writing_down_nothing_else_is_asked(sheets):
    around: list[str] = []
    for row in sheets["survey"]:
        if row["type"] == "begin_group":
            around.append(row["relevant"])
        elif row["type"] == "end_group":
            around.pop()
        elif row["name"] not in ("consent_record", "nothing_kept"):
            assert CONSENTED in (*around, row["relevant"]), row["name"]


def test_a_no_is_told_that_the_help_stays_the_same(sheets):
    note = next(row for row in sheets["survey"] if row["name"] == "nothing_kept")
    assert note["relevant"] == "${consent_record} = 'no'"
    assert "The help stays the same" in note["label::English (en)"]


def test_no_fact_depends_on_anything_sealed(sheets):
    for row in sheets["survey"]:
        if row["name"] in FACTS or row["type"] == "begin_group":
            told = " ".join(row.get(column) or "" for column in ("relevant", "constraint", "choice_filter"))
            assert set(re.findall(r"\$\{(\w+)\}", told)) <= FACTS, row["name"]


def test_the_rules_of_publishing_have_nothing_to_say(definition):
    _, problems = check(definition)
    assert problems == []


def test_phones_receive_the_classes_and_the_six_languages(plan):
    assert plan.form_id == "sabir_intake"
    assert set(plan.languages) == {"fr", "en", "ar", "es", "it", "pt"}
    assert plan.named("name").finder
    assert plan.named("since_month").month
    assert plan.named("violations").kind == "select"
    assert plan.named("voice").kind == "audio"
    assert {column.name for column in plan.columns if column.secrecy == "fact"} == FACTS
    assert all(set(column.labels) == {"fr", "en", "ar", "es", "it", "pt"} for column in plan.columns)


def test_no_name_of_a_report_and_no_phone_number_is_taken_along(definition):
    form = definition.decode()
    assert "instanceName" not in form
    assert "deviceid" not in form
    assert 'preload="property"' not in form


def test_the_form_is_light_enough_for_a_weak_line(definition):
    assert len(definition) < 600_000
    assert len(gzip.compress(definition)) < 80_000
