"""Planning, doing and closing: checked under a lock, entered in the register, refused in words."""

import contextlib
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from sabir.cases.models import Case, Step
from sabir.cases.public import close_case, do_step, plan_step
from sabir.kernel.public import BadInput, NotAllowed, NotHere, NotNow
from sabir.law import verbs as verbs_of_the_law
from sabir.ledger import services as ledger_services
from sabir.ledger.models import Entry
from sabir.ledger.public import verify

TOMORROW = date.today() + timedelta(days=1)


def verbs(cast) -> list[str]:
    return list(Entry.objects.filter(chain=cast.union.pk).order_by("number").values_list("verb", flat=True))


def test_a_step_is_moved_not_doubled(send, cast, acting):
    case = send()
    plan_step(acting(cast.amina), case, code="inspection", due=TOMORROW, person_id=cast.amina.pk)
    step = Step.objects.get(case=case)
    assert (step.code, step.due, step.person_id) == ("inspection", TOMORROW, cast.amina.pk)
    assert verbs(cast)[-1] == "cases.plan_step"


def test_a_step_done_stays_in_the_history_and_a_new_one_can_follow(send, cast, acting):
    case, amina = send(), acting(cast.amina)
    do_step(amina, case)
    plan_step(amina, case, code="lawyer", due=None, person_id=None)
    assert [step.code for step in case.steps.order_by("id")] == ["letter", "lawyer"]
    assert case.steps.order_by("id")[0].done_on == date.today()


def test_nothing_to_do_is_said(send, cast, acting):
    case = send(next_step="none")
    with pytest.raises(NotNow) as refused:
        do_step(acting(cast.amina), case)
    assert refused.value.code == "cases.nothing_waits"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "fly"}, "cases.unknown_step"),
        ({"due": date.today() - timedelta(days=1)}, "cases.day_gone_by"),
        ({"person_id": 999_999}, "cases.no_seat_here"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_changes_nothing(send, cast, acting, changed, code):
    case = send()
    before = verbs(cast)
    with pytest.raises(BadInput) as refused:
        plan_step(acting(cast.amina), case, **{"code": "letter", "due": TOMORROW, "person_id": None, **changed})
    assert refused.value.code == code
    assert verbs(cast) == before
    assert case.steps.get().due is None


def test_a_step_cannot_be_given_to_another_union(send, cast, acting):
    with pytest.raises(BadInput):
        plan_step(acting(cast.amina), send(), code="letter", due=None, person_id=cast.celia.pk)


def test_closing_keeps_the_outcome_and_the_reason_in_the_register(send, cast, acting):
    case = close_case(acting(cast.amina), send(), reason="wages_recovered")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_on) == ("closed", "wages_recovered", date.today())
    entry = Entry.objects.filter(chain=cast.union.pk).latest("number")
    assert (entry.verb, entry.reason, entry.subject_id) == ("cases.close", "wages_recovered", case.pk)


def test_a_closed_dossier_takes_nothing_more(send, cast, acting):
    case, amina = send(), acting(cast.amina)
    close_case(amina, case, reason="referred")
    for act in (
        lambda: close_case(amina, case, reason="referred"),
        lambda: do_step(amina, case),
        lambda: plan_step(amina, case, code="letter", due=None, person_id=None),
    ):
        with pytest.raises(NotNow):
            act()


def test_an_unknown_outcome_closes_nothing(send, cast, acting):
    case = send()
    with pytest.raises(BadInput):
        close_case(acting(cast.amina), case, reason="because I say so")
    case.refresh_from_db()
    assert case.state == "open"


def test_only_those_with_the_right_may_act(send, cast, acting):
    case = send()
    with pytest.raises(NotAllowed):
        close_case(acting(cast.badr), case, reason="referred")
    for stranger in (cast.celia, cast.dario):
        with pytest.raises(NotHere):
            close_case(acting(stranger), case, reason="referred")
    case.refresh_from_db()
    assert case.state == "open"


@pytest.fixture
def meeting(monkeypatch):
    """`meeting(module, "name")`: whoever is past that function waits a moment for the other to be past it too.

    A lock keeps the other out, and the first goes on alone; without one both stand there together.
    """

    def arrange(module, name):
        both, do = threading.Barrier(2), getattr(module, name)

        def do_and_wait(*args):
            done = do(*args)
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=1)
            return done

        monkeypatch.setattr(module, name, do_and_wait)

    return arrange


def at_once(close, *jobs):
    """Run `close(*job)` for each job in a thread of its own, all connected before the first begins; what each was told."""
    told, ready = [], threading.Barrier(len(jobs))

    def run(job):
        connection.ensure_connection()
        ready.wait()
        try:
            close(*job)
            told.append("done")
        except NotNow:
            told.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_close_it_once(send, cast, acting, meeting):
    case, amina = send(), acting(cast.amina)
    meeting(verbs_of_the_law, "_check")
    told = at_once(lambda outcome: close_case(amina, case, reason=outcome), ("referred",), ("judgment",))
    assert told == ["done", "not now"]
    assert Entry.objects.filter(verb="cases.close").count() == 1
    assert Case.everything.get(pk=case.pk).state == "closed"


@pytest.mark.django_db(transaction=True)
def test_two_dossiers_closed_at_once_stand_one_after_the_other_in_the_register(send, cast, acting, meeting):
    one, other, amina = send(), send(), acting(cast.amina)
    meeting(ledger_services, "_entry")
    told = at_once(lambda case: close_case(amina, case, reason="referred"), (one,), (other,))
    assert told == ["done", "done"]
    assert verify(cast.union.pk) == []
    assert Entry.objects.filter(verb="cases.close").count() == 2
