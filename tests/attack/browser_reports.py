"""Reports as our own page sends them, whole or changed by someone who is not our page."""

import base64
import json
from hashlib import sha256
from typing import Any

from sabir.field import arrivals
from sabir.network.models import Organisation
from sabir.vault.public import current_key, seal_part

from .house import House
from .phones import multipart

KINDS = ("finder", "identity", "narrative", "detail")


def sealed_report(
    house: House, *, organisation: Organisation | None = None, told_facts: Any = None, **changed: Any
) -> bytes:
    """A report as our own page would send it, but for what is changed."""
    union = organisation or house.cast.union
    key = current_key(union.pk)
    digest = sha256(b"visit\0uuid:" + str(changed).encode()).hexdigest()
    about = {"union": union.uid.hex, "form": "visit", "version": "1", "submission": digest}
    agreed = {"consent_record": "yes"} if told_facts is None else told_facts

    def age(kind, data, recipient):
        part = seal_part(kind, **about, data=data, recipients=[recipient])
        return base64.b64encode(part.header + part.body).decode()

    told = {
        "form": "visit",
        "version": "1",
        "submission": digest,
        "raw": "00" * 32,
        "facts": age("facts", agreed, arrivals.receiving_recipient()),
        "recipient": key.recipient,
        "epoch": 1,
        "sealed": {kind: age(kind, {}, key.recipient) for kind in KINDS},
        "files": {},
        **changed,
    }
    return multipart(("report", "report.json", json.dumps(told).encode()))
