"""Phones: how they get their access and how they lose it."""

import base64
import json
import zlib
from datetime import date, timedelta

import pytest
from django.test import Client

from sabir.field.models import Device
from sabir.field.public import add_device, collect_settings, device_called, devices_of, revoke_device
from sabir.kernel.public import BadInput, NotAllowed, NotHere, NotNow
from sabir.law.public import operator_actor

from .conftest import Phone

HEADERS = ("X-OpenRosa-Version", "X-OpenRosa-Accept-Content-Length", "Date")


@pytest.fixture
def operator(cast):
    return operator_actor(cast.union.pk)


def test_a_token_is_long_lower_case_and_kept_only_as_a_digest(cast, operator):
    device, token = add_device(operator, cast.union, label="desk phone", days=30)
    assert len(token) == 32
    assert token == token.lower()
    assert device.expires == date.today() + timedelta(days=30)
    assert token not in repr(Device.everything.values().get())


def test_a_label_is_used_once_in_a_union_and_freely_in_another(cast, operator):
    add_device(operator, cast.union, label="desk phone", days=30)
    with pytest.raises(NotNow):
        add_device(operator, cast.union, label=" desk  phone ", days=30)
    add_device(operator_actor(cast.other_union.pk), cast.other_union, label="desk phone", days=30)


@pytest.mark.parametrize(
    ("label", "days"), [("", 30), (" ", 30), ("x" * 61, 30), ("a\x07b", 30), ("ok", 0), ("ok", 9999)]
)
def test_nonsense_is_refused(cast, operator, label, days):
    with pytest.raises(BadInput):
        add_device(operator, cast.union, label=label, days=days)
    add_device(operator, cast.union, label="ok", days=1)


def test_only_those_who_may_add_phones_and_only_in_their_union(cast, acting):
    add_device(acting(cast.amina), cast.union, label="one", days=1)
    with pytest.raises(NotAllowed):
        add_device(acting(cast.badr), cast.union, label="two", days=1)
    for stranger in (cast.celia, cast.dario):
        with pytest.raises(NotHere):
            add_device(acting(stranger), cast.union, label="two", days=1)
    assert [device.label for device in devices_of(acting(cast.amina))] == ["one"]
    assert devices_of(acting(cast.celia)) == []


def test_another_unions_phone_is_not_there(cast, acting, operator):
    add_device(operator, cast.union, label="one", days=1)
    assert device_called(acting(cast.amina), "one").label == "one"
    with pytest.raises(NotHere):
        device_called(acting(cast.celia), "one")


BAD_TOKENS = [
    "x",
    "0" * 31,
    "a" * 32,
    "a" * 64,
    "a" * 5000,
    "A!$",
    "..",
    "%00",
    "%F0%9F%98%80",
    "%ff%fe",
    "'or'1'='1",
    "%0a",
]
PATHS = [
    "formList",
    "submission",
    "forms/" + "0" * 32 + ".xml",
    "forms/x/manifest",
    "",
    "what/ever",
    "formList/",
    "/formList",
]


@pytest.mark.parametrize("token", BAD_TOKENS)
@pytest.mark.django_db
def test_any_other_token_is_forbidden_everywhere_whatever_its_length(token):
    for path in PATHS:
        answer = Client().get(f"/k/{token}/{path}")
        # `submission` is not fetched; that is said before anyone asks for a token
        assert answer.status_code == (405 if path == "submission" else 403), path
        assert all(answer.has_header(name) for name in HEADERS), path
    for method in ("head", "post"):
        assert getattr(Client(), method)(f"/k/{token}/submission").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/k/", "/k//", "/k//formList", "/k/x", "/k/x//", "/k/x/../y"])
def test_without_a_token_it_is_the_same(path):
    assert Client().get(path).status_code == 403


@pytest.mark.parametrize("change", [{"revoked": True}, {"expires": date.today() - timedelta(days=1)}])
def test_an_expired_or_revoked_phone_is_forbidden_and_a_good_one_is_not(phone, change):
    assert phone.get("formList").status_code == 200
    Device.everything.update(**change)
    for answer in (phone.get("formList"), phone.head("submission"), phone.send(b"<data/>"), phone.get("nowhere")):
        assert answer.status_code == 403


def test_a_phone_works_on_its_last_day(phone):
    Device.everything.update(expires=date.today())
    assert phone.get("formList").status_code == 200


def test_revoking_ends_access_at_once(cast, acting, phone):
    revoke_device(acting(cast.amina), device_called(acting(cast.amina), "desk phone"), reason="lost")
    assert phone.get("formList").status_code == 403
    with pytest.raises(NotAllowed):
        revoke_device(acting(cast.badr), Device.everything.get(), reason="lost")


def test_the_qr_code_holds_the_settings_collect_expects():
    told = json.loads(zlib.decompress(base64.b64decode(collect_settings("http://h/k/t", "Espace migrants", "ar"))))
    assert told["general"]["server_url"] == "http://h/k/t"
    assert told["general"]["app_language"] == "ar"
    assert set(told) == {"general", "admin", "project"}
    assert told["project"]["name"] == "Espace migrants"


def test_a_good_token_and_an_odd_path_is_not_found_and_never_a_redirect(phone: Phone):
    for path in ("", "formlist", "formList/", "submission/", "/submission", "forms", "a/b/c", "%2e%2e/x", "fr/", "%0a"):
        answer = phone.get(path)
        assert answer.status_code == 404, path
        assert all(answer.has_header(name) for name in HEADERS)
        assert not answer.cookies
