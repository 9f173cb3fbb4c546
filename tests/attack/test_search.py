"""The search that all else here rests on finds what is hidden from the eye."""

import base64
import json
import sqlite3
import zlib
from urllib.parse import quote

import pytest

from .marks import Marks
from .search import Search, leaks, values_of

NOISE = bytes(range(256)) * 400

WRITTEN = {
    "as it is": lambda text: text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "JSON": lambda text: json.dumps({"name": text}).encode(),
    "base64": lambda text: base64.b64encode(b"name=" + text.encode()),
    "base64 of an address": lambda text: base64.urlsafe_b64encode(b"?" + text.encode()),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "percent": lambda text: quote(text).encode(),
    "zlib": lambda text: zlib.compress(text.encode()),
    "gzip": lambda text: zlib.compress(text.encode(), wbits=31),
    "zlib in base64": lambda text: base64.b64encode(zlib.compress(b"x" * 50 + text.encode())),
    "base64 in zlib in base64": lambda text: base64.b64encode(zlib.compress(base64.b64encode(text.encode()))),
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("shift", [0, 1, 5])
def test_a_mark_is_found_however_it_is_written(written, shift):
    marks = Marks()
    texts = [marks.latin("latin"), marks.accented("accented"), marks.arabic("arabic"), marks.digits("digits")]
    search = Search(marks.needles())

    for text in texts:
        hidden = NOISE + b" " * shift + WRITTEN[written](text) + b"\n" + NOISE
        assert {what.split(",")[0] for what in search.found_in(hidden)} == {marks.of[text.encode()]}


def test_nothing_is_found_where_nothing_is():
    marks = Marks()
    for number in range(500):
        marks.latin(f"latin {number}")
        marks.arabic(f"arabic {number}")

    assert leaks(Search(marks.needles()), [("noise", NOISE * 20)]) == []


def test_a_value_that_an_sqlite_file_cuts_into_pages_is_read_whole(tmp_path):
    marks = Marks()
    name = marks.latin("a name")
    with sqlite3.connect(tmp_path / "x.sqlite3") as connection:
        connection.execute("CREATE TABLE told (value BLOB)")
        connection.execute("INSERT INTO told VALUES (?)", ((b"x" * 3000 + name.encode()) * 4,))
    connection.close()

    assert leaks(Search(marks.needles()), [("rows", values_of(tmp_path / "x.sqlite3"))]) == ["rows: a name, as it is"]
