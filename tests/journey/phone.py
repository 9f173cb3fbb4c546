"""A phone with ODK Collect, as the server meets it: over a real socket, by the protocol's own steps."""

import hashlib
import uuid
from dataclasses import dataclass, field
from http.client import HTTPResponse
from xml.etree import ElementTree

from tests.front.server import MULTIPART, multipart
from tests.installation import Installation

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
ENVELOPE = "{http://openrosa.org/http/response}"
DEVICE = "deviceID=collect%3Ab1b2b3b4b5b6b7b8"
Part = tuple[str, bytes]


@dataclass
class Phone:
    """`server_url` is all that it knows; every other address comes from what the server told it."""

    server: Installation
    server_url: str
    instances: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        return self.server_url.rsplit("/", 1)[1]

    def get(self, url: str, **headers: str) -> HTTPResponse:
        return self.server.ask("GET", self._named(url), **self._headers(), **headers)

    def head(self) -> HTTPResponse:
        return self.server.ask("HEAD", self._named(f"{self.server_url}/submission"), **self._headers())

    def forms(self) -> dict[str, dict[str, str]]:
        """Form id -> what the list says of it."""
        return {row["formID"]: row for row in _rows(self.get(f"{self.server_url}/formList"), LIST)}

    def form(self, form_id: str) -> bytes:
        """The form itself; its digest must be the one in the list."""
        row = self.forms()[form_id]
        content: bytes = self.get(row["downloadUrl"]).content
        assert row["hash"] == f"md5:{hashlib.md5(content).hexdigest()}"
        return content

    def media(self, form_id: str) -> list[dict[str, str]]:
        """The files that go with a form."""
        url = self.forms()[form_id].get("manifestUrl")
        return _rows(self.get(url), MANIFEST) if url else []

    def send(self, xml: bytes, *files: Part, incomplete: bool = False) -> HTTPResponse:
        """First HEAD, then POST, as Collect does with each sending."""
        assert self.head().status == 204
        parts = [("xml_submission_file", "report.xml", xml), *[(name, name, content) for name, content in files]]
        if incomplete:
            parts.append(("*isIncomplete*", None, b"yes"))
        url = self._named(f"{self.server_url}/submission")
        return self.server.ask("POST", url, multipart(*parts), **self._headers(), Content_Type=MULTIPART)

    def report(self, form_id: str, version: str, **answers: str) -> bytes:
        """An instance of a form, with an identity of its own. `group__question` names a question in a group."""
        root = ElementTree.Element("data", {"id": form_id, "version": version})
        for path, value in answers.items():
            node = root
            for word in path.split("__"):
                found = node.find(word)
                node = ElementTree.SubElement(node, word) if found is None else found
            node.text = value
        self.instances.append(f"uuid:{uuid.uuid4()}")
        meta = ElementTree.SubElement(root, "meta")
        ElementTree.SubElement(meta, "instanceID").text = self.instances[-1]
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _named(self, url: str) -> str:
        return f"{url}{'&' if '?' in url else '?'}{DEVICE}"

    def _headers(self) -> dict[str, str]:
        # Collect writes the hour by a clock of twelve, so its dates are wrong half of the day.
        return {"X_OpenRosa_Version": "1.0", "Date": "Sun, 22 Nov 2026 03:04:05 GMT", "Accept_Language": "fr"}


def message(answer: HTTPResponse) -> str:
    """The words that Collect shows; the answer must be an OpenRosa one with its headers."""
    assert answer.getheader("X-OpenRosa-Version") == "1.0"
    assert int(answer.getheader("X-OpenRosa-Accept-Content-Length")) > 0
    assert answer.getheader("Date")
    assert "text/xml" in answer.getheader("Content-Type")
    told = ElementTree.fromstring(answer.content).findtext(f"{ENVELOPE}message")
    assert told
    return told


def _rows(answer: HTTPResponse, namespace: str) -> list[dict[str, str]]:
    assert answer.status == 200
    assert answer.getheader("X-OpenRosa-Version") == "1.0"
    assert "text/xml" in answer.getheader("Content-Type")
    root = ElementTree.fromstring(answer.content)
    assert root.tag.startswith(namespace)
    return [{child.tag.removeprefix(namespace): child.text or "" for child in row} for row in root]
