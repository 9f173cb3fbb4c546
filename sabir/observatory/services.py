"""Facts come in and go out inside the verbs of other rooms; the room's own verb freezes them into an extract."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotHere, NotNow, insert, too_long
from sabir.law.public import Role, part_of_a_verb, verb
from sabir.network.public import Organisation

from . import queries
from .disclosure_table import Table, tally
from .models import Extract, ExtractCell, Fact, FactViolation
from .policies import not_the_network
from .tables import NEVER_COUNTED, VIOLATIONS_BY_REGION, DeclaredTable

COLUMNS = ("work_region", "work_country", "sector", "sex", "age_band")
COMPARED = 4
"""How many earlier extracts a new one is read beside: a year of quarters."""


@part_of_a_verb
def record(contributor: str, quarter: str, facts: Mapping[str, Any]) -> int:
    """Count one report. `facts`: column name -> code; `violation_headings` and `violations`: several codes.

    Only the columns of a fact are kept, and of violations only the headings; a code too long for its column is left
    out. The reference that comes back is the only way to this fact: the case keeps it, and nothing here keeps the
    case. Raises ValueError without a contributor, because all reports of nobody would count as one union's.
    """
    if not contributor:
        raise ValueError("a fact needs the key of the union that contributes it")
    said = {name: code for name in COLUMNS if not too_long(Fact, name, code := facts.get(name) or "")}
    fact = Fact(contributor=contributor, quarter=quarter, **said)
    insert([fact])
    headings = _headings(facts.get("violation_headings") or ()) | _headings(facts.get("violations") or ())
    counted = [
        heading for heading in sorted(headings - NEVER_COUNTED) if not too_long(FactViolation, "heading", heading)
    ]
    insert([FactViolation(fact=fact, heading=heading) for heading in counted])
    return fact.pk


@part_of_a_verb
def forget(reference: int) -> None:
    """Remove what `record` kept. Once gone, or never there, is the same. Frozen extracts stay as they are."""
    FactViolation.everything.filter(fact_id=reference).delete()
    Fact.everything.filter(pk=reference).delete()


@verb(
    "observatory.freeze",
    roles=(Role.COORDINATION, Role.SECRETARIAT, Role.TASK, Role.OPERATOR),
    unless=not_the_network,
)
def freeze(actor: Actor, network: Organisation, /) -> Extract:
    """Make the next extract of all facts: protected tables only, no count that is hidden in them."""
    # Imported here because the solver takes 70 MB, which a process that freezes nothing can spare.
    from .disclosure import WITHIN_THE_NETWORK, protect

    unions, first, last = queries.coverage()
    if not unions:
        raise NotNow("observatory.nothing_counted", _("No report has been counted yet, so there is nothing to freeze."))
    before = queries.extracts_before(network.pk)
    rules = WITHIN_THE_NETWORK
    named = unions >= rules.unions
    extract: Extract = Extract.everything.create(
        organisation=network,
        number=before[0].number + 1 if before else 1,
        frozen_on=date.today(),
        threshold=rules.threshold,
        unions_least=rules.unions,
        base=rules.base,
        unions=unions if named else None,
        first_quarter=first if named else "",
        last_quarter=last if named else "",
    )
    counts = tally(queries.reports_by_region(), VIOLATIONS_BY_REGION.shape)
    _keep(extract, VIOLATIONS_BY_REGION, protect(counts, rules, earlier=_tables(before[:COMPARED])))
    return extract


def _keep(extract: Extract, declared: DeclaredTable, table: Table) -> None:
    ExtractCell.everything.bulk_create(
        ExtractCell(extract=extract, table=declared.code, row=row, column=column, shown=table.values[row, column])
        for row, column in declared.shape.positions()
    )


def _tables(extracts: Iterable[Extract]) -> list[Table]:
    """The tables of earlier extracts; one that had other rows or columns is left out."""
    tables = []
    for extract in extracts:
        try:
            tables.append(queries.frozen_table(extract, VIOLATIONS_BY_REGION))
        except NotHere:
            continue
    return tables


def _headings(violations: str | Iterable[str]) -> set[str]:
    """The headings of these codes; a string holds several, set apart by spaces, as forms send them."""
    codes = violations.split() if isinstance(violations, str) else violations
    return {code.split(".")[0] for code in codes}
