"""The main job, on a phone in Arabic and on a desktop in French: one report becomes a sealed dossier and a figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.installation import Installation, until

from .files import WIDTH, png, wav
from .report_form import ReportForm
from .sealed_block import SealedBlock
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

NAMES = {"fr": "Nadia Inventée-Marque", "ar": "نادية علامة مخترعة"}
STORIES = {"fr": "Récit marqué : quatre mois, deux payés.", "ar": "قصة موسومة: أربعة أشهر، اثنان مدفوعان."}
PHONE = "+000 555 0142"
TOWN = "Ville-Marque"
FACTS = {
    "person/age_band": "25-34",
    "person/sex": "female",
    "person/nationality": "SN",
    "person/work_region": "north_africa",
    "person/work_country": "TN",
    "person/sector": "T",
    "talk/interview_language": "ar",
    "talk/alone": "alone",
    "events/violation_headings": ["V01", "V03"],
    "events/violations": ["V01.1"],
    "events/since_month": "2026-03",
    "next/needs": ["A01"],
    "next/next_step": "letter",
}


def spoken(language: str) -> dict[str, object]:
    """All that one worker says, in the language of the page."""
    sealed = {
        "consent_record": "yes",
        "consent_count": "yes",
        "who/name": NAMES[language],
        "who/phone": PHONE,
        "particulars/town": TOWN,
    }
    story = {
        "story/what_happened": STORIES[language],
        "story/photo": {"name": "holiday.png", "mimeType": "image/png", "buffer": png()},
        "story/voice": {"name": "note.wav", "mimeType": "audio/wav", "buffer": wav()},
    }
    return sealed | FACTS | story


@dataclass
class Told:
    """A report just sent, by the one who still sits before the screen."""

    by: Visitor
    number: str

    @property
    def page(self) -> str:
        return f"cases/{self.number}/"


@pytest.fixture(scope="module", params=["phone", "desktop"])
def told(request: pytest.FixtureRequest, visit, shots) -> Iterator[Told]:
    """The focal point of UGTT signs in, writes a report down, and sends it."""
    with visit(request.param) as focal_point:
        focal_point.go("sign-in/")
        focal_point.shoot(shots, "sign-in")
        focal_point.sign_in("ugtt")
        focal_point.page.locator("header a[href$='/reports/new/']").click()
        focal_point.page.locator("[data-report] form, main a[href$='/sabir_intake/']").first.wait_for()
        form = ReportForm(focal_point)
        form.answer("consent_record", "yes")
        form.answer("consent_count", "yes")
        focal_point.page.evaluate("scrollTo(0, 0)")
        focal_point.shoot(shots, "new-report")
        form.fill(spoken(focal_point.language))
        number = form.send()
        assert number
        yield Told(focal_point, number)


def test_the_report_stands_in_the_list_in_codes(told: Told, shots) -> None:
    told.by.go("cases/")
    row = told.by.page.locator(f"tr:has(a[href$='/{told.number}/'])")

    assert row.count() == 1
    assert row.locator("time").first.get_attribute("datetime") == date.today().isoformat()
    for mark in (NAMES[told.by.language], PHONE, TOWN):
        assert mark not in told.by.page.content()
    told.by.shoot(shots, "cases")


def test_the_dossier_says_facts_and_hides_the_rest(told: Told) -> None:
    told.by.go(told.page)
    page = told.by.page.content()

    for mark in (NAMES[told.by.language], PHONE, TOWN, STORIES[told.by.language]):
        assert mark not in page
    assert told.by.page.locator("aside dl dt").count() >= 7
    assert SealedBlock(told.by.page).all("textbox") == []


def test_her_passphrase_opens_name_story_photo_and_voice_for_her_eyes(told: Told, shots) -> None:
    told.by.go(told.page)
    block = SealedBlock(told.by.page)
    block.open(told.by.passphrase("ugtt"))

    words = block.words()
    for mark in (NAMES[told.by.language], PHONE, TOWN, STORIES[told.by.language]):
        assert mark in words
    block.show_files()
    [photo] = [one for one in block.all("image") if block.ask_element(one, "function(){return this.tagName}") == "IMG"]
    assert until(lambda: block.ask_element(photo, "function(){return this.naturalWidth}")) == WIDTH
    [voice] = block.all("Audio")
    playing = "async function(){await this.play(); this.pause(); return this.duration}"
    assert block.ask_element(voice, playing) == pytest.approx(0.5, abs=0.05)
    told.by.page.locator("sealed-case").evaluate("block => block.scrollIntoView({block: 'start'})")
    told.by.shoot(shots, "case-opened")


def test_no_script_of_the_page_can_read_what_is_open(told: Told) -> None:
    told.by.go(told.page)
    opened_again_without_asking(told)

    page = told.by.page
    assert page.evaluate("document.querySelector('sealed-case').shadowRoot") is None
    assert NAMES[told.by.language] not in page.evaluate("document.documentElement.innerHTML + document.body.innerText")
    assert NAMES[told.by.language] not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_it_closes_again(told: Told) -> None:
    told.by.go(told.page)
    block = opened_again_without_asking(told)
    block.close()

    assert NAMES[told.by.language] not in " ".join(one.name for one in block.heard())


def test_a_step_is_planned_and_done(told: Told) -> None:
    page = told.by.page
    told.by.go(told.page)
    due = (date.today() + timedelta(days=9)).isoformat()
    page.locator("section.next details").evaluate("details => details.open = true")
    page.select_option("#step-code", "inspection")
    page.fill("#step-due", due)
    page.select_option("#step-person", index=1)
    page.locator("form[action$='/plan/'] button").click()
    page.locator(f"section.next time[datetime='{due}']").wait_for()

    page.locator("form[action$='/done/'] button").click()
    page.locator("section.next time").wait_for(state="detached")
    assert page.locator("ol.time li").count() == 2


def test_signing_out_destroys_the_half_without_which_the_tab_opens_nothing(told: Told) -> None:
    page = told.by.page
    told.by.go(told.page)
    opened_again_without_asking(told)
    rested = page.evaluate("sessionStorage.getItem('sabir.vault')")
    assert rested

    told.by.sign_out()
    told.by.sign_in("ugtt")
    page.evaluate("kept => sessionStorage.setItem('sabir.vault', kept)", rested)
    told.by.go(told.page)
    block = SealedBlock(page)
    block.ask_to_open()
    assert until(lambda: block.all("textbox"))
    assert block.state == "sealed"


def test_a_wrong_passphrase_opens_nothing_and_says_so(told: Told) -> None:
    told.by.page.evaluate("sessionStorage.clear()")
    told.by.go(told.page)
    block = SealedBlock(told.by.page)
    block.ask_to_open()
    until(lambda: block.all("textbox"))
    told.by.page.keyboard.type("0000 0000 0000 0000 0000 0000")
    told.by.page.keyboard.press("Enter")

    assert until(lambda: any(one.role == "status" for one in block.heard()) and block.words())
    assert block.state == "sealed"


def test_another_union_meets_nothing_at_the_same_address(told: Told, visit) -> None:
    files = sealed_addresses(told)
    with visit("desktop") as stranger:
        stranger.sign_in("cgil")
        assert stranger.status(told.page) == 404
        assert stranger.post(f"{told.page}sealed/").status == 404
        assert stranger.post(f"{told.page}close/", form={"outcome": "won"}).status == 404
        assert [stranger.get(address).status for address in files] == [404, 404]
        stranger.go("cases/")
        assert told.number not in stranger.page.content()


def test_the_desk_sees_the_dossier_and_holds_no_key(told: Told, visit) -> None:
    files = sealed_addresses(told)
    with visit("desktop") as desk:
        desk.sign_in("guichet")
        assert desk.status(told.page) == 200
        assert desk.page.locator("sealed-case").count() == 0
        assert desk.page.locator(".seal .line").count() == 3
        assert desk.post(f"{told.page}sealed/").status == 404
        assert desk.post("vault/half/").status == 404
        assert [desk.get(address).status for address in (*files, "/fr/vault/wraps/")] == [404, 404, 404]


def test_the_coordination_sees_no_dossier(told: Told, visit) -> None:
    with visit("desktop") as coordination:
        coordination.sign_in("coordination")
        assert coordination.status(told.page) == 404
        assert coordination.status("cases/") == 404
        assert coordination.status("reports/new/") == 404
        assert coordination.post(f"{told.page}sealed/").status == 404


def test_nobody_signed_out_is_told_that_it_exists(told: Told, visit) -> None:
    with visit("desktop") as nobody:
        nobody.go(told.page)
        assert "/sign-in/" in nobody.page.url
        nobody.go("cases/K7F-42Q/")
        assert "/sign-in/" in nobody.page.url


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_coordination_sees_one_table_with_small_cells_hidden_and_takes_it_along(visit, shots, screen) -> None:
    with visit(screen) as coordination:
        coordination.sign_in("coordination")
        coordination.go("figures/")
        shown = coordination.page.locator("table .veil" if screen == "phone" else "table.stack").first
        shown.evaluate(f"part => part.scrollIntoView({{block: '{'center' if screen == 'phone' else 'start'}'}})")
        coordination.shoot(shots, "figures")
        assert coordination.page.locator("table .veil").count() > 0
        assert coordination.page.locator("table tbody tr").count() >= 10
        with coordination.page.expect_download() as download:
            coordination.page.locator("a[download][href$='.csv']").click()
        lines = download.value.path().read_text("utf-8-sig").splitlines()
        assert len(lines) > 10


def test_the_members_of_the_network_stand_on_a_page_for_all(desktop: Visitor, shots) -> None:
    desktop.go("network/")
    assert desktop.page.locator("main").get_by_text("UGTT", exact=True).count() >= 1
    assert desktop.page.locator("main .tag.idea").count() >= 1
    desktop.shoot(shots, "members")


def test_who_says_no_to_writing_leaves_nothing_but_one_more_in_a_tally(desktop: Visitor, server: Installation) -> None:
    desktop.sign_in("ugtt")
    form = ReportForm(desktop)
    form.fill({"consent_record": "yes", "who/name": NAMES["fr"], "story/what_happened": STORIES["fr"]})
    before, files, tally = server.counts(), server.sealed_files(), told_no(server)
    form.answer("consent_record", "no")
    assert form.send() is None

    after = server.counts()
    rooms = ("cases.", "vault.", "observatory.", "field.Submission")
    assert {
        name: after[name] - before[name] for name in after if name.startswith(rooms) and after[name] != before[name]
    } == {}
    assert server.sealed_files() == files
    assert told_no(server) == tally + 1


def test_who_says_no_to_counting_has_a_dossier_and_leaves_no_figure(desktop: Visitor, server: Installation) -> None:
    desktop.sign_in("ugtt")
    before = server.counts()
    form = ReportForm(desktop)
    form.fill({"consent_record": "yes", "consent_count": "no", "events/violation_headings": ["V01"]})
    number = form.send()

    after = server.counts()
    assert desktop.status(f"cases/{number}/") == 200
    assert after["cases.Case"] == before["cases.Case"] + 1
    assert after["observatory.Fact"] == before["observatory.Fact"]
    assert after["observatory.FactViolation"] == before["observatory.FactViolation"]


def test_what_is_missing_is_said_before_anything_is_sent(desktop: Visitor) -> None:
    desktop.sign_in("ugtt")
    form = ReportForm(desktop)
    desktop.page.locator("form button[type=submit].main").click()
    desktop.page.locator("[role=alert] a").first.click()

    assert desktop.page.evaluate("document.activeElement.value") == "yes"
    assert form.question("consent_record").locator(".msg").is_visible()


def opened_again_without_asking(told: Told) -> SealedBlock:
    """On a later page of the same session the key is still open; a fresh tab asks once more."""
    block = SealedBlock(told.by.page)
    block.ask_to_open()
    until(lambda: block.state == "open" or block.all("textbox"))
    if block.state != "open":
        told.by.page.keyboard.type(told.by.passphrase("ugtt"))
        told.by.page.keyboard.press("Enter")
    block.wait("open")
    return block


def sealed_addresses(told: Told) -> list[str]:
    """Where the dossier's own people fetch its sealed files."""
    return [one["url"] for one in told.by.post(f"{told.page}sealed/").json()["files"]]


def told_no(server: Installation) -> int:
    """How many said, this month, that nothing should be written down."""
    code = "import json; from sabir.field.models import Tally; print(json.dumps(sum(t.count for t in Tally.everything.all())))"
    return int(server.python(code))
