from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.fewest import fewest


@given(count=st.integers(0, 20), wanted=st.sets(st.integers(0, 19)))
def test_what_is_wanted_is_left_and_nothing_else(count: int, wanted: set[int]) -> None:
    items = tuple(range(count))
    needed = wanted & set(items)
    assert set(fewest(items, lambda fewer: needed <= set(fewer))) == needed


def test_of_several_that_would_do_each_alone_one_is_left() -> None:
    assert len(fewest(tuple("abcdefg"), lambda fewer: len(fewer) > 0)) == 1
