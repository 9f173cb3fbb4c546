"""Whoever has a copy may guess, and try each guess against what stands there. What can be guessed must not be tried."""

import hmac
import uuid
from hashlib import md5, sha1, sha256

import pytest
from django.conf import settings
from django.test import Client

from sabir.field import publishing
from sabir.field.models import Submission
from sabir.vault.models import Envelope
from tests.field.tables import convert_here

from .house import House, furnished
from .phones import MULTIPART, multipart

# Phones name files by the clock, in milliseconds; a neighbour knows the name, a police officer the phone number.
BY_THE_CLOCK = "1795334400123.jpg"
GUESSED = "Aminata Inventée"


@pytest.fixture
def house(cast, monkeypatch, sealed_folder) -> House:
    monkeypatch.setattr(publishing, "convert", convert_here)
    return furnished(cast)


@pytest.fixture
def kept(house) -> Submission:
    """What is remembered of a report whose answers and file name are all guessable."""
    instance = f"uuid:{uuid.uuid4()}"
    xml = (
        f'<data id="visit" version="1"><consent_record>yes</consent_record><who>{GUESSED}</who>'
        f"<photo>{BY_THE_CLOCK}</photo><meta><instanceID>{instance}</instanceID></meta></data>"
    )
    body = multipart(("xml_submission_file", "r.xml", xml.encode()), (BY_THE_CLOCK, BY_THE_CLOCK, b"\xff\xd8"))
    before = set(Submission.everything.values_list("pk", flat=True))
    answer = Client().post(f"/k/{house.tokens['own']}/submission", body, content_type=MULTIPART)
    assert answer.status_code == 201
    return Submission.everything.exclude(pk__in=before).get()


def salts(kept: Submission, house: House) -> list[bytes]:
    """Everything at rest that could be mixed into a digest, as bytes and as hexadecimal digits."""
    words = [
        kept.digest,
        kept.raw,
        house.cast.union.uid.hex,
        house.cast.union.contributor,
        "visit",
        "1",
        kept.reference,
    ]
    words += [settings.HOME.secret("digest"), settings.HOME.secret("session"), settings.HOME.receiving_identity, ""]
    digits = [
        bytes.fromhex(word) for word in words if word and len(word) % 2 == 0 and not set(word) - set("0123456789abcdef")
    ]
    return [word.encode() for word in words] + digits


def tried(guess: str, salts: list[bytes]) -> set[str]:
    """Every digest of a guess that somebody with these salts would try."""
    found = set()
    for salt in salts:
        for joint in (b"", b"\0", b":", b"|"):
            for told in (salt + joint + guess.encode(), guess.encode() + joint + salt):
                found |= {digest(told).hexdigest() for digest in (md5, sha1, sha256)}
        found |= {hmac.new(salt, guess.encode(), sha256).hexdigest()}
        found |= {hmac.new(salt, other + b"\0" + guess.encode(), sha256).hexdigest() for other in salts}
    return found


def standing(kept: Submission) -> set[str]:
    """Every digest that stands in the rows of a report."""
    names = Envelope.everything.filter(submission=kept.digest).values_list("name", flat=True)
    return {kept.digest, kept.raw, *kept.expected, *names} - {""}


def test_a_file_named_by_the_clock_does_not_tell_the_hour(kept, house):
    assert len(standing(kept)) == 3
    assert not tried(BY_THE_CLOCK, salts(kept, house)) & standing(kept)


def test_a_guessed_name_cannot_be_confirmed(kept, house):
    assert not tried(GUESSED, salts(kept, house)) & standing(kept)


def test_the_same_trying_finds_a_name_that_is_salted_with_its_neighbour(kept, house):
    careless = sha256(kept.digest.encode() + b"\0" + BY_THE_CLOCK.encode()).hexdigest()

    assert careless in tried(BY_THE_CLOCK, salts(kept, house))
