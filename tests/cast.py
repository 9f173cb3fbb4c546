"""The cast of the tests: Amina works the union's dossiers and holds its key; Badr sits in the same union without
that right; Celia sits in another union; Dario coordinates the network; Nobody is signed out."""

import uuid
from dataclasses import dataclass
from functools import cache

import pyrage

from sabir.kernel.public import Actor
from sabir.law.public import Role
from sabir.network.models import Organisation, Person, Seat
from sabir.network.public import actor_for
from sabir.vault.models import Holder, KeyStatement, Wrap


@dataclass
class Cast:
    """Three unions' people and their organisations; `identity` opens what is sealed to Amina's union."""

    union: Organisation
    other_union: Organisation
    network: Organisation
    amina: Person
    badr: Person
    celia: Person
    dario: Person
    identity: str
    other_identity: str


def make_cast() -> Cast:
    """Rows for the cast, with a key for each of the two unions."""
    union, other = _organisation("UGTT", "TN", "north_africa"), _organisation("UGTCI", "CI", "west_africa")
    network = _organisation("RSMMS", "", "", kind="network")
    people = {
        "amina": _person("amina", union, Role.FOCAL_POINT, Role.KEY_HOLDER),
        "badr": _person("badr", union, Role.OBSERVER),
        "celia": _person("celia", other, Role.FOCAL_POINT, Role.KEY_HOLDER),
        "dario": _person("dario", network, Role.COORDINATION),
    }
    identity, other_identity = _key(union, people["amina"]), _key(other, people["celia"])
    return Cast(union, other, network, **people, identity=identity, other_identity=other_identity)


def acting(person: Person) -> Actor:
    """The actor a person of the cast is."""
    return actor_for(person)


def _organisation(acronym: str, country: str, region: str, kind: str = "union") -> Organisation:
    return Organisation.objects.create(
        uid=uuid.uuid4(), acronym=acronym, full_name=f"Union {acronym}", country=country, region=region, kind=kind
    )


def _person(name: str, organisation: Organisation, *roles: Role) -> Person:
    person = Person(email=f"{name}@example.invalid", working_name=name.capitalize())
    person.set_unusable_password()
    person.save()
    for role in roles:
        Seat.everything.create(person=person, organisation=organisation, role=role)
    return person


def _key(organisation: Organisation, person: Person) -> str:
    identity, sealed = _secret(organisation.acronym)
    key = KeyStatement.everything.create(
        organisation=organisation,
        epoch=1,
        recipient=str(identity.to_public()),
        signing="0" * 64,
        statement="{}",
        signature="00",
        fingerprint="0000 0000 0000 0000 0000",
    )
    holder = Holder.everything.create(organisation=organisation, person=person)
    Wrap.objects.create(key=key, holder=holder, sealed=sealed)
    return str(identity)


@cache
def _secret(acronym: str) -> tuple[pyrage.x25519.Identity, bytes]:
    """A union's secret and its wrap; made once a run, because a passphrase is slow on purpose."""
    identity = pyrage.x25519.Identity.generate()
    return identity, pyrage.passphrase.encrypt(str(identity).encode(), "test")
