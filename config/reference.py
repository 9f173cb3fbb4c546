"""The network's own tables, loaded at set-up: found again by their codes, so that it can be repeated."""

from pathlib import Path

from sabir.law.public import operator_actor
from sabir.network.public import found_network, load_members
from sabir.rights.public import load as load_typologies

DATA = Path(__file__).resolve().parent.parent / "data"


def load() -> None:
    """Members and typologies from data/."""
    network = found_network()
    actor = operator_actor(network.pk)
    load_members(actor, network, table=DATA / "network" / "members.csv")
    load_typologies(actor, network, folder=DATA / "typologies")
