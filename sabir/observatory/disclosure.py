"""Protect a two-way table of counts so that it gives nobody away. No database, no Django.

`tally` counts, `protect` hides and rounds, `audit` tries to undo it. Small
numbers are hidden first; then, as long as the attack in `disclosure_attack`
narrows a hidden number below the threshold, a mixed-integer program hides
whatever costs the fewest counts and reopens the range; last, every number that
turns out not to be needed as a cover is shown again. A zero is always shown
and a hidden number is always above zero, which the attack takes into account.
The same input gives the same table.
"""

from collections.abc import Sequence

from .disclosure_attack import Breach, Contradiction, audit
from .disclosure_cover import cover
from .disclosure_table import TOTAL, Cell, Counts, Position, Report, Rules, Shape, Table, tally

__all__ = [
    "FOR_THE_PUBLIC", "TOTAL", "WITHIN_THE_NETWORK", "Breach", "Cell", "Contradiction", "Counts", "Position",
    "Report", "Rules", "Shape", "Table", "audit", "protect", "publish", "small", "tally",
]  # fmt: skip

WITHIN_THE_NETWORK = Rules(threshold=5)
FOR_THE_PUBLIC = Rules(threshold=10)


def protect(counts: Counts, rules: Rules, *, earlier: Sequence[Table] = ()) -> Table:
    """The table that may be read: nothing in it, nor in the earlier ones, can be narrowed below the threshold.

    At worst everything but the zeros is hidden.
    """
    needed = small(counts, rules)
    hidden = set(needed)
    while found := _breach(counts, publish(counts, rules, hidden), earlier):
        breach, older = found
        more = cover(counts, publish(counts, rules, hidden), breach, earlier=older) - hidden
        if not more:
            return publish(counts, rules, {p for p in counts.shape.positions() if counts[p].count})
        hidden |= more
    for position in sorted(hidden - needed, key=lambda p: (-counts[p].count, p)):
        if not _breach(counts, publish(counts, rules, hidden - {position}), earlier):
            hidden.remove(position)
    return publish(counts, rules, hidden)


def _breach(counts: Counts, table: Table, earlier: Sequence[Table]) -> tuple[Breach, Table | None] | None:
    """The first number a contributor could narrow, and the earlier table that helped, if one did."""
    for older in (None, *earlier):
        if breaches := audit(table, known=counts.largest(), earlier=older):
            return breaches[0], older
    return None


def small(counts: Counts, rules: Rules) -> set[Position]:
    """The positions hidden for their own sake: few reports, few unions, or one union's affair."""
    return {position for position in counts.shape.positions() if rules.forbid(counts[position])}


def publish(counts: Counts, rules: Rules, hidden: set[Position]) -> Table:
    """The table with these positions hidden and the rest rounded. Says nothing about whether that is enough."""
    values = {p: None if p in hidden else rules.rounded(counts[p].count) for p in counts.shape.positions()}
    return Table(counts.shape, values, rules)
