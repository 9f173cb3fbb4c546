"""The holder's own wraps, and the half of the opened key that lives in the session."""

import hmac
import secrets
from base64 import b64encode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from sabir.web.public import doors

from . import queries

HALF = "vault_half"


@doors.beside_sealing
@doors.seated("vault.open")
@require_safe
def wraps(request: HttpRequest) -> HttpResponse:
    """The asker's wraps, newest key first; each opens only with the holder's passphrase."""
    told = [
        {
            "id": wrap.pk,
            "age": b64encode(bytes(wrap.sealed)).decode(),
            "recipient": wrap.key.recipient,
            "epoch": wrap.key.epoch,
        }
        for wrap in queries.wraps_of(request.actor)  # type: ignore[attr-defined]
    ]
    return JsonResponse({"wraps": told})


@doors.beside_sealing
@doors.seated("vault.open")
@require_POST
def half(request: HttpRequest) -> HttpResponse:
    """The session's half: with it the browser reads what it kept in its tab, and without it nobody does.

    It is worked out from the key in the cookie, which the database does not know, and from a number that the session
    forgets when the union's key is closed: a copy of the server holds no half.
    """
    drawn = request.session.setdefault(HALF, secrets.token_hex(16))
    cookie = str(request.session.session_key)
    worked_out = hmac.digest(cookie.encode(), b"sabir vault half 1" + drawn.encode(), "sha256")
    return JsonResponse({"half": b64encode(worked_out).decode()})


@doors.seated("vault.open")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Destroy the session's half: what the tab kept cannot be read again."""
    request.session.pop(HALF, None)
    return HttpResponse(status=204)
