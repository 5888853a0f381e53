from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from domain.language import Language, Refusal, plain
from domain.shifts import ShiftType
from tests import builders as b


def test_two_shifts_of_one_code_are_refused_by_name() -> None:
    with pytest.raises(Refusal, match="早"):
        b.site(b.EARLY, replace(b.LATE, code="早"))


def test_a_shift_that_serves_an_unknown_work_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="sales"):
        b.site(ShiftType("销", plain("销"), time(8), time(16), ("sales",)))


def test_an_unknown_code_is_refused_with_those_that_exist() -> None:
    with pytest.raises(Refusal) as refused:
        b.site().shift("X")
    assert refused.value.text.said(Language.ZH) == "没有班次“X”, 已有: 早、中、夜"


def test_two_people_with_one_id_are_refused() -> None:
    with pytest.raises(Refusal, match="A01"):
        b.situation([b.agent("A01"), b.agent("A01")])
