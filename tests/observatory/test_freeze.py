"""The verb that freezes an extract: who may, what is kept, and what is hidden in it."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from sabir.kernel.public import NotAllowed, NotHere, NotNow
from sabir.law.public import Role, operator_actor, task_actor
from sabir.ledger.public import Entry
from sabir.network.models import Seat
from sabir.network.public import Organisation, actor_for
from sabir.observatory import public, queries
from sabir.observatory.disclosure import TOTAL, audit
from sabir.observatory.models import Extract, ExtractCell
from sabir.observatory.tables import VIOLATIONS_BY_REGION

pytestmark = pytest.mark.django_db


def shown(extract: Extract) -> dict[tuple[str, str], int | None]:
    cells = ExtractCell.everything.filter(extract=extract).values_list("row", "column", "shown")
    return {(row, column): number for row, column, number in cells}


def test_the_coordination_freezes_and_it_is_written_down(cast, acting, a_quarter):
    extract = public.freeze(acting(cast.dario), cast.network)

    assert (extract.number, extract.organisation_id) == (1, cast.network.pk)
    assert (extract.unions, extract.first_quarter, extract.last_quarter) == (4, "2026Q3", "2026Q3")
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_id) == ("observatory.freeze", extract.pk)


def test_small_numbers_two_unions_and_one_unions_affair_are_hidden(cast, acting, a_quarter):
    cells = shown(public.freeze(acting(cast.dario), cast.network))

    assert cells["V01", "north_africa"] == 25
    assert cells["V02", "europe"] == 0
    assert cells["V03", "west_africa"] is None  # three reports
    assert cells["V07", "west_africa"] is None  # forty reports of two unions
    assert cells["V07", "europe"] is None  # twenty reports, eighteen of one union
    assert cells["V13", "west_africa"] is cells["V13", TOTAL] is None


def test_nothing_stored_is_an_unrounded_number(cast, acting, a_quarter):
    extract = public.freeze(acting(cast.dario), cast.network)
    numbers = [number for number in shown(extract).values() if number is not None]
    assert len(shown(extract)) == 16 * 5
    assert all(number % 5 == 0 for number in numbers)


def test_the_attack_finds_nothing_in_what_was_stored(cast, acting, a_quarter):
    dario = acting(cast.dario)
    extract = public.freeze(dario, cast.network)
    assert audit(public.table(dario, extract, VIOLATIONS_BY_REGION)) == []


def test_the_next_extract_does_not_open_the_last(cast, acting, a_quarter, recorded):
    dario = acting(cast.dario)
    first = public.freeze(dario, cast.network)
    recorded("west_africa\nV03 2/2")
    second = public.freeze(dario, cast.network)

    assert second.number == 2
    tables = [queries.frozen_table(extract, VIOLATIONS_BY_REGION) for extract in (first, second)]
    assert audit(tables[1], earlier=tables[0]) == []
    assert public.last_extract(dario) == second


def test_where_two_unions_contribute_the_extract_does_not_say_so(cast, acting, recorded):
    recorded("europe\nV01 30/2")
    extract = public.freeze(acting(cast.dario), cast.network)
    assert (extract.unions, extract.first_quarter, extract.last_quarter) == (None, "", "")
    assert {number for number in shown(extract).values() if number} == set()


def test_the_command_line_and_a_task_may_freeze_and_unions_may_not(cast, acting, a_quarter):
    for person in (cast.amina, cast.badr, cast.celia):
        with pytest.raises(NotHere):
            public.freeze(acting(person), cast.network)
    Seat.everything.create(person=cast.badr, organisation=cast.network, role=Role.DELEGATE)
    with pytest.raises(NotAllowed):
        public.freeze(actor_for(cast.badr, cast.network.pk), cast.network)
    assert not Extract.everything.exists()

    public.freeze(operator_actor(cast.network.pk), cast.network)
    public.freeze(task_actor(cast.network.pk), cast.network)
    assert Extract.everything.count() == 2


def test_a_union_has_no_extract_of_its_own(cast, a_quarter):
    with pytest.raises(NotNow):
        public.freeze(operator_actor(cast.union.pk), cast.union)


def test_nothing_counted_is_nothing_to_freeze(cast, acting):
    with pytest.raises(NotNow):
        public.freeze(acting(cast.dario), cast.network)
    assert not Extract.everything.exists()


def test_figures_are_read_with_the_right_only(cast, acting, a_quarter):
    public.freeze(acting(cast.dario), cast.network)
    for person in (cast.amina, cast.celia, cast.dario):
        extract = public.last_extract(acting(person))
        assert public.table(acting(person), extract, VIOLATIONS_BY_REGION).values["V01", "europe"] == 15
    with pytest.raises(NotHere):
        public.last_extract(acting(cast.badr))
    with pytest.raises(NotHere):
        public.table(acting(cast.badr), extract, VIOLATIONS_BY_REGION)


def test_a_device_holds_no_right_to_figures():
    from sabir.law.public import RIGHTS

    assert Role.DEVICE not in RIGHTS["observatory.read"] | RIGHTS["observatory.freeze"]


def test_counters_are_for_whoever_runs_the_machine(cast, acting, a_quarter):
    assert public.counters(operator_actor(cast.network.pk)) == {"facts": len(a_quarter), "extracts": 0}
    with pytest.raises(NotHere):
        public.counters(acting(cast.dario))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_two_extracts_one_after_the_other(cast, acting, a_quarter):
    actor, together, told = acting(cast.dario), Barrier(2), []

    def freeze() -> None:
        together.wait()
        try:
            told.append(public.freeze(actor, Organisation.objects.get(pk=cast.network.pk)).number)
        finally:
            connection.close()

    threads = [Thread(target=freeze) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [1, 2]
    assert ExtractCell.everything.count() == 2 * 16 * 5
