"""Invented reports for the demonstration: made as ODK Collect would send them, received as any report is.

Names, phones, employers and stories are put together from words that say that they are invented.
"""

import random
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from xml.etree import ElementTree

from sabir.cases.public import cases_open_to, close_case, plan_step
from sabir.field.public import latest_version, receive_xml
from sabir.kernel.public import Actor
from sabir.law.public import Role, verbs_of
from sabir.network.public import Organisation, actor_for, person_with_account, who_holds

FORM_ID = "sabir_intake"
EACH = 30
REGION = {"TN": "north_africa", "MA": "north_africa", "DZ": "north_africa", "MR": "north_africa"}
REGION |= {"IT": "europe", "ES": "europe", "FR": "europe", "PT": "europe", "BE": "europe"}
FROM = ("ML", "SN", "CI", "GN", "NE", "BJ", "BF", "TG", "MA", "CM")
LANGUAGES = ("fr", "ar", "bm", "wo", "ff", "snk", "ha", "es", "it")
# How often each heading is named, in a hundred reports: unpaid wages lead, as at real desks.
HEADINGS = {
    "V01": 55,
    "V02": 34,
    "V03": 30,
    "V04": 22,
    "V05": 18,
    "V06": 16,
    "V07": 12,
    "V09": 10,
    "V10": 8,
    "V12": 5,
    "V15": 3,
}
ITEMS = {
    "V01": ("V01.1", "V01.2", "V01.3"),
    "V02": ("V02.1", "V02.2"),
    "V03": ("V03.1", "V03.2"),
    "V04": ("V04.1", "V04.2"),
}
STEPS = ("letter", "inspection", "appointment")
SECTORS = ("T", "A", "F", "I", "N", "H", "G", "C")
STORY = "Récit inventé : quatre mois de travail, deux mois payés. {name} veut son salaire et une attestation."


def receive(unions: Iterable[Organisation], chance: random.Random) -> None:
    """Receive `EACH` reports for each union, as if its phone had sent them."""
    for union in unions:
        actor = Actor("command", 0, {union.pk: verbs_of(Role.DEVICE, Role.OPERATOR)})
        version = published_version(actor)
        for number in range(EACH):
            receive_xml(actor, union, report_xml(version, answers(union, chance, number), chance))


def work_on_some(union: Organisation) -> None:
    """What a desk does with its dossiers: the focal point gives the newest steps a day, and closes a few."""
    person = person_with_account(who_holds("vault.open", union.pk)[0])
    if person is None:
        return
    actor, person_id = actor_for(person), person.pk
    newest = list(cases_open_to(actor).order_by("-pk")[:9])
    for days, case in zip((0, 2, 3, 6, 9, 13), newest, strict=False):
        due = date.today() + timedelta(days=days)
        plan_step(actor, case, code=STEPS[days % len(STEPS)], due=due, person_id=person_id)
    for outcome, case in zip(("wages_recovered", "document_recovered", "referred"), newest[6:], strict=False):
        close_case(actor, case, reason=outcome)


def published_version(actor: Actor) -> str:
    """The version of the intake form that this union has published last."""
    return latest_version(actor, FORM_ID).version


def answers(union: Organisation, chance: random.Random, number: int) -> dict[str, str]:
    """Path -> answer of one invented report."""
    name = f"Personne inventée {union.acronym} {number + 1}"
    headings = [code for code, often in HEADINGS.items() if chance.randrange(100) < often] or ["V01"]
    items = [chance.choice(ITEMS[code]) for code in headings if code in ITEMS]
    region = REGION.get(union.country, "west_africa")
    return {
        "consent_record": "yes",
        "consent_count": "yes" if chance.randrange(10) else "no",
        "who/name": name,
        "who/phone": f"+000 000 {number:03d}",
        "person/age_band": chance.choice(("18-24", "25-34", "25-34", "35-49", "50+")),
        "person/sex": chance.choice(("female", "female", "male", "male", "prefer_not")),
        "person/nationality": chance.choice(FROM),
        "person/work_region": region,
        "person/work_country": union.country,
        "person/sector": chance.choice(SECTORS),
        "person/recruited_how": chance.choice(("direct", "agency", "intermediary", "family_friends")),
        "talk/interview_language": chance.choice(LANGUAGES),
        "talk/alone": chance.choice(("alone", "alone", "with_chosen")),
        "events/violation_headings": " ".join(headings),
        "events/violations": " ".join(dict.fromkeys(items)),
        "events/since_month": f"2026-{chance.randrange(1, 10):02d}-01",
        "story/what_happened": STORY.format(name=name),
        "particulars/employer": f"Employeur inventé {chance.randrange(40)}",
        "particulars/town": "Ville inventée",
        "particulars/amount": str(chance.randrange(100, 4000)),
        "next/needs": chance.choice(("A02", "A01 A02", "A03")),
        "next/next_step": chance.choice(("letter", "inspection", "appointment", "listen")),
    }


def report_xml(version: str, told: dict[str, str], chance: random.Random) -> bytes:
    """The instance as Collect serialises it."""
    root = ElementTree.Element("data", {"id": FORM_ID, "version": version})
    for path, value in told.items():
        node = root
        for word in path.split("/"):
            found = node.find(word)
            node = ElementTree.SubElement(node, word) if found is None else found
        node.text = value
    meta = ElementTree.SubElement(root, "meta")
    drawn = uuid.UUID(int=chance.getrandbits(128), version=4)
    ElementTree.SubElement(meta, "instanceID").text = f"uuid:{drawn}"
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
