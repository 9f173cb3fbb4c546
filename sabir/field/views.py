"""The web form: choosing a form, the page that draws and seals it, and where it sends what was sealed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sabir.kernel.public import Refusal
from sabir.network.public import organisation_of
from sabir.web.public import doors

from . import arrivals, queries
from .bodies import read_here
from .files import content_type_of
from .openrosa import XML, cached
from .pages import fill_policy, report_page, title_of
from .receiving import receive
from .sockets import number_page
from .stream import FromBrowser, Receiver


@doors.beside_sealing
@doors.seated("field.receive")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The forms that can be filled in; where there is one only, that one."""
    versions = queries.forms_to_fill(request.actor)  # type: ignore[attr-defined]
    if len(versions) == 1:
        return HttpResponseRedirect(reverse("field:fill", args=[versions[0].form.form_id]))
    choices = [(version.form.form_id, title_of(queries.plan_of(version))) for version in versions]
    return render(request, "field/choose.html", {"choices": choices})


@doors.beside_sealing
@doors.seated("field.receive")
@require_safe
def fill(request: HttpRequest, form_id: str) -> HttpResponse:
    """The page that draws a form. Only its policy lets the form engine, shut in a frame, make code of expressions."""
    version = queries.latest_version(request.actor, form_id)  # type: ignore[attr-defined]
    organisation = organisation_of(request.actor)  # type: ignore[attr-defined]
    context = {"title": title_of(queries.plan_of(version)), "page": report_page(request, organisation, version)}
    response = render(request, "field/fill.html", context)
    response._csp_update = fill_policy()  # type: ignore[attr-defined]
    return response


@doors.seated("field.read")
@require_safe
def form_xml(request: HttpRequest, md5: str) -> HttpResponse:
    """The exact bytes of a published form."""
    version = queries.version_by_digest(request.actor, md5)  # type: ignore[attr-defined]
    return cached(request, lambda: bytes(version.content), XML, version.md5)


@doors.seated("field.read")
@require_safe
def definition(request: HttpRequest, md5: str) -> HttpResponse:
    """The plan of a published form: its columns and their classes, by which the browser sorts the answers."""
    version = queries.version_by_digest(request.actor, md5)  # type: ignore[attr-defined]
    plan = queries.plan_of(version)
    return JsonResponse({**plan.as_json(), "title": {get_language(): title_of(plan)}})


@doors.seated("field.read")
@require_safe
def media(request: HttpRequest, md5: str, name: str) -> HttpResponse:
    """A picture, sound or list of a published form."""
    version = queries.version_by_digest(request.actor, md5)  # type: ignore[attr-defined]
    found = queries.media_named(version, name)
    return cached(request, lambda: bytes(found.content), content_type_of(name), found.md5)


@doors.beside_sealing
@doors.seated("field.receive")
@require_http_methods(["HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """A sealed report, read by the front or, without it, here. Answers in JSON, because a script asks."""
    try:
        return _sent(request)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "text": refusal.text}, status=refusal.status)


def _sent(request: HttpRequest) -> HttpResponse:
    if request.method == "HEAD":
        if (preflight := request.META.get("sabir.preflight")) is not None:
            preflight["receiver"] = _receiver(request)
        return HttpResponse(status=204)
    actor = request.actor  # type: ignore[attr-defined]
    received = request.META.get("sabir.received") or read_here(request, _receiver(request))
    outcome = receive(actor, organisation_of(actor), received, arrivals.from_browser)
    if not outcome.kept:
        return JsonResponse({"kept": False, "text": _("Nothing was written down. The help goes on.")}, status=201)
    address = next((page(outcome.number) for page in number_page if outcome.number), "")
    told = {"kept": True, "number": outcome.number, "url": address}
    return JsonResponse(told, status=201 if outcome.new else 202)


def _receiver(request: HttpRequest) -> Receiver:
    return Receiver(request.META.get("CONTENT_TYPE", ""), FromBrowser(folder=settings.SEALED_FOLDER))
