"""The list and the dossier, as the desk uses them."""

from pathlib import Path

import pytest
from django.test import Client

from sabir.cases import queries
from sabir.cases.models import Case
from sabir.law.public import operator_actor
from sabir.ledger.models import Entry
from sabir.rights.public import forget_terms, load
from sabir.vault.models import Body, Envelope


@pytest.fixture
def page(cast):
    """`page(person, address)` is what a person gets, on this very machine."""

    def get(person, address, **data):
        client = Client(HTTP_HOST="localhost")
        client.force_login(person)
        return client.post(address, data) if data or address.endswith("/sealed/") else client.get(address)

    return get


def test_the_list_shows_number_state_and_coded_facts(send, cast, page):
    case = send()
    text = page(cast.amina, "/fr/cases/").content.decode()
    assert case.reference in text
    assert "Tunisie" in text
    assert "MARK-NAME" not in text


def test_the_list_filters(send, cast, page):
    one, other = send(), send(sector="T", violation_headings="V02", violations=None)
    assert other.reference not in page(cast.amina, "/fr/cases/?violation=V01").content.decode()
    assert one.reference in page(cast.amina, "/fr/cases/?violation=V01").content.decode()
    assert one.reference not in page(cast.amina, "/fr/cases/?sector=T").content.decode()
    assert one.reference not in page(cast.amina, "/fr/cases/?state=closed").content.decode()


def test_a_number_typed_loosely_leads_to_its_dossier(send, cast, page):
    case = send()
    typed = case.reference.lower().replace("-", " ")
    assert page(cast.amina, f"/fr/cases/?number={typed}").headers["Location"].endswith(f"/{case.reference}/")


NONSENSE = ["number=%00", "before=-4", "before=99999999999999999999", "state=x", "violation=%E2%80%AE", "before=٣"]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_is_no_error(send, cast, page, query):
    send()
    assert page(cast.amina, f"/fr/cases/?{query}").status_code == 200


def test_a_page_goes_on_where_the_last_one_ended(send, cast, page, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    numbers = [send().reference for _ in range(5)]
    first = page(cast.amina, "/fr/cases/").content.decode()
    assert [number in first for number in numbers] == [False, False, False, True, True]
    before = Case.everything.get(reference=numbers[3]).pk
    assert numbers[2] in page(cast.amina, f"/fr/cases/?before={before}").content.decode()


@pytest.mark.parametrize("who", ["badr", "celia", "dario"])
@pytest.mark.parametrize("where", ["", "plan/", "done/", "close/", "sealed/", "sealed/1/"])
def test_nobody_else_finds_anything_there(send, cast, page, who, where):
    case = send()
    data = {"outcome": "referred"} if where in {"plan/", "done/", "close/"} else {}
    assert page(getattr(cast, who), f"/fr/cases/{case.reference}/{where}", **data).status_code == 404


def test_signed_out_leads_to_the_sign_in_page(send, db):
    case = send()
    answer = Client().get(f"/fr/cases/{case.reference}/")
    assert answer.headers["Location"] == f"/fr/sign-in/?next=%2Ffr%2Fcases%2F{case.reference}%2F"


def test_planning_doing_and_closing_by_their_forms(send, cast, page):
    case = send()
    address = f"/fr/cases/{case.reference}/"
    assert page(cast.amina, f"{address}plan/", code="lawyer", due="2099-01-02", person_id="").status_code == 302
    assert case.steps.get(done_on=None).code == "lawyer"
    assert page(cast.amina, f"{address}done/", x="").status_code == 302
    assert page(cast.amina, f"{address}close/", outcome="judgment").status_code == 302
    case.refresh_from_db()
    assert case.outcome == "judgment"


def test_a_step_without_a_choice_is_asked_again_and_loses_nothing(send, cast, page):
    case = send()
    answer = page(cast.amina, f"/fr/cases/{case.reference}/plan/", code="", due="not a day")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert case.steps.get().code == "letter"


def test_opening_hands_out_the_sealed_parts_and_is_entered(send, cast, page):
    case = send()
    told = page(cast.amina, f"/fr/cases/{case.reference}/sealed/").json()
    assert {part["kind"] for part in told["envelopes"]} == {"finder", "identity", "narrative", "detail"}
    assert told["submission"] == case.submission.digest
    assert Entry.objects.filter(verb="cases.open_sealed", subject_id=case.pk).count() == 1


def test_a_sealed_file_asked_for_by_itself_is_entered_too(send, cast, page, sealed_folder):
    case = send()
    (sealed_folder / "body").write_bytes(b"sealed body")
    envelope = Envelope.everything.create(
        organisation=cast.union, submission=case.submission.digest, kind="file", part="identity", header=b"header "
    )
    Body.objects.create(envelope=envelope, path="body", size=11)
    answer = page(cast.amina, f"/fr/cases/{case.reference}/sealed/{envelope.pk}/")
    assert (answer.status_code, answer.content) == (200, b"header sealed body")
    assert Entry.objects.filter(verb="cases.open_sealed", subject_id=case.pk).count() == 1
    assert page(cast.celia, f"/fr/cases/{case.reference}/sealed/{envelope.pk}/").status_code == 404
    assert page(cast.amina, f"/fr/cases/{case.reference}/sealed/{envelope.pk + 1}/").status_code == 404
    assert Entry.objects.filter(verb="cases.open_sealed").count() == 1


def test_pages_of_dossiers_are_stored_nowhere_and_never_translated(send, cast, page):
    answer = page(cast.amina, f"/fr/cases/{send().reference}/")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert 'translate="no"' in answer.content.decode()


@pytest.fixture
def amina(cast, acting):
    """Amina's browser, signed in, with the typologies loaded and known to the process."""
    load(operator_actor(cast.network.pk), cast.network, folder=Path(__file__).parents[2] / "data" / "typologies")
    client = Client(HTTP_HOST="localhost")
    client.force_login(cast.amina)
    client.get("/fr/cases/")
    yield client
    forget_terms()


def test_the_list_costs_the_same_with_ten_times_the_dossiers(send, amina, django_assert_max_num_queries):
    for _ in range(2):
        send()
    amina.get("/fr/cases/")
    with django_assert_max_num_queries(12) as few:
        amina.get("/fr/cases/")
    for _ in range(18):
        send()
    with django_assert_max_num_queries(12) as many:
        amina.get("/fr/cases/")
    assert len(many) == len(few)


def test_a_dossier_costs_at_most_so_many_queries(send, amina, django_assert_max_num_queries):
    case = send()
    amina.get(f"/fr/cases/{case.reference}/")
    with django_assert_max_num_queries(12):
        amina.get(f"/fr/cases/{case.reference}/")
