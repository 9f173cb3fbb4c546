"""Every address of the house, and who gets what there. An address without a row here fails."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from sabir.field import publishing
from sabir.network.models import Seat
from tests.field.tables import convert_here

from .browser_reports import sealed_report
from .house import PERSONS, PHONES, House, asked, furnished

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Row = tuple[str, dict[str, str], tuple[int, ...]]

# address -> (method, what is posted, statuses for: nobody, another union's focal point and key holder, the union's
# observer, its desk staff, its focal point and key holder, the network's coordination)
WALL: dict[str, Row] = {
    "/": ("GET", {}, (302,) * 6),
    "/favicon.ico": ("GET", {}, (302,) * 6),
    "/fr/": ("GET", {}, (200,) * 6),
    "/fr/sign-in/": ("GET", {}, (200,) * 6),
    "/fr/sign-out/": ("POST", {}, (302,) * 6),
    "/fr/network/": ("GET", {}, (200,) * 6),
    "/fr/rights/violations/": ("GET", {}, (200,) * 6),
    # A holder of another key gets her own wraps and her own half, which are of no use here.
    "/fr/vault/wraps/": ("GET", {}, (302, 200, 404, 404, 200, 404)),
    "/fr/vault/half/": ("POST", {}, (302, 200, 404, 404, 200, 404)),
    "/fr/vault/lock/": ("POST", {}, (302, 204, 404, 404, 204, 404)),
    "/fr/figures/": ("GET", {}, (302, 200, 404, 200, 200, 200)),
    "/fr/figures/<table>.csv": ("GET", {}, (302, 200, 404, 200, 200, 200)),
    "/fr/figures/freeze/": ("POST", {}, (302, 404, 404, 404, 404, 302)),
    "/fr/reports/new/": ("GET", {}, (302, 200, 404, 302, 302, 404)),
    "/fr/reports/new/<form_id>/": ("GET", {}, (302, 404, 404, 200, 200, 404)),
    "/fr/reports/forms/<md5>.xml": ("GET", {}, (302, 404, 404, 200, 200, 404)),
    "/fr/reports/forms/<md5>.json": ("GET", {}, (302, 404, 404, 200, 200, 404)),
    "/fr/reports/forms/<md5>/media/<name>": ("GET", {}, (302, 404, 404, 200, 200, 404)),
    "/fr/reports/send/": ("POST", {}, (302, 400, 404, 400, 400, 404)),
    "/fr/cases/": ("GET", {}, (302, 200, 404, 200, 200, 404)),
    "/fr/cases/<reference>/": ("GET", {}, (302, 404, 404, 200, 200, 404)),
    "/fr/cases/<reference>/plan/": ("POST", {"code": "letter"}, (302, 404, 404, 302, 302, 404)),
    "/fr/cases/<reference>/done/": ("POST", {}, (302, 404, 404, 409, 409, 404)),
    "/fr/cases/<reference>/close/": ("POST", {"outcome": "referred"}, (302, 404, 404, 302, 302, 404)),
    "/fr/cases/<reference>/sealed/": ("POST", {}, (302, 404, 404, 404, 200, 404)),
    "/fr/cases/<reference>/sealed/<envelope_id>/": ("GET", {}, (302, 404, 404, 404, 200, 404)),
}
# address -> (method, what is posted, statuses for a phone: with no token, a revoked one, an expired one, another
# union's, the union's own)
WALL_OF_PHONES: dict[str, Row] = {
    "/k/<token>/formList": ("GET", {}, (403, 403, 403, 200, 200)),
    "/k/<token>/forms/<md5>.xml": ("GET", {}, (403, 403, 403, 404, 200)),
    "/k/<token>/forms/<md5>/manifest": ("GET", {}, (403, 403, 403, 404, 200)),
    "/k/<token>/forms/<md5>/media/<name>": ("GET", {}, (403, 403, 403, 404, 200)),
    "/k/<token>/submission": ("POST", {"report": "yes"}, (403, 403, 403, 404, 201)),
    "/k/<token><rest>": ("GET", {}, (403, 403, 403, 404, 404)),
}
OPEN_TO_ALL = ("/", "/favicon.ico", "/fr/", "/fr/sign-in/", "/fr/sign-out/", "/fr/network/", "/fr/rights/violations/")
BEHIND = [address for address in WALL if address not in OPEN_TO_ALL]


@pytest.fixture
def house(cast, monkeypatch, sealed_folder) -> House:
    monkeypatch.setattr(publishing, "convert", convert_here)
    return furnished(cast)


def addresses(patterns, before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        here = before + simplified(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def simplified(pattern: str) -> str:
    """A pattern's gaps by their names alone, however they are written."""
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", re.sub(r"<\w+:(\w+)>", r"<\1>", pattern))
    return named.removeprefix("^").removesuffix(r"\Z").replace("\\.", ".")


