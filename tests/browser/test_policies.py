"""What a page may do and what it may not: no evaluation, no way out of the engine's frame, sounds that play."""

from pathlib import Path

import pytest

from tests.installation import Installation
from tests.spoken import spoken_form

from .report_form import ReportForm
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

# In the page itself, not in the frame: count every call that would make code out of text.
COUNTING = """
if (window.top === window) {
  window.evaluated = 0;
  for (const name of ["eval", "Function"]) {
    const count = (original, target, given, ...rest) => { window.evaluated += 1; return original(target, given, ...rest); };
    window[name] = new Proxy(window[name], {
      apply: (...given) => count(Reflect.apply, ...given),
      construct: (...given) => count(Reflect.construct, ...given),
    });
  }
  const timer = window.setTimeout;
  window.setTimeout = (what, ...rest) => { if (typeof what === "string") window.evaluated += 1; return timer(what, ...rest); };
}
"""
WAYS_OUT = """
async (address) => {
  const picture = (url) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done("reached");
    image.onerror = () => done("stopped");
    image.src = url;
  });
  const asked = (promise) => promise.then(() => "reached", () => "stopped");
  const stored = () => { try { return localStorage.length >= 0 ? "reached" : ""; } catch { return "stopped"; } };
  const above = () => { try { return parent.document.title ? "reached" : ""; } catch { return "stopped"; } };
  const socket = () => new Promise((done) => {
    try {
      const line = new WebSocket(address.replace("http", "ws"));
      line.onopen = () => done("reached");
      line.onerror = () => done("stopped");
    } catch { done("stopped"); }
  });
  return {
    origin: window.origin,
    fetch: await asked(fetch(address, { mode: "no-cors" })),
    picture: await picture(`${address}favicon.ico`),
    script: await asked(import(`${address}static/built/vault.js`)),
    socket: await socket(),
    storage: stored(),
    page: above(),
  };
}
"""


def test_the_page_makes_no_code_of_text_while_a_report_is_written_and_sent(desktop: Visitor) -> None:
    desktop.page.add_init_script(COUNTING)
    desktop.sign_in("ugtt")
    form = ReportForm(desktop)
    form.fill({"consent_record": "yes", "consent_count": "yes", "events/violation_headings": ["V01"]})
    assert form.send()

    assert evaluated(desktop) == 0
    desktop.go("cases/")
    desktop.page.locator("table a[href*='/cases/']").first.click()
    desktop.page.locator("sealed-case[data-state=sealed]").wait_for()
    assert evaluated(desktop) == 0


def evaluated(visitor: Visitor) -> int:
    """The page's count, asked of the debugger: Playwright's own way of asking would evaluate, and count."""
    browser = visitor.page.context.new_cdp_session(visitor.page)
    return int(browser.send("Runtime.evaluate", {"expression": "window.evaluated"})["result"]["value"])


def test_only_the_page_of_a_form_may_evaluate(desktop: Visitor) -> None:
    desktop.sign_in("ugtt")
    pages = ("", "cases/", "figures/", "network/", "reports/new/sabir_intake/")
    policies = [desktop.go(path).headers["content-security-policy"] for path in pages]

    assert ["'unsafe-eval'" in policy for policy in policies] == [False, False, False, False, True]
    assert all("default-src 'none'" in policy and "'unsafe-inline'" not in policy for policy in policies)


def test_the_frame_of_the_engine_reaches_nothing(desktop: Visitor) -> None:
    desktop.sign_in("ugtt")
    ReportForm(desktop)
    frame = next(one for one in desktop.page.frames if one != desktop.page.main_frame)
    found = frame.evaluate(WAYS_OUT, f"{desktop.server.url}/")

    assert found.pop("origin") == "null"
    assert set(found.values()) == {"stopped"}, found
    # What was tried just now was stopped by the policy, as it says itself.
    assert desktop.violations
    desktop.violations.clear()


def test_a_recording_plays_beside_its_question(desktop: Visitor, server: Installation, tmp_path: Path) -> None:
    form, tone = spoken_form(tmp_path)
    assert server.sabir("form", "publish", "UGTT", form, "--media", tone).returncode == 0
    desktop.sign_in("ugtt")
    ReportForm(desktop, "spoken")

    sound = desktop.page.locator("audio").first
    duration = sound.evaluate("async (audio) => { await audio.play(); return audio.duration; }")
    assert duration == pytest.approx(0.5, abs=0.05)
    assert sound.evaluate("audio => audio.readyState") >= 2
