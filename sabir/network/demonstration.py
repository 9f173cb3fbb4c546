"""The invented accounts that the sign-in page of a demonstration shows."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ROLES = {
    "Focal point": _("Focal point"),
    "Coordination": _("Coordination"),
    "Secretariat": _("Secretariat"),
    "Desk staff": _("Desk staff"),
}


def accounts() -> list[dict[str, Any]]:
    """The main demonstration accounts; none outside a demonstration."""
    if not settings.DEMONSTRATION:
        return []
    told = _told(settings.HOME.root / "demonstration.json")
    return [{**account, "role": ROLES.get(account["role_name"], "")} for account in told if account.get("main")]


@cache
def _told(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["accounts"]) if path.exists() else []
