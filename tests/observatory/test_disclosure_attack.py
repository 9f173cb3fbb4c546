"""The reader who wants to know more: drawn tables she must be caught opening."""

import pytest

from sabir.observatory.disclosure import (
    TOTAL,
    WITHIN_THE_NETWORK,
    Contradiction,
    Rules,
    Table,
    audit,
    protect,
    publish,
    small,
)

EXACT = Rules(base=1)


def test_hiding_only_what_is_small_is_caught(counted):
    counts = counted("""
              europe  elsewhere
        V01   3/3     20/4
        V02   15/3    30/5
    """)
    naive = publish(counts, EXACT, small(counts, EXACT))

    breaches = audit(naive)
    assert [(b.position, b.least, b.most) for b in breaches] == [(("V01", "europe"), 3, 3)]


def test_rounding_alone_does_not_hide_a_number_beside_its_total(counted):
    counts = counted("""
              europe  elsewhere
        V01   1/1     5/5
        V02   0       20/4
    """)
    naive = publish(counts, WITHIN_THE_NETWORK, small(counts, WITHIN_THE_NETWORK))
    assert naive.values["V01", TOTAL] == 5  # five to seven, of which at least five elsewhere
    assert {b.position for b in audit(naive)} == {("V01", "europe"), (TOTAL, "europe")}
    assert audit(protect(counts, WITHIN_THE_NETWORK)) == []


def test_two_small_numbers_in_one_row_are_not_enough_when_their_sum_is_small(counted):
    counts = counted("""
              a      b      c
        V01   1/1    1/1    20/4
        V02   30/4   30/4   30/4
    """)
    both = {("V01", "a"), ("V01", "b"), ("V02", "a"), ("V02", "b")}
    assert {b.position for b in audit(publish(counts, EXACT, both))} == both
    assert audit(protect(counts, EXACT)) == []


def test_a_union_that_knows_its_own_reports_learns_no_more_than_others(counted):
    counts = counted("""
              a       b       c
        V01   4:1:1   4:1:1   30/3
        V02   4:1:1   4:1:1   30/3
    """)
    hidden = {(row, column) for row in ("V01", "V02") for column in ("a", "b")}
    table = publish(counts, EXACT, hidden)
    assert audit(table) == []
    assert {b.position for b in audit(table, known=counts.largest())} == hidden
    assert audit(protect(counts, EXACT), known=counts.largest()) == []


def test_a_table_no_truth_agrees_with_is_an_error_not_a_pass(counted):
    table = publish(counted("""
              europe  elsewhere
        V01   10/3    10/3
    """), EXACT, set())  # fmt: skip
    with pytest.raises(Contradiction):
        audit(Table(table.shape, {**table.values, ("V01", TOTAL): 50, ("V01", "europe"): None}, EXACT))
