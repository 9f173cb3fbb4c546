"""Words that occur nowhere else in the world, so that finding one of them means that it leaked."""

import base64
import json
import secrets
import string
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import md5, sha1, sha256
from urllib.parse import quote

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
ACCENTED = "àâçéèêëîïôùûüœ" + string.ascii_lowercase
LEAST = 8
"""A needle shorter than this many bytes could be found by chance."""


def drawn(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


@dataclass
class Marks:
    """Every mark drawn, and what it stands for: `of` maps its bytes to "name of phone report 7"."""

    of: dict[bytes, str] = field(default_factory=dict)

    def note(self, mark: str, what: str) -> str:
        """Remember a mark that somebody else drew, such as an instanceID."""
        self.of[mark.encode()] = what
        return mark

    def latin(self, what: str) -> str:
        return self.note(drawn(string.ascii_lowercase, 16), what)

    def accented(self, what: str) -> str:
        return self.note(drawn(ACCENTED, 14), what)

    def arabic(self, what: str) -> str:
        return self.note(drawn(ARABIC, 10), what)

    def digits(self, what: str) -> str:
        return self.note("7" + drawn(string.digits, 15), what)

    def content(self, what: str) -> bytes:
        """Bytes for the inside of a file; the photo is not all text."""
        mark = secrets.token_bytes(24)
        self.of[mark] = what
        return mark

    def needles(self) -> dict[bytes, str]:
        """Every way in which a mark may be written at rest -> what it stands for and how it was written."""
        found: dict[bytes, str] = {}
        for mark, what in self.of.items():
            for how, needle in spellings(mark):
                if len(needle) >= LEAST:
                    found.setdefault(needle, f"{what}, {how}")
        return found


def spellings(mark: bytes) -> list[tuple[str, bytes]]:
    """The mark itself, in other encodings, and the plain digests that would let anyone confirm a guess."""
    found = [("as it is", mark), ("hexadecimal", mark.hex().encode()), ("HEXADECIMAL", mark.hex().upper().encode())]
    found += [(f"base64 {shift}", part) for shift, part in enumerate(_base64_of(mark))]
    for name, digest in (("MD5", md5(mark)), ("SHA-1", sha1(mark)), ("SHA-256", sha256(mark))):
        found += [(name, digest.digest()), (name, digest.hexdigest().encode())]
    with suppress(UnicodeDecodeError):
        found += _of_text(mark.decode())
    return found


def _of_text(text: str) -> list[tuple[str, bytes]]:
    escaped = json.dumps(text)[1:-1]
    found = [
        ("UTF-16LE", text.encode("utf-16-le")),
        ("UTF-16BE", text.encode("utf-16-be")),
        ("\\u", escaped.encode()),
        ("\\U", escaped.upper().replace("\\U", "\\u").encode()),
        ("percent", quote(text).encode()),
        ("entities", text.encode("ascii", "xmlcharrefreplace")),
        ("ascii()", text.encode("ascii", "backslashreplace")),
    ]
    if len(text) == 36 and text.count("-") == 4:  # an instanceID, which a database may keep as sixteen bytes
        found += [("UUID", text.replace("-", "").encode()), ("UUID bytes", bytes.fromhex(text.replace("-", "")))]
    return found


def _base64_of(mark: bytes) -> list[bytes]:
    """What stands in base64 wherever the mark begins in it: the signs that its neighbours do not change."""
    found = []
    for shift in range(3):
        signs = base64.b64encode(b"\0" * shift + mark)
        clean = signs[-(-shift * 8 // 6) : (shift + len(mark)) * 8 // 6]
        found += [clean, clean.replace(b"+", b"-").replace(b"/", b"_")]
    return found
