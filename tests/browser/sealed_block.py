"""The sealed block of a dossier, whose shadow root is closed: no script reaches in, ours neither.

So it is met as people meet it: heard as a screen reader hears it (the browser's tree of accessibility), hit where it is
drawn, typed into by the keyboard.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.installation import until


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing in the block: what it is, what it is called, and the browser's number for its element."""

    role: str
    name: str
    element: int


class SealedBlock:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.page.locator("sealed-case").wait_for()
        self.browser = page.context.new_cdp_session(page)
        self.browser.send("DOM.enable")
        self.browser.send("Accessibility.enable")

    @property
    def state(self) -> str | None:
        return self.page.locator("sealed-case").get_attribute("data-state")

    def heard(self) -> list[Heard]:
        """Everything in the block, in the order in which it is read out."""
        nodes = {node["nodeId"]: node for node in self.browser.send("Accessibility.getFullAXTree")["nodes"]}
        host = next((node for node in nodes.values() if node.get("backendDOMNodeId") == self._host()), None)
        return list(_below(host, nodes)) if host else []

    def words(self) -> str:
        return " ".join(one.name for one in self.heard() if one.role == "StaticText")

    def all(self, role: str) -> list[Heard]:
        return [one for one in self.heard() if one.role == role]

    def press(self, heard: Heard) -> None:
        """Click in the middle of it."""
        self.browser.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": heard.element})
        corners = self.browser.send("DOM.getBoxModel", {"backendNodeId": heard.element})["model"]["border"]
        self.page.mouse.click(sum(corners[0::2]) / 4, sum(corners[1::2]) / 4)

    def ask_to_open(self) -> None:
        self.press(self.all("button")[0])

    def open(self, passphrase: str) -> None:
        """Ask to open, type the passphrase, and wait until the block is open."""
        self.ask_to_open()
        until(lambda: self.all("textbox"))
        self.page.keyboard.type(passphrase)
        self.page.keyboard.press("Enter")
        self.wait("open")

    def wait(self, state: str) -> None:
        self.page.locator(f"sealed-case[data-state={state}]").wait_for()

    def close(self) -> None:
        self.press(self.all("button")[0])
        self.wait("sealed")

    def show_files(self) -> None:
        """Ask for each photo and recording, the last one first: what plays a sound has buttons of its own."""
        for button in reversed(self.all("button")[1:]):
            before = len(self.pictures_and_sounds())
            self.press(button)
            until(lambda before=before: len(self.pictures_and_sounds()) > before)

    def pictures_and_sounds(self) -> list[Heard]:
        return [*self.all("image"), *self.all("Audio")]

    def ask_element(self, heard: Heard, function: str) -> Any:
        """What the element itself says, asked by the browser's debugger, which alone may reach in."""
        found = self.browser.send("DOM.resolveNode", {"backendNodeId": heard.element})
        asked = {"objectId": found["object"]["objectId"], "functionDeclaration": function, "returnByValue": True}
        answer = self.browser.send("Runtime.callFunctionOn", {**asked, "awaitPromise": True, "userGesture": True})
        return answer["result"].get("value")

    def _host(self) -> int:
        document = self.browser.send("DOM.getDocument")["root"]["nodeId"]
        found = self.browser.send("DOM.querySelector", {"nodeId": document, "selector": "sealed-case"})
        described = self.browser.send("DOM.describeNode", {"nodeId": found["nodeId"]})
        return int(described["node"]["backendNodeId"])


def _below(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Any:
    for identity in node.get("childIds", []):
        child = nodes.get(identity)
        if child is None:
            continue
        if not child.get("ignored"):
            name = child.get("name", {}).get("value", "")
            yield Heard(child["role"]["value"], name, child.get("backendDOMNodeId", 0))
        yield from _below(child, nodes)
