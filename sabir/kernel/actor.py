"""Whoever acts or asks, as the law sees it: a kind, an id and its seats, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "device", "command", "task", "receipt"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a device, a command, a task or the holder of a receipt.

    `seats` maps an organisation's id to the verbs and reading rights held there. A person holds the
    seats of one organisation at a time, so that rights of two unions never merge.
    """

    kind: Kind
    id: int
    seats: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def may(self, right: str, organisation_id: int) -> bool:
        """Whether this verb or reading right is held in that organisation."""
        return right in self.seats.get(organisation_id, frozenset())

    def organisation_ids(self, right: str) -> list[int]:
        """The organisations in which this right is held; empty when it is held nowhere."""
        return [home for home, rights in self.seats.items() if right in rights]

    @property
    def home(self) -> int | None:
        """The organisation this actor acts in, None for one without a seat."""
        return next(iter(self.seats), None)
