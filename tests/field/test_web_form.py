"""The web form: its page, what it may fetch, and what it sends."""

import base64
import json
import uuid
from hashlib import sha256

import pytest
from django.test import Client

from sabir.field import arrivals
from sabir.field.models import FormVersion, Submission, Tally
from sabir.vault.models import Envelope
from sabir.vault.public import parts_of
from sabir.vault.seal import open_part, seal_bytes, seal_part

from .conftest import Phone, multipart
from .tables import YES_NO

FACTS = {"consent_record": "yes", "consent_count": "yes", "alone": "yes", "several": "yes no"}
KINDS = ("finder", "identity", "narrative", "detail")


@pytest.fixture
def desk(cast, phone):
    """A signed-in browser of Amina's, whose union has published the form."""
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.amina)
    return client


class Page:
    """What the page's script makes of a filled form."""

    def __init__(self, cast, version="1", form="visit"):
        self.union, self.recipient = cast.union.uid.hex, str(recipient_of(cast.identity))
        self.form, self.version = form, version
        self.submission = sha256(f"{form}\0uuid:{uuid.uuid4()}".encode()).hexdigest()
        self.raw = sha256(b"xml").hexdigest()

    def about(self):
        return {"union": self.union, "form": self.form, "version": self.version, "submission": self.submission}

    def part(self, kind, data, recipient=None, **changed):
        sealed = seal_part(kind, **{**self.about(), **changed}, data=data, recipients=[recipient or self.recipient])
        return base64.b64encode(sealed.header + sealed.body).decode()

    def report(self, facts=FACTS, files=None, **changed):
        return {
            "form": self.form,
            "version": self.version,
            "submission": self.submission,
            "raw": self.raw,
            "facts": self.part("facts", facts, arrivals.receiving_recipient()),
            "recipient": self.recipient,
            "epoch": 1,
            "sealed": {kind: self.part(kind, {"who": "Awa Marked"} if kind == "identity" else {}) for kind in KINDS},
            "files": files or {},
            **changed,
        }


def recipient_of(identity):
    import pyrage

    return pyrage.x25519.Identity.from_str(identity).to_public()


@pytest.fixture
def page(cast, desk):
    return Page(cast)


def send(client, report, *files):
    body, kind = multipart(
        ("report", json.dumps(report).encode(), "application/json"),
        *((name, data, "application/octet-stream") for name, data in files),
    )
    return client.post("/en/reports/send/", data=body, content_type=kind)


def test_one_form_is_opened_straight_away_and_several_are_listed(desk, publish):
    assert desk.get("/fr/reports/new/")["Location"] == "/fr/reports/new/visit/"
    publish(form_id="other")
    answer = desk.get("/fr/reports/new/")
    assert "/fr/reports/new/other/" in answer.content.decode()
    assert "/fr/reports/new/visit/" in answer.content.decode()


def told(answer):
    text = answer.content.decode().split('<script id="report-page" type="application/json">')[1].split("</script>")[0]
    return json.loads(text)


def test_the_page_tells_its_script_all_it_needs(cast, desk, phone):
    page = told(desk.get("/ar/reports/new/visit/"))
    assert page["union"] == cast.union.uid.hex
    assert page["union_key"]["recipient"] == str(recipient_of(cast.identity))
    assert page["receiving_key"] == arrivals.receiving_recipient()
    assert page["language"] == "ar"
    assert page["send_url"] == "/ar/reports/send/"
    version = FormVersion.everything.get()
    assert desk.get(page["form_url"]).content == bytes(version.content)
    assert desk.get(page["definition_url"]).json()["columns"][2]["class"] == "identity"
    assert set(page["texts"]) > {"send", "loading"}


def test_the_secret_that_opens_facts_is_on_no_page(desk):
    assert arrivals.receiving_identity() not in desk.get("/fr/reports/new/visit/").content.decode()


