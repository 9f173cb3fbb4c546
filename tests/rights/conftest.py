"""The typologies of the project, loaded or as tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sabir.law.public import operator_actor
from sabir.network.public import Organisation, found_network
from sabir.rights.public import forget_terms, load

TYPOLOGIES = Path(__file__).resolve().parents[2] / "data" / "typologies"


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test() -> Iterator[None]:
    forget_terms()
    yield
    forget_terms()


@pytest.fixture
def network(db: None) -> Organisation:
    return found_network()


@pytest.fixture
def loaded(network: Organisation) -> Organisation:
    """The network, with every typology loaded."""
    return load(operator_actor(network.pk), network, folder=TYPOLOGIES)
