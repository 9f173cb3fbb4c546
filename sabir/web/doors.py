"""Every view has a door. A view without one is found by a test that walks the map of addresses."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from sabir.kernel.public import NotAllowed, NotHere

from .words import NEEDS_HTTPS, SIGNED_OUT

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anyone may come in. The page says nothing about anybody."""
    return _with_door(view, "public")


def signed_in(view: View) -> View:
    """Whoever has signed in, with or without a seat."""

    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if _actor(request) else _to_sign_in(request)

    return _with_door(through, "signed_in")


def seated(right: str) -> Callable[[View], View]:
    """Whoever holds this right in the organisation they act in; for all others there is nothing here."""

    def wrap(view: View) -> View:
        @wraps(view)
        def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = _actor(request)
            if actor is None:
                return _to_sign_in(request)
            if not actor.organisation_ids(right):
                raise NotHere("not_here")
            return view(request, *args, **kwargs)

        return _with_door(through, f"seated:{right}")

    return wrap


def device(view: View) -> View:
    """A phone with its token in the path: no cookie, no redirect; the view itself asks for the token."""
    return _with_door(csrf_exempt(view), "device")


def beside_sealing(view: View) -> View:
    """Pages that seal or open need https or this very machine; elsewhere they say why they cannot work."""

    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.is_secure() or _is_this_machine(request)):
            raise NotAllowed("web.needs_https", NEEDS_HTTPS)
        return view(request, *args, **kwargs)

    return _with_door(through, getattr(view, "door", ""))


def _with_door(view: View, kind: str) -> View:
    view.door = kind  # type: ignore[attr-defined]
    return view


def _actor(request: HttpRequest) -> Any:
    return getattr(request, "actor", None)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        raise NotAllowed("web.signed_out", SIGNED_OUT)
    came_for = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': came_for})}" if came_for else ""
    return HttpResponseRedirect(reverse(settings.LOGIN_URL) + query)


def _is_this_machine(request: HttpRequest) -> bool:
    host = request.get_host().rsplit(":", 1)[0]
    return host in {"localhost", "127.0.0.1", "[::1]"}
