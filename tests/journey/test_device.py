"""A phone with ODK Collect, from its QR code to the last photo, over a real socket."""

import base64
import hashlib
import json
import os
import re
import zlib
from pathlib import Path

import pytest

from sabir.field.public import collect_settings
from tests.browser.files import png, wav
from tests.installation import Installation, database_copied
from tests.spoken import spoken_form

from .phone import Phone, message

pytestmark = pytest.mark.server

ACCEPTED = {"simple.xlsx": "simple", "simple_repeat.xlsx": "simple_repeat", "choice_filter_test.xlsx": ""}
REFUSED = ["bad_calc.xlsx", "duplicate_columns.xlsx", "excel_with_macros.xlsm"]
SAMPLES = os.environ.get("SABIR_SAMPLES", str(Path(__file__).resolve().parents[3] / "shared" / "samples"))
HOSTILE = sorted(path.name for path in Path(SAMPLES, "hostile").glob("*"))
INTAKE = "sabir_intake"


@pytest.fixture(scope="package")
def version(phone: Phone) -> str:
    """The version of the intake form that the phone was given."""
    return phone.forms()[INTAKE]["version"]


def told(phone: Phone, version: str, **answers: str) -> bytes:
    """A report by the intake form."""
    said = {"consent_record": "yes", "consent_count": "yes", "who__name": "Marque Inventée", **answers}
    return phone.report(INTAKE, version, **said)


@pytest.mark.parametrize("name", ACCEPTED)
def test_real_forms_are_published_and_listed(server: Installation, phone: Phone, samples: Path, name: str) -> None:
    ran = server.sabir("form", "publish", "UGTT", samples / "xlsforms" / name, "--json")
    published = json.loads(ran.stdout)

    assert ran.returncode == 0, published
    assert published["form_id"] in phone.forms()
    assert b"<h:html" in phone.form(published["form_id"])


@pytest.mark.parametrize("name", REFUSED)
def test_broken_forms_are_refused_or_warned_about_by_sheet_and_row(
    server: Installation, phone: Phone, samples: Path, name: str
) -> None:
    ran = server.sabir("form", "publish", "UGTT", samples / "xlsforms" / name, "--json")
    published = json.loads(ran.stdout)

    problems = published["problems"]
    assert problems
    assert any(problem.get("sheet") and problem.get("row") for problem in problems), problems
    assert ran.returncode == (0 if published["form_id"] in phone.forms() else 1)


def test_a_qr_code_carries_what_collect_needs(server: Installation, phone: Phone) -> None:
    told = json.loads(zlib.decompress(base64.b64decode(collect_settings(phone.server_url, "UGTT"))))

    assert set(told) == {"general", "admin", "project"}
    assert told["general"]["server_url"] == phone.server_url
    assert told["general"]["form_update_mode"] == "match_exactly"
    assert told["general"]["analytics"] is False
    assert phone.server_url.startswith(f"{server.url}/k/")
    assert re.fullmatch(r"[a-z0-9]+", phone.token)


def test_the_list_answers_again_with_304_while_nothing_changed(phone: Phone) -> None:
    first = phone.get(f"{phone.server_url}/formList")
    again = phone.get(f"{phone.server_url}/formList", If_None_Match=first.getheader("ETag"))

    assert (again.status, again.content) == (304, b"")
    only = phone.get(f"{phone.server_url}/formList?formID={INTAKE}")
    assert only.content.count(b"<xform>") == 1


def test_a_report_becomes_a_dossier(server: Installation, phone: Phone, version: str) -> None:
    before = server.counts()
    sent = phone.send(told(phone, version, person__work_region="north_africa"))

    assert sent.status == 201
    after = server.counts()
    assert re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}", message(sent))
    assert after["cases.Case"] == before["cases.Case"] + 1
    assert after["observatory.Fact"] == before["observatory.Fact"] + 1


def test_a_photo_may_come_in_a_second_sending_and_a_resend_adds_nothing(
    server: Installation, phone: Phone, version: str
) -> None:
    xml = told(phone, version, story__photo="1733000000000.jpg", story__voice="note été.wav")
    files = server.sealed_files()
    assert phone.send(xml, ("note été.wav", wav()), incomplete=True).status == 201
    assert phone.send(xml, ("1733000000000.jpg", png())).status == 201
    assert len(server.sealed_files() - files) == 2

    before = server.counts()
    assert phone.send(xml).status == 202
    assert phone.send(xml, ("1733000000000.jpg", png())).status == 202
    after = server.counts()
    kept = {name for name in after if after[name] != before[name] and not name.startswith("ledger.")}
    assert kept == set()
    assert len(server.sealed_files() - files) == 2


