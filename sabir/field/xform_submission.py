"""A report as a phone sends it: who it says it is, and which of its answers go where.

Only what the plan declares a fact, and what is indeed one of its choices, leaves this file as a fact. All else is
sealed: identity, narrative, or detail, where everything undeclared, unknown or out of place ends up.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .xform_plan import DETAIL, FACT, IDENTITY, NARRATIVE, Column, Plan
from .xform_problem import Refused
from .xform_xml import REPORT_BYTES, REPORT_ELEMENTS, local, namespace, read_xml

UUID4 = re.compile(r"^(?:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", re.IGNORECASE)
MONTH = re.compile(r"^((?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?:-\d\d)?$")
LONGEST_ID = 300
NOT_ANSWERS = frozenset({"id", "version"})

# (path with repeat numbers, path without or None where no column can be meant, value)
Answer = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Report:
    """The head of a report. `raw_digest` is the hex SHA-256 of its exact bytes; `version` is "" where none is named."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    encrypted: bool
    raw_digest: str
    root: Element = field(repr=False, compare=False)

    def kept_raw_digest(self, key: bytes) -> str:
        """What is remembered of the report's exact bytes: `raw_digest`, keyed where the bytes hold no random id.

        Without those bits a copy of the server could be used to test guesses of a whole report.
        """
        if UUID4.match(self.instance_id or ""):
            return self.raw_digest
        return hmac.new(key, self.raw_digest.encode(), hashlib.sha256).hexdigest()

    def digest(self, key: bytes) -> str:
        """What is remembered of the report's identity: hex SHA-256 of form and instance id, 64 characters.

        The 122 random bits of a v4 UUID are the salt. Where they are missing the digest is keyed with the
        installation's `key`, and where the phone gave no id at all the report's bytes stand in for it.
        """
        instance = self.instance_id or f"raw:{self.raw_digest}"
        named = self.form_id.encode() + b"\x00" + instance.encode()
        if UUID4.match(instance):
            return hashlib.sha256(named).hexdigest()
        return hmac.new(key, named, hashlib.sha256).hexdigest()

    def file_digest(self, name: str, key: bytes) -> str:
        """Under which a file of this report is known, 64 characters; its name may tell, so the name is not kept.

        Phones name files by the clock. The report's own digest would be no salt, because it stands in the same row:
        trying each millisecond of a year would tell when the photo was taken. The random id itself is kept nowhere.
        """
        named = "\0".join((self.form_id, self.instance_id or f"raw:{self.raw_digest}", name))
        return hmac.new(key, named.encode(), hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Split:
    """A report's answers by class, each under its column path ("group/name", "rep[1]/x"); empty answers are left out.

    `files` are the attachments the report names, with the class of the question each belongs to.
    """

    facts: dict[str, str] = field(default_factory=dict)
    identity: dict[str, str] = field(default_factory=dict)
    finder: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    detail: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def of_class(self, secrecy: str) -> dict[str, str]:
        return {IDENTITY: self.identity, NARRATIVE: self.narrative}.get(secrecy, self.detail)

    def sealed(self) -> dict[str, dict[str, str]]:
        """The four parts that are always sealed, even empty."""
        return {
            "finder": self.finder,
            "identity": self.identity,
            "narrative": self.narrative,
            "detail": self.detail,
        }


def read_submission(raw: bytes) -> Report:
    """Read a report; Refused with `xml.*` where it is no safe XML, `report.no_form` where it names no form."""
    root = read_xml(raw, limit=REPORT_BYTES, elements=REPORT_ELEMENTS)
    said = {local(name): value for name, value in root.attrib.items()}
    form_id = said.get("id") or namespace(root.tag)
    if not form_id:
        raise Refused("report.no_form")
    meta = next((child for child in root if local(child.tag) == "meta"), None)
    instance_id = _meta(meta, "instanceID") or said.get("instanceID", "")
    if max(len(form_id), len(instance_id), len(said.get("version", ""))) > LONGEST_ID:
        raise Refused("report.long_id")
    return Report(
        form_id=form_id,
        version=said.get("version", ""),
        instance_id=instance_id,
        deprecated_id=_meta(meta, "deprecatedID"),
        encrypted=said.get("encrypted") == "yes",
        raw_digest=hashlib.sha256(raw).hexdigest(),
        root=root,
    )


def _meta(meta: Element | None, name: str) -> str:
    found = next((child for child in meta if local(child.tag) == name), None) if meta is not None else None
    return (found.text or "").strip() if found is not None else ""


def split(report: Report, plan: Plan) -> Split:
    """Sort every answer of `report` by the classes of the form version it was filled with."""
    repeats = frozenset(column.repeat for column in plan.columns if column.repeat)
    found = Split()
    for path, plain, value in _answers(report.root, repeats):
        column = plan.column(plain) if plain else None
        if column is None:
            _keep_unknown(found, path, value)
        else:
            _keep(found, path, column, value)
    return found


def fact_of(column: Column, value: str) -> str | None:
    """The answer as it may stand in clear, or None where it is not one the form offers."""
    if column.month:
        month = MONTH.match(value)
        return month[1] if month else None
    allowed = column.choices or ()
    if column.kind == "select":
        kept = [token for token in value.split() if token in allowed]
        return " ".join(dict.fromkeys(kept)) or None
    return value if value in allowed else None


def _keep(found: Split, path: str, column: Column, value: str) -> None:
    if column.secrecy == FACT:
        _keep_fact(found, path, column, value)
        return
    found.of_class(column.secrecy)[path] = value
    if column.finder:
        found.finder[path] = value
    if column.binary:
        found.files[value] = column.secrecy


def _keep_fact(found: Split, path: str, column: Column, value: str) -> None:
    fact = fact_of(column, value)
    if fact is None:
        found.detail[path] = value
        return
    found.facts[path] = fact
    if column.kind == "select":
        unknown = [token for token in value.split() if token not in (column.choices or ())]
        found.detail.update({path: " ".join(unknown)} if unknown else {})


def _keep_unknown(found: Split, path: str, value: str) -> None:
    found.detail[path] = value
    if path == "meta/audit":  # the client's own log of how the form was filled, an attachment like any other
        found.files[value] = DETAIL


def _answers(root: Element, repeats: frozenset[str]) -> Iterator[Answer]:
    """All that is written in the report, in its order."""
    for name, value in root.attrib.items():
        if local(name) not in NOT_ANSWERS and value.strip():
            yield f"@{local(name)}", None, value.strip()
    yield from _below(root, "", "", repeats)


def _below(parent: Element, path: str, plain: str | None, repeats: frozenset[str]) -> Iterator[Answer]:
    seen: Counter[str] = Counter()
    for child in parent:
        name = local(child.tag)
        seen[name] += 1
        bare = None if plain is None else f"{plain}/{name}".lstrip("/")
        place = f"{path}/{name}".lstrip("/")
        if bare in repeats or seen[name] > 1:
            place = f"{place}[{seen[name]}]"
        if bare not in repeats and seen[name] > 1:
            bare = None  # a second answer where the form has room for one is nobody's column
        yield from _one(child, place, bare, repeats)
    loose = " ".join((parent.text or "", *(child.tail or "" for child in parent))).strip()
    if loose:
        yield path or "#text", None, loose


def _one(element: Element, path: str, plain: str | None, repeats: frozenset[str]) -> Iterator[Answer]:
    for name, value in element.attrib.items():
        if local(name) != "template" and value.strip():
            yield f"{path}/@{local(name)}", None, value.strip()
    if len(element):
        yield from _below(element, path, plain, repeats)
    elif element.text and (text := element.text.strip()):
        yield path, plain, text
