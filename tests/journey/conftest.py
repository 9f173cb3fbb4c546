"""One server for the package, with a home of its own."""

from collections.abc import Iterator

import pytest

from tests.installation import Installation, copied, demonstration, served, shared_folder

from .phone import Phone


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    original = demonstration(shared_folder(tmp_path_factory))
    with served(copied(original, tmp_path_factory.mktemp("journey") / "home")) as running:
        yield running


@pytest.fixture(scope="package")
def phone(server: Installation) -> Phone:
    """A phone of UGTT."""
    return Phone(server, server.sabir_json("device", "add", "UGTT", "journey")["server_url"])
