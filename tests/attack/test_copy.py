"""Someone takes a copy of all that the server keeps, after two hundred reports and many refusals. It opens nothing."""

import base64
import json
import re
import sqlite3
import zlib
from hashlib import sha256

import pyrage
import pytest

from .conftest import EACH_WAY
from .copying import Copy, copy_of, rows
from .people import Report
from .search import Search, leaks, values_of

pytestmark = pytest.mark.server

SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{20,}")
STATUSES = {
    "broken XML": 400,
    "a document type": 400,
    "no multipart": 400,
    "an unknown form": 404,
    "an edited report": 409,
    "a story too long": 413,
    "a photo too large": 413,
    "the first of two": 201,
    "another report under the same id": 409,
    "a file twice": 400,
    "not written down": 201,
    "a body cut short": 400,
    "a token": 403,
    "a phone's address": 404,
    "a form's file": 404,
    "an address": 404,
    "a dossier's address": 404,
    "a search": 302,
    "an account": 422,
    "a password": 422,
    "headers": 200,
    "an unsealed file": 400,
    "an unsealed report": 400,
    "no token": 403,
    "no room for a file": 500,
    "no table": 500,
}


@pytest.fixture(scope="module")
def search(attacked) -> Search:
    return Search(attacked.marks.needles())


@pytest.fixture(scope="module")
def copy(attacked, tmp_path_factory) -> Copy:
    return copy_of(attacked.server, tmp_path_factory.mktemp("copy") / "all")


@pytest.fixture(scope="module")
def opened(attacked) -> list[bytes]:
    """Everything sealed to the union, opened with its key, which only its holder's passphrase gives."""
    union = "(SELECT id FROM network_organisation WHERE acronym = 'CCOO')"
    [(wrap,)] = rows(
        attacked.server,
        f"SELECT w.sealed FROM vault_wrap w JOIN vault_keystatement k ON k.id = w.key_id WHERE k.organisation_id = {union}",
    )
    secret = pyrage.passphrase.decrypt(bytes(wrap), attacked.server.account("ccoo")["passphrase"]).decode()
    identity = pyrage.x25519.Identity.from_str(re.search(r"AGE-SECRET-KEY-1[0-9A-Z]+", secret)[0])
    return [pyrage.decrypt(sealed, [identity]) for sealed in envelopes(attacked.server, f"organisation_id = {union}")]


def envelopes(server, which: str) -> list[bytes]:
    """Every sealed part and file as a whole age file."""
    asked = f"SELECT e.header, b.sealed, b.path FROM vault_envelope e JOIN vault_body b ON b.envelope_id = e.id WHERE {which}"
    folder = server.home / "media" / "sealed"
    return [
        bytes(header) + (bytes(body) if body is not None else (folder / path).read_bytes())
        for header, body, path in rows(server, asked)
    ]


def test_two_hundred_reports_were_taken_and_the_others_refused_as_they_should(attacked):
    assert (len(attacked.by_phone), len(attacked.by_browser)) == (EACH_WAY, EACH_WAY)
    assert attacked.statuses == STATUSES


def test_everything_told_is_there_for_whoever_has_the_key(attacked, opened):
    """Or else a search that finds nothing would mean nothing."""
    told = b"\n".join(opened)
    parts = {json.loads(part)["submission"]: 0 for part in opened if part.startswith(b"{") and part.endswith(b" ")}

    assert [missing for made in attacked.by_phone + attacked.by_browser for missing in missing_from(told, made)] == []
    assert digests(attacked.by_phone + attacked.by_browser) <= parts.keys()


def digests(reports: list[Report]) -> set[str]:
    return {sha256(b"sabir_intake\0" + made.instance.encode()).hexdigest() for made in reports}


def missing_from(told: bytes, made: Report) -> list[str]:
    words = [
        word for path, value in made.answers.items() if path.startswith(("who", "story", "partic")) for word in [value]
    ]
    lines = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words]
    files = [part for name, content in made.files.values() for part in (name.encode(), content)]
    return [repr(part[:40]) for part in lines + files if part.strip() not in told]


def test_the_holder_reads_them_in_her_browser(attacked):
    by_id = {made.instance: made for made in attacked.by_browser}

    assert len(attacked.read_aloud) == 2
    for instance, words in attacked.read_aloud.items():
        assert by_id[instance].answers["who/name"] in words
        assert by_id[instance].answers["particulars/employer"] in words


