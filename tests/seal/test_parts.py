"""Sealed JSON parts: what they say, how long they look, who opens them."""

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabir.vault import seal

DIGEST = "ab" * 32
ADDRESS = {"union": "0" * 32, "form": "sabir_intake", "version": "2026.1", "submission": DIGEST}


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


def sealed_for(*keys, kind="identity", data=None):
    recipients = [str(key.to_public()) for key in keys]
    return seal.seal_part(kind, **ADDRESS, data=data or {}, recipients=recipients)


def whole(part):
    return seal.join_age(part.header, part.body)


def test_a_part_opens_with_the_key_and_says_what_it_is(key):
    part = sealed_for(key, data={"group/name": "Awa ع"})

    opened = seal.open_part(str(key), whole(part), kind="identity", **ADDRESS)

    assert opened == {"sabir": 1, "kind": "identity", **ADDRESS, "data": {"group/name": "Awa ع"}}


def test_every_recipient_opens_it_and_a_stranger_does_not(key):
    second, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    part = sealed_for(key, second, data={"name": "x"})

    assert seal.open_part(str(second), whole(part))["data"] == {"name": "x"}
    with pytest.raises(seal.SealError, match=r"seal\.closed"):
        seal.open_part(str(stranger), whole(part))


@pytest.mark.parametrize("field", ["kind", "union", "form", "version", "submission"])
def test_a_part_taken_for_another_is_refused(key, field):
    part = sealed_for(key)
    expected = {"kind": "identity", **ADDRESS}

    assert seal.open_part(str(key), whole(part), **expected)["data"] == {}
    with pytest.raises(seal.NotTheOne):
        seal.open_part(str(key), whole(part), **{**expected, field: "another"})


def test_the_header_ends_where_the_body_begins(key):
    part = sealed_for(key)

    assert part.header.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert part.header.splitlines()[-1].startswith(b"--- ")
    assert seal.split_age(part.header + part.body) == (part.header, part.body)


@pytest.mark.parametrize("other", ["finder", "identity", "narrative", "detail"])
def test_an_empty_part_is_as_long_as_a_short_one(key, other):
    short = {"story": "n" * 500}

    assert len(sealed_for(key, kind=other).body) == len(sealed_for(key, kind=other, data=short).body)


@pytest.mark.parametrize(("length", "padded"), [(0, 1024), (1024, 1024), (1025, 4096), (16384, 16384), (16385, 17408)])
def test_text_is_padded_with_spaces_to_few_lengths(length, padded):
    text = seal.pad_json(b"x" * length)

    assert (len(text), text.strip()) == (padded, b"x" * length)


@given(st.integers(0, 10**12))
def test_padme_never_shortens_adds_little_and_stays_put(length):
    padded = seal.padme(length)

    assert length <= padded <= length * 1.12 + 1
    assert seal.padme(padded) == padded


def test_padme_follows_the_published_examples():
    assert [seal.padme(n) for n in (1, 9, 100, 1000, 1_000_000)] == [1, 10, 104, 1024, 1_015_808]


def test_nobody_and_nonsense_are_no_recipients():
    for recipients, code in ([], "seal.nobody"), (["age1nonsense"], "seal.recipient"):
        with pytest.raises(seal.SealError, match=code):
            seal.seal_part("detail", **ADDRESS, data={}, recipients=recipients)


def test_an_altered_body_does_not_open(key):
    part = sealed_for(key)
    altered = part.body[:-1] + bytes([part.body[-1] ^ 1])

    with pytest.raises(seal.SealError, match=r"seal\.closed"):
        seal.open_part(str(key), part.header + altered)


@pytest.mark.parametrize("clear", [b"[]", b"{", b'{"sabir":2,"data":{}}', b'{"sabir":1,"data":[]}'])
def test_sealed_bytes_of_another_making_are_refused(key, clear):
    header, body = seal.seal_bytes(clear, [str(key.to_public())])

    with pytest.raises(seal.NotTheOne):
        seal.open_part(str(key), header + body)


def test_a_header_for_keys_is_accepted_and_its_recipients_counted(key):
    second = pyrage.x25519.Identity.generate()

    assert seal.check_header(sealed_for(key, second).header) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda header: b"",
        lambda header: header[:-2],
        lambda header: header.replace(b"/v1", b"/v2"),
        lambda header: header.replace(b"X25519", b"scrypt"),
        lambda header: header.replace(b"X25519", b"ssh-ed25519"),
        lambda header: header.replace(b"\n-> X25519", b"\nhello\n-> X25519"),
        lambda header: header.replace(b"--- ", b"---  "),
        lambda header: b"\xff" + header,
    ],
)
def test_a_header_with_anything_else_is_refused(key, spoil):
    header = sealed_for(key).header

    assert seal.check_header(header) == 1
    with pytest.raises(seal.NotSealed):
        seal.check_header(spoil(header))


def test_a_passphrase_is_no_recipient():
    header, _ = seal.split_age(pyrage.passphrase.encrypt(b"x", "seven words"))

    with pytest.raises(seal.NotSealed, match=r"seal\.recipients"):
        seal.check_header(header)
