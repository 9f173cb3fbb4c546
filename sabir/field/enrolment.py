"""How a phone gets its access: a drawn token, an address, and the settings that its camera reads."""

import base64
import json
import secrets
import zlib

from sabir.kernel.public import Actor
from sabir.network.public import Organisation

from . import services
from .models import Device

TOKEN_BYTES = 20


def add_device(actor: Actor, organisation: Organisation, *, label: str, days: int) -> tuple[Device, str]:
    """A new device and its token, which is shown this once and kept nowhere. Its server address ends in `/k/<token>`."""
    # Small letters and digits only, because some clients lower the case of addresses.
    token = base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()
    device = services.add_device(actor, organisation, label=label, token=token, days=days)
    return device, token


def collect_settings(server_url: str, project: str, language: str = "fr") -> str:
    """What ODK Collect reads from a QR code: base64 of the compressed JSON of its settings."""
    told = {
        "general": {
            "server_url": server_url,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_24_hours",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
            "hide_old_form_versions": True,
            "image_size": "small",
            "analytics": False,
            "app_language": language,
        },
        "admin": {"change_server": False, "qr_code_scanner": False},
        "project": {"name": project, "icon": project[:1].upper()},
    }
    return base64.b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode())).decode()
