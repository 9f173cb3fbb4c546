"""Why a change is refused."""

from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotNow, Refusal
from sabir.network.public import Organisation


def not_the_network(actor: Actor, organisation: Organisation) -> Refusal | None:
    """Extracts are the network's; a union's own figures are another matter."""
    if organisation.kind != Organisation.Kind.NETWORK:
        return NotNow("observatory.not_the_network", _("Only the network freezes an extract of everyone's reports."))
    return None
