"""A body in pieces becomes a report in memory and sealed files on disk, or nothing at all."""

import hashlib
import json

import pyrage
import pytest

from sabir.field import stream
from sabir.kernel.public import BadInput, TooBusy, TooLarge
from sabir.vault import seal, seal_files

INSTANCE = "uuid:8f7c1c6e-2b1e-4d0e-9c0a-0f6d1f3d2a10"
XML = f'<data id="intake" version="3"><meta><instanceID>{INSTANCE}</instanceID></meta><photo>a</photo></data>'.encode()
SUBMISSION = hashlib.sha256(b"intake\0" + INSTANCE.encode()).hexdigest()
MARK = b"MARKED-CLEAR-BYTES"
UNION = "0" * 32


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "sealed"


def multipart(*parts, boundary="b0undary", end="--\r\n"):
    """Parts are (name, file name or None, bytes)."""
    lines = []
    for name, filename, content in parts:
        of_file = f'; filename="{filename}"' if filename is not None else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'
        lines.append(head.encode() + content + b"\r\n")
    return b"".join(lines) + f"--{boundary}{end}".encode()


REPORT = ("xml_submission_file", "report.xml", XML)


@pytest.fixture
def from_device(key, folder):
    sending = stream.FromDevice(union=UNION, recipients=[str(key.to_public())], folder=folder, digest_key=b"k" * 32)
    return stream.Receiver("multipart/form-data; boundary=b0undary", sending)


@pytest.fixture
def from_browser(folder):
    return stream.Receiver("multipart/form-data; boundary=b0undary", stream.FromBrowser(folder=folder))


def fed(receiver, body, step=10_000):
    for start in range(0, len(body), step):
        receiver.feed(body[start : start + step])
    return receiver.finish()


