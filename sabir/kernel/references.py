"""The short number of a dossier: random, readable aloud, with a check digit. No Django.

Alphabet of 31 signs without I, L, O, 0 and 1; 31 is prime, so the weighted sum finds every single wrong sign
and every two neighbours exchanged.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def _check(body: str) -> str:
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def new_reference() -> str:
    """Five random signs and their check digit, `K7F-42Q`: 28 million numbers for each union."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(5))
    whole = body + _check(body)
    return f"{whole[:3]}-{whole[3:]}"


def read_reference(text: str) -> str | None:
    """The number as it is written, from what a person typed (spaces, small letters); None if its check fails."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(signs) != 6 or any(sign not in ALPHABET for sign in signs) or _check(signs[:5]) != signs[5]:
        return None
    return f"{signs[:3]}-{signs[3:]}"
