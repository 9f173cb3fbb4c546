"""What a report is once it is sorted and sealed, and before anything is kept. Nothing here touches a row but keys."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyrage
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, BadInput, NotNow
from sabir.network.public import Organisation
from sabir.vault.public import (
    KeyStatement,
    SealedFile,
    SealedPart,
    SealError,
    check_header,
    current_key,
    open_part,
    seal_part,
    split_age,
)

from . import queries
from .models import FormVersion
from .problems import Said
from .stream import Received
from .xform import DETAIL, FACT, IDENTITY, NARRATIVE, Column, Plan, Refused, Report, fact_of, read_submission, split

PARTS = ("finder", "identity", "narrative", "detail")
DIGEST = re.compile(r"[0-9a-f]{64}")
STEP = re.compile(r"([^\[\]]+)(?:\[([1-9]\d{0,4})\])?")
CONSENT_TO_RECORD = "consent_record"
CONSENT_TO_COUNT = "consent_count"


@dataclass(frozen=True)
class Arrival:
    """A report ready to be kept: facts in clear, all else sealed to `key`.

    `files` are the sealed files that came with this sending, `expected` those the report names in all: both by the
    digest of report and file name, with the class of the question.
    """

    version: FormVersion
    plan: Plan
    digest: str
    raw: str
    facts: Mapping[str, str]
    key: KeyStatement
    parts: Sequence[SealedPart]
    expected: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, SealedFile]] = field(default_factory=dict)

    @property
    def may_be_kept(self) -> bool:
        """False where the person said that nothing should be written down."""
        return self._said(CONSENT_TO_RECORD) != "no"

    @property
    def may_be_counted(self) -> bool:
        """True only where the person was asked and agreed."""
        return self._said(CONSENT_TO_COUNT) == "yes"

    def _said(self, question: str) -> str | None:
        column = self.plan.named(question)
        return self.facts.get(column.path) if column else None


@lru_cache(maxsize=1)
def digest_key() -> bytes:
    """The installation's key for reports that bring no random id of their own."""
    return bytes.fromhex(settings.HOME.secret("digest"))


@lru_cache(maxsize=1)
def receiving_identity() -> str:
    """The age secret that opens the facts a browser seals."""
    return str(settings.HOME.receiving_identity)


@lru_cache(maxsize=1)
def receiving_recipient() -> str:
    """To which browsers seal facts."""
    return str(pyrage.x25519.Identity.from_str(receiving_identity()).to_public())


def from_device(
    actor: Actor, organisation: Organisation, received: Received, key: KeyStatement | None = None
) -> Arrival:
    """Sort and seal a report that came as XForm XML, to the union's present `key`.

    BadInput, NotHere or NotNow where it cannot be taken.
    """
    report = read_report(received.xml or b"")
    version = queries.version_of_report(actor, report.form_id, report.version)
    plan = queries.plan_of(version)
    answers = split(report, plan)
    digest = report.digest(digest_key())
    key = key or current_key(organisation.pk)
    about = {"union": organisation.uid.hex, "form": report.form_id, "version": report.version, "submission": digest}
    expected = {report.file_digest(name, digest_key()): secrecy for name, secrecy in answers.files.items()}
    came = {report.file_digest(name, digest_key()): sealed for name, sealed in received.files.items()}
    return Arrival(
        version=version,
        plan=plan,
        digest=digest,
        raw=report.kept_raw_digest(digest_key()),
        facts=answers.facts,
        key=key,
        parts=[
            seal_part(kind, **about, data=data, recipients=[key.recipient]) for kind, data in answers.sealed().items()
        ],
        expected=expected,
        files={name: (secrecy, came[name]) for name, secrecy in expected.items() if name in came},
    )


def read_report(raw: bytes) -> Report:
    """The report in these bytes; BadInput with words where they are none, or one of a kind not taken."""
    try:
        report = read_submission(raw)
    except Refused as refused:
        raise BadInput(refused.problem.code, Said(refused.problem).text) from None
    if report.encrypted:
        raise BadInput(
            "field.encrypted", _("Encrypted forms are not taken: reports are sealed to the union's key anyway.")
        )
    if report.deprecated_id:
        raise NotNow(
            "field.edited", _("A report that was sent cannot be changed from the phone. Tell your coordinator.")
        )
    return report


