"""What the field puts into the sockets below: the way to a new report, and its repeated work."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sabir.web.public import Block, MenuItem, home_blocks, menu

from . import tasks  # noqa: F401 - declares the room's jobs


def report_door(request: HttpRequest) -> Block | None:
    """The one big action of a desk: a new report."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.organisation_ids("field.receive"):
        return None
    return Block("field/_home.html", {}, order=5)


menu.fill(MenuItem(_("New report"), "field:new", "field.receive", 5))
home_blocks.fill(report_door)
