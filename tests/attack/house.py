"""A union with a form, a picture in it, phones and one dossier with a photo: everything that has an address."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from sabir.cases.models import Case
from sabir.field.models import Device, FormVersion
from sabir.field.public import add_device, publish_bytes
from sabir.kernel.public import Actor
from sabir.law.public import Role, operator_actor, verbs_of
from sabir.network.models import Person, Seat
from sabir.observatory.public import freeze
from sabir.vault.models import Envelope
from tests.cast import Cast
from tests.field.tables import workbook

from .phones import MULTIPART, multipart

FORM = """
    | survey  | type                 | name           | label | bind::sabir:class | media::image |
    |         | select_one yes_no    | consent_record | Q     | fact              |              |
    |         | select_one yes_no    | consent_count  | Q     | fact              |              |
    |         | text                 | who            | Q     | identity          | door.png     |
    |         | select_one places    | work_region    | Q     | fact              |              |
    |         | select_one sectors   | sector         | Q     | fact              |              |
    |         | select_multiple what | violations     | Q     | fact              |              |
    |         | image                | photo          | Q     | identity          |              |
    | choices | list_name            | name           | label |                   |              |
    |         | yes_no               | yes            | Yes   |                   |              |
    |         | yes_no               | no             | No    |                   |              |
    |         | places               | north_africa   | X     |                   |              |
    |         | sectors              | F              | X     |                   |              |
    |         | what                 | V01.1          | X     |                   |              |
"""
TOLD = {
    "consent_record": "yes",
    "consent_count": "yes",
    "who": "somebody",
    "work_region": "north_africa",
    "sector": "F",
    "violations": "V01.1",
    "photo": "p.jpg",
}
PERSONS = ("nobody", "celia", "badr", "desk", "amina", "dario")
PHONES = ("no token", "revoked", "expired", "other union", "own")


@dataclass
class House:
    """Who is there, what stands there, and the words that fill the gaps of an address."""

    cast: Cast
    desk: Person
    case: Case
    gaps: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Someone's browser on this very machine; a phone has no session."""
        client = Client(HTTP_HOST="localhost")
        if who not in ("nobody", *PHONES):
            client.force_login(self.desk if who == "desk" else getattr(self.cast, who))
        return client

    def report(self, instance: str | None = None) -> bytes:
        """The body a phone sends: a report with a photo."""
        inside = "".join(f"<{name}>{value}</{name}>" for name, value in TOLD.items())
        meta = f"<meta><instanceID>{instance or f'uuid:{uuid.uuid4()}'}</instanceID></meta>"
        xml = f'<data id="visit" version="1">{inside}{meta}</data>'.encode()
        return multipart(("xml_submission_file", "r.xml", xml), ("p.jpg", "p.jpg", b"\xff\xd8" * 200))


def furnished(cast: Cast) -> House:
    """The whole house. The caller has put `convert_here` and an empty folder for sealed files in place."""
    desk = Person(email="desk@example.invalid", working_name="Desk")
    desk.set_unusable_password()
    desk.save()
    Seat.everything.create(person=desk, organisation=cast.union, role=Role.DESK_STAFF)
    published = publish_bytes(
        operator_actor(cast.union.pk), cast.union, workbook(FORM), name="visit.xlsx", media={"door.png": b"\x89PNG"}
    )
    assert not published.refused, published.problems
    house = House(cast, desk, Case(), {}, _tokens(cast))
    sent = Client().post(f"/k/{house.tokens['own']}/submission", house.report(), content_type=MULTIPART)
    assert sent.status_code == 201, sent.content
    house.case = Case.everything.get()
    freeze(Actor("command", 0, {cast.network.pk: verbs_of(Role.OPERATOR)}), cast.network)
    house.gaps = {
        "md5": FormVersion.everything.get().md5,
        "form_id": "visit",
        "name": "door.png",
        "table": "violations_by_region",
        "reference": house.case.reference,
        "envelope_id": str(Envelope.everything.get(kind="file").pk),
        "rest": "/elsewhere",
    }
    return house


def _tokens(cast: Cast) -> dict[str, str]:
    found = {"no token": "x" * 32}
    for label, union in (
        ("revoked", cast.union),
        ("expired", cast.union),
        ("own", cast.union),
        ("other union", cast.other_union),
    ):
        device, found[label] = add_device(operator_actor(union.pk), union, label=label, days=30)
        gone = {"revoked": {"revoked": True}, "expired": {"expires": "2020-01-01"}}.get(label, {})
        Device.everything.filter(pk=device.pk).update(**gone)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(client: Client, method: str, path: str, data: Any = None, **headers: str) -> Any:
    """One request that leaves nothing behind; bytes are posted as they are, a dictionary as a form or a search."""
    with undone():
        if isinstance(data, bytes):
            return client.generic(method, path, data, headers=headers, content_type=MULTIPART)
        if method in ("GET", "POST"):
            return getattr(client, method.lower())(path, data, headers=headers)
        return client.generic(method, path, headers=headers)
