"""A report opens a dossier: a number, coded facts, and one figure below if she agreed."""

from datetime import date, timedelta

import pytest

from sabir.cases.models import Case
from sabir.kernel.public import NotHere, read_reference
from sabir.notices.models import Letter
from sabir.observatory.models import Fact, FactViolation
from sabir.vault.public import open_part, parts_of


def test_a_report_opens_a_dossier_with_its_facts(send):
    case = send()
    assert read_reference(case.reference) == case.reference
    assert (case.state, case.work_country, case.sector, case.work_region) == ("open", "TN", "F", "north_africa")
    assert {one.code for one in case.violations.all()} == {"V01", "V02", "V01.1"}
    assert case.steps.get().code == "letter"


def test_what_was_said_is_sealed_to_the_union_and_to_nobody_else(send, cast):
    case = send()
    parts = parts_of(cast.union.pk, case.submission.digest)
    assert sorted(part.kind for part in parts) == ["detail", "finder", "identity", "narrative"]
    identity = next(part for part in parts if part.kind == "identity")
    assert open_part(cast.identity, identity.age)["data"]["who"] == "MARK-NAME"
    with pytest.raises(Exception, match=r"seal\.closed"):
        open_part(cast.other_identity, identity.age)


def test_a_yes_to_being_counted_leaves_one_figure_and_the_only_way_to_it(send):
    case = send()
    fact = Fact.everything.get()
    assert case.fact == fact.pk
    assert {one.heading for one in FactViolation.everything.all()} == {"V01", "V02"}


@pytest.mark.parametrize("answer", ["no", None])
def test_without_a_yes_nothing_goes_to_the_observatory(send, answer):
    case = send(consent_count=answer)
    assert (case.counted, case.fact) == (False, None)
    assert not Fact.everything.exists()


def test_a_no_to_writing_down_keeps_nothing(send):
    assert send(consent_record="no") is None
    assert not Case.everything.exists()
    assert not Fact.everything.exists()


def test_no_step_is_planned_where_none_was_chosen(send):
    assert not send(next_step="none").steps.exists()


def test_numbers_differ_within_a_union(send):
    assert len({send().reference for _ in range(8)}) == 8


def test_whoever_reads_dossiers_gets_one_letter_a_day_that_names_nothing(send, cast):
    send()
    send()
    letter = Letter.objects.get()
    assert (letter.person_id, letter.text) == (cast.amina.pk, "cases.arrived")
    Case.everything.update(opened_on=date.today() - timedelta(days=1))
    send()
    assert Letter.objects.count() == 2


def test_another_union_meets_a_wall(send, cast, acting):
    from sabir.cases.public import case_open_to

    case = send()
    assert case_open_to(acting(cast.amina), case.reference).pk == case.pk
    for stranger in (cast.badr, cast.celia, cast.dario):
        with pytest.raises(NotHere):
            case_open_to(acting(stranger), case.reference)


def test_a_union_may_word_its_own_form_as_it_likes_and_the_report_is_still_taken(cast, publish, phone):
    table = """
        | survey  | type                 | name          | label | bind::sabir:class |
        |         | select_one yes_no    | consent_count | Q     | fact              |
        |         | select_multiple own  | sector        | Q     | fact              |
        |         | select_one own       | age_band      | Q     | fact              |
        |         | select_multiple own  | violations    | Q     | fact              |
        |         | select_multiple own  | needs         | Q     | fact              |
        | choices | list_name            | name          | label |                   |
        |         | yes_no               | yes           | Yes   |                   |
        |         | yes_no               | no            | No    |                   |
        |         | own                  | F             | X     |                   |
        |         | own                  | V01           | X     |                   |
        |         | own                  | %s            | X     |                   |
    """
    long = "x" * 60
    publish(table % long)
    case = phone(consent_count="yes", sector="F V01", age_band=long, violations=f"V01 {long}", needs=f"F {long}")
    assert (case.sector, case.age_band) == ("", "")
    assert [one.code for one in case.violations.all()] == ["V01"]
    assert [one.code for one in case.needs.all()] == ["F"]
    assert (Fact.everything.get().sector, FactViolation.everything.get().heading) == ("", "V01")
    assert case.submission.facts["sector"] == ["F", "V01"]
