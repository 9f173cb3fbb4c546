"""The OpenRosa protocol's envelopes, headers and caching (docs.getodk.org/openrosa), as phones in use read them."""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _

from sabir.kernel.public import Refusal

log = logging.getLogger("sabir.field")

# Phones split what is larger into several sendings, so each photo travels in one that can be tried again.
ANNOUNCED = 2_000_000
XML = "text/xml; charset=utf-8"
View = Callable[..., HttpResponse]


def openrosa(*methods: str) -> Callable[[View], View]:
    """A view for phones: every answer, errors too, carries the protocol's headers, and its words the phone's language."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = translation.get_language_from_request(request)
            with translation.override(language):
                response = _answer(view, methods, request, *args, **kwargs)
            response["X-OpenRosa-Version"] = "1.0"
            response["X-OpenRosa-Accept-Content-Length"] = str(ANNOUNCED)
            response["Date"] = http_date()
            response["Content-Language"] = language
            return response

        return answered

    return wrap


def _answer(view: View, methods: tuple[str, ...], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        if request.method not in methods:
            return envelope(_("This address does not do that."), 405, Allow=", ".join(methods))
        return view(request, *args, **kwargs)
    except Refusal as refusal:
        return envelope(refusal.text, refusal.status)
    except Exception:
        # Django's own page would lack the headers without which a phone shows no words at all.
        log.exception("A request of a device failed")
        return envelope(_("The server could not do this. The report stays on the phone; send it again later."), 500)


def envelope(message: str, status: int, nature: str = "", **headers: str) -> HttpResponse:
    """The message a phone shows after sending, whether it worked or not."""
    kind = f' nature="{escape(nature)}"' if nature else ""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">'
        f"<message{kind}>{escape(message)}</message></OpenRosaResponse>"
    )
    return HttpResponse(body, status=status, content_type=XML, headers=headers)


def listing(request: HttpRequest, root: str, name: str, rows: Iterable[Mapping[str, str]]) -> HttpResponse:
    """A form list (`xformsList` of `xform`) or a manifest (`xformsManifest` of `mediaFile`): one element a row."""
    namespace = f"http://openrosa.org/xforms/{root}"
    tag = "xforms" if root == "xformsList" else "manifest"
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="{namespace}">']
    for row in rows:
        inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in row.items())
        lines.append(f"<{name}>{inner}</{name}>")
    content = "\n".join([*lines, f"</{tag}>\n"]).encode()
    return cached(request, lambda: content, XML, sha256(content).hexdigest())


def cached(request: HttpRequest, content: Callable[[], bytes], content_type: str, tag: str) -> HttpResponse:
    """The content, or 304 where the client has what carries this tag. Proxies weaken tags, so both forms are taken."""
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if _has(request, tag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content(), content_type=content_type, headers=headers)


def _has(request: HttpRequest, etag: str) -> bool:
    held = [tag.strip().removeprefix("W/").strip('"') for tag in request.headers.get("If-None-Match", "").split(",")]
    # A compressing server in between may have added its own mark.
    return "*" in held or etag in [tag.removesuffix("-gzip").removesuffix(";gzip") for tag in held]
