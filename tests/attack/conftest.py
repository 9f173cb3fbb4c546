"""One real server that has received two hundred marked reports, and refused many more, for all attacks on what it keeps."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.sealed_block import SealedBlock
from tests.installation import Installation, copied, demonstration, served, shared_folder

from . import desk, refused
from .desk import Session
from .marks import Marks
from .people import Report, report
from .phones import Phone, marked_phone

UNION = "ccoo"  # one that the demonstration gives no dossiers, so that the first one is announced by mail
EACH_WAY = 100


@dataclass
class Attacked:
    """The server, all marks, the reports it took, and what became of those it did not take."""

    server: Installation
    marks: Marks
    phone: Phone
    by_phone: list[Report] = field(default_factory=list)
    by_browser: list[Report] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    holder: Session | None = None
    read_aloud: dict[str, str] = field(default_factory=dict)
    """What the holder's browser showed of two dossiers once it had opened them."""


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The real server with a temporary folder of its own."""
    folder = tmp_path_factory.mktemp("attacked")
    installation = copied(demonstration(shared_folder(tmp_path_factory)), folder / "home")
    (folder / "temporary").mkdir()
    installation.environment["TMPDIR"] = str(folder / "temporary")
    with served(installation) as server:
        yield server


@pytest.fixture(scope="session")
def attacked(application: Installation, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """After two hundred reports by both ways, and what was refused, and two dossiers opened by their key's holder."""
    marks = Marks()
    device = application.sabir_json("device", "add", "CCOO", "a phone of the desk")["server_url"]
    path = "/k/" + str(device).partition("/k/")[2]
    marks.note(path.rpartition("/")[2], "a phone's token")
    version = application.python(
        "import json; from sabir.field.models import FormVersion as F; "
        "print(json.dumps(F.everything.filter(organisation__acronym='CCOO').latest('number').version))"
    )
    told = Attacked(application, marks, Phone(application.port, path, version))
    _send_by_phone(told)
    _send_by_browser(told, tmp_path_factory.mktemp("bundle"))
    told.holder = Session(application)
    told.holder.sign_in(UNION)
    told.statuses |= refused.by_phones(marked_phone(application.port, path, version, marks, "refused"), marks)
    told.statuses |= refused.by_addresses(told.phone, Session(application), marks)
    told.statuses |= refused.by_pages(told.holder, version, marks)
    told.statuses |= refused.by_the_server(told.phone, application, marks)
    marks.note(application.account(UNION)["passphrase"], "the union's passphrase")
    return told


def sizes_of(number: int) -> tuple[int, ...]:
    """Which files come with a report: none, a small one, a large one, both."""
    return ((), (3_000,), (), (200_000,), (40_000, 90_000))[number % 5]


def _send_by_phone(told: Attacked) -> None:
    chance = random.Random(1)
    for number in range(EACH_WAY):
        phone = marked_phone(told.server.port, told.phone.path, told.phone.version, told.marks, number)
        made = report(told.marks, chance, f"{number} by phone", sizes_of(number))
        answers = phone.send_report(made, split=number % 10 == 4)
        assert [answer.status for answer in answers] == [201] * len(answers), answers[-1].content
        if number % 10 == 3:
            assert phone.send_report(made)[0].status == 202
        told.by_phone.append(made)


def _send_by_browser(told: Attacked, folder: Path) -> None:
    chance = random.Random(2)
    reports = [report(told.marks, chance, f"{number} by browser", sizes_of(number)) for number in range(EACH_WAY)]
    with desk.chromium_page() as page:
        desk.sign_in(page, told.server, UNION)
        answers = desk.send_reports(page, told.server.url, desk.bundled(folder), reports)
        assert [answer["status"] for answer in answers] == [201] * EACH_WAY
        for made in reports:
            told.marks.note(made.instance.removeprefix("uuid:"), "an instanceID by browser")
        for answer in (answers[0], answers[-1]):
            told.read_aloud[answer["instance"]] = _opened(page, told.server, answer["url"])
    told.by_browser = reports


def _opened(page: desk.Page, server: Installation, path: str) -> str:
    """Open a dossier with the holder's passphrase in the real page; the words it then shows."""
    page.goto(server.url + path)
    block = SealedBlock(page)
    if block.state != "open":
        block.open(server.account(UNION)["passphrase"])
    return block.words()
