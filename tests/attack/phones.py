"""Phones with ODK Collect, and clients that only look like one."""

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from xml.etree import ElementTree

from .marks import Marks
from .people import Report

BOUNDARY = "b0undary-of-a-phone"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
Part = tuple[str, str | None, bytes]


@dataclass
class Phone:
    """One phone of a union: `path` is that of its server address, its token in it."""

    port: int
    path: str
    version: str
    form: str = "sabir_intake"
    calls_itself: str = "org.odk.collect.android/v2026.1"
    device_id: str = "collect:phone"

    def xml(self, report: Report, *, extra: str = "") -> bytes:
        """The instance as Collect writes it; `extra` is put in as it is."""
        root = ElementTree.Element("data", {"id": self.form, "version": self.version})
        for path, value in {**report.answers, **{path: name for path, (name, _) in report.files.items()}}.items():
            node = root
            for word in path.split("/"):
                found = node.find(word)
                node = ElementTree.SubElement(node, word) if found is None else found
            node.text = value
        ElementTree.SubElement(root, "deviceid").text = self.device_id
        meta = ElementTree.SubElement(root, "meta")
        ElementTree.SubElement(meta, "instanceID").text = report.instance
        text = ElementTree.tostring(root, encoding="unicode").replace("</data>", extra + "</data>")
        return f"<?xml version='1.0' ?>{text}".encode()

    def send(self, *parts: Part, **headers: str) -> HTTPResponse:
        return self.post(multipart(*parts), **headers)

    def send_report(self, report: Report, *, split: bool = False) -> list[HTTPResponse]:
        """The report with its files; `split` sends each file in a sending of its own, the report in front each time."""
        first = ("xml_submission_file", "submission.xml", self.xml(report))
        files = [(name, name, content) for name, content in report.files.values()]
        if not split:
            return [self.send(first, *files)]
        return [self.send(first, ("*isIncomplete*", None, b"yes"), one) for one in files[:-1]] + [
            self.send(first, files[-1])
        ]

    def post(self, body: bytes, path: str = "/submission", **headers: str) -> HTTPResponse:
        """Post a body to an address below the phone's own."""
        named = {"User-Agent": self.calls_itself, "X-OpenRosa-Version": "1.0", "X-OpenRosa-DeviceID": self.device_id}
        named |= {"Content-Type": MULTIPART, "Cookie": f"seen={self.device_id}"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask("POST", f"{self.path}{path}?deviceID={self.device_id}", body, named)

    def get(self, path: str) -> HTTPResponse:
        return self._ask("GET", self.path + path, None, {"X-OpenRosa-Version": "1.0"})

    def hang_up(self, body: bytes) -> None:
        """Begin to send a body, and be gone."""
        head = f"POST {self.path}/submission HTTP/1.1\r\nHost: localhost\r\nContent-Type: {MULTIPART}\r\n"
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(f"{head}Content-Length: {len(body) * 2}\r\n\r\n".encode() + body)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer


def marked_phone(port: int, path: str, version: str, marks: Marks, number: object) -> Phone:
    """A phone that says who it is in every place where a phone can."""
    return Phone(
        port,
        path,
        version,
        calls_itself=f"Collect ({marks.latin(f'maker of phone {number}')})",
        device_id=f"collect:{marks.latin(f'id of phone {number}')}",
    )


def multipart(*parts: Part) -> bytes:
    """A multipart body; parts are (name, file name or None, bytes)."""
    lines = []
    for name, filename, content in parts:
        of_file = f'; filename="{filename}"' if filename is not None else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'
        lines.append(head.encode() + content + b"\r\n")
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()