def test_other_answers_under_the_same_identity_are_refused(server: Installation, phone: Phone, version: str) -> None:
    xml = told(phone, version, person__sex="female")
    assert phone.send(xml).status == 201
    before = server.counts()
    answer = phone.send(xml.replace(b"female", b"male"))

    assert answer.status == 409
    assert message(answer)
    assert server.counts() == before


def test_no_to_writing_is_answered_with_201_and_leaves_nothing(
    server: Installation, phone: Phone, version: str
) -> None:
    before, files = server.counts(), server.sealed_files()
    xml = told(phone, version, consent_record="no", story__photo="p.jpg")
    assert phone.send(xml, ("p.jpg", png())).status == 201

    after = server.counts()
    gone = {
        name for name in after if after[name] != before[name] and name.startswith(("cases.", "vault.", "observatory."))
    }
    assert gone == set()
    assert after["field.Submission"] == before["field.Submission"]
    assert server.sealed_files() == files


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_get_words_and_leave_nothing(
    server: Installation, phone: Phone, samples: Path, counts: dict[str, int], name: str
) -> None:
    files = server.sealed_files()
    answer = phone.send((samples / "hostile" / name).read_bytes(), ("photo.jpg", png()))

    assert 400 <= answer.status < 500
    assert message(answer)
    assert b"/etc" not in answer.content
    assert server.sealed_files() == files


@pytest.fixture(scope="module")
def counts(server: Installation) -> dict[str, int]:
    """The rows there were before the first hostile file."""
    return server.counts()


def test_all_hostile_files_together_left_no_row(server: Installation, counts: dict[str, int]) -> None:
    assert server.counts() == counts


@pytest.mark.parametrize("token", ["a", "unknown0unknown0unknown0unknown0", "A" * 300, "%00", "é"])
def test_a_token_that_is_none_is_refused_whatever_its_length(server: Installation, token: str) -> None:
    from urllib.parse import quote

    for path in ("formList", "submission", "nothing"):
        answer = server.ask("GET" if path != "submission" else "HEAD", f"/k/{quote(token, safe='%')}/{path}")
        assert answer.status == 403


def test_a_revoked_phone_is_refused_at_once(server: Installation) -> None:
    lost = Phone(server, server.sabir_json("device", "add", "UGTT", "lost")["server_url"])
    assert lost.head().status == 204
    assert server.sabir("device", "revoke", "UGTT", "lost").returncode == 0
    assert lost.head().status == 403
    assert lost.get(f"{lost.server_url}/formList").status == 403


def test_a_phone_of_another_union_neither_lists_nor_fetches_what_is_not_its_own(
    server: Installation, phone: Phone, samples: Path
) -> None:
    server.sabir("form", "publish", "UGTT", samples / "xlsforms" / "simple_repeat.xlsx")
    own = next(row for form_id, row in phone.forms().items() if form_id != INTAKE)
    stranger = Phone(server, server.sabir_json("device", "add", "CGIL", "stranger")["server_url"])

    assert own["formID"] not in stranger.forms()
    assert stranger.get(own["downloadUrl"].replace(phone.token, stranger.token)).status == 404


def test_a_sound_goes_with_a_form(server: Installation, phone: Phone, tmp_path: Path) -> None:
    form, tone = spoken_form(tmp_path)
    ran = server.sabir("form", "publish", "UGTT", form, "--media", tone, "--json")
    assert ran.returncode == 0, ran.stdout

    [file] = phone.media("spoken")
    assert file["filename"] == tone.name
    assert file["hash"] == f"md5:{hashlib.md5(tone.read_bytes()).hexdigest()}"
    assert phone.get(file["downloadUrl"]).content == tone.read_bytes()


def test_no_token_and_no_name_stands_in_any_log(server: Installation, phone: Phone, version: str) -> None:
    phone.send(told(phone, version))
    server.ask("GET", f"/k/{phone.token}/nowhere/{phone.token}")
    server.ask("POST", f"/k/{phone.token}/submission", b"not multipart", Content_Type="text/plain")
    said = server.said()

    assert phone.token.encode() not in said
    assert b"Marque" not in said
    assert all(identity.removeprefix("uuid:").encode() not in said for identity in phone.instances)


def test_the_ledger_holds_after_all_this_and_a_changed_row_is_found(server: Installation, tmp_path: Path) -> None:
    assert server.sabir("ledger", "verify").returncode == 0

    tampered = database_copied(server, tmp_path / "home")
    assert tampered.sabir("ledger", "verify").returncode == 0
    code = "from sabir.ledger.models import Entry; e = Entry.objects.order_by('-number').first(); "
    tampered.python(code + "print(Entry.objects.filter(pk=e.pk).update(verb='cases.nothing'))")
    ran = tampered.sabir("ledger", "verify")
    assert ran.returncode == 1
    assert "altered" in ran.stdout
