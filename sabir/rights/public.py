"""What other rooms may use of the rights: the typologies and the names of countries and languages."""

from .models import Term
from .queries import (
    SCHEME_OF_FACT,
    country_name,
    fact_label,
    forget_terms,
    headings,
    label,
    labels,
    language_name,
    parent_of,
    region_of,
    term_counts,
    terms,
)
from .services import load

__all__ = [
    "SCHEME_OF_FACT",
    "Term",
    "country_name",
    "fact_label",
    "forget_terms",
    "headings",
    "label",
    "labels",
    "language_name",
    "load",
    "parent_of",
    "region_of",
    "term_counts",
    "terms",
]
