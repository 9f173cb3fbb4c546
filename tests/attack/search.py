"""Looking for marks in any bytes: as they are, and in what is packed inside them."""

import base64
import binascii
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np

DEEPEST = 3
MOST_UNPACKED = 8_000_000
PIECE = 16_000_000
COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}|[A-Za-z0-9_-]{24,}={0,2}")
HEXADECIMAL = re.compile(rb"(?:[0-9a-f]{2}){12,}|(?:[0-9A-F]{2}){12,}")
SQLITE = b"SQLite format 3\0"


class Search:
    """Many needles at once: their first eight bytes are looked up at every place, then the rest is compared."""

    def __init__(self, needles: Mapping[bytes, str]) -> None:
        self.needles: dict[int, list[tuple[bytes, str]]] = {}
        for needle, what in needles.items():
            self.needles.setdefault(int.from_bytes(needle[:8], "little"), []).append((needle, what))
        self.heads = np.array(sorted(self.needles), dtype=np.uint64)
        self.longest = max(len(needle) for needle in needles)
        self.starts = np.zeros(1 << 24, dtype=bool)
        self.starts[(self.heads & np.uint64(0xFFFFFF)).astype(np.int64)] = True

    def found_in(self, data: bytes) -> set[str]:
        """What is found in these bytes and in what is packed inside them."""
        return {what for layer in layers(data) for what in self._in(layer)}

    def _in(self, data: bytes) -> Iterator[str]:
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE + self.longest]
            for shift in range(min(8, len(piece) // 8)):
                yield from self._at(piece, shift)

    def _at(self, piece: bytes, shift: int) -> Iterator[str]:
        words = np.frombuffer(piece, dtype="<u8", offset=shift, count=(len(piece) - shift) // 8)
        likely = np.nonzero(self.starts[(words & np.uint64(0xFFFFFF)).astype(np.int64)])[0]
        nearest = np.searchsorted(self.heads, words[likely]).clip(max=len(self.heads) - 1)
        for at in likely[self.heads[nearest] == words[likely]]:
            place = int(at) * 8 + shift
            for needle, what in self.needles[int(words[at])]:
                if piece.startswith(needle, place):
                    yield what


def layers(data: bytes, deep: int = DEEPEST) -> Iterator[bytes]:
    """The bytes, and whatever unpacks out of them, to a depth of three."""
    yield data
    if deep:
        for inner in _unpacked(data):
            yield from layers(inner, deep - 1)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(SQLITE):
        return  # its rows are read by `values_of`, its pages are searched as they lie
    yield from _decompressed(data)
    for pattern, decode in ((BASE64, _from_base64), (HEXADECIMAL, bytes.fromhex)):
        if runs := pattern.findall(data):
            yield b"\n".join(decode(run if decode is _from_base64 else run.decode()) for run in runs)


def _decompressed(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    for start in (match.start() for match in COMPRESSED.finditer(data)):
        stream = zlib.decompressobj(wbits=47)
        try:
            inner = stream.decompress(view[start : start + MOST_UNPACKED], MOST_UNPACKED)
        except zlib.error:
            continue
        if len(inner) > 8:
            yield inner


def _from_base64(run: bytes) -> bytes:
    signs = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(signs[: len(signs) - (len(signs) % 4 == 1)] + b"==")
    except binascii.Error:
        return b""


def values_of(database: Path) -> bytes:
    """Every value of every row of an SQLite file: a long one is cut into pages in the file, here it is whole."""
    found = []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)


def leaks(search: Search, places: Iterable[tuple[str, bytes]]) -> list[str]:
    """One line for each find: where it was found and what it is."""
    return sorted({f"{where}: {what}" for where, data in places for what in search.found_in(data)})
