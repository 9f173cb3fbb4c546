"""The verb that loads the typologies."""

from pathlib import Path

from django.db import transaction

from sabir.kernel.public import Actor
from sabir.law.public import Role, verb
from sabir.network.public import Organisation

from .models import Term
from .queries import forget_terms
from .tables import terms_in


@verb("rights.load", roles=(Role.OPERATOR,))
def load(actor: Actor, network: Organisation, /, *, folder: Path) -> Organisation:
    """Load every table of a folder (`data/typologies`): new codes are added, known ones brought up to date.

    A code never disappears, because old dossiers carry it. Loading twice changes nothing. Raises BadInput for an
    incomplete row; then nothing is loaded. `term_counts` reports what is there.
    """
    Term.objects.bulk_create(
        terms_in(folder),
        update_conflicts=True,
        unique_fields=["scheme", "code"],
        update_fields=["parent", "order", "labels", "source", "verified", "extra"],
    )
    forget_terms()
    transaction.on_commit(forget_terms)  # another thread may have read the old rows in the meantime
    return network
