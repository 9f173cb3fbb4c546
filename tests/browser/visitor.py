"""Someone at a screen: a phone in Arabic or a desktop in French, and what the browser says behind her back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import APIResponse, Browser, ConsoleMessage, Page, Request, Response

from tests.installation import Installation

LONGEST = 20_000
SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "ar-TN"},
    "desktop": {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "locale": "fr-FR"},
}
LANGUAGES = {"phone": "ar", "desktop": "fr", "narrow": "fr"}
INSIDE = ("data:", "blob:", "about:")


@dataclass
class Visitor:
    """`outside` are requests to other hosts, `violations` what the policy of a page stopped, `errors` failed scripts."""

    page: Page
    server: Installation
    screen: str
    language: str
    outside: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> Response | None:
        """Go to a page, named without its language."""
        return self.page.goto(f"{self.server.url}/{self.language}/{path}")

    def status(self, path: str) -> int:
        """The status with which a page answers."""
        answer = self.go(path)
        assert answer is not None
        return answer.status

    def post(self, path: str, **options: Any) -> APIResponse:
        """Post as a script of the page would, with its token."""
        token = next((one["value"] for one in self.page.context.cookies() if one["name"] == "csrf"), "")
        url = path if path.startswith("/") else f"/{self.language}/{path}"
        return self.page.request.post(f"{self.server.url}{url}", headers={"X-CSRFToken": token}, **options)

    def get(self, path: str) -> APIResponse:
        return self.page.request.get(f"{self.server.url}{path}", max_redirects=0)

    def sign_in(self, name: str) -> None:
        """Sign in by the form, with one of the demonstration's accounts."""
        account = self.server.account(name)
        self.go("sign-in/")
        self.page.fill("#id_username", account["email"])
        self.page.fill("#id_password", account["password"])
        self.page.locator("main form[method=post] button").click()
        self.page.wait_for_url(f"**/{self.language}/")

    def sign_out(self) -> None:
        self.page.locator("form[action$='/sign-out/'] button").click()
        self.page.wait_for_url(f"**/{self.language}/")

    def passphrase(self, name: str) -> str:
        return str(self.server.account(name)["passphrase"])

    def shoot(self, folder: Path, name: str) -> None:
        """A picture of what is on the screen now."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{self.language}-{self.screen}.png"
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        self.page.screenshot(path=path, animations="disabled", caret="hide")
        assert path.stat().st_size < 200_000, f"{path.name} is too large for the documentation"


@contextmanager
def visiting(browser: Browser, server: Installation, screen: str, **options: Any) -> Iterator[Visitor]:
    """A fresh browser profile; nothing it asked for may have gone elsewhere, and no script may have failed."""
    language = options.pop("language", LANGUAGES[screen])
    context = browser.new_context(**{**SCREENS[screen], **options})
    context.set_default_timeout(LONGEST)
    visitor = Visitor(context.new_page(), server, screen, language)
    _listen(visitor)
    try:
        yield visitor
        assert visitor.outside == []
        assert visitor.violations == [], visitor.violations
        assert visitor.errors == []
    finally:
        context.close()


def _listen(visitor: Visitor) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((visitor.server.url, *INSIDE)):
            visitor.outside.append(request.url)

    def told(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            visitor.violations.append(message.text)

    context = visitor.page.context
    context.on("request", asked)
    context.on("console", told)
    context.on("weberror", lambda error: visitor.errors.append(str(error.error)))
