"""Reading a key statement and checking who signed it. No Django."""

import json
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class BadStatement(ValueError):
    """A statement that says too little, or that its key did not sign."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a union says of its key. `previous` is the fingerprint of the key before, None for the first."""

    union: str
    recipient: str
    signing: str
    epoch: int
    previous: str | None
    fingerprint: str


def read_statement(text: str, signature: str, signed_by: str | None = None) -> Statement:
    """The statement, after its signature (hex) held under `signed_by` (hex; its own signing key for a first one).

    Raises BadStatement.
    """
    try:
        told = json.loads(text)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed_by or told["signing"]))
        key.verify(bytes.fromhex(signature), text.encode())
        return Statement(
            union=told["union"],
            recipient=told["recipient"],
            signing=told["signing"],
            epoch=int(told["epoch"]),
            previous=told["previous"],
            fingerprint=fingerprint_of(text),
        )
    except (ValueError, KeyError, TypeError, InvalidSignature):
        raise BadStatement("the statement is incomplete or not signed by its key") from None


def fingerprint_of(text: str) -> str:
    """Twenty hexadecimal digits of SHA-256 over the statement, in groups of four: short enough to read aloud."""
    digits = sha256(text.encode()).hexdigest()[:20]
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))
