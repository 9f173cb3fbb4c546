"""What the page of the web form is told, and the policy under which it runs."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from sabir.kernel.public import text_in
from sabir.network.public import Organisation
from sabir.vault.public import current_key

from . import arrivals, queries
from .models import FormVersion
from .texts import STANDARD_TITLES, report_texts
from .xform import Plan

FRAME = "built/engine-frame.html"
FRAME_HASH = "built/engine-frame.json"


def report_page(request: HttpRequest, organisation: Organisation, version: FormVersion) -> dict[str, Any]:
    """The JSON that the page's script reads. Raises NotNow while the union has no key to seal to."""
    key = current_key(organisation.pk)
    return {
        "form_url": reverse("field:form_xml", args=[version.md5]),
        "definition_url": reverse("field:definition", args=[version.md5]),
        "media": {
            file.name: reverse("field:media", args=[version.md5, file.name]) for file in queries.media_of(version)
        },
        "send_url": reverse("field:send"),
        "frame_url": static(FRAME),
        "csrf": get_token(request),
        "language": get_language() or "fr",
        "union": organisation.uid.hex,
        "union_key": {"recipient": key.recipient, "epoch": key.epoch, "fingerprint": key.fingerprint},
        "receiving_key": arrivals.receiving_recipient(),
        "texts": report_texts(),
    }


def fill_policy() -> dict[str, list[str]]:
    """What this one page may do beyond the rest: run the engine's script in its frame, and show what was recorded."""
    return {
        "script-src": ["'unsafe-eval'", "'wasm-unsafe-eval'", *_frame_hash()],
        "frame-src": ["'self'"],
        "img-src": ["blob:"],
        "media-src": ["blob:"],
    }


@lru_cache(maxsize=1)
def _frame_hash() -> list[str]:
    found = finders.find(FRAME_HASH)
    if not isinstance(found, str):
        return []  # the front end is not built; the page then says that the form could not be opened
    return [f"'{json.loads(Path(found).read_text())['sha256']}'"]


def title_of(plan: Plan) -> str:
    """The form's title in the language of the page."""
    standard = STANDARD_TITLES.get(plan.form_id)
    return str(standard) if standard else text_in(plan.title, get_language())
