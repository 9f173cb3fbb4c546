"""What other rooms may use of the network."""

from .models import Organisation, Person, Scoped
from .queries import (
    actor_for,
    members,
    organisation_by_acronym,
    organisation_of,
    people_seated,
    person_with_account,
    seats_of,
    the_network,
    who_holds,
    working_names,
)
from .services import found_network, load_members, open_account, seat_person

__all__ = [
    "Organisation",
    "Person",
    "Scoped",
    "actor_for",
    "found_network",
    "load_members",
    "members",
    "open_account",
    "organisation_by_acronym",
    "organisation_of",
    "people_seated",
    "person_with_account",
    "seat_person",
    "seats_of",
    "the_network",
    "who_holds",
    "working_names",
]
