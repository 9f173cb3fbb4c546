"""The page of figures, its file, and who sees them."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from sabir.law.public import operator_actor
from sabir.observatory import public
from sabir.observatory.csv_file import neutral
from sabir.observatory.models import Extract
from sabir.rights.public import forget_terms, load

TYPOLOGIES = Path(__file__).resolve().parents[2] / "data" / "typologies"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _labels_of_this_test_only() -> Iterator[None]:
    forget_terms()
    yield
    forget_terms()


def address(name: str, language: str = "fr", **kwargs: str) -> str:
    with override(language):
        return reverse(f"observatory:{name}", kwargs=kwargs)


def csv_address(language: str = "fr") -> str:
    return address("csv", language, table="violations_by_region")


@pytest.fixture
def extract(cast, acting, a_quarter) -> Extract:
    return public.freeze(acting(cast.dario), cast.network)


def seen_by(client, person, url: str, **kwargs: object):
    client.force_login(person)
    return client.get(url, **kwargs)


def test_unions_and_the_coordination_see_the_same_figures_and_others_nothing(client, cast, extract):
    for person in (cast.amina, cast.celia, cast.dario):
        answer = seen_by(client, person, address("figures", "en"))
        assert answer.status_code == 200
        assert "<td" in answer.content.decode()
    for url in (address("figures"), csv_address()):
        assert seen_by(client, cast.badr, url).status_code == 404
    client.logout()
    assert client.get(address("figures")).status_code == 302


def test_a_hidden_number_is_a_box_with_words_never_a_zero(client, cast, extract):
    page = seen_by(client, cast.amina, address("figures", "en")).content.decode()
    row = re.search(r"<tr><th scope=\"row\">V13.*?</tr>", page, re.S)
    assert row
    cells = re.findall(r"<td.*?</td>", row.group(), re.S)
    assert ["veil" in cell for cell in cells] == [True, False, False, False, True]
    assert "or protected" in cells[0]
    assert cells[1].endswith(">0</td>")
    assert 'class="ghost"' in page


def test_the_page_says_what_is_counted_and_when_it_was_frozen(client, cast, extract):
    page = seen_by(client, cast.amina, address("figures", "en")).content.decode()
    assert f'datetime="{extract.frozen_on.isoformat()}"' in page
    assert "not people" in page
    assert "totals add up mentions" in page


def test_the_page_needs_no_inline_style_or_script(client, cast, extract):
    page = seen_by(client, cast.amina, address("figures", "ar")).content.decode()
    assert " style=" not in page
    assert "<script" not in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize(
    ("language", "heading", "region"), [("fr", "Salaires", "Afrique"), ("ar", "الأجور", "أفريقيا")]
)
def test_headings_and_regions_are_named_in_the_language_of_the_page(client, cast, extract, language, heading, region):
    load(operator_actor(cast.network.pk), cast.network, folder=TYPOLOGIES)
    for url in (address("figures", language), csv_address(language)):
        page = seen_by(client, cast.amina, url).content.decode()
        assert heading in page
        assert region in page


def test_bars_grow_from_the_reading_side(client, cast, extract):
    french = seen_by(client, cast.amina, address("figures", "fr")).content.decode()
    arabic = seen_by(client, cast.amina, address("figures", "ar")).content.decode()
    bar = re.compile(r'class="mark" x="([\d.]+)%" y="\d+" width="([\d.]+)%"')
    from_the_left, from_the_right = bar.findall(french), bar.findall(arabic)
    assert [float(x) for x, _ in from_the_left] == [0] * len(from_the_left)
    assert [round(float(x) + float(width)) for x, width in from_the_right] == [100] * len(from_the_right)
    assert [width for _, width in from_the_left] == [width for _, width in from_the_right]


def test_the_page_asks_the_database_a_handful_of_times(client, cast, extract, django_assert_max_num_queries):
    load(operator_actor(cast.network.pk), cast.network, folder=TYPOLOGIES)
    seen_by(client, cast.amina, address("figures"))  # the labels are read once a minute
    with django_assert_max_num_queries(6):
        client.get(address("figures"))


def test_without_an_extract_the_page_says_what_will_come(client, cast):
    answer = seen_by(client, cast.amina, address("figures", "en"))
    assert answer.status_code == 200
    assert "No figures yet" in answer.content.decode()
    assert seen_by(client, cast.amina, csv_address()).status_code == 404


def test_the_section_is_offered_to_those_who_may_read_it(client, cast):
    link = f'href="{address("figures")}"'
    assert link in seen_by(client, cast.amina, address("figures")).content.decode()
    assert link not in seen_by(client, cast.badr, reverse("network:members")).content.decode()


def test_the_home_page_leads_to_the_figures(client, cast, extract):
    for person in (cast.dario, cast.amina):
        assert f'datetime="{extract.frozen_on.isoformat()}"' in seen_by(client, person, "/en/").content.decode()
    assert address("figures", "en") not in seen_by(client, cast.badr, "/en/").content.decode()


def test_the_coordination_freezes_by_a_button_that_others_do_not_have(client, cast, a_quarter):
    assert address("freeze") not in seen_by(client, cast.amina, address("figures")).content.decode()
    assert client.post(address("freeze")).status_code == 404
    assert not Extract.everything.exists()

    assert address("freeze") in seen_by(client, cast.dario, address("figures")).content.decode()
    assert client.get(address("freeze")).status_code == 405
    answer = client.post(address("freeze"))
    assert (answer.status_code, answer["Location"]) == (302, address("figures"))
    assert Extract.everything.count() == 1


def rows_of(answer, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=delimiter))


def test_the_file_opens_in_a_spreadsheet_and_says_what_is_hidden(client, cast, extract):
    answer = seen_by(client, cast.celia, csv_address())
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="violations_by_region-1.csv"'
    rows = rows_of(answer, ";")
    assert len(rows[0]) == 6
    assert [len(row) for row in rows[1:17]] == [6] * 16
    numbers = {row[0]: row[1:] for row in rows[1:17]}
    assert numbers["V13"][0] == numbers["V13"][4] == ":c"
    assert numbers["V13"][1] == "0"
    assert any(row and row[0].startswith(":c") for row in rows[17:])


def test_the_file_uses_commas_in_english(client, cast, extract):
    assert len(rows_of(seen_by(client, cast.celia, csv_address("en")), ",")[0]) == 6


def test_there_is_no_table_but_the_declared_ones(client, cast, extract):
    assert seen_by(client, cast.amina, address("csv", table="by_sector")).status_code == 404
    same = seen_by(client, cast.amina, csv_address(), data={"sector": "A", "extract": "0"})
    assert same.content == seen_by(client, cast.amina, csv_address()).content


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_of_the_file_is_taken_for_a_formula(cell):
    assert neutral(cell) == f"'{cell}"


def test_a_number_and_a_word_stay_as_they_are_in_the_file():
    assert [neutral(cell) for cell in (15, 0, "Wages", None)] == [15, 0, "Wages", ":c"]
