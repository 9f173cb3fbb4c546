"""The front door, the home page, and the pages of things gone wrong."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from sabir.kernel.public import LANGUAGES, BadInput, NotHere, Refusal

from . import doors, sockets, words
from .answers import refused


@doors.public
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """To the home page in the language chosen before, French for a first visit."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    with translation.override(chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE):
        return HttpResponseRedirect(reverse("web:home"))


@doors.public
@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address by themselves."""
    return HttpResponseRedirect(static("web/icon.svg"))


@doors.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What each room has for this asker, in order."""
    blocks = [block for make in sockets.home_blocks if (block := make(request))]
    response = render(request, "web/home.html", {"blocks": sorted(blocks, key=lambda block: block.order)})
    language = re.match(r"/([a-z]{2})/", request.path)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language[1] if language else settings.LANGUAGE_CODE,
        max_age=31_536_000,
        samesite="Lax",
        secure=settings.TLS,
        httponly=True,
    )
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page at this address."""
    return refused(request, NotHere("not_here"))


def failed(request: HttpRequest) -> HttpResponse:
    """An error of ours, in words, without a detail."""
    return refused(request, _Failed("web.failed", words.FAILED))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one left open too long."""
    return refused(request, _Expired("web.expired", words.EXPIRED))


class _Failed(Refusal):
    status = 500


class _Expired(BadInput):
    status = 403
