"""The words that the web form's script shows, in the language of the page. The keys are those of frontend/texts.json."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS: Mapping[str, str | Promise] = {
    "loading": _("The form is being prepared."),
    "form_failed": _(
        "This form could not be opened. Load the page again. If it happens again, tell your coordinator which form it is."
    ),
    "insecure": _(
        "This page can only seal a report over https or on the computer itself. Ask your coordinator for the right address."
    ),
    "form_language": _("Language of the questions"),
    "sealed_first": _(
        "Everything you write is sealed in this browser before it is sent. Key of the union: {fingerprint}"
    ),
    "required": _("needed"),
    "choose": _("Choose"),
    "search_list": _("Search in this list"),
    "clear": _("Take my answer back"),
    "several": _("More than one answer is possible."),
    "add": _("Add one more"),
    "add_named": _("Add one more: {name}"),
    "remove": _("Remove"),
    "remove_named": _("Remove: {name}"),
    "instance": _("{name} {number}"),
    "move_up": _("Move up: {name}"),
    "move_down": _("Move down: {name}"),
    "rank_keep": _("Keep this order"),
    "use_place": _("Use where I am now"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "place_failed": _("The device did not say where it is. Type the place, or leave this empty."),
    "listen": _("Listen: {name}"),
    "preview": _("Preview"),
    "remove_file": _("Remove this file"),
    "cannot_draw": _("This question cannot be answered here. Use the application on a phone."),
    "month_hint": _("Year and month, for example 2026-03"),
    "not_whole": _("Write a whole number, in digits."),
    "not_number": _("Write a number, in digits."),
    "not_month": _("Write the year and the month, for example 2026-03."),
    "not_year": _("Write the year in four digits."),
    "not_place": _("Write two numbers: latitude from -90 to 90, longitude from -180 to 180."),
    "missing": _("Please answer this question."),
    "not_accepted": _("This answer does not fit. Please check it."),
    "problems": _("Before sending, look at these questions:"),
    "send": _("Seal and send"),
    "send_again": _("Send again"),
    "sealing": _("The report is being sealed."),
    "sending": _("The sealed report is being sent: {percent}"),
    "sent_title": _("The report is kept, sealed"),
    "sent_number": _("Number of the dossier"),
    "sent_give": _("Give this number to the person. It says nothing about her."),
    "open_dossier": _("Open the dossier"),
    "another": _("Write another report"),
    "nothing_title": _("Nothing was kept"),
    "nothing_kept": _("Nothing of what was said was written down. The help does not change: go on with her."),
    "not_sent": _("The report was not sent. Everything is still on this page."),
    "offline": _("There is no connection. Leave this page open and send again when there is one."),
    "signed_out": _("You are signed out. Sign in again in another tab, come back to this one, and send again."),
    "conflict": _(
        "This report has already arrived, with other answers. Look in the list of dossiers before you send it again."
    ),
    "too_large": _(
        "The photos, recordings or files are too heavy together. Remove one or choose a smaller one, then send again."
    ),
    "server_failed": _("The server could not keep the report. Wait a minute, then send again."),
    "refused": _("The server did not accept the report. Send again; if it happens again, tell your coordinator."),
}


def report_texts() -> dict[str, str]:
    """Key -> sentence; places for values stand in braces."""
    return {key: str(text) for key, text in TEXTS.items()}


# An XLSForm has one title for all its languages; the standard forms have theirs here in six.
STANDARD_TITLES: Mapping[str, str | Promise] = {"sabir_intake": _("Report of what happened")}
