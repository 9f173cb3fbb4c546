"""Seats become rights in one place; rights of two unions never merge."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sabir.kernel.public import NotHere
from sabir.law.public import Role, operator_actor, verbs_of
from sabir.network.models import Organisation, Seat
from sabir.network.public import actor_for, load_members, organisation_by_acronym, people_seated, seat_person, who_holds

MEMBERS = Path(__file__).parents[2] / "data" / "network" / "members.csv"


def test_an_actor_has_what_the_roles_of_one_organisation_give(cast):
    actor = actor_for(cast.amina)
    assert actor.seats == {cast.union.pk: verbs_of(Role.FOCAL_POINT, Role.KEY_HOLDER)}


def test_seats_in_two_unions_do_not_merge(cast):
    Seat.everything.create(person=cast.amina, organisation=cast.other_union, role=Role.OBSERVER)
    assert list(actor_for(cast.amina).seats) == [cast.union.pk]
    assert actor_for(cast.amina, cast.other_union.pk).seats == {cast.other_union.pk: verbs_of(Role.OBSERVER)}
    assert not actor_for(cast.amina, cast.other_union.pk).organisation_ids("cases.read")


def test_an_organisation_without_a_seat_cannot_be_chosen(cast):
    assert list(actor_for(cast.amina, cast.network.pk).seats) == [cast.union.pk]


@pytest.mark.parametrize(("starts", "ends"), [(-9, -1), (1, 9)])
def test_a_seat_out_of_its_time_gives_nothing(cast, starts, ends):
    today = date.today()
    Seat.everything.filter(person=cast.amina).update(
        starts=today + timedelta(days=starts), ends=today + timedelta(days=ends)
    )
    assert actor_for(cast.amina).seats == {}


def test_no_seat_of_the_coordination_or_the_operator_reads_a_dossier():
    for role in (Role.COORDINATION, Role.SECRETARIAT, Role.OPERATOR, Role.TASK, Role.DEVICE, Role.OBSERVER):
        held = verbs_of(role)
        assert not held & {"cases.read", "cases.open_sealed", "cases.close", "vault.open"}, role


def test_those_who_hold_a_right_are_named_to_their_own_only(cast, acting):
    assert [person.working_name for person in people_seated(acting(cast.amina), "cases.read")] == ["Amina"]
    assert people_seated(acting(cast.dario), "cases.read") == []
    assert who_holds("cases.read", cast.union.pk) == [cast.amina.pk]


def test_a_seat_is_given_by_the_operator_only(cast, acting):
    with pytest.raises(Exception, match=r"network\.seat"):
        seat_person(acting(cast.amina), cast.union, person=cast.badr, role=Role.FOCAL_POINT)
    seat_person(operator_actor(cast.union.pk), cast.union, person=cast.badr, role=Role.FOCAL_POINT)
    assert actor_for(cast.badr).may("cases.read", cast.union.pk)


def test_the_members_table_loads_twice_to_the_same(cast):
    for _ in range(2):
        load_members(operator_actor(cast.network.pk), cast.network, table=MEMBERS)
    members = Organisation.objects.exclude(kind="network")
    assert members.count() == 31
    assert organisation_by_acronym("UGTT").membership == "confirmed"
    assert organisation_by_acronym("UNTM").membership == "to_be_confirmed"
    assert organisation_by_acronym("EFITU").membership == "former"
    assert organisation_by_acronym("FENASOL").kind == "observer"
    assert organisation_by_acronym("UGTT").uid == cast.union.uid  # a row found again keeps its identity


def test_an_unknown_acronym_leads_nowhere(db):
    with pytest.raises(NotHere):
        organisation_by_acronym("NOBODY")
