"""Reading the chains, and finding where one was tampered with."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sabir.kernel.public import Actor

from .models import Entry, Head
from .services import digest_of


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where a chain does not hold. `kind`: altered, missing, reordered, cut or headless."""

    chain: int
    number: int
    kind: str


def entries(actor: Actor) -> QuerySet[Entry]:
    """The entries of the organisations whose ledger this actor may read, newest first."""
    return Entry.objects.filter(chain__in=actor.organisation_ids("ledger.read")).order_by("chain", "-number")


def chains() -> list[int]:
    """Every chain that has an entry or a head."""
    return sorted({*Head.objects.values_list("chain", flat=True), *Entry.objects.values_list("chain", flat=True)})


def verify(chain: int) -> list[Flaw]:
    """Walk a chain from its first entry to its head; an empty list means that it holds."""
    flaws: list[Flaw] = []
    number, previous = 0, ""
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            flaws.append(Flaw(chain, number + 1, "missing"))
        elif entry.previous != previous:
            flaws.append(Flaw(chain, entry.number, "reordered"))
        if entry.digest != digest_of(entry):
            flaws.append(Flaw(chain, entry.number, "altered"))
        number, previous = entry.number, entry.digest
    return flaws + _flaws_at_head(chain, number, previous)


def _flaws_at_head(chain: int, number: int, digest: str) -> list[Flaw]:
    head = Head.objects.filter(chain=chain).first()
    if head is None:
        return [Flaw(chain, number, "headless")] if number else []
    if (head.number, head.digest) == (number, digest):
        return []
    return [Flaw(chain, head.number, "cut" if head.number > number else "altered")]
