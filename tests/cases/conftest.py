"""A union whose phone sends reports, in a form with the facts a dossier keeps."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from sabir.cases.models import Case
from sabir.field import publishing
from sabir.field.public import add_device, publish_bytes, receive_xml
from sabir.kernel.public import Actor
from sabir.law.public import Role, operator_actor, verbs_of
from tests.field.tables import convert_here, workbook

INTAKE = """
    | survey  | type                   | name               | label | bind::sabir:class |
    |         | select_one yes_no      | consent_record     | Q     | fact              |
    |         | select_one yes_no      | consent_count      | Q     | fact              |
    |         | text                   | who                | Q     | identity          |
    |         | select_one places      | work_region        | Q     | fact              |
    |         | select_one places      | work_country       | Q     | fact              |
    |         | select_one sectors     | sector             | Q     | fact              |
    |         | select_multiple what   | violation_headings | Q     | fact              |
    |         | select_multiple what   | violations         | Q     | fact              |
    |         | select_one steps       | next_step          | Q     | fact              |
    | choices | list_name              | name               | label |                   |
    |         | yes_no                 | yes                | Yes   |                   |
    |         | yes_no                 | no                 | No    |                   |
    |         | places                 | north_africa       | X     |                   |
    |         | places                 | TN                 | X     |                   |
    |         | sectors                | F                  | X     |                   |
    |         | sectors                | T                  | X     |                   |
    |         | what                   | V01                | X     |                   |
    |         | what                   | V01.1              | X     |                   |
    |         | what                   | V02                | X     |                   |
    |         | steps                  | letter             | X     |                   |
    |         | steps                  | none               | X     |                   |
"""
ANSWERS = {
    "consent_record": "yes",
    "consent_count": "yes",
    "who": "MARK-NAME",
    "work_region": "north_africa",
    "work_country": "TN",
    "sector": "F",
    "violation_headings": "V01 V02",
    "violations": "V01.1",
    "next_step": "letter",
}


@pytest.fixture
def publish(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`publish(table)` publishes a form of the union."""
    monkeypatch.setattr(publishing, "convert", convert_here)

    def do(table: str) -> None:
        assert not publish_bytes(operator_actor(cast.union.pk), cast.union, workbook(table), name="visit.xlsx").refused

    return do


@pytest.fixture
def phone(cast: Any) -> Callable[..., Any]:
    """`phone(sector="T")` is a report from the union's phone in its form. Gives the dossier, or None."""
    device, _token = add_device(operator_actor(cast.union.pk), cast.union, label="phone", days=30)
    actor = Actor("device", device.pk, {cast.union.pk: verbs_of(Role.DEVICE)})

    def receive(**answers: str) -> Case | None:
        inside = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
        meta = f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta>"
        xml = f'<data id="visit" version="1">{inside}{meta}</data>'.encode()
        number = receive_xml(actor, cast.union, xml).number
        return Case.everything.get(organisation=cast.union, reference=number) if number else None

    return receive


@pytest.fixture
def send(publish: Any, phone: Any) -> Callable[..., Any]:
    """`send(sector="T")` is a report in the standard facts; None leaves a question out. Gives the dossier, or None."""
    publish(INTAKE)

    def receive(**changed: str | None) -> Case | None:
        return phone(**{name: value for name, value in {**ANSWERS, **changed}.items() if value is not None})

    return receive