def from_browser(actor: Actor, organisation: Organisation, received: Received) -> Arrival:
    """Check a report that the browser has sorted and sealed, and open its facts."""
    told = _Told(received.report or b"")
    version = queries.version_of_report(actor, told.text("form"), told.text("version"))
    plan = queries.plan_of(version)
    digest, raw = told.digest("submission"), told.digest("raw")
    key = current_key(organisation.pk)
    if told.text("recipient") != key.recipient:
        raise NotNow("field.other_key", _("The union's key has changed since this page was opened. Open it again."))
    about = {"union": organisation.uid.hex, "form": plan.form_id, "version": plan.version, "submission": digest}
    expected = told.files()
    if not set(received.files) <= set(expected):
        raise _spoilt("field.unknown_file")
    return Arrival(
        version=version,
        plan=plan,
        digest=digest,
        raw=raw,
        facts=_opened_facts(told.bytes("facts"), about, plan),
        key=key,
        parts=[_sealed(kind, told.bytes("sealed", kind)) for kind in PARTS],
        expected=expected,
        files={name: (expected[name], sealed) for name, sealed in received.files.items()},
    )


class _Told:
    """The report's JSON, read without trusting its shape."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._told = json.loads(raw)
        except (ValueError, RecursionError):
            raise _spoilt("field.not_json") from None

    def _at(self, *names: str) -> Any:
        found = self._told
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def text(self, *names: str) -> str:
        found = self._at(*names)
        if not isinstance(found, str) or len(found) > 300:
            raise _spoilt("field.missing_part")
        return found

    def digest(self, name: str) -> str:
        found = self.text(name)
        if not DIGEST.fullmatch(found):
            raise _spoilt("field.bad_digest")
        return found

    def bytes(self, *names: str) -> bytes:
        found = self._at(*names)
        try:
            return base64.b64decode(found, validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise _spoilt("field.missing_part") from None

    def files(self) -> dict[str, str]:
        found = self._at("files") or {}
        if not isinstance(found, dict) or len(found) > 200:
            raise _spoilt("field.bad_files")
        classes = {name: self.text("files", name, "class") for name in found}
        if any(not DIGEST.fullmatch(name) for name in classes) or not set(classes.values()) <= {
            IDENTITY,
            NARRATIVE,
            DETAIL,
        }:
            raise _spoilt("field.bad_files")
        return classes


def _sealed(kind: str, age: bytes) -> SealedPart:
    try:
        header, body = split_age(age)
        check_header(header)
    except SealError:
        raise _spoilt("field.not_sealed") from None
    return SealedPart(kind, header, body)


def _opened_facts(age: bytes, about: Mapping[str, str], plan: Plan) -> dict[str, str]:
    """The facts, each one a choice of its question; anything else means the page is not ours or not of today."""
    try:
        said = open_part(receiving_identity(), age, kind="facts", **about)["data"]
    except SealError:
        raise _spoilt("field.facts_closed") from None
    facts: dict[str, str] = {}
    repeats = frozenset(column.repeat for column in plan.columns if column.repeat)
    for path, value in said.items():
        column = _column_at(path, plan, repeats)
        fact = fact_of(column, value) if column and column.secrecy == FACT and isinstance(value, str) else None
        if fact is not None:
            facts[path] = fact
        elif value:
            raise _spoilt("field.not_a_fact")
    return facts


def _column_at(path: str, plan: Plan, repeats: frozenset[str]) -> Column | None:
    """The column a path with its repeats' numbers means. A number anywhere else would be a way to write into the clear."""
    plain = ""
    for written in path.split("/"):
        step = STEP.fullmatch(written)
        if step is None:
            return None
        plain = f"{plain}/{step[1]}".lstrip("/")
        if (step[2] is not None) != (plain in repeats):
            return None
    return plan.column(plain)


def _spoilt(code: str) -> BadInput:
    return BadInput(
        code, _("The report arrived damaged or incomplete and was not kept. Load the page again, then send.")
    )
