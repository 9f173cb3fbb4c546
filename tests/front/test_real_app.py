"""The front with the whole application behind it: slow phones, a large photo, a phone that leaves."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.installation import Installation, copied, demonstration, served, shared_folder

from .server import MULTIPART, asked, begun, in_chunks, multipart, until
from .watching import Trickling, Watch

pytestmark = pytest.mark.server

PAGES = ["/fr/", "/ar/sign-in/", "/fr/figures/", "/fr/cases/", "/fr/reports/new/sabir_intake/"]
INSTANCE = "<meta><instanceID>uuid:{}</instanceID></meta>"


@dataclass
class Watched:
    """An installation as `Watch` looks at it."""

    installation: Installation

    @property
    def home(self) -> Path:
        return self.installation.home

    @property
    def temporary(self) -> Path:
        return Path(self.installation.environment["TMPDIR"])

    def processes(self) -> list[int]:
        """The ids of all its processes: the ones started and all below them."""
        found, waiting = [], [process.pid for process in self.installation.processes]
        while waiting:
            found.append(pid := waiting.pop())
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += [int(child) for child in children.read_text().split()]
        return found


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    (folder / "temporary").mkdir()
    installation = copied(demonstration(shared_folder(tmp_path_factory)), folder / "home")
    installation.environment["TMPDIR"] = str(folder / "temporary")
    with served(installation) as started:
        yield started


@pytest.fixture(scope="module")
def phone(app):
    """The path of a phone's server address, with its token."""
    return "/k/" + app.sabir_json("device", "add", "CGIL", "slow phone")["server_url"].partition("/k/")[2]


@pytest.fixture(scope="module")
def cookies(app):
    """Those of someone of the union who has signed in."""
    account = next(one for one in app.accounts if one["acronym"] == "CGIL")
    page = app.ask("GET", "/fr/sign-in/")
    given = cookies_of(page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    fields = {"csrfmiddlewaretoken": token, "username": account["email"], "password": account["password"]}
    kind = "application/x-www-form-urlencoded"
    answer = app.ask("POST", "/fr/sign-in/", urlencode(fields).encode(), Cookie=given, Content_Type=kind)
    assert answer.status == 302
    return f"{given}; {cookies_of(answer)}"


def cookies_of(answer) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie"))


def version_of_intake(app, phone) -> str:
    listed = app.ask("GET", f"{phone}/formList", X_OpenRosa_Version="1.0").content.decode()
    return listed.partition("sabir_intake")[2].partition("<version>")[2].partition("<")[0]


def sending(app, phone, photo: bytes) -> bytes:
    """A report of the intake form with one photo."""
    instance = f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}"
    xml = (
        f'<data id="sabir_intake" version="{version_of_intake(app, phone)}">{INSTANCE.format(instance)}'
        "<consent_record>yes</consent_record><story><photo>photo.jpg</photo></story></data>"
    )
    return multipart(("xml_submission_file", "r.xml", xml.encode()), ("photo.jpg", "photo.jpg", photo))


def sealed_files(app):
    return {path for path in (app.home / "media").rglob("*") if path.is_file()}


def test_every_page_is_answered_while_a_hundred_phones_trickle(app, phone, cookies):
    with Trickling(app, f"{phone}/submission"):
        answers = {path: {app.ask("GET", path, Cookie=cookies).status for _ in range(10)} for path in PAGES}
        sent = app.ask("POST", f"{phone}/submission", sending(app, phone, b"x" * 1000), Content_Type=MULTIPART)

    assert answers == {path: {200} for path in answers}
    assert sent.status == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_while_twenty_megabytes_arrive_no_clear_byte_touches_the_disk(app, phone, chunked):
    mark = secrets.token_hex(16).encode()
    body = sending(app, phone, mark * 625_000)
    watch = Watch(Watched(app), mark)
    before = sealed_files(app)

    def watched():
        for number, piece in enumerate(in_chunks(body, 100_000)):
            yield piece
            if number % 10 == 0:
                watch.look()

    headers = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(len(body))}
    answer = asked(app.port, "POST", f"{phone}/submission", watched(), Content_Type=MULTIPART, **headers)
    watch.look()

    assert (answer.status, watch.seen) == (201, [])
    [kept] = sealed_files(app) - before
    assert kept.stat().st_size > 20_000_000


def test_a_phone_that_leaves_half_way_leaves_nothing_behind(app, phone):
    before = sealed_files(app)
    body = sending(app, phone, b"x" * 1_500_000)
    head = f"POST {phone}/submission HTTP/1.1\nContent-Length: {len(body)}\nContent-Type: {MULTIPART}\n"
    line = begun(app.port, head, body[:1_000_000])
    assert until(lambda: sealed_files(app) - before)
    line.close()

    assert until(lambda: sealed_files(app) == before)


@pytest.mark.parametrize("size", [1000, 200_000])
def test_a_token_that_is_none_gets_403_in_words_whatever_it_sends(app, phone, size):
    answer = app.ask("POST", "/k/nobody/submission", sending(app, phone, b"x" * size), Content_Type=MULTIPART)

    assert answer.status == 403
    assert b"OpenRosaResponse" in answer.content
    assert len(answer.headers.get_all("Date")) == 1


def test_no_token_is_in_any_log(app, phone):
    for path in f"{phone}/submission", f"{phone}/nowhere", f"{phone}/formList/":
        app.ask("GET", path)
    app.ask("POST", f"{phone}/submission", b"x" * 100, Content_Type=MULTIPART)

    assert phone.removeprefix("/k/").encode() not in app.said()


def test_a_phone_that_asks_under_another_host_reads_an_answer_too(app, phone):
    for method, path in (("GET", "/formList"), ("HEAD", "/submission"), ("POST", "/submission")):
        answer = app.ask(method, phone + path, Host="elsewhere.example")
        assert answer.status == 400
        assert (answer.getheader("X-OpenRosa-Version"), bool(answer.getheader("Date"))) == ("1.0", True)
        assert answer.getheader("X-OpenRosa-Accept-Content-Length")
        assert method == "HEAD" or b"OpenRosaResponse" in answer.content
    assert b"elsewhere.example" not in app.said()


def test_nobody_else_on_the_machine_reads_what_is_written_into_the_home(app):
    kept = [*app.home.glob("sabir.sqlite3*"), *app.home.glob("*.*"), *(app.home / "media").rglob("*")]
    kept = [path for path in [*kept, *(app.home / "logs").glob("*.log")] if path.is_file()]
    assert {"session.key", "demonstration.json"} <= {path.name for path in kept}
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
