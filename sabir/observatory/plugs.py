"""What the observatory offers to the shell: its section, and its block on the home page."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor
from sabir.web.public import Block, MenuItem, home_blocks, menu

from . import queries


def figures_block(request: HttpRequest) -> Block | None:
    """The way to the figures, for those who may read them."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.organisation_ids(queries.READ):
        return None
    return Block("observatory/_home.html", {"extract": queries.last_extract(actor)}, order=70)


menu.fill(MenuItem(_("Figures"), "observatory:figures", queries.READ, 30))
home_blocks.fill(figures_block)
