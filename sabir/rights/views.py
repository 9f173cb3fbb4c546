"""The public page of the typology of violations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabir.web.public import doors

from .pages import headings_of, translation_to_confirm


@doors.public
@require_safe
def violations(request: HttpRequest) -> HttpResponse:
    """What the network counts as a violation, with the source of each heading."""
    context = {"headings": headings_of("violations"), "to_confirm": translation_to_confirm("violations")}
    return render(request, "rights/violations.html", context)
