"""A change is a verb: permitted, done and entered in one transaction, or not at all."""

import threading
from types import SimpleNamespace

import pytest
from django.db import connection

from sabir.kernel.public import Actor, NotAllowed, NotHere, NotNow
from sabir.law import roles, verbs
from sabir.law.public import Role, operator_actor, part_of_a_verb, verb, verbs_of
from sabir.ledger.models import Entry
from sabir.ledger.public import verify
from sabir.network.models import Organisation

acts = SimpleNamespace()


@pytest.fixture(scope="module", autouse=True)
def _verbs_of_these_tests():
    """Two verbs that exist only here."""

    @verb(
        "tests.rename",
        roles=(Role.OPERATOR,),
        unless=lambda actor, one: NotNow("tests.frozen") if one.status == "frozen" else None,
    )
    def rename(actor: Actor, one: Organisation, /, *, name: str, reason: str = "") -> Organisation:
        Organisation.objects.filter(pk=one.pk).update(full_name=name)
        if name == "broken":
            raise ValueError(name)
        return one

    @verb("tests.rename_both", roles=(Role.OPERATOR,))
    def rename_both(actor: Actor, one: Organisation, /, *, then: str) -> Organisation:
        acts.rename(actor, one, name="first")
        return acts.rename(actor, one, name=then)

    acts.rename, acts.rename_both = rename, rename_both
    yield
    for name in ("tests.rename", "tests.rename_both"):
        del verbs.VERBS[name], roles.RIGHTS[name]
        roles._held[Role.OPERATOR].discard(name)


@pytest.fixture
def operator(cast):
    return Actor("command", 0, {cast.union.pk: verbs_of(Role.OPERATOR)})


def test_it_is_done_and_entered(cast, operator):
    acts.rename(operator, cast.union, name="new", reason="by_mistake")
    cast.union.refresh_from_db()
    entry = Entry.objects.get(chain=cast.union.pk)
    assert cast.union.full_name == "new"
    assert (entry.verb, entry.subject_id, entry.reason, entry.actor_kind) == (
        "tests.rename",
        cast.union.pk,
        "by_mistake",
        "command",
    )
    assert verify(cast.union.pk) == []


def test_without_the_right_nothing_happens(cast):
    with pytest.raises(NotAllowed):
        acts.rename(Actor("person", 1, {cast.union.pk: frozenset()}), cast.union, name="new")
    assert not Entry.objects.exists()


def test_without_a_seat_there_is_nothing_here(cast):
    with pytest.raises(NotHere):
        acts.rename(operator_actor(cast.other_union.pk), cast.union, name="new")


def test_the_rooms_own_rule_is_asked_of_the_locked_row(cast, operator):
    stale = Organisation.objects.get(pk=cast.union.pk)
    Organisation.objects.filter(pk=cast.union.pk).update(status="frozen")
    with pytest.raises(NotNow):
        acts.rename(operator, stale, name="new")


def test_a_failure_undoes_the_change_and_the_entry(cast, operator):
    with pytest.raises(ValueError, match="broken"):
        acts.rename(operator, cast.union, name="broken")
    cast.union.refresh_from_db()
    assert cast.union.full_name != "broken"
    assert not Entry.objects.exists()


def test_verbs_inside_a_verb_are_entered_in_order(cast, operator):
    acts.rename_both(operator, cast.union, then="second")
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True)) == [
        "tests.rename",
        "tests.rename",
        "tests.rename_both",
    ]


def test_a_failure_inside_undoes_all(cast, operator):
    with pytest.raises(ValueError, match="broken"):
        acts.rename_both(operator, cast.union, then="broken")
    cast.union.refresh_from_db()
    assert cast.union.full_name == "Union UGTT"
    assert not Entry.objects.exists()


def test_part_of_a_verb_runs_only_inside_one(cast, operator):
    @part_of_a_verb
    def part() -> str:
        return "done"

    with pytest.raises(RuntimeError):
        part()


def test_two_functions_cannot_claim_a_verb():
    with pytest.raises(ValueError, match="two functions"):
        verb("tests.rename", roles=())(lambda actor, subject: subject)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_entered_one_after_the_other():
    union = Organisation.objects.create(acronym="TWO", full_name="Two")
    actor, barrier = operator_actor(union.pk), threading.Barrier(2)

    def act() -> None:
        barrier.wait()
        try:
            acts.rename(actor, union, name="new")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(union.pk) == []
    assert Entry.objects.filter(chain=union.pk).count() == 2
