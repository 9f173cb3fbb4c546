"""Which facts of a report become columns of its dossier, and which figure it leaves."""

from collections.abc import Mapping

Facts = Mapping[str, str]

COLUMNS = (
    "age_band",
    "sex",
    "nationality",
    "work_region",
    "work_country",
    "sector",
    "recruited_how",
    "since_month",
    "amount_band",
    "interview_language",
    "interpreter_role",
    "alone",
)
COUNTED = ("age_band", "sex", "work_region", "work_country", "sector")


def by_name(facts: Facts) -> dict[str, str]:
    """Facts under the last word of their path, those inside repeats left out: a dossier has one of each."""
    return {path.rsplit("/", 1)[-1]: value for path, value in facts.items() if "[" not in path}


def columns_from(facts: Facts) -> dict[str, str]:
    """The dossier's columns, empty where the form has no such question."""
    named = by_name(facts)
    return {column: named.get(column, "") for column in COLUMNS}


def codes_of(facts: Facts, name: str) -> list[str]:
    """The codes of a question with several answers, each once, in order."""
    return list(dict.fromkeys(by_name(facts).get(name, "").split()))


def violations_of(facts: Facts) -> list[str]:
    """Headings and items of what happened. A heading without an item counts too: nobody has to be more exact."""
    return list(dict.fromkeys([*codes_of(facts, "violation_headings"), *codes_of(facts, "violations")]))
