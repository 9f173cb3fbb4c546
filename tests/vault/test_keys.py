"""Key statements, wraps, and what is handed out to whom."""

import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from sabir.kernel.public import BadInput, NotAllowed, NotNow
from sabir.law.public import operator_actor
from sabir.vault.models import Holder, KeyStatement, Wrap
from sabir.vault.public import current_key, declare_key
from sabir.vault.statements import BadStatement, fingerprint_of, read_statement


@pytest.fixture
def keyless(cast):
    """Amina's union before it has a key."""
    Wrap.objects.filter(key__organisation=cast.union).delete()
    Holder.everything.filter(organisation=cast.union).delete()
    KeyStatement.everything.filter(organisation=cast.union).delete()
    return cast


def signed(union, /, **changed):
    """A first statement and its signature, as a holder's browser makes them."""
    key = Ed25519PrivateKey.generate()
    told = {
        "epoch": 1,
        "previous": None,
        "recipient": "age1" + "q" * 58,
        "sabir": 1,
        "signing": key.public_key().public_bytes_raw().hex(),
        "union": union.uid.hex,
        **changed,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return text, key.sign(text.encode()).hex()


def declare(cast, text, signature):
    return declare_key(
        operator_actor(cast.union.pk), cast.union, statement=text, signature=signature, person=cast.amina, wrap=b"wrap"
    )


def test_a_statement_signed_by_its_own_key_is_taken(keyless):
    text, signature = signed(keyless.union)
    key = declare(keyless, text, signature)
    assert current_key(keyless.union.pk) == key
    assert key.fingerprint.replace(" ", "") == sha256(text.encode()).hexdigest()[:20]
    assert bytes(Wrap.objects.get(key=key).sealed) == b"wrap"


def test_a_changed_statement_is_refused(keyless):
    text, signature = signed(keyless.union)
    with pytest.raises(BadInput):
        declare(keyless, text.replace("q", "p", 1), signature)
    assert not KeyStatement.everything.filter(organisation=keyless.union).exists()


@pytest.mark.parametrize("changed", [{"previous": "0000"}, {"union": "0" * 32}])
def test_a_statement_for_another_union_or_another_place_is_refused(keyless, changed):
    with pytest.raises(BadInput):
        declare(keyless, *signed(keyless.union, **changed))


def test_a_second_first_key_is_refused(cast):
    with pytest.raises(NotNow):
        declare(cast, *signed(cast.union))


def test_only_the_operator_declares_for_now(keyless, acting):
    text, signature = signed(keyless.union)
    with pytest.raises(NotAllowed):
        declare_key(
            acting(keyless.amina), keyless.union, statement=text, signature=signature, person=keyless.amina, wrap=b""
        )


def test_without_a_key_sealing_is_refused_in_words(keyless):
    with pytest.raises(NotNow) as refused:
        current_key(keyless.union.pk)
    assert refused.value.code == "vault.no_key"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"signing": 4}', '{"signing": "zz"}', "\x00"])
def test_any_other_text_is_no_statement(text):
    with pytest.raises(BadStatement):
        read_statement(text, "00")


def test_a_fingerprint_is_short_enough_to_read_aloud():
    assert [len(group) for group in fingerprint_of("{}").split()] == [4] * 5


def browser(person, host="localhost"):
    client = Client(HTTP_HOST=host)
    client.force_login(person)
    return client


def test_a_holder_gets_her_own_wraps_only(cast):
    told = browser(cast.amina).get("/fr/vault/wraps/").json()["wraps"]
    assert [one["recipient"] for one in told] == [current_key(cast.union.pk).recipient]
    assert browser(cast.celia).get("/fr/vault/wraps/").json()["wraps"] != told


@pytest.mark.parametrize("who", ["badr", "dario"])
@pytest.mark.parametrize("where", ["wraps", "half", "lock"])
def test_who_holds_no_key_finds_nothing(cast, who, where):
    client = browser(getattr(cast, who))
    answer = client.get("/fr/vault/wraps/") if where == "wraps" else client.post(f"/fr/vault/{where}/")
    assert answer.status_code == 404


def test_the_half_lasts_as_long_as_the_session_or_the_lock(cast):
    client = browser(cast.amina)
    half = client.post("/fr/vault/half/").json()["half"]
    assert client.post("/fr/vault/half/").json()["half"] == half
    assert client.post("/fr/vault/lock/").status_code == 204
    assert client.post("/fr/vault/half/").json()["half"] != half


def test_the_half_is_not_given_to_a_link(cast):
    assert browser(cast.amina).get("/fr/vault/half/").status_code == 405


def test_without_https_only_this_very_machine_may_open(cast, settings):
    settings.ALLOWED_HOSTS = ["192.0.2.9", "localhost"]
    answer = browser(cast.amina, "192.0.2.9").get("/fr/vault/wraps/")
    assert answer.status_code == 403
    assert b"web.needs_https" in answer.content
