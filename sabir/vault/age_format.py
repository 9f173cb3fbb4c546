"""The age v1 format as we use it: X25519 recipients, a header apart from its body, lengths that tell little.

No Django. Sources: the age specification (C2SP, age.md) for headers and stanzas; for the padding of files Padmé
(Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019).
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable

import pyrage

MAGIC = b"age-encryption.org/v1\n"
HEADER_LIMIT = 16 * 1024


class SealError(Exception):
    """Something that cannot be sealed or opened; `code` says why, and nothing of the content."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotSealed(SealError):
    """Bytes that are no age file we accept: `seal.format`, `seal.header` or `seal.recipients`."""


class NotTheOne(SealError):
    """A sealed part that opens, but is not the one it was taken for: `seal.mismatch` or `seal.content`."""


def padme(length: int) -> int:
    """The padded length for `length` bytes: at most 12 % more, and only O(log log n) bits of the length told."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def file_padding(length: int) -> bytes:
    """What follows the `length` bytes of a file's line and content: 0x80, then zeros (ISO/IEC 7816-4)."""
    return b"\x80".ljust(padme(length + 1) - length, b"\0")


def keys_of(recipients: Iterable[str]) -> list[pyrage.x25519.Recipient]:
    """Public keys from their `age1…` texts. SealError `seal.nobody` without any, `seal.recipient` for a bad one."""
    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError:
        raise SealError("seal.recipient") from None
    if not keys:
        raise SealError("seal.nobody")
    return keys


def split_age(sealed: bytes) -> tuple[bytes, bytes]:
    """Part an age file into its header, up to and including the line that authenticates it, and its body."""
    end = header_end(sealed)
    if end is None:
        raise NotSealed("seal.format")
    return sealed[:end], sealed[end:]


def join_age(header: bytes, body: bytes) -> bytes:
    """The whole age file again."""
    return header + body


def header_end(start: bytes) -> int | None:
    """Where the header ends in the first bytes of an age file; None while more bytes are needed.

    Raises NotSealed as soon as the bytes cannot become a header we accept.
    """
    if not MAGIC.startswith(start[: len(MAGIC)]):
        raise NotSealed("seal.format")
    last_line = start.find(b"\n--- ", 0, HEADER_LIMIT)
    end = start.find(b"\n", last_line + 1, HEADER_LIMIT) if last_line != -1 else -1
    if end == -1:
        if len(start) >= HEADER_LIMIT:
            raise NotSealed("seal.header")
        return None
    return end + 1


def check_header(header: bytes) -> int:
    """How many X25519 recipients a header made elsewhere names; anything but those and grease is refused.

    Passphrase stanzas are refused with the rest: their cost is chosen by whoever sealed, and paid by whoever opens.
    """
    stanzas = _stanza_types(header)
    named = stanzas.count("X25519")
    if not named or any(kind != "X25519" and not kind.endswith("-grease") for kind in stanzas):
        raise NotSealed("seal.recipients")
    return named


def _stanza_types(header: bytes) -> list[str]:
    """The kind of each stanza, the shape of the whole header having been checked (C2SP age, "Header")."""
    try:
        lines = header.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NotSealed("seal.header") from None
    if len(lines) < 3 or lines[0] + "\n" != MAGIC.decode() or lines[-1] or not _is_mac(lines[-2]):
        raise NotSealed("seal.header")
    kinds: list[str] = []
    body_is_due = False
    for line in lines[1:-2]:
        if line.startswith("-> ") and not body_is_due:
            kinds.append(line.split(" ")[1])
            body_is_due = True
        elif body_is_due and _is_base64(line) and len(line) <= 64:
            body_is_due = len(line) == 64
        else:
            raise NotSealed("seal.header")
    if body_is_due:
        raise NotSealed("seal.header")
    return kinds


def _is_mac(line: str) -> bool:
    return line.startswith("--- ") and len(line) == 47 and _is_base64(line[4:])


def _is_base64(text: str) -> bool:
    try:
        b64decode(text + "=" * (-len(text) % 4), validate=True)
    except NotBase64:
        return False
    return "=" not in text
