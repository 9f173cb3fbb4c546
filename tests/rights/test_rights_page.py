"""The public page of the typology."""

import gzip

import pytest
from django.urls import reverse
from django.utils.translation import override

LANGUAGES = ("fr", "en", "ar", "es", "it", "pt")


def address(language: str) -> str:
    with override(language):
        return reverse("rights:violations")


@pytest.mark.parametrize("language", LANGUAGES)
def test_anyone_reads_the_headings_with_source_and_verification(client, loaded, language):
    answer = client.get(address(language))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{language}"' in page
    assert page.count("own synthesis from ILO forced-labour indicators") == 16
    assert page.count("to be validated by focal points") == 16
    assert "C143 art.9" in page


def test_what_is_never_counted_is_marked(client, loaded):
    page = client.get(address("en")).content.decode()

    for code in ("V08.1", "V08.2", "V08.3", "V08.4", "V08.5", "V13.4", "V16.1"):
        assert ">Sealed<" in page.split(f"<bdi>{code}</bdi>")[0].rsplit("<li>", 1)[1], code
    assert ">Sealed<" not in page.split("<bdi>V01.1</bdi>")[0].rsplit("<li>", 1)[1]


def test_the_page_is_light(client, loaded):
    page = client.get(address("ar")).content
    assert len(gzip.compress(page)) < 9_000


def test_before_a_load_the_page_says_so(client, db):
    page = client.get(address("en")).content.decode()
    assert "The list has not been loaded yet." in page