def left(folder):
    return list(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("step", [1, 7, 1000, 10**6])
def test_a_phones_report_comes_in_memory_and_its_photo_sealed(from_device, key, folder, step):
    photo = MARK * 20
    name = "صورة &amp; 1.jpg"

    received = fed(from_device, multipart(REPORT, (name, name, photo)), step)

    kept = received.files[name]
    told, content = seal.open_file(str(key), kept.header + kept.path.read_bytes())
    assert (received.xml, received.report, content) == (XML, None, photo)
    assert told == {
        "sabir": 1,
        "kind": "file",
        "union": UNION,
        "form": "intake",
        "version": "3",
        "submission": SUBMISSION,
        "name": name,
    }
    assert left(folder) == [kept.path]


def test_an_attachment_is_known_by_its_part_name_and_plain_fields_are_passed_over(from_device):
    body = multipart(REPORT, ("a&amp;b.jpg", "a&b.jpg", b"x"), ("*isIncomplete*", None, b"yes"))

    assert list(fed(from_device, body).files) == ["a&amp;b.jpg"]


def test_a_hundred_and_two_parts_are_taken(from_device, folder):
    photos = [(f"{n}.jpg", f"{n}.jpg", b"x" * n) for n in range(101)]

    assert len(fed(from_device, multipart(REPORT, *photos)).files) == len(left(folder)) == 101


def test_the_line_end_after_the_last_boundary_may_travel_alone(from_device):
    body = multipart(REPORT)
    from_device.feed(body[:-2])
    from_device.feed(body[-2:])

    assert from_device.finish().xml == XML


PHOTO = ("p.jpg", "p.jpg", MARK * 10_000)
SPOILT = {
    "empty": b"",
    "no multipart at all": b"<data/>",
    "another boundary": multipart(REPORT, PHOTO, boundary="other"),
    "no boundary in sight": b"\r\n" * 10_000,
    "cut off in a photo": multipart(REPORT, PHOTO)[:100_000],
    "cut off before the end": multipart(REPORT, PHOTO)[:-6],
    "no part": b"--b0undary--\r\n",
    "no report": multipart(PHOTO),
    "report not first": multipart(PHOTO, REPORT),
    "plain field first": multipart(("*isIncomplete*", None, b"yes"), REPORT),
    "report twice": multipart(REPORT, PHOTO, REPORT),
    "photo twice": multipart(REPORT, PHOTO, PHOTO),
    "empty report": multipart(("xml_submission_file", "r.xml", b""), PHOTO),
    "no name": multipart(REPORT, ("", "p.jpg", b"x")),
    "endless name": multipart(REPORT, ("n" * 300, "p.jpg", b"x")),
    "a report that is no XML": multipart(("xml_submission_file", "r.xml", b"\xff\xd8"), PHOTO),
    "entities": multipart(("xml_submission_file", "r.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a id="x">&b;</a>'), PHOTO),
}


@pytest.mark.parametrize("case", SPOILT)
@pytest.mark.parametrize("step", [1000, 10**6])
def test_a_spoilt_sending_is_refused_in_words_and_leaves_nothing(from_device, folder, case, step):
    with pytest.raises(BadInput) as refusal:
        fed(from_device, SPOILT[case], step)

    assert refusal.value.text
    assert left(folder) == []


def test_a_client_that_leaves_half_way_leaves_nothing_behind(from_device, folder):
    from_device.feed(multipart(REPORT, PHOTO, ("q.jpg", "q.jpg", MARK * 10_000))[:300_000])
    assert left(folder)

    from_device.abandon()
    from_device.abandon()

    assert left(folder) == []


def test_what_was_finished_can_still_be_taken_back(from_device, folder):
    fed(from_device, multipart(REPORT, PHOTO))
    assert left(folder)

    from_device.abandon()

    assert left(folder) == []


def too_long():
    return multipart(("xml_submission_file", "r.xml", b"x" * 2_000_001), PHOTO)


def too_many():
    return multipart(REPORT, *[(f"{n}", f"{n}", b"x") for n in range(200)])


@pytest.mark.parametrize("body", [too_long, too_many])
def test_more_than_agreed_is_refused_and_leaves_nothing(from_device, folder, body):
    with pytest.raises(TooLarge):
        fed(from_device, body())

    assert left(folder) == []


def test_a_photo_over_the_limit_is_refused_in_words(from_device, folder, monkeypatch):
    monkeypatch.setattr(seal_files, "MAX_FILE", 100_000)
    with pytest.raises(TooLarge, match="file_too_large") as refusal:
        fed(from_device, multipart(REPORT, PHOTO))

    assert "25" in refusal.value.text
    assert left(folder) == []


def test_too_many_photos_at_once_are_asked_to_come_again(from_device, folder, monkeypatch):
    class NoRoom:
        def acquire(self, blocking):
            return False

    monkeypatch.setattr(seal_files, "_threads", NoRoom())
    with pytest.raises(TooBusy):
        fed(from_device, multipart(REPORT, PHOTO))

    assert left(folder) == []


@pytest.mark.parametrize("kind", ["", "text/xml", "multipart/form-data", "multipart/form-data; boundary=" + "b" * 300])
def test_only_multipart_with_a_boundary_is_received(folder, kind):
    with pytest.raises(BadInput):
        stream.Receiver(kind, stream.FromBrowser(folder=folder))


def sealed(key, content=MARK * 1000):
    return pyrage.encrypt(content, [key.to_public()])


NAME = "ab" * 32


def test_a_report_of_our_own_pages_keeps_its_sealed_files_as_they_came(from_browser, key, folder):
    report, file = json.dumps({"form": "intake"}).encode(), sealed(key)

    received = fed(from_browser, multipart(("report", None, report), (NAME, "f", file)), 100)

    kept = received.files[NAME]
    assert (received.report, received.xml) == (report, None)
    assert kept.header + kept.path.read_bytes() == file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (NAME, MARK * 1000),
        (NAME, b""),
        (NAME, pyrage.passphrase.encrypt(b"x", "seven words")),
        ("photo.jpg", b"age-encryption.org/v1\n"),
        ("../" + "a" * 61, b"age-encryption.org/v1\n"),
    ],
)
def test_a_file_in_clear_or_without_its_digest_is_refused(from_browser, folder, name, content):
    with pytest.raises(BadInput):
        fed(from_browser, multipart(("report", None, b"{}"), (name, "f", content)), 100)

    assert left(folder) == []


def test_a_report_over_a_megabyte_is_refused(from_browser):
    with pytest.raises(TooLarge):
        fed(from_browser, multipart(("report", None, b"x" * 1_000_001)))
