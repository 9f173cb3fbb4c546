"""What every page needs: its place in the shell."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_bidi

from sabir.kernel.public import LANGUAGES

from .sockets import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """Language, direction, navigation and who is signed in."""
    return {
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": _languages(request),
        "sections": _sections(request),
        "asker": getattr(request, "asker", None),
        "demonstration": settings.DEMONSTRATION,
    }


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    now = get_language()
    path = request.get_full_path()
    return [
        {
            "code": code,
            "name": name,
            "short": "ع" if code == "ar" else code.upper(),
            "url": translate_url(path, code),
            "now": code == now,
        }
        for code, name in LANGUAGES.items()
    ]


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", None)
    shown = [item for item in menu if item.right is None or (actor and actor.organisation_ids(item.right))]
    return [
        {"label": item.label, "url": (url := reverse(item.url_name)), "now": request.path.startswith(url)}
        for item in sorted(shown, key=lambda item: item.order)
    ]
