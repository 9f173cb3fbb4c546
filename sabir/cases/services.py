"""The verbs of dossiers."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sabir.field.public import ReceivedReport
from sabir.kernel.public import Actor, BadInput, NotNow, insert, new_reference, quarter, too_long
from sabir.law.public import Role, verb
from sabir.network.public import Organisation, people_seated, working_names
from sabir.observatory.public import record

from . import facts, policies, queries
from .codes import OUTCOMES, STEPS
from .models import Case, CaseNeed, CaseViolation, Step

DESK = (Role.DESK_STAFF, Role.FOCAL_POINT, Role.COORDINATOR)


@verb("cases.open", roles=(*DESK, Role.DEVICE))
def open_case(actor: Actor, organisation: Organisation, /, *, report: ReceivedReport) -> Case:
    """Open a dossier on a report: its coded facts as columns, and one figure below if she agreed to be counted."""
    case = Case(
        organisation=organisation,
        reference=_free_reference(organisation),
        submission_id=report.submission_id,
        opened_on=date.today(),
        counted=report.count_allowed,
        **_columns(report.facts),
    )
    if report.count_allowed:
        case.fact = _leave_a_figure(organisation, report)
    insert([case])
    violations, needs = facts.violations_of(report.facts), facts.codes_of(report.facts, "needs")
    insert([CaseViolation(case=case, code=code) for code in violations if not too_long(CaseViolation, "code", code)])
    insert([CaseNeed(case=case, code=code) for code in needs if not too_long(CaseNeed, "code", code)])
    step = facts.by_name(report.facts).get("next_step", "")
    if step in STEPS:
        person_id = actor.id if actor.kind == "person" else None
        insert([Step(case=case, code=step, planned_on=date.today(), person_id=person_id)])
    return case


@verb("cases.close", roles=DESK, unless=policies.closed)
def close_case(actor: Actor, case: Case, /, *, reason: str) -> Case:
    """Close a dossier with its outcome, a code. Raises BadInput for an unknown one."""
    if reason not in OUTCOMES:
        raise BadInput("cases.unknown_outcome", _("Choose how the dossier ended."))
    Case.everything.filter(pk=case.pk).update(state=Case.State.CLOSED, outcome=reason, closed_on=date.today())
    case.state, case.outcome = Case.State.CLOSED, reason
    return case


@verb("cases.plan_step", roles=DESK, unless=policies.closed)
def plan_step(actor: Actor, case: Case, /, *, code: str, due: date | None, person_id: int | None) -> Case:
    """Plan the next step, or move the one that waits: what, by when, by whom of this union.

    Raises BadInput for an unknown step, a day gone by, or someone without a seat here.
    """
    if code not in STEPS:
        raise BadInput("cases.unknown_step", _("Choose what is to be done next."))
    if due is not None and due < date.today():
        raise BadInput("cases.day_gone_by", _("This day has gone by. Choose today or a later day."))
    if person_id is not None and person_id not in working_names_here(actor):
        raise BadInput("cases.no_seat_here", _("This person has no seat in your union. Choose another one."))
    waiting = Step.objects.filter(case=case, done_on=None)
    if not waiting.update(code=code, due=due, person_id=person_id, planned_on=date.today()):
        Step.objects.create(case=case, code=code, due=due, person_id=person_id, planned_on=date.today())
    return case


@verb("cases.do_step", roles=DESK, unless=policies.closed)
def do_step(actor: Actor, case: Case, /) -> Case:
    """Mark the waiting step as done today. Raises NotNow where none waits."""
    if not Step.objects.filter(case=case, done_on=None).update(done_on=date.today()):
        raise NotNow("cases.nothing_waits", _("No step waits in this dossier. Someone may just have done it."))
    return case


@verb("cases.open_sealed", roles=(Role.KEY_HOLDER,))
def open_sealed(actor: Actor, case: Case, /) -> Case:
    """Hand out the sealed parts to a holder's browser. It changes nothing, and is entered in the ledger."""
    return case


def working_names_here(actor: Actor) -> dict[int, str]:
    """The people a step can be given to: whoever sits in the actor's union."""
    return working_names(person.pk for person in people_seated(actor, "cases.read"))


def _free_reference(organisation: Organisation) -> str:
    """A number no other dossier of this union has; the union's row is locked, so nobody takes it meanwhile."""
    while queries.is_taken(organisation, drawn := new_reference()):
        continue
    return drawn


def _columns(told: facts.Facts) -> dict[str, str]:
    """A union words its own forms: its "sector" may take several codes, or longer ones than a dossier has room for."""
    found = facts.columns_from(told)
    return {name: code for name, code in found.items() if " " not in code and not too_long(Case, name, code)}


def _leave_a_figure(organisation: Organisation, report: ReceivedReport) -> int:
    named = _columns(report.facts)
    return record(
        organisation.contributor,
        quarter(date.today()),
        {
            **{column: named.get(column, "") for column in facts.COUNTED},
            "violations": facts.violations_of(report.facts),
        },
    )
