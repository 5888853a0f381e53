from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from api.report.run import Point, Run, as_file, run_picture
from constraints.check import Report
from domain.language import Language
from scheduler.result import Progress, Result, Status


def moment(seconds: float, objective: float | None, bound: float) -> Progress:
    return Progress(seconds, objective, bound, 1)


def result(bound: float, seconds: float = 60.0, report: Report | None = None) -> Result:
    return Result(Status.FEASIBLE, None, report, bound, seconds, 3)


MOMENTS = (moment(1, 900, 0), moment(2, None, 400), moment(5, 950, 400), moment(30, 600, 500), moment(40, None, 300))


def test_scores_only_fall_and_bounds_only_rise() -> None:
    run = Run.of(MOMENTS, result(500))
    assert run.scores == (Point(1, 900), Point(30, 600))
    assert run.bounds == (Point(1, 0), Point(2, 400), Point(30, 500))


@pytest.mark.parametrize("moments", [MOMENTS, MOMENTS[:1], (), (moment(0.1, 0, 0),), (moment(3, 12, 12),)])
@pytest.mark.parametrize("language", Language)
def test_any_run_is_a_well_formed_picture(moments: tuple[Progress, ...], language: Language) -> None:
    run = Run.of(moments, result(0.0))
    picture = ET.fromstring(as_file(run_picture(run, language)))  # noqa: S314 - our own
    numbers = [float(part) for line in picture.iter() for name, part in line.items() if name in {"x", "y", "cx", "cy"}]
    assert all(0 <= number <= 980 for number in numbers)


def test_each_roster_is_a_dot_that_tells_its_figures() -> None:
    picture = run_picture(Run.of(MOMENTS, result(500)), Language.EN)
    assert picture.count("<circle") == 2
    assert "30.0 s: 600" in picture
