"""Terms as a page shows them: in one language, grouped under their headings."""

from dataclasses import dataclass

from django.utils.translation import get_language

from . import queries
from .models import Term


@dataclass(frozen=True, slots=True)
class Line:
    """One term in the language of the page. What is not `counted` is sealed in every report."""

    code: str
    label: str
    instruments: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, the terms under it, its source and how far it is verified."""

    line: Line
    lines: tuple[Line, ...]
    source: str
    verified: str


def headings_of(scheme: str) -> list[Heading]:
    """The whole scheme for a page in the active language."""
    below: dict[str, list[Line]] = {}
    for term in queries.terms(scheme):
        below.setdefault(term.parent, []).append(_line(term))
    return [_heading(term, below.get(term.code, [])) for term in queries.headings(scheme)]


def translation_to_confirm(scheme: str) -> bool:
    """Whether some label of this scheme, in the active language, is a translation that nobody has confirmed."""
    language = get_language() or "fr"
    return any(language in term.extra.get("labels_to_confirm", "").split() for term in queries.terms(scheme))


def _heading(term: Term, lines: list[Line]) -> Heading:
    return Heading(_line(term), tuple(lines), term.source, term.verified)


def _line(term: Term) -> Line:
    return Line(
        term.code,
        queries.label(term.scheme, term.code),
        term.extra.get("instruments", "").replace(";", " · "),
        term.extra.get("asked_as", "fact") == "fact",
    )
