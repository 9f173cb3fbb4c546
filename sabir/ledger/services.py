"""Writing at the end of the chain, and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection

from sabir.kernel.public import Actor, Prepared, insert

from .models import Entry, Head


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb did, before it has its place in the chain."""

    actor: Actor
    verb: str
    chain: int
    subject_kind: str
    subject_id: int
    reason: str = ""


# Asked in every verb, so its SQL is written once.
_HEAD = Prepared(
    lambda: Head.objects.select_for_update().filter(chain=-1).values_list("number", "digest"),
    chain=-1,
)


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry's columns and the digest of the entry before it."""
    columns = (
        entry.chain,
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        entry.actor_kind,
        entry.actor_id,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.reason,
        entry.previous,
    )
    return sha256("|".join(str(column) for column in columns).encode()).hexdigest()


def append(acts: Sequence[Act]) -> None:
    """Enter these acts, in order, at the end of their chains. Call it last in the transaction: it locks the heads."""
    for chain in sorted({act.chain for act in acts}):
        _append_to(chain, [act for act in acts if act.chain == chain])


def _append_to(chain: int, acts: Sequence[Act]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written inside a transaction only")
    found = _HEAD.rows(chain=chain)
    if not found:
        # Two first acts at once: the second waits for the first one's row, then reads it.
        Head.objects.get_or_create(chain=chain)
        found = _HEAD.rows(chain=chain)
    head = Head(chain=chain, number=found[0][0], digest=found[0][1])
    # The hour is enough to answer for what was done; a finer time would tie a report to a phone seen in the street.
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    entries = []
    for act in acts:
        entry = _entry(act, head, at)
        head.number, head.digest = entry.number, entry.digest
        entries.append(entry)
    insert(entries)
    Head.objects.filter(chain=chain).update(number=head.number, digest=head.digest)


def _entry(act: Act, head: Head, at: datetime) -> Entry:
    entry = Entry(
        chain=act.chain,
        number=head.number + 1,
        at=at,
        actor_kind=act.actor.kind,
        actor_id=act.actor.id,
        verb=act.verb,
        subject_kind=act.subject_kind,
        subject_id=act.subject_id,
        reason=act.reason,
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    return entry