def test_only_this_page_lets_the_engine_make_code(desk):
    policy = desk.get("/fr/reports/new/visit/")["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert "'wasm-unsafe-eval'" in policy
    for other in ("/fr/reports/forms/" + FormVersion.everything.get().md5 + ".json", "/fr/"):
        assert "unsafe-eval" not in desk.get(other)["Content-Security-Policy"]


def test_media_is_served_to_those_who_may_read_the_form(cast, desk, publish):
    table = "| survey | type | name | label | media::audio |\n| | text | who | Q | tone.mp3 |"
    publish(table, form_id="heard", media={"tone.mp3": b"tone"})
    page = told(desk.get("/fr/reports/new/heard/"))
    answer = desk.get(page["media"]["tone.mp3"])
    assert (answer.content, answer["Content-Type"]) == (b"tone", "audio/mpeg")
    desk.force_login(cast.celia)
    assert desk.get(page["media"]["tone.mp3"]).status_code == 404


def test_a_stranger_and_someone_without_the_right_find_nothing(cast, desk):
    md5 = FormVersion.everything.get().md5
    paths = ("/fr/reports/new/visit/", f"/fr/reports/forms/{md5}.xml", f"/fr/reports/forms/{md5}.json")
    assert [desk.get(path).status_code for path in paths] == [200, 200, 200]
    for person in (cast.celia, cast.dario, cast.badr):
        desk.force_login(person)
        assert [desk.get(path).status_code for path in paths] == [404, 404, 404]
    desk.logout()
    assert {desk.get(path).status_code for path in paths} == {302}


def test_a_sealed_report_is_kept_and_its_number_told(cast, desk, page):
    answer = send(desk, page.report())
    assert answer.status_code == 201
    kept = Submission.everything.get()
    assert answer.json() == {"kept": True, "number": kept.reference, "url": f"/en/cases/{kept.reference}/"}
    assert kept.facts == {**FACTS, "several": ["yes", "no"]}
    assert (kept.person, kept.device) == (cast.amina.pk, None)
    parts = {
        part.kind: open_part(cast.identity, part.age, kind=part.kind) for part in parts_of(cast.union.pk, kept.digest)
    }
    assert parts["identity"]["data"] == {"who": "Awa Marked"}
    assert set(parts) == set(KINDS)


def test_sent_again_it_has_the_same_number_and_is_kept_once(desk, page):
    report = page.report()
    first, again = send(desk, report), send(desk, report)
    assert (first.status_code, again.status_code) == (201, 202)
    assert first.json()["number"] == again.json()["number"]
    assert Submission.everything.count() == 1
    assert send(desk, {**report, "raw": "0" * 64}).status_code == 409


def test_files_arrive_sealed_and_are_kept_as_they_are(cast, desk, page, sealed_folder):
    name = sha256(b"what the page drew").hexdigest()
    header, body = seal_bytes(b"x" * 1000, [page.recipient])
    answer = send(desk, page.report(files={name: {"class": "identity"}}), (name, header + body))
    assert answer.status_code == 201
    envelope = Envelope.everything.get(kind="file")
    assert (envelope.name, envelope.part, bytes(envelope.header)) == (name, "identity", header)
    (path,) = [path for path in sealed_folder.rglob("*") if path.is_file()]
    assert path.read_bytes() == body


def test_a_number_stands_only_behind_a_repeat(cast, desk, publish):
    table = """
        | survey | type              | name  | label | bind::sabir:class |
        |        | begin repeat      | place | Q     |                   |
        |        | select_one yes_no | alone | Q     | fact              |
        |        | end repeat        |       |       |                   |
    """
    assert not publish(table + YES_NO, form_id="often").refused
    page = Page(cast, form="often")
    for path in ("place/alone", "place[1]/alone[1]", "place[01]/alone", "place[0]/alone", "pl[1]ace[1]/alone"):
        answer = send(desk, page.report(facts={path: "yes"}))
        assert (answer.status_code, answer.json()["code"]) == (400, "field.not_a_fact"), path
    assert send(desk, page.report(facts={"place[1]/alone": "yes", "place[2]/alone": "no"})).status_code == 201
    assert Submission.everything.get().facts == {"place:1/alone": "yes", "place:2/alone": "no"}


def test_a_later_sending_adds_no_file_the_first_did_not_name(desk, page, sealed_folder):
    header, body = seal_bytes(b"x", [page.recipient])
    report = page.report(files={NAME: {"class": "identity"}})
    assert send(desk, report).status_code == 201
    other = "1" * 64
    assert send(desk, {**report, "files": {other: {"class": "identity"}}}, (other, header + body)).status_code == 202
    assert Envelope.everything.filter(kind="file").count() == 0
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []
    assert send(desk, {**report, "files": {NAME: {"class": "detail"}}}, (NAME, header + body)).status_code == 201
    assert Envelope.everything.get(kind="file").part == "identity"


def test_no_report_writes_over_the_sealed_parts_of_another_form(cast, desk, page, publish, sealed_folder):
    assert send(desk, page.report()).status_code == 201
    before = [part.age for part in parts_of(cast.union.pk, page.submission)]
    assert not publish(form_id="other").refused
    page.form = "other"
    header, body = seal_bytes(b"x", [page.recipient])
    answer = send(desk, page.report(files={NAME: {"class": "identity"}}), (NAME, header + body))
    assert (answer.status_code, answer.json()["code"]) == (409, "field.conflict")
    assert [part.age for part in parts_of(cast.union.pk, page.submission)] == before
    assert Submission.everything.count() == 1
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []


def test_no_means_that_nothing_is_kept(desk, page, sealed_folder):
    answer = send(desk, page.report(facts={"consent_record": "no"}))
    assert (answer.status_code, answer.json()["kept"]) == (201, False)
    assert Submission.everything.count() == Envelope.everything.count() == 0
    assert Tally.everything.get().count == 1


NAME = "0" * 64


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (lambda page: {"form": "nobodys"}, 404, "field.unknown_form"),
        (lambda page: {"version": "9"}, 404, "field.unknown_form"),
        (lambda page: {"submission": "x"}, 400, "field.bad_digest"),
        (lambda page: {"raw": None}, 400, "field.missing_part"),
        (lambda page: {"recipient": "age1other"}, 409, "field.other_key"),
        (lambda page: {"facts": "!"}, 400, "field.missing_part"),
        (lambda page: {"facts": base64.b64encode(b"clear").decode()}, 400, "field.facts_closed"),
        (lambda page: {"facts": page.part("facts", FACTS)}, 400, "field.facts_closed"),
        (lambda page: {"facts": facts_of(page, union="0" * 32)}, 400, "field.facts_closed"),
        (lambda page: {"facts": facts_of(page, submission="0" * 64)}, 400, "field.facts_closed"),
        (lambda page: {"facts": page.part("detail", FACTS, arrivals.receiving_recipient())}, 400, "field.facts_closed"),
        (lambda page: {"facts": facts_of(page, data={"alone": "Awa Marked"})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"who": "yes"})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"nobody": "yes"})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"alone": ["yes"]})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"al[77]one": "yes"})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"alone[20261]": "yes"})}, 400, "field.not_a_fact"),
        (lambda page: {"facts": facts_of(page, data={"alone[1][2]": "yes"})}, 400, "field.not_a_fact"),
        (lambda page: {"sealed": {}}, 400, "field.missing_part"),
        (
            lambda page: {"sealed": dict.fromkeys(KINDS, base64.b64encode(b"Awa Marked").decode())},
            400,
            "field.not_sealed",
        ),
        (lambda page: {"files": {"p.jpg": {"class": "identity"}}}, 400, "field.bad_files"),
        (lambda page: {"files": {NAME: {"class": "fact"}}}, 400, "field.bad_files"),
        (lambda page: {"files": [NAME]}, 400, "field.bad_files"),
    ],
)
def test_what_is_not_whole_and_sealed_is_refused_in_json_and_nothing_is_kept(desk, page, change, status, code):
    answer = send(desk, {**page.report(), **change(page)})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"]
    assert Submission.everything.count() == 0


