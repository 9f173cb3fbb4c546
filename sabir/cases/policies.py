"""Reasons to refuse."""

from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Actor, NotNow

from .models import Case


def closed(actor: Actor, case: Case) -> NotNow | None:
    """Nothing is planned or done in a closed dossier."""
    if case.state == Case.State.CLOSED:
        return NotNow("cases.closed", _("This dossier is closed already."))
    return None
