"""What dossiers put into the sockets below: the section, the home page, and the answer to an arriving report."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sabir.field.public import ReceivedReport, number_page, received
from sabir.kernel.public import Actor
from sabir.network.public import who_holds
from sabir.notices.public import Text, texts, write_letter
from sabir.web.public import Block, MenuItem, home_blocks, menu

from . import pages, queries, services


def open_on_arrival(actor: Actor, report: ReceivedReport) -> str:
    """A report that arrives opens a dossier; its number goes back to whoever sent it."""
    case = services.open_case(actor, report.organisation, report=report)
    if actor.kind == "device" and queries.first_of_the_day(case):
        # One mail a day and union: the desk learns that something waits, and a flood stays a flood of one.
        for person_id in who_holds(queries.READ, case.organisation_id):
            write_letter(person_id, "cases.arrived")
    return case.reference


def page_of(reference: str) -> str:
    """The address of the dossier with this number."""
    return reverse("cases:detail", args=[reference])


def home_block(request: HttpRequest) -> Block | None:
    """What waits in the asker's dossiers."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.organisation_ids(queries.READ):
        return None
    due = [pages.step_words(step) for step in queries.due_steps(actor)]
    return Block("cases/_home.html", {"due": due}, order=20)


received.fill(open_on_arrival)
number_page.fill(page_of)
menu.fill(MenuItem(_("Dossiers"), "cases:list", queries.READ, 10))
home_blocks.fill(home_block)
texts.fill(
    Text(
        "cases.arrived",
        _("Sabir: a report has arrived"),
        _("A report has arrived from a phone of your union. Sign in to see what comes next."),
    )
)