def test_the_copy_holds_everything_that_is_kept(copy, attacked):
    names = [where for where, _ in copy.places()]
    rows_kept = ["table "] if attacked.server.environment.get("DATABASE_URL") else ["home/sabir.sqlite3-wal", "rows"]
    kinds = [
        "home/media/sealed/",
        "home/logs/",
        "home/mail/",
        "home/session.key",
        "cmdline of",
        "environ of",
        *rows_kept,
    ]

    assert [kind for kind in kinds if not any(name.startswith(kind) for name in names)] == []


def test_no_mark_is_found_in_a_copy_of_everything(search, copy):
    # A token is 160 drawn bits, so its digest confirms no guess.
    found = [leak for leak in leaks(search, copy.places()) if not leak.endswith(": a phone's token, SHA-256")]

    assert found == []


def test_the_same_search_finds_what_is_planted_in_the_copy(attacked, copy, search, tmp_path):
    name, story = next(iter(attacked.marks.of)), attacked.by_phone[0].answers["story/what_happened"]
    log = b"2026-11-22 INFO " + base64.b64encode(zlib.compress(b'{"locals": {"name": "' + name + b'"}}'))
    database = tmp_path / "rows.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE cases_case (note TEXT)")
        connection.execute("INSERT INTO cases_case VALUES (?)", ("x" * 9000 + story,))
    connection.close()

    assert leaks(search, [("log", log)]) == [f"log: {attacked.marks.of[name]}, as it is"]
    assert leaks(search, [("rows", values_of(database))])[0] == "rows: story 0 by phone, as it is"
    assert leaks(search, [("pages", database.read_bytes())])


def test_the_only_secret_key_is_the_receiving_key_in_its_own_file(copy):
    found = [where for where, data in copy.places() if SECRET.search(data)]

    assert found == ["home/receiving.key"]


def test_everything_in_the_home_belongs_to_its_owner_alone(copy, attacked):
    modes = {
        path.name: path.stat().st_mode & 0o077 for path in (attacked.server.home, *attacked.server.home.glob("*.key"))
    }

    assert set(modes.values()) == {0}


def test_a_copy_and_a_live_session_open_nothing(attacked, copy, search):
    """Whoever has the copy and a holder's session cookie may read coded facts, and no more."""
    answers = b"\n".join(answers_to(attacked))
    keys = [
        pyrage.x25519.Identity.from_str(SECRET.search(data)[0].decode())
        for _, data in copy.places()
        if SECRET.search(data)
    ]
    wraps = [bytes(wrap) for (wrap,) in rows(attacked.server, "SELECT sealed FROM vault_wrap")]
    sealed = envelopes(attacked.server, "1 = 1")

    assert leaks(search, [("answers", answers)]) == []
    assert not SECRET.search(answers)
    assert len(sealed) > 4 * 2 * EACH_WAY
    assert [age for age in sealed if opens(age, keys)] == []
    assert [wrap for wrap in wraps[:3] for guess in guesses(attacked) if opens_with(wrap, guess)] == []


def answers_to(attacked) -> list[bytes]:
    """What the holder's session is given: lists, dossiers, sealed parts and files, wraps, the server's half."""
    session = attacked.holder
    page = session.get("/fr/cases/").content
    given = [page, session.get("/fr/vault/wraps/").content, session.post("/fr/vault/half/").content]
    for path in sorted(set(re.findall(r"/fr/cases/[0-9A-Z]{3}-[0-9A-Z]{3}/", page.decode())))[:20]:
        told = session.post(f"{path}sealed/")
        assert told.status == 200
        parts = json.loads(told.content)
        given += [session.get(path).content, told.content, *[session.get(one["url"]).content for one in parts["files"]]]
    return given


def opens(age: bytes, keys: list[pyrage.x25519.Identity]) -> bool:
    try:
        pyrage.decrypt(age, keys)
    except pyrage.DecryptError:
        return False
    return True


def opens_with(wrap: bytes, guess: str) -> bool:
    try:
        pyrage.passphrase.decrypt(wrap, guess)
    except pyrage.DecryptError:
        return False
    return True


def guesses(attacked) -> list[str]:
    """Every secret that lies in the copy, tried as a passphrase."""
    keys = [path.read_text().strip() for path in attacked.server.home.glob("*.key")]
    return [*keys, attacked.holder.cookies["session"], attacked.server.account("ccoo")["password"]]


def test_marks_are_of_every_kind(attacked):
    kinds = (
        "name",
        "phone",
        "safe contact",
        "story",
        "employer",
        "town",
        "amount",
        "file name",
        "instanceID",
        "id of phone",
    )
    drawn = attacked.marks.of.values()

    assert [kind for kind in kinds if not any(what.startswith(kind) for what in drawn)] == []
