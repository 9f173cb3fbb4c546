"""What the network offers to the shell: who asks, its section, its block on the home page."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sabir.notices.public import Addressee, addressees
from sabir.web.public import Asker, Block, MenuItem, home_blocks, menu, who_asks

from . import queries
from .models import Person
from .pages import members_by_region


def asker_of(request: HttpRequest) -> Asker | None:
    """The person behind the session, in the organisation chosen there."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return None
    seats = queries.seats_of(person)
    actor = queries.actor_for(person, request.session.get("organisation"), seats)
    place = next((seat.organisation.acronym for seat in seats if seat.organisation_id == actor.home), "")
    return Asker(actor, place, person.working_name)


def network_block(request: HttpRequest) -> Block | None:
    """The poster and the members, for whoever is not signed in."""
    if getattr(request, "actor", None):
        return None
    return Block("network/_home.html", {"regions": members_by_region(queries.members())}, order=10)


who_asks.fill(asker_of)
menu.fill(MenuItem(_("The network"), "network:members", None, 40))
home_blocks.fill(network_block)


def addressee_of(person_id: int) -> Addressee | None:
    """Where letters to a person go."""
    person = queries.person_with_account(person_id)
    return Addressee(person.email, person.language) if person else None


addressees.fill(addressee_of)
