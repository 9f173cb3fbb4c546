"""How codes read in the six languages."""

import pytest
from django.utils.translation import override

from sabir.rights.public import (
    SCHEME_OF_FACT,
    country_name,
    fact_label,
    headings,
    label,
    language_name,
    region_of,
    terms,
)


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Sénégal"), ("en", "Senegal"), ("ar", "السنغال"), ("es", "Senegal"), ("it", "Senegal"), ("pt", "Senegal")],
)
def test_a_country_has_its_name_in_six_languages(db, language, name):
    assert country_name("SN", language) == name


def test_stateless_and_silence_are_answers_of_the_form(loaded):
    assert country_name("XX", "fr") == "Apatride"
    assert country_name("ZZ", "en") == "I would rather not say"
    assert language_name("other", "it") == "Un’altra lingua"


def test_a_fact_reads_by_its_typology_or_by_cldr(loaded):
    assert fact_label("sector", "F", "es") == "Construcción"
    assert fact_label("nationality", "CI", "fr") == "Côte d’Ivoire"
    assert fact_label("interview_language", "bm", "pt") == "bambara"
    assert fact_label("needs", "A03", "en") == "Legal aid and remedies"


def test_the_language_of_the_page_is_the_default(loaded):
    with override("it"):
        assert label("violations", "V14") == "Lavoro non dichiarato"
        assert country_name("TN") == "Tunisia"


def test_an_unknown_code_is_shown_as_it_is(loaded):
    assert label("violations", "V99") == "V99"
    assert label("no_such_scheme", "x") == "x"
    assert country_name("QQ", "fr") == "QQ"


def test_every_fact_has_a_loaded_scheme(loaded):
    assert [scheme for scheme in SCHEME_OF_FACT.values() if not terms(scheme)] == []
    assert [term.code for term in headings("assistance")] == [f"A0{number}" for number in range(1, 10)]


@pytest.mark.parametrize(
    ("country", "region"),
    [("SN", "west_africa"), ("MR", "north_africa"), ("IT", "europe"), ("LB", "elsewhere"), ("XX", "elsewhere")],
)
def test_a_country_lies_in_a_region_of_the_network(loaded, country, region):
    assert region_of(country) == region
