"""The six languages of the network, and a text that exists in several."""

from collections.abc import Mapping

LANGUAGES = {
    "fr": "Français",
    "en": "English",
    "ar": "العربية",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
}


def text_in(texts: Mapping[str, str], language: str | None) -> str:
    """The text in this language; where it is missing French, then English, then any."""
    for wanted in (language or "fr", "fr", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next((text for text in texts.values() if text), "")
