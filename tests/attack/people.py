"""Invented workers: facts as real desks see them (some kinds common, some rare), and marks for all that is sealed."""

import random
import uuid
from dataclasses import dataclass, field

from .marks import Marks

NATIONALITIES = {"ML": 24, "SN": 20, "CI": 16, "GN": 12, "CM": 9, "MA": 8, "TG": 5, "NE": 3, "GM": 2, "NG": 1}
SECTORS = {"T": 30, "F": 22, "A": 16, "I": 12, "N": 8, "H": 6, "G": 4, "C": 2}
AGES = {"18-24": 22, "25-34": 40, "35-49": 28, "50+": 8, "0-17": 2}
SEXES = {"female": 50, "male": 47, "other": 1, "prefer_not": 2}
LANGUAGES = {"fr": 50, "ar": 15, "bm": 12, "wo": 10, "ff": 6, "es": 4, "snk": 3}
RECRUITED = {"direct": 40, "intermediary": 30, "family_friends": 20, "agency": 10}
HEADINGS = {"V01": 55, "V02": 34, "V03": 30, "V04": 22, "V05": 18, "V09": 10, "V12": 5}
NEEDS = ("A02", "A01 A02", "A03", "A04", "A02 A05")
TOGETHER = {"ES": 80, "FR": 12, "PT": 8}


@dataclass
class Report:
    """One worker's report: answers by column path, files by the path of their question, and the id it travels under."""

    answers: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    instance: str = ""


def choose(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def facts(chance: random.Random) -> dict[str, str]:
    """Coded answers, as spread as at a desk; about one in ten does not wish to be counted."""
    headings = [code for code, often in HEADINGS.items() if chance.randrange(100) < often] or ["V01"]
    return {
        "consent_record": "yes",
        "consent_count": "yes" if chance.randrange(10) else "no",
        "person/age_band": choose(chance, AGES),
        "person/sex": choose(chance, SEXES),
        "person/nationality": choose(chance, NATIONALITIES),
        "person/work_region": "europe",
        "person/work_country": choose(chance, TOGETHER),
        "person/sector": choose(chance, SECTORS),
        "person/recruited_how": choose(chance, RECRUITED),
        "talk/interview_language": choose(chance, LANGUAGES),
        "talk/alone": choose(chance, {"alone": 70, "with_chosen": 30}),
        "events/violation_headings": " ".join(headings),
        "events/since_month": f"2026-{chance.randrange(1, 11):02d}-01",
        "next/needs": chance.choice(NEEDS),
        "next/next_step": choose(chance, {"letter": 4, "appointment": 3, "listen": 2, "lawyer": 1}),
    }


def sealed(marks: Marks, number: object) -> dict[str, str]:
    """Marked answers to all that must be sealed."""
    return {
        "who/name": f"{marks.arabic(f'name {number}')} {marks.accented(f'family name {number}')}",
        "who/phone": "+" + marks.digits(f"phone {number}"),
        "who/safe_contact_note": f"after prayer, ask for {marks.latin(f'safe contact {number}')}",
        "story/what_happened": f"{marks.accented(f'story {number}')} … " * 40 + marks.arabic(f"story's end {number}"),
        "particulars/employer": marks.accented(f"employer {number}"),
        "particulars/town": marks.latin(f"town {number}"),
        "particulars/amount": marks.digits(f"amount {number}"),
        "particulars/currency": marks.latin(f"currency {number}"),
    }


def photo(marks: Marks, number: object, size: int) -> bytes:
    """A file's bytes, marked in front, in the middle and at the end; half text, half noise."""
    noise = random.Random(str(number)).randbytes(size // 2)
    front, middle, end = (marks.content(f"{place} of a file of {number}") for place in ("front", "middle", "end"))
    return b"\xff\xd8" + front + noise + middle + marks.latin(f"text in a file of {number}").encode() * 20 + noise + end


def report(marks: Marks, chance: random.Random, number: object, sizes: tuple[int, ...] = ()) -> Report:
    """A whole report; `sizes` are those of its files in bytes, at most two."""
    made = Report({**facts(chance), **sealed(marks, number)})
    for path, size in zip(("story/photo", "story/voice"), sizes, strict=False):
        made.files[path] = (marks.latin(f"file name {number}") + ".jpg", photo(marks, number, size))
    made.instance = "uuid:" + marks.note(str(uuid.UUID(int=chance.getrandbits(128), version=4)), f"instanceID {number}")
    return made
