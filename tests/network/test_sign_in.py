"""Getting in and out."""

import pytest
from django.test import Client

PASSWORD = "a-long-invented-password"


@pytest.fixture
def amina(cast):
    cast.amina.set_password(PASSWORD)
    cast.amina.save(update_fields=["password"])
    return cast.amina


def sign_in(client: Client, email: str, password: str, following: str = ""):
    return client.post("/fr/sign-in/", {"username": email, "password": password, "next": following})


def test_address_and_password_lead_home(client, amina):
    answer = sign_in(client, amina.email.upper(), PASSWORD)
    assert answer.headers["Location"] == "/fr/"
    assert client.get("/fr/cases/").status_code == 200


def test_one_answer_for_an_unknown_address_and_a_wrong_password(client, amina):
    unknown = sign_in(client, "nobody@example.invalid", PASSWORD).content
    wrong = sign_in(client, amina.email, "wrong").content
    strip = lambda page, address: page.replace(address.encode(), b"").split(b"csrfmiddlewaretoken")  # noqa: E731
    assert len(strip(unknown, "nobody@example.invalid")) == len(strip(wrong, amina.email))
    assert unknown.count(b'role="alert"') == wrong.count(b'role="alert"') == 1


def test_an_account_that_is_closed_does_not_open(client, amina):
    amina.is_active = False
    amina.save(update_fields=["is_active"])
    assert sign_in(client, amina.email, PASSWORD).status_code == 422


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_sign_in_leads_to_no_other_site(client, amina, wanted):
    assert sign_in(client, amina.email, PASSWORD, wanted).headers["Location"] == "/fr/"


def test_it_leads_back_to_where_one_wanted_to_go(client, amina):
    assert sign_in(client, amina.email, PASSWORD, "/ar/figures/").headers["Location"] == "/ar/figures/"


def test_the_session_is_a_new_one_after_signing_in(client, amina):
    client.get("/fr/sign-in/")
    client.session["planted"] = True
    before = client.session.session_key
    sign_in(client, amina.email, PASSWORD)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_the_half_of_the_key(client, amina):
    client.defaults["HTTP_HOST"] = "localhost"
    sign_in(client, amina.email, PASSWORD)
    half = client.post("/fr/vault/half/").json()["half"]
    client.post("/fr/sign-out/")
    assert client.get("/fr/cases/").status_code == 302
    sign_in(client, amina.email, PASSWORD)
    assert client.post("/fr/vault/half/").json()["half"] != half


def test_a_form_that_is_not_ours_is_refused_in_words(amina):
    answer = sign_in(Client(enforce_csrf_checks=True), amina.email, PASSWORD)
    assert answer.status_code == 403
    assert b"web.expired" in answer.content


def test_no_account_is_shown_outside_a_demonstration(client, db, settings):
    settings.DEMONSTRATION = False
    assert "demonstration.invalid" not in client.get("/fr/sign-in/").content.decode()


def test_the_front_door_leads_to_french_first_and_then_to_the_language_chosen(client, db):
    assert client.get("/", headers={"accept-language": "en"}).headers["Location"] == "/fr/"
    client.get("/ar/")
    assert client.get("/").headers["Location"] == "/ar/"
    page = client.get("/ar/").content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_members_stand_by_region_with_what_is_unconfirmed_marked(client, cast):
    text = client.get("/fr/network/").content.decode()
    assert "Tunisie" in text
    assert 'class="tag idea"' in text


@pytest.mark.parametrize("address", ["/fr/nothing/", "/fr/cases/AAA-AAA/extra/", "/xx/"])
def test_what_is_not_there_says_so_in_words(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"not_here" in answer.content
