"""Counting, what must be hidden for its own sake, and rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabir.observatory.disclosure import TOTAL, Cell, Report, Rules, Shape, Table, publish, small, tally

SHAPE = Shape(("V01", "V02"), ("europe", "elsewhere"))


def report(union: str, *rows: str, column: str = "europe") -> Report:
    return Report(union, column, frozenset(rows))


def test_a_report_counts_once_under_each_heading_and_totals_add_mentions():
    counts = tally([report("a", "V01", "V02"), report("b", "V01"), report("b", "V01", column="elsewhere")], SHAPE)

    assert counts["V01", "europe"] == Cell(count=2, reports=2, unions=2, largest=1)
    assert counts["V01", TOTAL] == Cell(count=3, reports=3, unions=2, largest=2)
    assert counts[TOTAL, "europe"] == Cell(count=3, reports=2, unions=2, largest=2)
    assert counts[TOTAL, TOTAL] == Cell(count=4, reports=3, unions=2, largest=2)


def test_a_heading_or_region_the_table_does_not_declare_is_left_out():
    counts = tally([report("a", "V99"), report("a", "V01", column="mars"), report("a", "V01", "V99")], SHAPE)
    assert counts[TOTAL, TOTAL] == Cell(count=1, reports=1, unions=1, largest=1)


def test_fewer_reports_than_the_threshold_are_hidden_and_a_zero_is_not(counted):
    counts = counted("""
              europe  elsewhere
        V01   4/4     0
        V02   5/3     12/4
    """)
    assert ("V01", "europe") in small(counts, Rules())
    assert not {("V01", "elsewhere"), ("V02", "europe")} & small(counts, Rules())


def test_a_total_of_many_mentions_by_few_reports_is_hidden():
    few = [report(union, "V01", "V02") for union in "abcd"]
    counts = tally(few, SHAPE)
    assert counts[TOTAL, "europe"].count == 8
    assert (TOTAL, "europe") in small(counts, Rules())


def test_two_unions_are_too_few_however_many_reports(counted):
    counts = counted("""
              europe  elsewhere
        V01   40/2    40/3
    """)
    assert small(counts, Rules()) == {("V01", "europe"), (TOTAL, "europe")}


def test_a_number_that_is_nearly_all_one_unions_is_hidden(counted):
    counts = counted("""
              europe   elsewhere
        V01   90:8:2   80:10:10
    """)
    assert small(counts, Rules()) == {("V01", "europe"), (TOTAL, "europe")}


@given(count=st.integers(5, 10_000))
def test_what_a_reader_infers_from_a_shown_number_contains_the_truth(count):
    rules = Rules()
    least, most = rules.meant_by(rules.rounded(count))
    assert least <= count <= most
    assert most - least < rules.base


def test_a_shown_zero_means_zero():
    assert Rules().meant_by(0) == (0, 0)


def test_rules_that_would_lean_or_turn_people_into_nothing_are_refused():
    with pytest.raises(ValueError, match="even"):
        Rules(base=10)
    with pytest.raises(ValueError, match="zero"):
        Rules(threshold=2, base=5)


def test_the_code_of_the_totals_cannot_be_a_heading():
    with pytest.raises(ValueError, match="reserved"):
        Shape((TOTAL,), ("europe",))


def test_a_published_table_holds_no_number_that_is_not_rounded(counted):
    counts = counted("""
              europe  elsewhere
        V01   13/4    4/4
        V02   7/3     21/3
    """)
    table = publish(counts, Rules(), {("V01", "elsewhere")})
    assert isinstance(table, Table)
    assert {n for n in table.values.values() if n is not None and n % 5} == set()
    assert table.hidden() == [("V01", "elsewhere")]
