"""Refusals the front itself gives, in the reader's language and in the form her program reads."""

import json
from xml.sax.saxutils import escape

from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sabir.field.public import ANNOUNCED
from sabir.kernel.public import Refusal, TooBusy

from .front_wsgi import Answer, Headers, Scope, environ_of

OPENROSA: Headers = [
    (b"x-openrosa-version", b"1.0"),
    (b"x-openrosa-accept-content-length", str(ANNOUNCED).encode()),
]
_ENVELOPE = (
    '<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">'
    '<message nature="error">%s</message></OpenRosaResponse>'
)
_PAGE = (
    '<!doctype html><html lang="%s" dir="%s"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><p>%s</p></html>'
)


class Failed(Refusal):
    """Something broke; what it was is in the log, without anybody's words."""

    status = 500
    words = _("The server could not do this, and nothing was kept. Try again later.")


def in_words(scope: Scope, refusal: Refusal) -> Answer:
    """The refusal as an OpenRosa message for phones, as JSON for our pages' scripts, as a bare page for a person."""
    request = WSGIRequest(environ_of(scope))
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        answer = _written(request, refusal, language)
    answer.headers += [(b"cache-control", b"no-store"), (b"content-language", language.encode())]
    if isinstance(refusal, TooBusy):
        answer.headers.append((b"retry-after", b"5"))
    return answer


class Elsewhere(Refusal):
    """Asked under a host that is none of ours: Django answers that before any view, with a page no phone can read."""

    status = 400
    words = _("This device may not send or fetch anything here. Ask for a new QR code.")


def for_phones(scope: Scope, answer: Answer) -> Answer:
    """The answer; in the form phones read where something in front of their views gave it."""
    if not scope["path"].startswith("/k/") or any(name == b"x-openrosa-version" for name, _value in answer.headers):
        return answer
    return in_words(scope, Elsewhere("front.elsewhere") if answer.status == 400 else Failed("front.failed"))


def _written(request: WSGIRequest, refusal: Refusal, language: str) -> Answer:
    if request.path_info.startswith("/k/"):
        words = _ENVELOPE % escape(refusal.text)
        return Answer(refusal.status, [(b"content-type", b"text/xml; charset=utf-8"), *OPENROSA], words.encode())
    if request.headers.get("Accept", "").startswith("application/json"):
        told = json.dumps({"code": refusal.code, "text": refusal.text}).encode()
        return Answer(refusal.status, [(b"content-type", b"application/json")], told)
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    page = _PAGE % (language, direction, escape(refusal.text))
    return Answer(refusal.status, [(b"content-type", b"text/html; charset=utf-8")], page.encode())
