"""How CLDR is asked: in the language of the page. Babel writes western digits in Arabic too, as in the Maghreb."""

from django.utils.translation import get_language


def page_locale() -> str:
    """The CLDR locale of the page."""
    return get_language() or "fr"
