from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from constraints.price import Price, flat
from scheduler.columns.alike import alike
from scheduler.columns.judge import Judge

STEPS = st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True).map(lambda steps: tuple(sorted({0, *steps})))


@given(
    days=st.lists(STEPS, min_size=1, max_size=4).map(tuple),
    high=st.integers(0, 9),
    price=st.sampled_from([None, flat(3)]),
)
def test_sums_that_are_alike_end_at_the_same_price_whatever_comes(
    days: tuple[tuple[int, ...], ...], high: int, price: Price | None
) -> None:
    judge = Judge(None, high, 0, price, 1)
    for day, stands in enumerate(alike(days, judge)):
        rest = [sum(more) for more in product(*days[day + 1 :])]
        for value, other in stands.items():
            prices = [judge.cost(value + more) for more in rest]
            if other is None:
                assert min(prices) == float("inf")
            else:
                assert prices == [judge.cost(other + more) for more in rest]


def test_a_week_that_cannot_pass_its_limit_any_more_is_one_state() -> None:
    duty = (0, 465, 480, 495)
    found = alike((duty,) * 7, Judge(None, 48 * 60, 0, None, 1))
    assert len(set(found[0].values())) == 4
    assert len(set(found[5].values()) - {None}) < 20
    assert len({stands for value, stands in found[5].items() if value <= 5 * 480 - 15}) == 1
