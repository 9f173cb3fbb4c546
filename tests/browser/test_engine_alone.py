"""A client that is not ours: ODK's engine alone, on a bare page without any code of Sabir, and a post as Collect does it."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.installation import Installation
from tests.journey.phone import Phone, message

from .sealed_block import SealedBlock

pytestmark = [pytest.mark.browser, pytest.mark.server]

BARE = Path(__file__).resolve().parents[2] / "frontend" / "dist" / "tests"
# Load the form, speak the language, answer question by question, and give the instance as it would be posted.
FILL_IN = """
async ([xml, language, answers]) => {
  const form = await loadForm(xml, { fetchFormAttachment: async () => new Response("", { status: 404 }) });
  if (form.status === "failure") throw form.error;
  const root = form.createInstance().root;
  root.setLanguage(root.languages.find((one) => one.language.endsWith(`(${language})`)));
  const all = (node) => [node, ...(node.currentState.children ?? []).flatMap(all)];
  const heard = [];
  for (const [path, value] of Object.entries(answers)) {
    const node = all(root).find((one) => one.currentState.reference === `/data/${path}`);
    heard.push(node.currentState.label?.asString ?? "");
    if (node.nodeType !== "select") node.setValue(value);
    else if (node.selectType === "select1") node.selectValue(value);
    else node.selectValues(value);
  }
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  if (payload.violations?.length) throw new Error(JSON.stringify(payload.violations));
  return { heard, xml: await payload.data[0].get("xml_submission_file").text() };
}
"""
STORIES = {"ar": "قصة من محرّك وحده، مخترعة.", "fr": "Récit du moteur seul, inventé."}
QUESTION = {"ar": "هل", "fr": "Puis-je"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing on the tests' output."""


@pytest.fixture(scope="module")
def bare_address() -> Iterator[str]:
    """A small static server with the bare page and the engine, nothing else."""
    if not (BARE / "engine-alone.html").exists():
        pytest.fail("the front end is not built: .venv/bin/python -m config.node --build")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(BARE))) as static:
        Thread(target=static.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{static.server_port}/engine-alone.html"
        static.shutdown()


@pytest.fixture(scope="module")
def bare_page(chromium: Browser, bare_address: str) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(bare_address)
    page.wait_for_function("typeof loadForm === 'function'")
    yield page
    page.close()


@pytest.fixture(scope="module")
def phone(server: Installation) -> Phone:
    return Phone(server, server.sabir_json("device", "add", "UGTT", "engine-alone")["server_url"])


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_report_of_another_client_becomes_a_dossier(bare_page: Page, phone: Phone, desktop, language: str) -> None:
    form = phone.form("sabir_intake").decode()
    answers = {
        "consent_record": "yes",
        "consent_count": "yes",
        "who/name": "Nour Inventée",
        "person/work_region": "north_africa",
        "person/work_country": "TN",
        "events/violation_headings": ["V01", "V02"],
        "events/violations": ["V01.1"],
        "story/what_happened": STORIES[language],
    }
    filled = bare_page.evaluate(FILL_IN, [form, language, answers])
    assert QUESTION[language] in filled["heard"][0]
    assert ElementTree.fromstring(filled["xml"]).findtext("story/what_happened") == STORIES[language]

    sent = phone.send(filled["xml"].encode())
    assert sent.status == 201
    number = re.search(r"[0-9A-Z]{3}-[0-9A-Z]{3}", message(sent))[0]
    desktop.sign_in("ugtt")
    desktop.go("cases/")
    assert desktop.page.locator(f"a[href$='/cases/{number}/']").count() == 1
    desktop.go(f"cases/{number}/")
    block = SealedBlock(desktop.page)
    block.open(desktop.passphrase("ugtt"))
    assert STORIES[language] in block.words()
    assert "Nour Inventée" in block.words()


def test_the_bare_page_has_no_code_of_ours(bare_page: Page) -> None:
    assert bare_page.evaluate("[...document.scripts].map((script) => script.getAttribute('src'))") == [
        "engine-alone.js"
    ]
    assert "sabir" not in (BARE / "engine-alone.js").read_text().lower()
