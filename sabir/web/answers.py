"""Answers that are no page of their own: refusals, and files to keep."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sabir.kernel.public import Refusal


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, not a person."""
    return request.headers.get("Accept", "").startswith("application/json")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in words, as JSON for a script and as a page for a person."""
    if wants_json(request):
        return JsonResponse({"code": refusal.code, "text": refusal.text}, status=refusal.status)
    return render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)
