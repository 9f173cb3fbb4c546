"""How many dossiers a neighbour could single out among two hundred, from clear columns; and that figures lead nowhere.

The numbers are printed to be read, edition after edition; they are no threshold.
"""

import json
from collections import Counter
from hashlib import sha256

import pytest

from .conftest import EACH_WAY
from .copying import rows

pytestmark = pytest.mark.server

NEIGHBOUR = ("nationality", "sex", "age_band", "work_country", "sector", "since_month")
# What ties a figure to nothing: its own random id, the union's opaque key, and codes.
COLUMNS_OF_A_FIGURE = {"id", "contributor", "quarter", "work_region", "work_country", "sector", "sex", "age_band"}
COLUMNS_OF_ITS_HEADINGS = {"id", "fact_id", "heading"}
COUNTED = ("work_region", "work_country", "sector", "sex", "age_band")


@pytest.fixture(scope="module")
def dossiers(attacked) -> list[dict[str, object]]:
    """The clear columns of the two hundred dossiers, in the order in which they were opened."""
    ids = {
        sha256(b"sabir_intake\0" + made.instance.encode()).hexdigest(): made
        for made in attacked.by_phone + attacked.by_browser
    }
    found = table(
        attacked.server, "cases_case c JOIN field_submission s ON s.id = c.submission_id", "c.*, s.digest, s.facts"
    )
    mine = sorted((one for one in found if one["digest"] in ids), key=lambda one: one["id"])
    for one in mine:
        facts = one["facts"] if isinstance(one["facts"], dict) else json.loads(one["facts"])
        one["facts"] = json.dumps(facts, sort_keys=True)
        for kind in "violation", "need":
            codes = rows(
                attacked.server, f"SELECT code FROM cases_case{kind} WHERE case_id = {one['id']} ORDER BY code"
            )
            one[kind] = " ".join(code for (code,) in codes)
    return mine


def table(server, source: str, columns: str = "*") -> list[dict[str, object]]:
    names = columns_of(server, source, columns)
    return [dict(zip(names, row, strict=True)) for row in rows(server, f"SELECT {columns} FROM {source}")]


def columns_of(server, source: str, columns: str = "*") -> list[str]:
    """The names of the columns that a query gives, on either database."""
    listed = rows(server, f"SELECT {columns} FROM {source} LIMIT 0", names=True)
    return [name for (name,) in listed]


def unique(dossiers, columns) -> int:
    """How many dossiers differ from all others in these columns."""
    kinds = Counter(tuple(str(one[column]) for column in columns) for one in dossiers)
    return sum(1 for count in kinds.values() if count == 1)


def test_how_many_dossiers_the_clear_columns_single_out(dossiers, capsys):
    identities = {"id", "reference", "submission_id", "fact", "digest", "organisation_id"}
    everything = [column for column in dossiers[0] if column not in identities]
    coarse = [column for column in NEIGHBOUR if column != "since_month"]
    lines = [
        ("everything in clear (all facts and days)", unique(dossiers, everything)),
        ("what a neighbour knows (" + ", ".join(NEIGHBOUR) + ")", unique(dossiers, NEIGHBOUR)),
        ("the same without the month", unique(dossiers, coarse)),
        ("what a figure holds (" + ", ".join(COUNTED) + ")", unique(dossiers, COUNTED)),
    ]
    with capsys.disabled():
        print(f"\nOf {len(dossiers)} dossiers of one union these stand alone by")
        for words, count in lines:
            print(f"  {count:4}  {words}")

    assert len(dossiers) == 2 * EACH_WAY
    assert {len([one[column] for one in dossiers]) for column in everything} == {2 * EACH_WAY}
    assert all(lines[0][1] >= count for _, count in lines)


def test_a_figure_has_no_column_that_ties_it_to_a_dossier(attacked):
    assert set(columns_of(attacked.server, "observatory_fact")) == COLUMNS_OF_A_FIGURE
    assert set(columns_of(attacked.server, "observatory_factviolation")) == COLUMNS_OF_ITS_HEADINGS


def test_the_dossiers_own_reference_is_the_only_place_where_a_figure_is_named(attacked, dossiers):
    named = {int(one["fact"]) for one in dossiers if one["fact"] is not None}
    places = [
        f"{name}.{column}"
        for name, column in integer_columns(attacked.server)
        if named & {value for (value,) in rows(attacked.server, f'SELECT "{column}" FROM "{name}"')}
    ]

    assert len(named) > EACH_WAY
    assert sorted(places) == ["cases_case.fact", "observatory_fact.id", "observatory_factviolation.fact_id"]


def integer_columns(server) -> list[tuple[str, str]]:
    """Every column of every table that could hold a figure's id."""
    if server.environment.get("DATABASE_URL"):
        whole = "('bigint', 'integer', 'smallint')"
        listed = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        return rows(server, f"{listed} AND data_type IN {whole}")
    listed = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
    return rows(server, f"{listed} AND lower(p.type) LIKE '%int%'")


def test_the_order_of_figures_tells_nothing_of_the_order_of_arrival(attacked, dossiers):
    """The ids are drawn, and SQLite lays rows out by them. (PostgreSQL lays rows out as they come: docs/threat-model.md.)"""
    arrived = [int(one["fact"]) for one in dossiers if one["fact"] is not None]
    key = "id" if attacked.server.environment.get("DATABASE_URL") else "rowid"
    listed = [one for (one,) in rows(attacked.server, f"SELECT {key} FROM observatory_fact ORDER BY {key}")]
    ranks = [listed.index(one) for one in arrived]

    assert abs(correlation(list(range(len(ranks))), ranks)) < 0.35  # a chance of one in a million


def correlation(left: list[int], right: list[int]) -> float:
    """Pearson's coefficient."""
    mean_left, mean_right = sum(left) / len(left), sum(right) / len(right)
    together = sum((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True))
    spread = sum((a - mean_left) ** 2 for a in left) * sum((b - mean_right) ** 2 for b in right)
    return together / spread**0.5


def test_who_did_not_agree_is_not_counted(attacked, dossiers):
    asked = [made.answers["consent_count"] for made in attacked.by_phone + attacked.by_browser]

    assert asked.count("no") == sum(1 for one in dossiers if one["fact"] is None) > 0
