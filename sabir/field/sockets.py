"""What rooms above offer to arriving reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sabir.kernel.public import Actor, Socket
from sabir.network.public import Organisation


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """A report that has just been kept.

    `facts` are by column path ("group/name", "rep[1]/x"); several choices stand in one value, with spaces between.
    `digest` is the name under which the vault keeps the sealed parts. `count_allowed` only where the person agreed.
    """

    organisation: Organisation
    submission_id: int
    digest: str
    form_id: str
    version: str
    facts: Mapping[str, str]
    count_allowed: bool

    @property
    def organisation_id(self) -> int:
        return self.organisation.pk


# The handlers run in the transaction that keeps the report; the first number given is the sender's.
received: Socket[Callable[[Actor, ReceivedReport], str]] = Socket(
    "field.received", "What follows from a report that has just been kept; gives the number to tell the sender."
)
number_page: Socket[Callable[[str], str]] = Socket("field.number_page", "The address of the page behind such a number.")
