"""Sealing to a list of recipients, so that only holders of one of their keys can read.

The format is age v1 with X25519 recipients: any `age` program opens it in an emergency. The header (who may
open) and the body (what is sealed) part ways here, because a change of keys rewrites headers and never bodies.
No Django: a cryptographer can read this file alone. Lengths are padded (text to a few fixed sizes, files by
Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019), because a length tells.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyrage

from .age_format import NotSealed, NotTheOne, SealError, check_header, join_age, keys_of, padme, split_age
from .seal_files import MAX_FILE, FileKeeper, FileSealer, FileTooLarge, SealedFile, TooManyFiles, sweep_unfinished

__all__ = [
    "MAX_FILE",
    "FileKeeper",
    "FileSealer",
    "FileTooLarge",
    "NotSealed",
    "NotTheOne",
    "SealError",
    "SealedFile",
    "SealedPart",
    "TooManyFiles",
    "check_header",
    "file_line",
    "join_age",
    "open_file",
    "open_part",
    "pad_json",
    "padme",
    "seal_bytes",
    "seal_part",
    "split_age",
    "sweep_unfinished",
]

TEXT_SIZES = (1024, 4096, 16384)
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SealedPart:
    """One sealed JSON part. `header + body` is a whole age file."""

    kind: str
    header: bytes
    body: bytes


def pad_json(text: bytes) -> bytes:
    """JSON text followed by spaces, which JSON ignores, up to one of the few lengths we show."""
    length = next((size for size in TEXT_SIZES if len(text) <= size), padme(len(text)))
    return text.ljust(length, b" ")


def file_line(*, union: str, form: str, version: str, submission: str, name: str) -> bytes:
    """The line in front of a file's bytes, sealed with them: which file of which report this is."""
    told = {"union": union, "form": form, "version": version, "submission": submission, "name": name}
    return _json({"sabir": FORMAT, "kind": "file", **told}) + b"\n"


def seal_part(
    kind: str,
    *,
    union: str,
    form: str,
    version: str,
    submission: str,
    data: Mapping[str, str],
    recipients: Sequence[str],
) -> SealedPart:
    """Seal the answers of one class. `data` maps column paths to values; an empty part looks like a short one."""
    told = {"union": union, "form": form, "version": version, "submission": submission}
    clear = pad_json(_json({"sabir": FORMAT, "kind": kind, **told, "data": dict(data)}))
    return SealedPart(kind, *seal_bytes(clear, recipients))


def seal_bytes(clear: bytes, recipients: Sequence[str]) -> tuple[bytes, bytes]:
    """Seal bytes as they are (already padded); gives the header and the body."""
    return split_age(pyrage.encrypt(clear, keys_of(recipients)))


def open_part(identity: str, sealed: bytes, **expected: str) -> dict[str, Any]:
    """Open a sealed JSON part with a secret key (`AGE-SECRET-KEY-1…`) and check that it is the one expected.

    `expected` names fields and the values they must have (kind, union, form, version, submission). Without it
    nothing is checked but the format. NotTheOne if one differs, SealError `seal.closed` if the key does not fit.
    """
    part = _parse(_decrypt(identity, sealed))
    _check(part, expected)
    if not isinstance(part.get("data"), dict):
        raise NotTheOne("seal.content")
    return part


def open_file(identity: str, sealed: bytes, **expected: str) -> tuple[dict[str, Any], bytes]:
    """Open a sealed file: its first line, checked as in `open_part`, and its bytes without the padding."""
    clear = _decrypt(identity, sealed)
    line, found, content = clear.partition(b"\n")
    content, mark, zeros = content.rpartition(b"\x80")
    if not found or not mark or zeros.strip(b"\0"):
        raise NotTheOne("seal.content")
    told = _parse(line)
    _check(told, {"kind": "file", **expected})
    return told, content


def _decrypt(identity: str, sealed: bytes) -> bytes:
    try:
        clear: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise SealError("seal.closed") from None
    return clear


def _parse(text: bytes) -> dict[str, Any]:
    try:
        part = json.loads(text)
    except (ValueError, RecursionError):
        raise NotTheOne("seal.content") from None
    if not isinstance(part, dict) or part.get("sabir") != FORMAT:
        raise NotTheOne("seal.content")
    return part


def _check(part: Mapping[str, Any], expected: Mapping[str, str]) -> None:
    if any(part.get(field) != value for field, value in expected.items()):
        raise NotTheOne("seal.mismatch")


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
