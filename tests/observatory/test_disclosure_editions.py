"""A table beside the one published before it: neither may open the other."""

from sabir.observatory.disclosure import Rules, audit, protect

EXACT = Rules(base=1)
BEFORE = """
          a      b
    V01   4/4    20/4
    V02   20/4   4/4
"""
AFTER = """
          a      b
    V01   5/5    20/4
    V02   20/4   5/5
"""


def test_a_number_just_grown_past_the_threshold_does_not_open_the_earlier_table(counted):
    earlier = protect(counted(BEFORE), EXACT)
    after = counted(AFTER)
    alone = protect(after, EXACT)
    assert audit(alone) == []

    opened = audit(alone, earlier=earlier)
    assert [b for b in opened if b.earlier]
    both = protect(after, EXACT, earlier=[earlier])
    assert audit(both, known=after.largest(), earlier=earlier) == []
    assert set(alone.hidden()) < set(both.hidden())


def test_withdrawn_reports_do_not_stop_a_new_table(counted):
    earlier = protect(counted(AFTER), EXACT)
    table = protect(counted(BEFORE.replace("20/4", "9/4")), EXACT, earlier=[earlier])
    assert audit(table) == []


def test_a_table_of_another_shape_says_nothing_about_this_one(counted):
    earlier = protect(counted(BEFORE), EXACT)
    other = counted("c\nV01 9/3\nV02 2/2")
    assert protect(other, EXACT, earlier=[earlier]) == protect(other, EXACT)
