"""Numbers, periods, codes, scoping."""

import string
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sabir.cases.models import Case
from sabir.kernel.fields import CodeField, FactsField, random_id
from sabir.kernel.public import (
    Actor,
    BadInput,
    Socket,
    UnscopedQuery,
    month,
    new_reference,
    quarter,
    read_reference,
    text_in,
)
from sabir.kernel.references import ALPHABET


def test_a_number_reads_back_however_it_is_typed():
    number = new_reference()
    assert read_reference(number) == number
    assert read_reference(f" {number.lower().replace('-', ' ')} ") == number


@given(position=st.integers(0, 5), other=st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(position, other):
    signs = list(new_reference().replace("-", ""))
    if signs[position] != other:
        signs[position] = other
        assert read_reference("".join(signs)) is None


@given(position=st.integers(0, 4))
def test_two_neighbours_exchanged_are_always_noticed(position):
    signs = list(new_reference().replace("-", ""))
    if signs[position] != signs[position + 1]:
        signs[position], signs[position + 1] = signs[position + 1], signs[position]
        assert read_reference("".join(signs)) is None


@given(st.text(alphabet=string.printable + "أبجد\0‮", max_size=40))
def test_anything_typed_is_a_number_or_none(text):
    found = read_reference(text)
    assert found is None or read_reference(found) == found


def test_periods():
    assert (month(date(2026, 11, 22)), quarter(date(2026, 11, 22)), quarter(date(2026, 1, 1))) == (
        "2026-11",
        "2026Q4",
        "2026Q1",
    )


@pytest.mark.parametrize("text", ["Aminata Diallo", "rue 4", "é", "a\nb", "نص"])
def test_a_code_column_refuses_words(text):
    with pytest.raises(ValidationError):
        CodeField().get_db_prep_save(text, connection)


@pytest.mark.parametrize("facts", [{"a": "two words"}, {"name é": "x"}, {"a": ["fine", "not fine"]}, {"a": 4}])
def test_a_facts_column_refuses_words(facts):
    with pytest.raises(ValidationError):
        FactsField().get_prep_value(facts)


def test_random_ids_fit_both_databases():
    assert all(0 < random_id() < 2**63 for _ in range(1000))


def test_a_scoped_model_answers_only_when_told_who_asks():
    with pytest.raises(UnscopedQuery):
        Case.objects.all()


def test_an_actor_holds_rights_only_where_they_were_given():
    actor = Actor("person", 1, {4: frozenset({"cases.read"})})
    assert actor.organisation_ids("cases.read") == [4]
    assert not actor.may("cases.read", 5)
    assert not actor.may("cases.close", 4)


def test_a_refusal_fills_its_places_and_keeps_its_code():
    assert BadInput("tests.code", "at most %(most)s", most=3).text == "at most 3"


def test_a_socket_name_is_taken_once():
    with pytest.raises(ValueError, match="two sockets"):
        Socket("web.menu", "")


def test_a_text_falls_back_to_french_then_english():
    assert text_in({"fr": "oui", "en": "yes"}, "ar") == "oui"
    assert text_in({"en": "yes"}, "ar") == "yes"
