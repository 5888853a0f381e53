from __future__ import annotations

import pytest

from api.cases import branch
from domain.language import Refusal
from tests.scheduler.test_whatif import problem


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("need x1.1", "需求 x1.1", "need x1.1"),
        ("需求×0.9", "需求 x0.9", "need x0.9"),
        ("+2 service;emergency", "增加2人(客服、应急)", "+2 service;emergency"),
        ("-A01", "少员工A01", "-A01"),
        ("no wishes", "不计“个人意愿”", "no wishes"),
        ("{kind: wishes, price: 500}", "个人意愿: {kind: wishes, price: 500}", "{kind: wishes, price: 500}"),
        ("-A01 & +1 service", "少员工A01、增加1人(客服)", "-A01, +1 service"),
    ],
)
def test_cases_are_understood_and_named(words: str, zh: str, en: str) -> None:
    found = branch(problem(), words)
    assert (found.name.zh, found.name.en) == (zh, en)
    assert found.problem != problem()


@pytest.mark.parametrize("words", ["more people", "-nobody", "{kind: nothing}", "{kind: wishes, price: cheap}", "{"])
def test_a_case_that_is_not_understood_is_refused_with_examples(words: str) -> None:
    with pytest.raises(Refusal):
        branch(problem(), words)
