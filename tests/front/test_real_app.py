"""The front with the whole application behind it: slow phones, a large photo, a phone that leaves."""

import secrets

import pytest

from tests.server import running

from .server import MULTIPART, begun, in_chunks, multipart, until
from .watching import Trickling, Watch

pytestmark = pytest.mark.server

PAGES = ["/fr/", "/ar/sign-in/", "/fr/figures/", "/fr/cases/", "/fr/reports/new/sabir_intake/"]
INSTANCE = "<meta><instanceID>uuid:{}</instanceID></meta>"


@pytest.fixture(scope="module")
def app(tmp_path_factory, demonstration_home):
    with running(tmp_path_factory.mktemp("real"), demonstration_home) as started:
        yield started


@pytest.fixture(scope="module")
def phone(app):
    """The path of a phone's server address, with its token."""
    return app.device("CGIL")


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


def test_every_page_is_answered_while_a_hundred_phones_trickle(app, phone):
    union = app.session().sign_in(app.account("CGIL")["email"])
    with Trickling(app, f"{phone}/submission"):
        answers = {path: {union.get(path).status for _ in range(10)} for path in PAGES}
        sent = app.ask("POST", f"{phone}/submission", sending(app, phone, b"x" * 1000), Content_Type=MULTIPART)

    assert answers == {path: {200} for path in answers}
    assert sent.status == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_while_twenty_megabytes_arrive_no_clear_byte_touches_the_disk(app, phone, chunked):
    mark = secrets.token_hex(16).encode()
    body = sending(app, phone, mark * 625_000)
    watch = Watch(app, mark)
    before = sealed_files(app)

    def watched():
        for number, piece in enumerate(in_chunks(body, 100_000)):
            yield piece
            if number % 10 == 0:
                watch.look()

    headers = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(len(body))}
    answer = app.ask("POST", f"{phone}/submission", watched(), timeout=60, Content_Type=MULTIPART, **headers)
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
