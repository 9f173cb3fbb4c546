"""The page of figures, its table as a file, and the coordination's button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabir.kernel.public import Actor, NotHere
from sabir.network.public import the_network
from sabir.web.public import doors

from . import queries, services
from .csv_file import csv_bytes
from .pages import FigurePage, figure_page
from .tables import TABLES, VIOLATIONS_BY_REGION, DeclaredTable


@doors.seated(queries.READ)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The table of the last frozen extract, drawn and in numbers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may_freeze = bool(actor.organisation_ids("observatory.freeze"))
    page = _page(actor, VIOLATIONS_BY_REGION)
    return render(request, "observatory/figures.html", {"page": page, "may_freeze": may_freeze})


@doors.seated(queries.READ)
@require_safe
def table_as_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One declared table of the last extract, labels in the language of the page."""
    page = _page(request.actor, TABLES[table]) if table in TABLES else None  # type: ignore[attr-defined]
    if page is None:
        raise NotHere("observatory.no_such_table")
    response = HttpResponse(csv_bytes(page), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table}-{page.number}.csv"'
    return response


@doors.seated("observatory.freeze")
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the next extract and show it."""
    services.freeze(request.actor, the_network())  # type: ignore[attr-defined]
    messages.success(request, _("Done. The figures below are those of today."))
    return HttpResponseRedirect(reverse("observatory:figures"))


def _page(actor: Actor, declared: DeclaredTable) -> FigurePage | None:
    extract = queries.last_extract(actor)
    return figure_page(extract, declared, queries.table(actor, extract, declared)) if extract else None
