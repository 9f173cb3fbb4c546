"""Reading keys, wraps and sealed parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotHere, NotNow, Prepared, row_of
from sabir.law.public import Role, right

from .models import Envelope, KeyStatement, Wrap

# Taking one's own wraps from the server: of no use without the passphrase.
OPEN = right("vault.open", roles=(Role.KEY_HOLDER,))


_KEY_COLUMNS = ("id", "organisation_id", "epoch", "recipient", "fingerprint")
# Asked for every report, so its SQL is written once.
_CURRENT = Prepared(
    lambda: KeyStatement.everything.filter(organisation_id=-1).order_by("-epoch").values_list(*_KEY_COLUMNS)[:1],
    organisation_id=-1,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A short sealed part: `age` is the whole age file, header and body joined."""

    kind: str
    age: bytes


@dataclass(frozen=True, slots=True)
class SealedPath:
    """A sealed file: its header, and where its body lies."""

    id: int
    part: str
    header: bytes
    path: Path
    size: int


def current_key(organisation_id: int) -> KeyStatement:
    """The key to which reports for this union are sealed now. Raises NotNow while it has none."""
    found = _CURRENT.rows(organisation_id=organisation_id)
    if not found:
        raise NotNow(
            "vault.no_key", _("This union has no key yet, so nothing can be sealed for it. A key comes first.")
        )
    return row_of(KeyStatement, dict(zip(_KEY_COLUMNS, found[0], strict=True)))


def wraps_of(actor: Actor) -> list[Wrap]:
    """The actor's own wraps of the key of the organisation acted in."""
    rows = Wrap.objects.filter(holder__person_id=actor.id, key__organisation_id__in=actor.organisation_ids(OPEN))
    return list(rows.select_related("key").order_by("-key__epoch"))


def holder_count(organisation_id: int) -> int:
    """How many can open this union's dossiers."""
    return Wrap.objects.filter(key=current_key(organisation_id)).count()


def parts_of(organisation_id: int, submission: str) -> list[Part]:
    """The short sealed parts of a report; whoever calls has asked the law."""
    rows = Envelope.everything.filter(organisation_id=organisation_id, submission=submission).exclude(kind="file")
    return [
        Part(row.kind, bytes(row.header) + bytes(row.body.sealed)) for row in rows.select_related("body").order_by("id")
    ]


def files_of(organisation_id: int, submission: str) -> list[SealedPath]:
    """The sealed files of a report; whoever calls has asked the law."""
    rows = Envelope.everything.filter(organisation_id=organisation_id, submission=submission, kind="file")
    return [_sealed_path(row) for row in rows.select_related("body").order_by("id")]


def file_of(organisation_id: int, submission: str, envelope_id: int) -> SealedPath:
    """One sealed file of a report. Raises NotHere."""
    found = [file for file in files_of(organisation_id, submission) if file.id == envelope_id]
    if not found:
        raise NotHere("not_here")
    return found[0]


def names_kept(organisation_id: int, submission: str) -> set[str]:
    """The digests of the files that have arrived for a report."""
    rows = Envelope.everything.filter(organisation_id=organisation_id, submission=submission, kind="file")
    return set(rows.values_list("name", flat=True))


def recipients_of(keys: Sequence[KeyStatement]) -> list[str]:
    """The age recipients of these keys."""
    return [key.recipient for key in keys]


def _sealed_path(row: Envelope) -> SealedPath:
    return SealedPath(row.pk, row.part, bytes(row.header), settings.SEALED_FOLDER / row.body.path, row.body.size)
