"""Reading people and organisations."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from sabir.kernel.public import Actor, NotHere
from sabir.law.public import RIGHTS, verbs_of

from .models import Organisation, Person, Seat


def seats_of(person: Person, on: date | None = None) -> list[Seat]:
    """The seats a person holds on a day (today), each with its organisation."""
    day = on or date.today()
    in_force = Q(starts__lte=day) & (Q(ends=None) | Q(ends__gte=day))
    rows = (
        Seat.everything.filter(in_force, person=person).select_related("organisation").order_by("organisation_id", "id")
    )
    return list(rows)


def actor_for(person: Person, organisation_id: int | None = None, seats: Iterable[Seat] | None = None) -> Actor:
    """The actor a person is in one organisation: the one asked for if a seat is held there, else the first.

    This is the only place where seats become rights. Rights of two organisations never merge.
    """
    held = list(seats_of(person) if seats is None else seats)
    homes = [seat.organisation_id for seat in held]
    home = organisation_id if organisation_id in homes else next(iter(homes), None)
    if home is None:
        return Actor("person", person.pk, {})
    roles = [seat.role for seat in held if seat.organisation_id == home]
    return Actor("person", person.pk, {home: verbs_of(*roles)})


def organisation_by_acronym(acronym: str) -> Organisation:
    """The organisation of this acronym, as written in the members' table. Raises NotHere."""
    try:
        return Organisation.objects.get(acronym=acronym)
    except Organisation.DoesNotExist:
        raise NotHere("network.no_such_organisation") from None


def organisation_of(actor: Actor) -> Organisation:
    """The organisation this actor acts in. Raises NotHere without a seat."""
    try:
        return Organisation.objects.get(pk=actor.home or 0)
    except Organisation.DoesNotExist:
        raise NotHere("not_here") from None


def the_network() -> Organisation:
    """The row of the network itself. Raises NotHere before the reference data are loaded."""
    network = Organisation.objects.filter(kind=Organisation.Kind.NETWORK).first()
    if network is None:
        raise NotHere("network.not_loaded")
    return network


def members() -> list[Organisation]:
    """Every organisation of the members' table but the network itself: public knowledge, so no actor is asked."""
    return list(Organisation.objects.exclude(kind=Organisation.Kind.NETWORK).order_by("region", "country", "acronym"))


def working_names(person_ids: Iterable[int]) -> dict[int, str]:
    """The working names behind these ids; for rooms that show who holds a dossier."""
    return dict(Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "working_name"))


def people_seated(actor: Actor, right: str) -> list[Person]:
    """Who holds this right, today, in the organisation where the actor holds it too."""
    rows = Seat.objects.of(actor, right).filter(role__in=RIGHTS[right]).filter(Q(ends=None) | Q(ends__gte=date.today()))
    return sorted({seat.person for seat in rows.select_related("person")}, key=lambda person: person.working_name)


def who_holds(right: str, organisation_id: int) -> list[int]:
    """The ids of those who hold a right in an organisation today; for letters, which name nobody."""
    rows = Seat.everything.filter(organisation_id=organisation_id, role__in=RIGHTS[right])
    in_force = rows.filter(Q(ends=None) | Q(ends__gte=date.today()))
    return sorted(set(in_force.values_list("person_id", flat=True)))


def person_with_account(person_id: int) -> Person | None:
    """The person behind an id, if the account is open."""
    return Person.objects.filter(pk=person_id, is_active=True).first()
