"""Requests that no page and no phone of ours would make. Each gets an answer in words, none a 500, none more than its due."""

import base64

import pytest
from django.test import Client

from sabir.field import publishing
from sabir.field.models import FormVersion, Submission
from tests.field.tables import convert_here

from .browser_reports import KINDS, sealed_report
from .house import House, asked, furnished
from .phones import multipart

OVERRIDE = "\u202e\u2066evil\u2069"


@pytest.fixture
def house(cast, monkeypatch, sealed_folder) -> House:
    monkeypatch.setattr(publishing, "convert", convert_here)
    return furnished(cast)


def sent(house: House, body: bytes):
    return asked(house.client("amina"), "POST", "/fr/reports/send/", body)


def test_the_report_that_the_others_are_made_of_is_taken(house):
    assert sent(house, sealed_report(house)).status_code == 201


CHANGED = {
    "another recipient": {"recipient": "age1" + "q" * 58},
    "no recipient": {"recipient": None},
    "a digest with words": {"submission": "not a digest"},
    "a digest in a list": {"submission": ["00" * 32]},
    "sealed is a list": {"sealed": ["x"]},
    "sealed is no base64": {"sealed": dict.fromkeys(KINDS, "!!!")},
    "sealed is clear": {"sealed": dict.fromkeys(KINDS, base64.b64encode(b"clear words").decode())},
    "a kind is missing": {"sealed": {}},
    "facts are clear": {"facts": base64.b64encode(b'{"consent_record":"yes"}').decode()},
    "facts are nothing": {"facts": ""},
    "a file with words for a name": {"files": {"photo of her.jpg": {"class": "identity"}}},
    "a file of no class": {"files": {"00" * 32: {"class": "fact"}}},
    "a file is a word": {"files": {"00" * 32: "identity"}},
    "too many files": {"files": {f"{n:064x}": {"class": "identity"} for n in range(201)}},
    "another form": {"form": "../../visit"},
    "a form with a NUL": {"form": "visit\0"},
    "a version with a NUL": {"version": "1\0"},
    "a form of a thousand signs": {"form": "x" * 1000},
    "a bidi override": {"version": OVERRIDE},
    "a form that is a number": {"form": 7},
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_report_is_refused_in_words(house, what):
    answer = sent(house, sealed_report(house, **CHANGED[what]))

    assert answer.status_code in (400, 404, 409), answer.content
    assert len(answer.json()["text"]) > 20
    assert Submission.everything.count() == 1


FACTS = {
    "a name as a fact": {"who": "somebody"},
    "a story as a code": {"sector": "a story that is no code"},
    "a code of another question": {"sector": "north_africa"},
    "a question that is none": {"employer": "F"},
    "a list": {"sector": ["F"]},
    "a path upwards": {"../sector": "F"},
    "a NUL": {"sector": "F\0"},
}


@pytest.mark.parametrize("what", FACTS)
def test_facts_that_are_none_do_not_come_in(house, what):
    answer = sent(house, sealed_report(house, told_facts={"consent_record": "yes", **FACTS[what]}))

    assert answer.status_code == 400
    assert Submission.everything.count() == 1


@pytest.mark.parametrize(
    "report", [b"", b"[]", b"7", b"null", b'"x"', b"{", b'{"form":{}}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_report_that_is_no_report_is_refused_in_words(house, report):
    answer = sent(house, multipart(("report", "r.json", report)))

    assert answer.status_code in (400, 404), answer.content


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 900]
)
@pytest.mark.parametrize("path", ["/fr/reports/send/", "phone"])
def test_another_kind_of_content_is_refused_in_words(house, path, kind):
    where = f"/k/{house.tokens['own']}/submission" if path == "phone" else path

    answer = house.client("amina").generic("POST", where, house.report(), content_type=kind)

    assert answer.status_code == 400
    assert len(answer.content) > 40


QUERIES = [
    "before=-1",
    "before=0",
    "before=99999999999999999999999999",
    "before=9223372036854775808",
    "before=1e9",
    "before=%D9%A3",
    "before=%C2%B2",
    "number=%00",
    "number=" + "%E2%80%AE" * 50,
    "number=" + "9" * 3000,
    "state=%00",
    "state=open%00",
    "state='%20OR%201=1",
    "sector=%00",
    "sector=a%20sentence",
    "sector=%E2%80%AE",
    "violation=%00",
    "violation=%25",
    "violation=" + "V" * 9000,
    "violation=V01&violation=V02",
    "number=%FF%FE",
    "a=" + "x" * 30_000,
    "&".join(f"p{n}=1" for n in range(900)),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_a_hostile_search_is_answered(house, query):
    answer = asked(house.client("amina"), "GET", f"/fr/cases/?{query}")

    assert answer.status_code == 200, answer.status_code


def test_what_is_typed_comes_back_as_words_and_never_as_a_tag(house):
    for typed in ('"><script>alert(1)</script>', OVERRIDE, "{{ 7*7 }}", "{% now %}"):
        text = asked(house.client("amina"), "GET", "/fr/cases/", {"number": typed}).content.decode()
        assert "<script>alert" not in text
        assert ">49<" not in text


PATHS = [
    "/fr/reports/new/..%2f..%2fetc%2fpasswd/",
    "/fr/reports/new/visit%00/",
    "/fr/reports/new/visit/../../../cases/",
    "/fr/reports/new/" + "x/" * 500,
    "/fr/reports/forms/<md5>/media/..%2f..%2fsabir.sqlite3",
    "/fr/reports/forms/<md5>/media/door.png%00.html",
    "/fr/reports/forms/<md5>%00.xml",
    "/fr/reports/forms/" + "0" * 5000 + ".xml",
    "/fr/reports/forms/%E2%80%AE.json",
    "/fr/figures/<table>%00.csv",
    "/fr/figures/..%2fviolations_by_region.csv",
    "/fr/cases/%00%00%00-%00%00%00/",
    "/fr/cases/<reference>/sealed/99999999999999999999999/",
    "/fr/cases/<reference>/sealed/-1/",
    "/fr/cases/" + "A" * 5000 + "/",
    "/static/..%2f..%2fsabir.sqlite3",
    "/static/%2e%2e/receiving.key",
    "/media/sealed/",
    "/xx/cases/",
    "/fr/%FF%FE/",
    "/fr//cases//",
    "/\\evil.example",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_a_path_that_climbs_finds_nothing(house, path):
    for name, value in house.gaps.items():
        path = path.replace(f"<{name}>", value)
    answer = asked(house.client("amina"), "GET", path)

    assert answer.status_code == 404, (answer.status_code, answer.headers.get("Location"))
    assert b"SQLite format" not in answer.content
    assert b"AGE-SECRET" not in answer.content


PATHS_OF_PHONES = [
    "/k/<token>/forms/<md5>/media/..%2f..%2fsabir.sqlite3",
    "/k/<token>/forms/<md5>/media/door.png%00",
    "/k/<token>/forms/<md5>/media/%FF%FE",
    "/k/<token>/forms/<md5>/media/" + "x" * 5000,
    "/k/<token>/../../fr/cases/",
    "/k/<token>/formList/",
    "/k/<token>/%0d%0aX-Evil:%201",
    "/k/<token>//submission",
]


@pytest.mark.parametrize("path", PATHS_OF_PHONES, ids=lambda path: path[:40])
def test_a_path_that_climbs_from_a_phone_finds_nothing(house, path):
    filled = path.replace("<token>", house.tokens["own"]).replace("<md5>", house.gaps["md5"])
    answer = asked(Client(HTTP_HOST="localhost"), "GET", filled)

    assert answer.status_code == 404
    assert "Location" not in answer
    assert "X-Evil" not in answer


@pytest.mark.parametrize("token", ["", "%00", "%FF%FE", "x" * 9000, "..", "%E2%80%AE", "' OR 1=1"])
@pytest.mark.parametrize("rest", ["formList", "submission", "forms/" + "0" * 32 + ".xml"])
def test_a_token_that_is_none_is_403_whatever_it_is(house, token, rest):
    method = "POST" if rest == "submission" else "GET"
    answer = asked(Client(HTTP_HOST="localhost"), method, f"/k/{token}/{rest}")

    assert answer.status_code == 403, answer.status_code


FIELDS = {
    "code": ["%00", "\0", "letter\0", "x" * 9000, "<b>", OVERRIDE],
    "due": ["\0", "9999999-99-99", "0000-00-00", "2026-02-31", "-1", OVERRIDE],
    "person_id": ["\0", "-1", "99999999999999999999", "1 OR 1=1", OVERRIDE],
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_hostile_field_is_asked_again(house, name):
    client = house.client("amina")
    for value in FIELDS[name]:
        fields = {"code": "letter", name: value}
        answer = asked(client, "POST", f"/fr/cases/{house.case.reference}/plan/", fields)
        assert answer.status_code in (302, 400, 422), (value, answer.status_code)


@pytest.mark.parametrize("outcome", ["", "\0", "won", "referred\0", OVERRIDE, "x" * 9000])
def test_a_hostile_outcome_closes_nothing(house, outcome):
    answer = asked(house.client("amina"), "POST", f"/fr/cases/{house.case.reference}/close/", {"outcome": outcome})

    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("name", ["\0", "a\0@example.invalid", OVERRIDE, "x" * 9000, "' OR 1=1 --"])
@pytest.mark.parametrize("password", ["\0", "x" * 100_000])
def test_a_hostile_sign_in_is_asked_again(db, name, password):
    answer = Client(HTTP_HOST="localhost").post("/fr/sign-in/", {"username": name, "password": password})

    assert answer.status_code == 422


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "http:///evil.example",
    "///evil.example",
    "/%09/evil.example",
]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(cast, there):
    cast.amina.set_password("a long password of hers")
    cast.amina.save()
    told = {"username": cast.amina.email, "password": "a long password of hers", "next": there}

    by_form = Client(HTTP_HOST="localhost").post("/fr/sign-in/", told)
    by_address = Client(HTTP_HOST="localhost").post(f"/fr/sign-in/?next={there}", {**told, "next": ""})

    for answer in (by_form, by_address):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "path",
    [
        "sign-in/",
        "sign-out/",
        "cases/<reference>/close/",
        "cases/<reference>/sealed/",
        "vault/half/",
        "figures/freeze/",
        "reports/send/",
    ],
)
def test_a_form_without_its_token_is_refused_in_words(house, path):
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    client.force_login(house.cast.amina)
    answer = client.post(f"/fr/{path.replace('<reference>', house.case.reference)}", {"outcome": "referred"})

    assert answer.status_code == 403
    assert "CSRF" not in answer.content.decode()
    assert len(answer.content.decode()) > 100
    house.case.refresh_from_db()
    assert house.case.state == "open"


def test_a_form_of_another_site_is_refused(house):
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    client.force_login(house.cast.amina)
    client.cookies["csrf"] = "a" * 32
    answer = client.post(
        f"/fr/cases/{house.case.reference}/close/",
        {"outcome": "referred", "csrfmiddlewaretoken": "a" * 32},
        headers={"Origin": "https://evil.example"},
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost:port", "localhost\0", "[::1", "localhost, evil.example"])
def test_another_host_is_refused(db, host):
    assert Client(HTTP_HOST=host).get("/fr/").status_code == 400


def test_pages_of_the_key_do_not_answer_at_another_name_than_this_machines(house, settings):
    settings.ALLOWED_HOSTS = ["localhost", "10.0.0.9"]
    client = house.client("amina")
    for path in ("/fr/vault/half/", f"/fr/cases/{house.case.reference}/sealed/"):
        assert client.post(path, HTTP_HOST="10.0.0.9").status_code == 403


def test_a_pages_policy_lets_no_foreign_script_in(house):
    for path in ("/fr/", "/fr/cases/", f"/fr/cases/{house.case.reference}/", "/fr/sign-in/"):
        policy = asked(house.client("amina"), "GET", path)["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        assert "http" not in policy.replace("https:", ""), path


def test_only_the_forms_page_may_evaluate(house):
    policy = asked(house.client("amina"), "GET", "/fr/reports/new/visit/")["Content-Security-Policy"]

    assert "'unsafe-eval'" in policy
    assert "'unsafe-inline'" not in policy
    assert FormVersion.everything.count() == 1
