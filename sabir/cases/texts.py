"""The words that the vault's script shows on a dossier's page. The keys are those of frontend/texts.json."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: dict[str, str | Promise] = {
    "sealed_title": _("Sealed with the union's key"),
    "part_identity": _("Name, phone, papers"),
    "part_narrative": _("What happened"),
    "part_detail": _("Details"),
    "part_files": _("Photos, voice, papers"),
    "part_other": _("Other answers"),
    "sealed": _("sealed"),
    "open": _("Open with the union's key"),
    "opening": _("Opening. This can take a few seconds."),
    "passphrase": _("Your passphrase"),
    "passphrase_hint": _("The seven words, or the 24 digits, that you were given as a keeper of the key."),
    "show_passphrase": _("Show what I type"),
    "unlock": _("Open with this passphrase"),
    "unlocked": _("The union's key is open in this browser. It closes by itself after 15 minutes without use."),
    "locked": _("The union's key is closed."),
    "open_now": _("Open in this browser only"),
    "close": _("Close again"),
    "nothing_here": _("Nothing was written here."),
    "show_file": _("Show or play"),
    "save_file": _("Save"),
    "file": _("File"),
    "file_unknown": _("This file cannot be shown here. Save it only on a device that nobody else uses."),
    "yes": _("Yes"),
    "no": _("No"),
    "wrong_passphrase": _("This passphrase does not open the union's key. Check each word and try again."),
    "wrap_too_costly": _(
        "This key asks for more work than Sabir ever does. Someone may have replaced it. Do not try "
        "again; tell your coordinator."
    ),
    "wrap_unreadable": _("The key that the server sent cannot be read. Tell your coordinator."),
    "other_recipient": _(
        "The key that opened is not the one your union published. Do not use it; tell your coordinator."
    ),
    "no_wraps": _("No passphrase of yours opens this union's key. Ask a keeper of the key in your union."),
    "other_key": _("This was sealed with another key. The union's present key does not open it."),
    "misplaced": _("What the server sent belongs to another report. It is not shown. Tell your coordinator."),
    "damaged": _("What the server sent is damaged. It is not shown. Try again, then tell your coordinator."),
    "signed_out": _("You are signed out. Sign in again, then open the dossier."),
    "forbidden": _(
        "This account may not open it, or its session is over. Sign in as a keeper of this union's key, then try again."
    ),
    "not_here": _("There is nothing to open at this address."),
    "offline": _("There is no connection. Try again when there is one."),
    "failed": _("This did not work. Try again in a moment."),
}


def vault_texts() -> dict[str, str]:
    """Key -> words in the language of the page."""
    return {key: str(text) for key, text in TEXTS.items()}
