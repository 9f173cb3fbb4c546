"""Publishing: what is kept for ever, what is refused, and that each union has its own."""

import pytest

from sabir.field.models import Form, FormMedia, FormVersion
from sabir.field.public import latest_version, plan_of, publish_bytes, publish_file
from sabir.field.queries import media_named, media_of, version_by_digest
from sabir.kernel.public import NotAllowed, NotHere
from sabir.law.public import operator_actor

from .conftest import INTAKE
from .tables import workbook, xform


def codes(published):
    return [said.problem.code for said in published.problems]


def test_a_published_form_is_kept_with_its_exact_bytes_and_plan(publish):
    published = publish()
    assert (published.form_id, published.version, published.refused, codes(published)[1:]) == ("visit", "1", False, [])
    kept = FormVersion.everything.get()
    assert kept.plan["form_id"] == "visit"
    assert plan_of(kept).column("who").secrecy == "identity"
    assert bytes(kept.content).startswith(b"<?xml")


def test_an_xform_is_published_byte_for_byte(cast):
    raw = xform(INTAKE) + b"\n<!-- as it was written -->\n"
    assert not publish_bytes(operator_actor(cast.union.pk), cast.union, raw, name="visit.xml").refused
    assert bytes(FormVersion.everything.get().content) == raw


def test_the_same_bytes_again_are_fine_and_kept_once(publish):
    assert not publish().refused
    assert not publish().refused
    assert FormVersion.everything.count() == 1


def test_other_bytes_under_a_used_version_are_refused_and_under_a_new_one_not(publish):
    publish()
    changed = INTAKE.replace("story ", "tale  ")
    refused = publish(changed)
    assert refused.refused
    assert codes(refused)[-1] == "form.version_used"
    assert FormVersion.everything.count() == 1
    assert not publish(changed, version="2").refused
    assert list(FormVersion.everything.order_by("number").values_list("number", "version")) == [(1, "1"), (2, "2")]


def test_a_form_with_an_error_is_not_kept_and_the_problem_has_words(publish):
    published = publish(INTAKE.replace("| narrative         |", "| fact              |", 1))
    assert published.refused
    problem = next(said for said in published.problems if said.problem.severity == "error")
    assert (problem.problem.code, problem.problem.sheet, problem.problem.row) == ("fact.free_text", "survey", 7)
    assert "7" in problem.line
    assert problem.as_json()["text"] == problem.text
    assert Form.everything.count() == 0


def test_a_warning_does_not_keep_a_form_back(publish):
    published = publish("| survey | type | name | label |\n| | geotrace | way | Q |")
    assert codes(published) == ["web.cannot_draw"]
    assert not published.refused


def test_two_unions_may_publish_the_same_form(cast, publish, acting):
    publish()
    publish(organisation=cast.other_union)
    assert FormVersion.everything.count() == 2
    mine, theirs = latest_version(acting(cast.amina), "visit"), latest_version(acting(cast.celia), "visit")
    assert mine.organisation_id == cast.union.pk
    assert theirs.organisation_id == cast.other_union.pk


def test_only_those_who_may_publish_and_only_in_their_union(cast, acting):
    raw = xform(INTAKE)
    with pytest.raises(NotAllowed):
        publish_bytes(acting(cast.amina), cast.union, raw, name="v.xml")
    with pytest.raises(NotHere):
        publish_bytes(acting(cast.celia), cast.union, raw, name="v.xml")
    assert not publish_bytes(operator_actor(cast.union.pk), cast.union, raw, name="v.xml").refused


MEDIA = "| survey | type | name | label | media::image |\n| | text | who | Q | a.png |"


def test_the_files_a_form_uses_are_kept_and_others_left_out(publish):
    published = publish(MEDIA, media={"a.png": b"1", "b.png": b"2"})
    assert codes(published) == ["media.not_used"]
    assert list(FormMedia.objects.values_list("name", flat=True)) == ["a.png"]


def test_a_missing_file_can_be_added_and_a_published_one_never_changed(publish):
    assert codes(publish(MEDIA)) == ["media.missing"]
    assert not publish(MEDIA, media={"a.png": b"1"}).refused
    assert codes(publish(MEDIA, media={"a.png": b"2"})) == ["media.changed"]
    assert bytes(FormMedia.objects.get().content) == b"1"


def test_lists_for_phones_are_published_with_the_form(cast, acting, publish):
    table = """
        | survey           | type                        | name | label | choice_filter  |
        |                  | select_one yn               | b    | Q     |                |
        |                  | select_one_external towns   | a    | Q     | state=${b}     |
        | choices          | list_name | name | label |
        |                  | yn        | yes  | Yes   |
        | external_choices | list_name | name | label | state |
        |                  | towns     | x    | X     | yes   |
    """
    published = publish(table)
    assert not published.refused
    actor = acting(cast.amina)
    version = latest_version(actor, "visit")
    assert [file.name for file in media_of(version)] == ["itemsets.csv"]
    assert b"towns" in bytes(media_named(version, "itemsets.csv").content)
    assert "web.cannot_draw" in codes(published)


def test_a_published_version_is_read_by_its_union_only(cast, acting, publish):
    publish()
    md5 = FormVersion.everything.get().md5
    assert version_by_digest(acting(cast.amina), md5).md5 == md5
    for stranger in (cast.celia, cast.badr, cast.dario):
        with pytest.raises(NotHere):
            version_by_digest(acting(stranger), md5)


def test_a_file_is_published_from_its_path(cast, tmp_path):
    (tmp_path / "visit.xlsx").write_bytes(workbook(MEDIA))
    (tmp_path / "a.png").write_bytes(b"1")
    published = publish_file(operator_actor(cast.union.pk), cast.union, tmp_path / "visit.xlsx", [tmp_path / "a.png"])
    assert (published.form_id, published.refused) == ("visit", False)


@pytest.mark.parametrize("name", ["simple.xlsx", "simple_repeat.xlsx", "choice_filter_test.xlsx"])
def test_the_good_samples_are_published(cast, samples, name):
    published = publish_file(operator_actor(cast.union.pk), cast.union, samples / "xlsforms" / name)
    assert not published.refused


@pytest.mark.parametrize("name", ["bad_calc.xlsx", "duplicate_columns.xlsx", "excel_with_macros.xlsm"])
def test_the_bad_samples_are_not(cast, samples, name):
    published = publish_file(operator_actor(cast.union.pk), cast.union, samples / "xlsforms" / name)
    assert published.refused
    assert all(said.problem.sheet and said.problem.row for said in published.problems)
    assert Form.everything.count() == 0


def test_hostile_files_are_no_forms(cast, samples):
    for path in (samples / "hostile").iterdir():
        published = publish_file(operator_actor(cast.union.pk), cast.union, path)
        assert published.refused, path.name
        assert published.problems[0].text


def test_the_standard_intake_form_is_published_without_a_word(cast):
    from pathlib import Path

    path = Path(__file__).parents[2] / "data" / "forms" / "sabir_intake.xlsx"
    published = publish_file(operator_actor(cast.union.pk), cast.union, path)
    assert (published.form_id, published.refused, codes(published)) == ("sabir_intake", False, [])
