"""How CLDR is asked: in the language of the page, with western digits in Arabic, as in the Maghreb."""

from django.utils.translation import get_language


def page_locale() -> str:
    """The CLDR locale of the page."""
    language = get_language() or "fr"
    return "ar_MA" if language == "ar" else language
