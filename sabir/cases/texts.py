"""The words that the vault's script shows on a dossier's page."""

from django.utils.translation import gettext as _


def vault_texts() -> dict[str, str]:
    """Key -> words in the language of the page; keys as the script names them."""
    return {"open": _("Open with the union's key")}
