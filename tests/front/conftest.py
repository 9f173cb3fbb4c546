"""One server for most of the front's tests; it loses patience fast."""

import pyrage
import pytest

from .server import running


@pytest.fixture(scope="session")
def union_key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="session")
def server(tmp_path_factory, union_key):
    folder = tmp_path_factory.mktemp("front")
    (folder / "large.bin").write_bytes(b"0123456789abcdef" * 1_000_000)
    with running(
        folder,
        TINY_RECIPIENT=str(union_key.to_public()),
        TINY_FILE=str(folder / "large.bin"),
        SABIR_IDLE_SECONDS="2",
        SABIR_ORDINARY_SECONDS="5",
        SABIR_STREAMED_SECONDS="60",
    ) as started:
        yield started


@pytest.fixture
def kept(server):
    """The sealed files that a test made the server keep."""
    before = set(server.sealed())
    return lambda: [path for path in server.sealed() if path not in before]
