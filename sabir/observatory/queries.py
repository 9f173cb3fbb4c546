"""Reading: the last extract and its tables, and what `freeze` counts. Nothing is looked up by anything else."""

from collections.abc import Iterator

from django.db.models import Max, Min

from sabir.kernel.public import Actor, NotHere
from sabir.law.public import Role, right

from .disclosure_table import Report, Rules, Table
from .models import Extract, ExtractCell, Fact, FactViolation
from .tables import DeclaredTable

READ = right(
    "observatory.read",
    roles=(
        Role.DESK_STAFF,
        Role.FOCAL_POINT,
        Role.COORDINATOR,
        Role.KEY_HOLDER,
        Role.DELEGATE,
        Role.SECRETARIAT,
        Role.COORDINATION,
    ),
)
COUNT = right("observatory.count", roles=(Role.OPERATOR,))


def last_extract(actor: Actor) -> Extract | None:
    """The extract frozen last, None before the first. Raises NotHere without the right to read figures."""
    _reader(actor)
    last: Extract | None = Extract.everything.order_by("-number").first()
    return last


def table(actor: Actor, extract: Extract, declared: DeclaredTable) -> Table:
    """One protected table of an extract. Raises NotHere without the right, or where the extract lacks the table."""
    _reader(actor)
    return frozen_table(extract, declared)


def frozen_table(extract: Extract, declared: DeclaredTable) -> Table:
    """The table as it was frozen; for `freeze`, which must not let a new one open an old one."""
    cells = ExtractCell.everything.filter(extract=extract, table=declared.code).values_list("row", "column", "shown")
    values = {(row, column): shown for row, column, shown in cells}
    if values.keys() != set(declared.shape.positions()):
        raise NotHere("observatory.no_such_table")
    rules = Rules(threshold=extract.threshold, unions=extract.unions_least, base=extract.base)
    return Table(declared.shape, values, rules)


def extracts_before(organisation_id: int) -> list[Extract]:
    """All extracts of the network, the last one first."""
    return list(Extract.everything.filter(organisation_id=organisation_id).order_by("-number"))


def reports_by_region() -> Iterator[Report]:
    """What each fact gives to a table of headings by region. One pass over all facts."""
    rows: dict[int, tuple[str, str, set[str]]] = {}
    named = FactViolation.everything.values_list("fact_id", "fact__contributor", "fact__work_region", "heading")
    for fact, contributor, region, heading in named.iterator():
        rows.setdefault(fact, (contributor, region, set()))[2].add(heading)
    for contributor, region, headings in rows.values():
        yield Report(contributor, region, frozenset(headings))


def coverage() -> tuple[int, str, str]:
    """How many unions contributed, and the first and last quarter of their facts (empty before any)."""
    quarters = Fact.everything.aggregate(first=Min("quarter"), last=Max("quarter"))
    unions = Fact.everything.values("contributor").distinct().count()
    return unions, quarters["first"] or "", quarters["last"] or ""


def counters(actor: Actor) -> dict[str, int]:
    """How many rows stand here, for whoever runs the machine. Raises NotHere for all others."""
    if not actor.organisation_ids(COUNT):
        raise NotHere("not_here")
    return {"facts": Fact.everything.count(), "extracts": Extract.everything.count()}


def _reader(actor: Actor) -> None:
    if not actor.organisation_ids(READ):
        raise NotHere("not_here")
