"""The verbs of people and organisations."""

import csv
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from sabir.kernel.public import Actor
from sabir.law.public import Role, verb

from .models import Organisation, Person, Seat

NETWORK_ACRONYM = "RSMMS"
_MEMBERSHIP = {"yes": Organisation.Membership.CONFIRMED}


@transaction.atomic
def found_network() -> Organisation:
    """Make the row of the network itself: the one row that has no organisation above it to act for."""
    network, _ = Organisation.objects.get_or_create(
        acronym=NETWORK_ACRONYM,
        defaults={
            "full_name": "Réseau syndical migrations méditerranéennes subsahariennes",
            "kind": Organisation.Kind.NETWORK,
            "membership": Organisation.Membership.NONE,
        },
    )
    return network


@verb("network.load_members", roles=(Role.OPERATOR,))
def load_members(actor: Actor, network: Organisation, /, *, table: Path) -> Organisation:
    """Load the members' table: a row each, found again by its acronym, with its source and how far it is verified."""
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Organisation.objects.update_or_create(acronym=row["acronym"], defaults=_member(row))
    return network


def _member(row: dict[str, str]) -> dict[str, str]:
    return {
        "full_name": row["full_name"],
        "country": row["country_iso2"],
        "region": row["region"],
        "kind": Organisation.Kind.OBSERVER if row["status"].startswith("observer") else Organisation.Kind.UNION,
        "membership": _membership(row),
        "status": row["status"],
        "evidence": row["evidence"],
        "source": row["source"],
        "verified": row["verified"],
    }


def _membership(row: dict[str, str]) -> str:
    if row["status"].startswith("observer"):
        return Organisation.Membership.NONE
    if "treat as former" in row["evidence"]:
        return Organisation.Membership.FORMER
    return _MEMBERSHIP.get(row["verified"].split(" ")[0], Organisation.Membership.TO_BE_CONFIRMED)


@verb("network.seat", roles=(Role.OPERATOR,))
def seat_person(actor: Actor, organisation: Organisation, /, *, person: Person, role: Role) -> Seat:
    """Give a person a role in this organisation, from today."""
    seat: Seat
    seat, _ = Seat.everything.get_or_create(person=person, organisation=organisation, role=role)
    return seat


@verb("network.open_account", roles=(Role.OPERATOR,))
def open_account(
    actor: Actor, organisation: Organisation, /, *, email: str, password: str, working_name: str, language: str
) -> Person:
    """Open an account for someone this organisation works with. Raises ValidationError for a weak password."""
    validate_password(password)
    person = Person(email=email.lower(), working_name=working_name, language=language)
    person.set_password(password)
    person.save()
    return person
