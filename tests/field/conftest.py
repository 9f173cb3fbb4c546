"""A union with a form and a phone, and the words in which the tests of this room speak of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sabir.field import publishing
from sabir.field.public import add_device, publish_bytes
from sabir.law.public import operator_actor
from sabir.vault.public import open_part, parts_of

from .tables import YES_NO, convert_here, workbook

INTAKE = (
    """
    | survey | type                   | name           | label | bind::sabir:class | bind::sabir:finder |
    |        | select_one yes_no      | consent_record | Q     | fact              |                    |
    |        | select_one yes_no      | consent_count  | Q     | fact              |                    |
    |        | text                   | who            | Q     | identity          | yes                |
    |        | select_one yes_no      | alone          | Q     | fact              |                    |
    |        | select_multiple yes_no | several        | Q     | fact              |                    |
    |        | text                   | story          | Q     | narrative         |                    |
    |        | image                  | photo          | Q     | identity          |                    |
    |        | audio                  | voice          | Q     | narrative         |                    |
    """
    + YES_NO
)
CRLF = b"\r\n"


def report(inside: str = "", instance: str | None = None, version: str = "1", form: str = "visit") -> bytes:
    """A report as a phone writes it."""
    named = instance or f"uuid:{uuid.uuid4()}"
    return (
        f'<?xml version=\'1.0\' ?><data id="{form}" version="{version}">{inside}'
        f"<meta><instanceID>{named}</instanceID></meta></data>"
    ).encode()


def multipart(*parts: tuple[str, bytes, str]) -> tuple[bytes, str]:
    """(body, content type) of parts given as name, content, content type; each travels as a file."""
    edge = b"edge-of-a-part"
    body = b""
    for name, content, kind in parts:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        body += b"--" + edge + CRLF + head.encode() + content + CRLF
    return body + b"--" + edge + b"--" + CRLF, f"multipart/form-data; boundary={edge.decode()}"


@dataclass
class Phone:
    """ODK Collect as the server sees it."""

    token: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self._path(path), headers=headers)

    def head(self, path: str) -> Any:
        return self.client.head(self._path(path))

    def send(self, xml: bytes, *files: tuple[str, bytes], **headers: str) -> Any:
        parts = [("xml_submission_file", xml, "text/xml"), *((name, data, "image/jpeg") for name, data in files)]
        body, kind = multipart(*parts)
        return self.client.post(self._path("submission"), data=body, content_type=kind, headers=headers)

    def post(self, body: bytes, kind: str) -> Any:
        return self.client.post(self._path("submission"), data=body, content_type=kind)

    def _path(self, path: str) -> str:
        return path.removeprefix("http://testserver") if path.startswith("http:") else f"/k/{self.token}/{path}"


@pytest.fixture
def publish(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`publish(table, version="2")` publishes a form for Amina's union."""
    monkeypatch.setattr(publishing, "convert", convert_here)

    def do(table: str = INTAKE, organisation: Any = None, media: dict[str, bytes] | None = None, **named: str) -> Any:
        home = organisation or cast.union
        sheet = {"form_id": "visit", "version": "1", "namespaces": 'sabir="https://rsmms.net/sabir/xforms"', **named}
        settings = f"\n| settings | {' | '.join(sheet)} |\n| | {' | '.join(sheet.values())} |"
        return publish_bytes(operator_actor(home.pk), home, workbook(table + settings), name="visit.xlsx", media=media)

    return do


@pytest.fixture
def phone(cast: Any, publish: Any, sealed_folder: Path) -> Phone:
    """A phone of Amina's union, which has published the form of these tests."""
    assert not publish().refused
    _device, token = add_device(operator_actor(cast.union.pk), cast.union, label="desk phone", days=30)
    return Phone(token)


@pytest.fixture
def opened(cast: Any) -> Callable[[str], dict[str, dict[str, str]]]:
    """`opened(digest)` is what Amina's key reads of a report: kind -> answers."""

    def do(digest: str) -> dict[str, dict[str, str]]:
        found = parts_of(cast.union.pk, digest)
        return {
            part.kind: open_part(cast.identity, part.age, kind=part.kind, submission=digest, union=cast.union.uid.hex)[
                "data"
            ]
            for part in found
        }

    return do
