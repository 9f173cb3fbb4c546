"""Reading the typologies. They are public: nobody needs to be named to read them."""

from collections.abc import Mapping
from functools import cache
from time import monotonic

from babel import Locale
from django.db.models import Count
from django.utils.translation import get_language

from sabir.kernel.public import text_in

from .models import Term

# The facts of the standard form and the scheme that explains each. Countries and languages are named by CLDR.
SCHEME_OF_FACT = {
    "consent_record": "yes_no",
    "consent_count": "yes_no",
    "age_band": "age_band",
    "sex": "sex",
    "work_region": "regions",
    "sector": "sectors_isic4",
    "recruited_how": "recruited_how",
    "interpreter_role": "interpreter_role",
    "alone": "alone",
    "violation_headings": "violations",
    "violations": "violations",
    "amount_band": "amount_band",
    "needs": "assistance",
    "next_step": "next_step",
}
COUNTRY_FACTS = frozenset({"nationality", "work_country"})
LANGUAGE_FACTS = frozenset({"interview_language"})

# A load in another process (the command line) is seen after this many seconds at the latest.
FRESH_FOR = 60

_kept: dict[str, tuple[float, tuple[Term, ...]]] = {}


def terms(scheme: str) -> tuple[Term, ...]:
    """The terms of a scheme in the order of its table; empty where nothing was loaded."""
    kept = _kept.get(scheme)
    if kept and monotonic() - kept[0] < FRESH_FOR:
        return kept[1]
    found = tuple(Term.objects.filter(scheme=scheme))
    if found:
        _kept[scheme] = (monotonic(), found)
    return found


def forget_terms() -> None:
    """Read every scheme anew at its next use."""
    _kept.clear()


def labels(scheme: str) -> dict[str, Mapping[str, str]]:
    """Code -> language -> label, in the order of the table."""
    return {term.code: term.labels for term in terms(scheme)}


def label(scheme: str, code: str, language: str | None = None) -> str:
    """The label of a code in a language (by default that of the page); the code itself where it is unknown."""
    return text_in(labels(scheme).get(code, {}), language or _page_language()) or code


def parent_of(scheme: str, code: str) -> str:
    """The heading a code stands under; the code itself where it is a heading or unknown."""
    return next((term.parent for term in terms(scheme) if term.code == code and term.parent), code)


def headings(scheme: str) -> tuple[Term, ...]:
    """The terms of a scheme that stand under no other."""
    return tuple(term for term in terms(scheme) if not term.parent)


def fact_label(fact: str, code: str, language: str | None = None) -> str:
    """How a code of a fact reads in a language: by its typology, or by CLDR for countries and languages."""
    if fact in COUNTRY_FACTS:
        return country_name(code, language)
    if fact in LANGUAGE_FACTS:
        return language_name(code, language)
    return label(SCHEME_OF_FACT.get(fact, fact), code, language)


def country_name(country: str, language: str | None = None) -> str:
    """The name of a country (ISO 3166-1, two letters) by CLDR; XX and ZZ are the form's own answers."""
    own = labels("other_answers").get(country)
    if own:
        return text_in(own, language or _page_language())
    return str(_locale(language or _page_language()).territories.get(country, country))


def language_name(spoken: str, language: str | None = None) -> str:
    """The name of a language (ISO 639) by CLDR; `other` is the form's own answer."""
    own = labels("other_answers").get(spoken)
    if own:
        return text_in(own, language or _page_language())
    return str(_locale(language or _page_language()).languages.get(spoken, spoken))


def region_of(country: str) -> str:
    """The network's region (a code of the scheme `regions`) a country of work lies in."""
    found = (term.code for term in terms("regions") if country in term.extra.get("countries", "").split())
    return next(found, "elsewhere")


def term_counts() -> dict[str, int]:
    """Scheme -> how many terms it holds, for the report of a load."""
    return dict(Term.objects.order_by("scheme").values_list("scheme").annotate(Count("id")))


def _page_language() -> str:
    return get_language() or "fr"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
