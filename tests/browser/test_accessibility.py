"""Every page for everybody: axe finds nothing, on a desktop in French and on a phone in Arabic, light and dark."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from .report_form import ReportForm
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A checker can only judge what it can read, so here alone the closed block is built open.
OPENED = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: "open" }); };
"""
CHECK = """
async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, iframes: false, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PUBLIC = {"home": "", "sign-in": "sign-in/", "members": "network/", "rights": "rights/violations/"}
SIGNED_IN = {"home": "", "list": "cases/", "figures": "figures/", "refused": "nowhere/"}


@pytest.fixture(scope="module", params=["desktop", "phone"])
def reader(request: pytest.FixtureRequest, visit) -> Iterator[Visitor]:
    """Signed out."""
    with visit(request.param) as visitor:
        visitor.page.add_init_script(AXE.read_text())
        visitor.page.add_init_script(OPENED)
        yield visitor


@pytest.fixture(scope="module")
def member(reader: Visitor) -> Visitor:
    """The same person, signed in as the focal point of UGTT; tests that use it come last."""
    reader.sign_in("ugtt")
    return reader


def faults(visitor: Visitor) -> list[str]:
    """What axe finds on the page as it stands, in light and, for what colours change, in dark."""
    before = len(visitor.violations)
    visitor.page.emulate_media(color_scheme="light")
    light = visitor.page.evaluate(CHECK, RULES)
    visitor.page.emulate_media(color_scheme="dark")
    dark = visitor.page.evaluate(CHECK, ["cat.color"])
    visitor.page.emulate_media(color_scheme="light")
    # The checker tries a style on an element, which the page's policy stops; what pages do is watched before and after.
    del visitor.violations[before:]
    return [*light, *(f"dark {line}" for line in dark)]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_for_all(reader: Visitor, name: str) -> None:
    reader.go(PUBLIC[name])
    assert faults(reader) == []


def test_a_refusal_while_signing_in(reader: Visitor) -> None:
    reader.go("sign-in/")
    reader.page.fill("#id_username", "nobody@demonstration.invalid")
    reader.page.fill("#id_password", "not the password")
    reader.page.locator("main form[method=post] button").click()
    reader.page.locator("#errors").wait_for()
    assert faults(reader) == []


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_for_members(member: Visitor, name: str) -> None:
    member.go(SIGNED_IN[name])
    assert faults(member) == []


def test_a_dossier_sealed_and_opened(member: Visitor) -> None:
    member.go("cases/")
    member.page.locator("table a[href*='/cases/']").first.click()
    member.page.locator("sealed-case[data-state=sealed] button").wait_for()
    assert faults(member) == []

    member.page.locator("sealed-case button").click()
    member.page.locator("sealed-case input[type=password]").wait_for()
    assert faults(member) == []
    member.page.locator("sealed-case input[type=password]").fill(member.passphrase("ugtt"))
    member.page.keyboard.press("Enter")
    member.page.locator("sealed-case[data-state=open]").wait_for()
    assert faults(member) == []


def test_the_form_empty_filled_and_with_what_is_missing(member: Visitor) -> None:
    form = ReportForm(member)
    assert faults(member) == []
    member.page.locator("form button[type=submit].main").click()
    member.page.locator("[role=alert] a").first.wait_for()
    assert faults(member) == []
    form.fill({"consent_record": "yes", "person/work_region": "europe", "events/violation_headings": ["V01"]})
    form.question("events/violations").wait_for()
    assert faults(member) == []
    member.page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_scrolls_sideways_on_a_screen_of_320_px(visit, language: str) -> None:
    with visit("narrow", language=language) as visitor:
        for path in PUBLIC.values():
            visitor.go(path)
            assert visitor.page.evaluate(WIDER) <= 0, path
        visitor.sign_in("ugtt")
        for path in SIGNED_IN.values():
            visitor.go(path)
            assert visitor.page.evaluate(WIDER) <= 0, path
        visitor.go("cases/")
        visitor.page.locator("table a[href*='/cases/']").first.click()
        visitor.page.locator("sealed-case[data-state=sealed]").wait_for()
        assert visitor.page.evaluate(WIDER) <= 0
        form = ReportForm(visitor)
        form.answer("consent_record", "yes")
        form.question("next/needs").wait_for()
        assert visitor.page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", ["", "network/", "sign-in/", "rights/violations/"])
def test_a_page_can_be_walked_by_keyboard_from_its_first_link(desktop: Visitor, path: str) -> None:
    desktop.go(path)
    desktop.page.keyboard.press("Tab")
    assert desktop.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = json.loads(desktop.page.evaluate("JSON.stringify(document.activeElement.getBoundingClientRect())"))
    assert box["top"] >= 0
    assert box["height"] > 10
