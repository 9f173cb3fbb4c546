"""Sealed files that belong to nothing are removed; those that belong to a report, or have just come, stay."""

import os
import time

import pytest

from sabir.vault.models import Body, Envelope
from sabir.vault.orphans import remove_orphans


@pytest.fixture
def file(sealed_folder):
    """`file("name", days)` is a sealed file of that age."""

    def make(name: str, days: float):
        path = sealed_folder / name
        path.write_bytes(b"sealed")
        os.utime(path, (time.time() - days * 86400,) * 2)
        return path

    return make


def test_an_old_file_without_a_row_goes(db, file):
    path = file("orphan", 3)
    assert remove_orphans() == 1
    assert not path.exists()


def test_a_young_file_without_a_row_stays(db, file):
    path = file("arriving", 1)
    assert remove_orphans() == 0
    assert path.exists()


def test_a_file_with_a_row_stays_however_old(cast, file):
    path = file("kept", 400)
    envelope = Envelope.everything.create(
        organisation=cast.union, submission="a" * 64, kind="file", name="b" * 64, header=b"header"
    )
    Body.objects.create(envelope=envelope, path="kept", size=6)
    assert remove_orphans() == 0
    assert path.exists()
