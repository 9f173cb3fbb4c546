"""What the database knows of a session does not let anyone in."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from sabir.network.sessions import SessionStore, kept_key


@pytest.fixture
def browser(cast):
    client = Client(HTTP_HOST="localhost")
    client.force_login(cast.amina)
    return client


def test_the_key_in_the_cookie_opens_and_the_one_in_the_database_does_not(browser):
    cookie = browser.cookies["session"].value
    row = Session.objects.get()
    assert row.session_key == kept_key(cookie) != cookie
    assert browser.get("/fr/cases/").status_code == 200
    thief = Client(HTTP_HOST="localhost")
    thief.cookies["session"] = row.session_key
    assert thief.get("/fr/cases/").status_code == 302


def test_the_half_of_the_union_s_key_stands_in_no_row(browser):
    half = browser.post("/fr/vault/half/").json()["half"]
    assert half not in str(Session.objects.get().get_decoded())
    assert browser.post("/fr/vault/half/").json()["half"] == half


def test_signing_out_removes_the_row(browser):
    browser.post("/fr/sign-out/")
    assert not Session.objects.exists()


def test_a_session_whose_time_is_over_opens_nothing(browser):
    Session.objects.update(expire_date=timezone.now())
    assert browser.get("/fr/cases/").status_code == 302


def test_keys_are_saved_found_and_forgotten_like_djangos(db):
    store = SessionStore()
    store["colour"] = "blue"
    store.create()
    assert SessionStore(store.session_key)["colour"] == "blue"
    assert store.exists(store.session_key)
    store.delete()
    assert not store.exists(store.session_key)
    store.delete("unknown")
