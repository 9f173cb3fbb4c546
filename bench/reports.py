"""Reports as ODK Collect sends them: the standard intake form, about 3 kB each, every one a new person."""

import random
import re
import sys
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .lines import say
from .processes import cpu_seconds, megabytes, shared_once
from .server import Server
from .timing import timed

COUNT = 2000
SECONDS = 180
SIZE = 3000
BOUNDARY = "bench-boundary"
XF = "{http://www.w3.org/2002/xforms}"
NARRATIVE = "what_happened"


def measured(server: Server, at_once: int) -> dict[str, object]:
    """Send the reports, so many at once, and print what they took and cost."""
    writer = Writer.for_form(server, seed=at_once)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "X-OpenRosa-Version": "1.0"}

    def send(connection: HTTPConnection, number: int) -> bool:
        connection.request("POST", server.device + "/submission", writer.body(), headers)
        answer = connection.getresponse()
        words = answer.read()
        if answer.status != 201:
            print(answer.status, words[:300], file=sys.stderr)
        return answer.status == 201

    timed(server.port, send, range(50), at_once, SECONDS)  # so that caches are warm and connections open
    before = cpu_seconds(server.processes())
    found = timed(server.port, send, range(COUNT), at_once, SECONDS)
    processes = server.processes()
    sent = max(1, len(found.seconds))
    return say(
        "reports from phones",
        server,
        at_once=at_once,
        sent=sent,
        failed=found.failed,
        bytes_each=len(writer.body()),
        per_second=found.per_second(),
        p50_ms=found.percentile(0.5),
        p95_ms=found.percentile(0.95),
        cpu_seconds_per_1000=round((cpu_seconds(processes) - before) * 1000 / sent, 2),
        rss_mb=round(megabytes(processes), 1),
        pss_mb=round(shared_once(processes), 1),
        processes=len(processes),
    )


@dataclass
class Writer:
    """Fills a form at random, choosing among its own choices; the same seed writes the same answers."""

    instance: Element
    choices: dict[str, list[str]]
    chance: random.Random

    @classmethod
    def for_form(cls, server: Server, seed: int) -> "Writer":
        """Fetch the intake form as a phone does, from the list and then by its address."""
        listed = _get(server, server.device + "/formList").decode()
        forms = re.findall(r"<formID>([^<]*)</formID>.*?<downloadUrl>([^<]*)</downloadUrl>", listed, re.DOTALL)
        address = dict(forms)["sabir_intake"].replace("&amp;", "&")
        root = ElementTree.fromstring(_get(server, "/k/" + address.partition("/k/")[2]))
        instances = root.findall(f".//{XF}instance")
        lists = {
            listed.get("id", ""): [item.text or "" for item in listed.iter(f"{XF}name")] for listed in instances[1:]
        }
        choices = {}
        for tag in "select1", "select":
            for question in root.iter(XF + tag):
                itemset = question.find(f"{XF}itemset")
                named = re.search(r"instance\('([^']*)'\)", itemset.get("nodeset", "") if itemset is not None else "")
                choices[question.get("ref", "").rpartition("/")[2]] = lists[named[1]] if named else []
        return cls(instances[0][0], choices, random.Random(seed))

    def body(self) -> bytes:
        """One multipart body with a report of about SIZE bytes."""
        filled = ElementTree.fromstring(ElementTree.tostring(self.instance))
        for node in filled.iter():
            self._answer(node, node.tag.rpartition("}")[2])
        xml = ElementTree.tostring(filled)
        story = next(node for node in filled.iter() if node.tag.endswith(NARRATIVE))
        story.text = "they kept my papers " * ((SIZE - len(xml)) // 20)
        head = 'Content-Disposition: form-data; name="xml_submission_file"; filename="r.xml"\r\nContent-Type: text/xml'
        return (
            f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode()
            + ElementTree.tostring(filled)
            + f"\r\n--{BOUNDARY}--\r\n".encode()
        )

    def _answer(self, node: Element, name: str) -> None:
        if name.startswith("consent_"):
            node.text = "yes"
        elif name == "instanceID":
            node.text = f"uuid:{uuid.UUID(int=self.chance.getrandbits(128), version=4)}"
        elif name == "name":
            node.text = f"Person {self.chance.randrange(10**6)}"
        elif self.choices.get(name):
            node.text = self.chance.choice(self.choices[name])


def _get(server: Server, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"X-OpenRosa-Version": "1.0"})
    content = connection.getresponse().read()
    connection.close()
    return content