def test_every_address_has_its_row():
    with translation.override("fr"):
        walked = sorted(addresses(get_resolver().url_patterns))

    assert walked == sorted([*WALL, *WALL_OF_PHONES]), "say in WALL who gets what at the new address"


def filled(address: str, gaps: dict[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda gap: gaps[gap[1]], address)


@pytest.mark.parametrize("address", WALL)
def test_each_person_gets_what_is_hers(house, address):
    method, posted, statuses = WALL[address]
    path = filled(address, house.gaps)

    got = {who: asked(house.client(who), method, path, posted).status_code for who in PERSONS}

    assert got == dict(zip(PERSONS, statuses, strict=True))


@pytest.mark.parametrize("address", WALL_OF_PHONES)
def test_each_phone_gets_what_is_its(house, address):
    method, posted, statuses = WALL_OF_PHONES[address]
    body = house.report() if posted else posted

    got = {
        phone: asked(house.client(phone), method, filled(address, house.gaps | {"token": house.tokens[phone]}), body)
        for phone in PHONES
    }

    assert {phone: answer.status_code for phone, answer in got.items()} == dict(zip(PHONES, statuses, strict=True))
    assert not any(answer.cookies or "Location" in answer for answer in got.values())


def shut_out(address: str) -> list[str]:
    return [who for who, status in zip(PERSONS, WALL[address][2], strict=True) if status == 404]


@pytest.mark.parametrize("address", BEHIND)
def test_who_is_shut_out_gets_404_by_every_method_and_as_json(house, address):
    path = filled(address, house.gaps)
    for who in shut_out(address):
        client = house.client(who)
        for method in METHODS:
            # A focal point of another union has such pages of her own: there a wrong method is wrong for anything.
            least = {404, 405} if who == "celia" and method != WALL[address][0] else {404}
            assert asked(client, method, path).status_code in least, (who, method)
        answer = asked(client, WALL[address][0], path, Accept="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json"), who


@pytest.mark.parametrize("address", BEHIND)
def test_who_is_signed_out_is_led_to_sign_in_and_a_script_is_told(house, address):
    path, client = filled(address, house.gaps), house.client("nobody")
    for method in METHODS:
        answer = asked(client, method, path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/fr/sign-in/"), method
        assert asked(client, method, path, Accept="application/json").status_code == 403, method


@pytest.mark.parametrize("address", [address for address in BEHIND if "<reference>" in address])
def test_not_yours_and_not_there_are_one_answer(house, address):
    method, posted, _ = WALL[address]
    nowhere = {"reference": "222-222", "envelope_id": "999999999"}
    for who in ("celia", "badr", "dario"):
        client = house.client(who)
        there, not_there = (
            asked(client, method, filled(address, house.gaps | changed), posted) for changed in ({}, nowhere)
        )
        assert told(there) == told(not_there), who


def told(answer) -> tuple[int, dict[str, str], str]:
    """An answer without what differs by itself: the address asked for, tokens drawn for each page."""
    text = re.sub(r"[0-9A-Z]{3}-[0-9A-Z]{3}(/sealed/\d+)?", "", answer.content.decode())
    text = re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", text)
    return answer.status_code, {name: answer[name] for name in ("Content-Type", "Cache-Control")}, text


def test_another_unions_lists_hold_nothing_of_ours(house):
    for who in ("celia", "badr", "dario"):
        for path in ("/fr/", "/fr/cases/", "/fr/figures/", "/fr/network/", "/fr/reports/new/"):
            text = asked(house.client(who), "GET", path).content.decode()
            assert house.case.reference not in text, (who, path)


def test_a_report_sent_by_another_unions_page_for_our_form_is_refused(house):
    body = sealed_report(house, organisation=house.cast.other_union)

    assert asked(house.client("celia"), "POST", "/fr/reports/send/", body).status_code == 404


def test_a_session_of_yesterdays_seat_opens_nothing(house):
    client = house.client("amina")
    Seat.everything.filter(person=house.cast.amina).update(starts="2020-01-01", ends="2020-02-01")

    assert asked(client, "GET", f"/fr/cases/{house.case.reference}/").status_code == 404
    assert asked(client, "POST", f"/fr/cases/{house.case.reference}/sealed/").status_code == 404
    assert asked(client, "GET", "/fr/vault/wraps/").status_code == 404
