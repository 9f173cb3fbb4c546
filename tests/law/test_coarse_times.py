"""The register says the hour, not the minute."""

from sabir.kernel.public import Actor
from sabir.ledger.models import Entry
from sabir.ledger.public import Act, append


def test_an_entry_tells_the_hour_only(db):
    append([Act(Actor("person", 5), "tests.act", 71, "tests.row", 1)])
    at = Entry.objects.get(chain=71).at
    assert (at.minute, at.second, at.microsecond) == (0, 0, 0)
