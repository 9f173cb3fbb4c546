"""Reading dossiers. List and detail share one filter: what this actor may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from sabir.kernel.public import Actor, NotHere, Prepared, read_reference
from sabir.law.public import Role, right
from sabir.network.public import Organisation

from .models import Case, Step

READ = right("cases.read", roles=(Role.DESK_STAFF, Role.FOCAL_POINT, Role.COORDINATOR))
PAGE = 25

# Asked for every report, so their SQL is written once.
_BEFORE = Prepared(
    lambda: Case.everything.filter(organisation_id=-1, pk__lt=-2).order_by("-pk").values_list("opened_on")[:1],
    organisation_id=-1,
    pk=-2,
)
_NUMBERED = Prepared(
    lambda: Case.everything.filter(organisation_id=-1, reference="-r").values_list("pk")[:1],
    organisation_id=-1,
    reference="-r",
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some dossiers and, where there are more, the id from which the next page goes on. No total is counted."""

    cases: Sequence[Case]
    more: int | None


def cases_open_to(actor: Actor) -> QuerySet[Case]:
    """The dossiers this actor may read."""
    return Case.objects.of(actor, READ)


def case_open_to(actor: Actor, reference: str) -> Case:
    """One dossier by its number. Raises NotHere, whether it is not there or not the actor's."""
    written = read_reference(reference)
    found = cases_open_to(actor).filter(reference=written).select_related("submission__version__form").first()
    if found is None:
        raise NotHere("not_here")
    return found


def page_of_cases(
    actor: Actor, *, state: str = "", violation: str = "", sector: str = "", before: int | None = None
) -> Page:
    """A page of dossiers, newest first, with their violations and their next step."""
    rows = cases_open_to(actor).order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if sector:
        rows = rows.filter(sector=sector)
    if violation:
        rows = rows.filter(violations__code__startswith=violation).distinct()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    waiting = Prefetch("steps", Step.objects.filter(done_on=None).select_related("person"), to_attr="waiting")
    found = list(rows.prefetch_related("violations", waiting)[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def steps_of(case: Case) -> list[Step]:
    """The steps of a dossier, newest first."""
    return list(case.steps.select_related("person").order_by("-planned_on", "-id"))


def next_step(steps: Iterable[Step]) -> Step | None:
    """The step that waits to be done."""
    return next((step for step in steps if step.done_on is None), None)


def count_open(actor: Actor) -> int:
    """How many dossiers of this actor's union are open; shown to their own desk only."""
    return cases_open_to(actor).filter(state=Case.State.OPEN).count()


def due_steps(actor: Actor, most: int = 8) -> list[Step]:
    """What waits in the actor's dossiers, the nearest day first."""
    open_cases = cases_open_to(actor).filter(state=Case.State.OPEN)
    rows = Step.objects.filter(case__in=open_cases, done_on=None, due__isnull=False)
    return list(rows.select_related("case", "person").order_by("due")[:most])


def first_of_the_day(case: Case) -> bool:
    """Whether no dossier of this union was opened earlier on the same day."""
    before = _BEFORE.rows(organisation_id=case.organisation_id, pk=case.pk)
    return not before or date.fromisoformat(str(before[0][0])) < case.opened_on


def is_taken(organisation: Organisation, reference: str) -> bool:
    """Whether a dossier of this union has this number."""
    return bool(_NUMBERED.rows(organisation_id=organisation.pk, reference=reference))
