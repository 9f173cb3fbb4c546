"""Codes turned into the words of a page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import text_in
from sabir.rights.public import Term, country_name, label, language_name

from .codes import OUTCOMES, STEPS
from .models import Case, Step

SCHEMES = {
    "age_band": "age_band",
    "sex": "sex",
    "work_region": "regions",
    "sector": "sectors_isic4",
    "recruited_how": "recruited_how",
    "amount_band": "amount_band",
    "interpreter_role": "interpreter_role",
    "alone": "alone",
}
TITLES = {
    "age_band": _("Age"),
    "sex": _("Gender"),
    "nationality": _("Nationality"),
    "work_region": _("Region of work"),
    "work_country": _("Country of work"),
    "sector": _("Sector"),
    "recruited_how": _("How recruited"),
    "since_month": _("Since"),
    "amount_band": _("Amount owed"),
    "interview_language": _("Language of the talk"),
    "interpreter_role": _("Interpreter"),
    "alone": _("Alone during the talk"),
}


def fact_rows(case: Case) -> list[dict[str, Any]]:
    """Title and words of each fact that was answered."""
    return [
        {"title": title, "words": _words(column, value), "month": column == "since_month"}
        for column, title in TITLES.items()
        if (value := getattr(case, column))
    ]


def violation_words(codes: Iterable[str]) -> list[str]:
    """The labels of violations, headings left out where one of their items is named."""
    named = list(codes)
    shown = [code for code in named if "." in code or not any(other.startswith(f"{code}.") for other in named)]
    return [label("violations", code, get_language()) for code in shown]


def choices_of(found: Iterable[Term]) -> list[tuple[str, str]]:
    """Code and words of these terms, in the language of the page."""
    return [(term.code, text_in(term.labels, get_language())) for term in found]


def need_words(codes: Iterable[str]) -> list[str]:
    """The labels of the help asked for."""
    return [label("assistance", code, get_language()) for code in codes]


def step_choices() -> list[tuple[str, str]]:
    """What can be planned next, code and words."""
    return [(code, label("next_step", code, get_language())) for code in STEPS]


def outcome_choices() -> list[tuple[str, str]]:
    """How a dossier can end, code and words."""
    return [(code, str(words)) for code, words in OUTCOMES.items()]


def step_words(step: Step) -> dict[str, Any]:
    """A step as the page shows it; `late` from the day after its day."""
    late = step.done_on is None and step.due is not None and step.due < date.today()
    return {"step": step, "words": label("next_step", step.code, get_language()), "late": late}


def list_rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """A dossier a row: number, what happened in a few words, where, what waits."""
    rows = []
    for case in cases:
        waiting = next(iter(case.waiting), None)  # type: ignore[attr-defined]
        rows.append(
            {
                "case": case,
                "violations": violation_words(one.code for one in case.violations.all())[:3],
                "country": country_name(case.work_country, get_language()) if case.work_country else "",
                "sector": label("sectors_isic4", case.sector, get_language()) if case.sector else "",
                "next": step_words(waiting) if waiting else None,
            }
        )
    return rows


def _words(column: str, value: str) -> str:
    language = get_language()
    if column in {"nationality", "work_country"}:
        return country_name(value, language)
    if column == "interview_language":
        return language_name(value, language)
    return label(SCHEMES[column], value, language) if column in SCHEMES else value
