from __future__ import annotations

import pytest

from api.cases import branch
from domain.language import Refusal
from tests.scheduler.test_whatif import problem


@pytest.mark.parametrize(
    "words",
    [
        "need x1.1",
        "需求×0.9",
        "+2 service;emergency",
        "-A01",
        "no wishes",
        "{kind: wishes, price: 500}",
        "-A01 & +1 service",
    ],
)
def test_cases_are_understood(words: str) -> None:
    found = branch(problem(), words)
    assert found.name.en == words
    assert found.problem != problem()


@pytest.mark.parametrize("words", ["more people", "-nobody", "{kind: nothing}", "{kind: wishes, price: cheap}", "{"])
def test_a_case_that_is_not_understood_is_refused_with_examples(words: str) -> None:
    with pytest.raises(Refusal):
        branch(problem(), words)
