"""Facts come in inside a verb of the case, lead nowhere, and go out by their reference alone."""

import pytest
from django.db import models

from sabir.observatory.models import Extract, ExtractCell, Fact, FactViolation
from sabir.observatory.public import forget, record

from .conftest import key

pytestmark = pytest.mark.django_db
SAID = {"work_region": "europe", "work_country": "IT", "sector": "A", "sex": "woman", "age_band": "25-34"}


def test_a_fact_is_recorded_only_inside_a_verb(inside_a_verb):
    with pytest.raises(RuntimeError, match="inside a verb"):
        record(key("a"), "2026Q4", SAID)
    with pytest.raises(RuntimeError, match="inside a verb"):
        forget(1)
    assert not Fact.everything.exists()

    with inside_a_verb():
        record(key("a"), "2026Q4", SAID)
    assert Fact.everything.count() == 1


def test_headings_are_kept_and_items_are_not(inside_a_verb):
    with inside_a_verb():
        reference = record(key("a"), "2026Q4", {**SAID, "violations": "V01.1 V01.3 V03.2", "violation_headings": "V11"})
    kept = FactViolation.everything.filter(fact_id=reference).values_list("heading", flat=True)
    assert sorted(kept) == ["V01", "V03", "V11"]


def test_violence_leaves_no_fact_even_when_a_form_calls_it_one(inside_a_verb):
    with inside_a_verb():
        record(key("a"), "2026Q4", {**SAID, "violations": ["V08.1", "V08", "V02"]})
    assert list(FactViolation.everything.values_list("heading", flat=True)) == ["V02"]


def test_what_is_not_a_column_of_a_fact_is_not_kept(inside_a_verb):
    with inside_a_verb():
        reference = record(key("a"), "2026Q4", {**SAID, "nationality": "SN", "number": "K7F-42Q"})
    kept = Fact.everything.filter(pk=reference).values().get()
    assert kept == {"id": reference, "contributor": key("a"), "quarter": "2026Q4", **SAID}


def test_a_fact_has_no_day_no_organisation_and_no_case():
    for model in (Fact, FactViolation):
        kinds = {field.name: field for field in model._meta.get_fields()}
        assert not [name for name, field in kinds.items() if isinstance(field, models.DateField | models.TimeField)]
        related = {field.related_model for field in kinds.values() if field.is_relation}
        assert related <= {Fact, FactViolation}


def test_the_order_of_rows_tells_no_order_in_time(inside_a_verb):
    with inside_a_verb():
        references = [record(key("a"), "2026Q4", {**SAID, "violations": "V01"}) for _ in range(40)]
    assert references != sorted(references)
    in_the_table = list(Fact.everything.values_list("pk", flat=True).order_by("pk"))
    assert in_the_table == sorted(references)
    linked = list(FactViolation.everything.order_by("pk").values_list("fact_id", flat=True))
    assert linked not in (references, in_the_table)


def test_a_sentence_cannot_be_a_fact(inside_a_verb):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError), inside_a_verb():
        record(key("a"), "2026Q4", {**SAID, "sector": "the farm"})
    assert not Fact.everything.exists()


def test_reports_of_nobody_are_refused(inside_a_verb):
    with pytest.raises(ValueError, match="union"), inside_a_verb():
        record("", "2026Q4", SAID)


def test_forgetting_leaves_nothing_and_may_be_repeated(inside_a_verb):
    with inside_a_verb():
        reference = record(key("a"), "2026Q4", {**SAID, "violations": "V01 V02"})
        other = record(key("b"), "2026Q4", {**SAID, "violations": "V01"})
    with inside_a_verb():
        forget(reference)
        forget(reference)
    assert list(Fact.everything.values_list("pk", flat=True)) == [other]
    assert FactViolation.everything.count() == 1


def test_no_model_of_the_room_can_be_read_without_saying_everything():
    for model in (Fact, FactViolation, Extract, ExtractCell):
        assert not hasattr(model, "objects")
