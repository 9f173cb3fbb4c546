"""A desk's browser: as HTTP sees it, and as a real Chromium in which the front end's own code fills in, seals and posts."""

import base64
import http.cookies
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, sync_playwright

from config import node
from tests.installation import Installation

from .people import Report

CHROMIUM = os.environ.get("SABIR_CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
HERE = Path(__file__).resolve().parent
BUNDLE = """
import { build } from "esbuild";
await build({
  entryPoints: [process.argv[1]], outfile: process.argv[2], bundle: true, format: "iife", globalName: "attack",
  target: ["chrome111"], charset: "utf8", loader: { ".css": "text" },
  alias: { "@noble/post-quantum/hybrid.js": "./src/seal/no-hybrid.ts" },
});
"""


@dataclass
class Session:
    """Someone's browser as far as HTTP goes: its cookies, and the token that its forms carry."""

    server: Installation
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: bytes = b"", **headers: str) -> HTTPResponse:
        """Post with the token against forged requests."""
        headers.setdefault("X_CSRFToken", self.cookies.get("csrf", ""))
        return self._ask("POST", path, body, headers)

    def sign_in(self, acronym: str, **instead: str) -> HTTPResponse:
        """Sign in on the real page with a demonstration account, or with something else."""
        account = self.server.account(acronym)
        page = self.get("/fr/sign-in/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        told = {"username": account["email"], "password": account["password"]} | instead
        fields = urlencode({"csrfmiddlewaretoken": token[1] if token else "", **told}).encode()
        return self.post("/fr/sign-in/", fields, Content_Type="application/x-www-form-urlencoded")

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.server.ask(method, path, body, **headers)
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer


@contextmanager
def chromium_page() -> Iterator[Page]:
    """A page of a fresh profile. While it is open no test may use Django's database: Playwright runs a loop."""
    if not shutil.which(CHROMIUM):
        pytest.skip("apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        page.set_default_timeout(30_000)
        yield page
        browser.close()


def sign_in(page: Page, server: Installation, acronym: str) -> None:
    account = server.account(acronym)
    page.goto(f"{server.url}/fr/sign-in/")
    page.fill("#id_username", account["email"])
    page.fill("#id_password", account["password"])
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/fr/")


def bundled(folder: Path) -> str:
    """The modules of frontend/src that fill in, seal and post, as one script with a name that a test can call."""
    command = [node.node(), "--input-type=module", "-e", BUNDLE, HERE / "desk.ts", folder / "desk.js"]
    subprocess.run(command, cwd=node.FRONTEND, check=True, capture_output=True)
    return (folder / "desk.js").read_text()


def send_reports(page: Page, url: str, script: str, reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Open the page of the form and let the front end's code send each report; the server's answers.

    Each report's `instance` is filled in from the instance that was sent.
    """
    page.goto(f"{url}/fr/reports/new/sabir_intake/")
    page.locator("[data-report] form").wait_for()
    page.evaluate(f"() => {{ {script}; window.attack = attack; }}")
    page.evaluate("() => attack.begin()")
    answers = []
    for report in reports:
        answer = page.evaluate("told => attack.send(told)", _told(report))
        report.instance = answer["instance"]
        answers.append(answer)
    return answers


def _told(report: Report) -> dict[str, Any]:
    files = {
        path: {"name": name, "bytes": base64.b64encode(content).decode()}
        for path, (name, content) in report.files.items()
    }
    return {"answers": report.answers, "files": files}
