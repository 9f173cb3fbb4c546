"""An altered, removed or reordered entry is found."""

import pytest

from sabir.kernel.public import Actor
from sabir.ledger.models import Entry, Head
from sabir.ledger.public import Act, append, chains, verify

CHAIN = 77


@pytest.fixture
def chain(db):
    append([Act(Actor("person", 5), "tests.act", CHAIN, "tests.row", number) for number in range(5)])
    append([Act(Actor("person", 6), "tests.act", CHAIN + 1, "tests.row", 1)])
    return Entry.objects.filter(chain=CHAIN)


def kinds() -> set[str]:
    return {flaw.kind for flaw in verify(CHAIN)}


def test_a_whole_chain_holds(chain):
    assert verify(CHAIN) == []
    assert {CHAIN, CHAIN + 1} <= set(chains())


@pytest.mark.parametrize(
    ("column", "value"), [("actor_id", 9), ("verb", "tests.other"), ("reason", "forged"), ("subject_id", 44)]
)
def test_an_altered_entry_is_found(chain, column, value):
    chain.filter(number=3).update(**{column: value})
    assert kinds() == {"altered"}


def test_a_removed_entry_is_found(chain):
    chain.filter(number=2).delete()
    assert "missing" in kinds()


def test_a_cut_tail_is_found(chain):
    chain.filter(number=5).delete()
    assert kinds() == {"cut"}


def test_reordered_entries_are_found(chain):
    chain.filter(number=2).update(number=99)
    chain.filter(number=3).update(number=2)
    chain.filter(number=99).update(number=3)
    assert kinds() & {"reordered", "altered"}


def test_a_removed_head_is_found(chain):
    Head.objects.filter(chain=CHAIN).delete()
    assert kinds() == {"headless"}


def test_another_chain_is_not_touched_by_a_flaw(chain):
    chain.filter(number=3).update(reason="forged")
    assert verify(CHAIN + 1) == []


def test_an_entry_forged_with_a_right_digest_breaks_the_next(chain):
    from sabir.ledger.services import digest_of

    entry = chain.get(number=3)
    entry.reason = "forged"
    Entry.objects.filter(pk=entry.pk).update(reason="forged", digest=digest_of(entry))
    assert kinds() == {"reordered"}
