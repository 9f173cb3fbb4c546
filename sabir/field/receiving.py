"""Taking a report in: once, however often it is sent, and leaving no file behind that belongs to nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError

from sabir.kernel.public import Actor, NotAllowed, Refusal
from sabir.law.public import task_actor
from sabir.network.public import Organisation
from sabir.vault.public import names_kept

from . import queries, services
from .arrivals import Arrival, from_device
from .models import Submission
from .stream import Received

Prepare = Callable[[Actor, Organisation, Received], Arrival]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kept` is False where nothing was to be written down; `new` is False where all of this was known already."""

    kept: bool
    new: bool
    number: str = ""
    took: frozenset[str] = frozenset()


def receive(actor: Actor, organisation: Organisation, received: Received, prepare: Prepare) -> Outcome:
    """Prepare a report (`from_device` or `from_browser`) and keep what it adds. A refusal keeps nothing, no file either."""
    try:
        arrival = prepare(actor, organisation, received)
        outcome = _taken(actor, organisation, arrival)
    except Refusal:
        for sealed in received.files.values():
            sealed.remove()
        raise
    wanted = {arrival.files[name][1].path for name in outcome.took}
    for sealed in received.files.values():
        if sealed.path not in wanted:
            sealed.remove()
    return outcome


def _taken(actor: Actor, organisation: Organisation, arrival: Arrival) -> Outcome:
    if not actor.may("field.receive", organisation.pk):
        raise NotAllowed("field.receive.not_allowed")
    known = queries.submission_known(arrival.version, arrival.digest)
    if known is not None:
        return _added(actor, known, arrival)
    if not arrival.may_be_kept:
        services.count_unwritten(task_actor(organisation.pk), organisation, digest=arrival.digest)
        return Outcome(kept=False, new=True)
    try:
        submission = services.receive_report(actor, organisation, arrival=arrival)
    except IntegrityError:
        # The phone sent it twice at once, and the other one came first.
        known = queries.submission_known(arrival.version, arrival.digest)
        if known is None:
            # Under another form of the union: nobody's phone does that, and nothing is written over.
            raise services.conflict() from None
        return _added(actor, known, arrival)
    return Outcome(kept=True, new=True, number=submission.reference, took=submission.took)


def _added(actor: Actor, known: Submission, arrival: Arrival) -> Outcome:
    """What a further sending of a known report brings: files perhaps, or nothing."""
    services.check_same(known, arrival)
    if set(arrival.files) <= names_kept(known.organisation_id, arrival.digest):
        return Outcome(kept=True, new=False, number=known.reference)
    submission = services.add_files(actor, known, arrival=arrival)
    return Outcome(kept=True, new=bool(submission.took), number=submission.reference, took=submission.took)


def receive_xml(actor: Actor, organisation: Organisation, xml: bytes) -> Outcome:
    """Take in a report without files, given as XForm XML."""
    return receive(actor, organisation, Received(xml=xml), from_device)
