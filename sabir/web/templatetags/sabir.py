"""Small words of the templates, known in every template without loading."""

from datetime import date

from babel.dates import format_date
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sabir.web.cldr import page_locale

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign from the sprite, silent for screen readers: words stand beside it."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>', static("web/icons.svg"), name
    )


@register.filter
def day(value: date | None) -> str:
    """A day in words, by CLDR, in the language of the page, with western digits."""
    words = format_date(value, "long", locale=page_locale()) if value else ""
    # CLDR writes "1 décembre"; French says "1er décembre".
    return words.replace("1 ", "1er ", 1) if words.startswith("1 ") and page_locale() == "fr" else words


@register.filter
def month_words(value: str) -> str:
    """`2026-11` as a month in words."""
    if len(value) != 7:
        return value
    return format_date(date(int(value[:4]), int(value[5:]), 1), "LLLL y", locale=page_locale())