def facts_of(page, data=FACTS, **changed):
    return page.part("facts", data, arrivals.receiving_recipient(), **changed)


def test_a_report_that_is_no_json_is_refused(desk, page):
    body, kind = multipart(("report", b"{", "application/json"))
    answer = desk.post("/en/reports/send/", data=body, content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (400, "field.not_json")
    for odd in ("[]", "1", "null", '"x"'):
        body, kind = multipart(("report", odd.encode(), "application/json"))
        assert desk.post("/en/reports/send/", data=body, content_type=kind).status_code == 400


def test_a_file_the_report_does_not_name_refuses_the_whole(desk, page, sealed_folder):
    header, body = seal_bytes(b"x", [page.recipient])
    answer = send(desk, page.report(), (NAME, header + body))
    assert (answer.status_code, answer.json()["code"]) == (400, "field.unknown_file")
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []


def test_a_clear_file_is_refused(desk, page, sealed_folder):
    answer = send(desk, page.report(files={NAME: {"class": "identity"}}), (NAME, b"a marked photo" * 1000))
    assert answer.status_code == 400
    assert [path for path in sealed_folder.rglob("*") if path.is_file()] == []
    assert Submission.everything.count() == 0


def test_strangers_cannot_send_for_this_union(cast, desk, page):
    desk.force_login(cast.badr)
    assert send(desk, page.report()).status_code == 404
    desk.force_login(cast.celia)
    assert send(desk, page.report()).status_code in (404, 409)
    desk.logout()
    assert send(desk, page.report()).status_code == 302
    assert Submission.everything.count() == 0


def test_sending_needs_the_pages_own_token(cast, phone, page):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.force_login(cast.amina)
    assert send(strict, page.report()).status_code == 403
    assert Submission.everything.count() == 0


def test_a_page_that_seals_is_not_served_in_clear_to_another_machine(cast, desk):
    away = Client()
    away.force_login(cast.amina)
    assert desk.get("/fr/reports/new/visit/").status_code == 200
    assert away.get("/fr/reports/new/visit/", headers={"host": "192.0.2.1"}).status_code in (400, 403)


@pytest.mark.parametrize("path", ["/en/reports/send/", "/k/%s/submission"])
def test_before_a_body_is_read_the_view_looks_at_the_door_and_names_a_receiver(desk, phone: Phone, path):
    prepared = {}
    kind = "multipart/form-data; boundary=x"
    extra = {"sabir.preflight": prepared}
    answer = desk.head(path % phone.token if "%s" in path else path, CONTENT_TYPE=kind, **extra)
    assert answer.status_code == 204
    assert {"feed", "backlog", "finish", "abandon"} <= set(dir(prepared["receiver"]))
    refused = {}
    answer = Client().head(path.replace("%s", "x"), CONTENT_TYPE=kind, **{"sabir.preflight": refused})
    assert answer.status_code in (302, 403)
    assert refused == {}
