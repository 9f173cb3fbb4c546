"""Files sealed as they arrive, or kept as the browser sealed them."""

import time
from pathlib import Path

import pyrage
import pytest

from sabir.vault import seal, seal_files

ADDRESS = {"union": "0" * 32, "form": "sabir_intake", "version": "1", "submission": "cd" * 32}
MARK = b"MARKED-CLEAR-BYTES"


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "media" / "sealed"


@pytest.fixture
def line():
    return seal.file_line(**ADDRESS, name="صورة 1.jpg")


@pytest.fixture
def sealer(key, line, folder):
    return seal.FileSealer([str(key.to_public())], line, folder)


def opened(key, kept):
    return seal.open_file(str(key), kept.header + kept.path.read_bytes(), **ADDRESS)


@pytest.mark.parametrize("length", [0, 1, 3000, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_a_file_of_any_length_comes_back_byte_for_byte(key, sealer, length):
    content = (MARK + b"\x80\x00" * 50) * (length // 100 + 1)
    content = content[:length]
    for start in range(0, length, 30_000):
        sealer.write(content[start : start + 30_000])

    told, found = opened(key, sealer.close())

    assert found == content
    assert told["name"] == "صورة 1.jpg"


def test_only_the_body_lies_on_disk_readable_by_the_server_alone(sealer, folder):
    sealer.write(MARK * 20_000)
    kept = sealer.close()

    assert list(folder.iterdir()) == [kept.path]
    assert (kept.path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert kept.size == kept.path.stat().st_size
    assert kept.header.startswith(b"age-encryption.org/v1\n")
    assert MARK not in kept.path.read_bytes()
    assert b"age-encryption" not in kept.path.read_bytes()


def test_the_date_of_a_file_tells_the_day_and_not_the_hour(sealer):
    sealer.write(b"x")

    assert sealer.close().path.stat().st_mtime % seal_files.DAY == 0


def test_files_of_about_the_same_length_look_the_same(key, line, folder):
    sizes = set()
    for length in (1_000_001, 1_000_500, 1_001_000):
        sealer = seal.FileSealer([str(key.to_public())], line, folder)
        sealer.write(b"x" * length)
        sizes.add(sealer.close().size)

    assert len(sizes) == 1


@pytest.mark.parametrize("length", [10, 200_000])
def test_an_abandoned_file_leaves_nothing_and_ends_its_thread(sealer, folder, length):
    sealer.write(b"x" * length)
    sealer.abandon()
    sealer.abandon()

    assert not folder.exists() or list(folder.iterdir()) == []
    assert sealer._thread is None or not sealer._thread.is_alive()


def test_a_finished_file_can_still_be_abandoned(sealer):
    sealer.write(b"x")
    kept = sealer.close()
    assert kept.path.exists()

    sealer.abandon()

    assert not kept.path.exists()


def test_a_file_over_the_limit_is_refused(sealer, monkeypatch):
    monkeypatch.setattr(seal_files, "MAX_FILE", 100_000)
    sealer.write(b"x" * 100_000)

    with pytest.raises(seal.FileTooLarge):
        sealer.write(b"x")
    sealer.abandon()


def test_the_backlog_is_what_is_not_sealed_yet_and_goes_to_nothing(sealer):
    sealer.write(b"x" * 500_000)
    while sealer.backlog():
        time.sleep(0.001)

    assert sealer.close().size > 500_000


def test_there_are_never_more_threads_than_agreed(key, line, folder):
    sealers = [seal.FileSealer([str(key.to_public())], line, folder) for _ in range(seal_files.MOST_THREADS + 1)]
    for sealer in sealers[:-1]:
        sealer.write(b"x" * 70_000)
    with pytest.raises(seal.TooManyFiles):
        sealers[-1].write(b"x" * 70_000)

    for sealer in sealers:
        sealer.abandon()
    again = seal.FileSealer([str(key.to_public())], line, folder)
    again.write(b"x" * 70_000)
    assert again.close().path.exists()


@pytest.mark.parametrize(("length", "room"), [(100, 0), (300_000, 0), (300_000, 140_000), (300_000, 290_000)])
def test_a_full_disk_is_an_error_at_the_latest_when_closing_and_leaves_nothing(
    sealer, folder, monkeypatch, length, room
):
    def write_while_there_is_room(self, piece):
        if self.size + len(piece) > room:
            raise OSError(28, "No space left on device")
        self.size += len(piece)

    monkeypatch.setattr(seal_files.SealedBody, "_write_body", write_while_there_is_room)
    sealer.write(b"x" * length)

    with pytest.raises((OSError, seal.SealError, pyrage.EncryptError)):
        sealer.close()
    assert list(folder.iterdir()) == []


def test_a_crash_leaves_a_part_that_is_swept_later(folder):
    folder.mkdir(parents=True)
    (folder / "aa.part").write_bytes(b"x")
    (folder / "bb").write_bytes(b"x")

    assert seal.sweep_unfinished(folder) == 0
    assert seal.sweep_unfinished(folder, older_than=-1) == 1
    assert [path.name for path in folder.iterdir()] == ["bb"]


def sealed_in_browser(key, length=5000):
    return pyrage.encrypt(MARK * (length // len(MARK)), [key.to_public()])


def kept_in_pieces(folder: Path, sealed: bytes, step: int):
    keeper = seal.FileKeeper(folder)
    try:
        for start in range(0, len(sealed), step):
            keeper.write(sealed[start : start + step])
    except seal.SealError:
        keeper.abandon()
        raise
    return keeper.close()


@pytest.mark.parametrize("step", [1, 7, 100, 10**6])
def test_a_file_sealed_in_the_browser_is_kept_as_it_came(key, folder, step):
    sealed = sealed_in_browser(key)

    kept = kept_in_pieces(folder, sealed, step)

    assert kept.header + kept.path.read_bytes() == sealed
    assert (kept.header, kept.path.read_bytes()) == seal.split_age(sealed)


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"\xff\xd8\xff\xe0 a photo in clear",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v1\n-> X25519 " + b"A" * 20_000,
        pyrage.passphrase.encrypt(b"x" * 100, "seven words"),
    ],
)
@pytest.mark.parametrize("step", [11, 10**6])
def test_a_file_that_is_not_sealed_is_refused_and_not_kept(folder, foreign, step):
    with pytest.raises(seal.NotSealed):
        kept_in_pieces(folder, foreign, step)

    assert list(folder.iterdir()) == []


def test_a_header_without_a_body_is_refused(key, folder):
    header, _ = seal.split_age(sealed_in_browser(key))

    with pytest.raises(seal.NotSealed):
        kept_in_pieces(folder, header, 50)
    assert list(folder.iterdir()) == []


def test_the_limit_holds_for_sealed_files_too(key, folder, monkeypatch):
    monkeypatch.setattr(seal_files, "MAX_FILE", 10_000)
    kept_in_pieces(folder, sealed_in_browser(key, 10_000), 1000)

    with pytest.raises(seal.FileTooLarge):
        kept_in_pieces(folder, sealed_in_browser(key, 40_000), 1000)
