"""What is lost of rostered time, by activity: training, meetings, sickness; told, or learnt from attendance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.language import Refusal, Text, plain

USUAL: Final = {"sickness": 0.04, "training": 0.02, "meetings": 0.02, "pauses": 0.03}
"""Shares where nothing is known; the middle of what contact centres report."""
PRIOR_HOURS: Final = 500.0
"""Rostered hours' worth of the usual shares that what was seen is drawn to."""
MOST: Final = 0.9


def shrinkage(told: float | Mapping[str, float]) -> float:
    """One share from one number, or from a share for each activity: what one leaves, the next takes its share of."""
    if not isinstance(told, Mapping):
        return _checked(told, "")
    left = 1.0
    for activity, share in told.items():
        left *= 1 - _checked(share, activity)
    return _checked(1 - left, "")


def seen(lost_hours: Mapping[str, float], rostered_hours: float) -> dict[str, float]:
    """Shares by activity from the hours that were lost to each; few hours are drawn to the usual shares."""
    if rostered_hours < 0 or any(hours < 0 for hours in lost_hours.values()):
        raise Refusal(Text("工时不能为负", "hours cannot be negative"))
    activities = {*lost_hours, *USUAL} if not rostered_hours else {*lost_hours}
    return {
        activity: (lost_hours.get(activity, 0.0) + PRIOR_HOURS * USUAL.get(activity, 0.0))
        / (rostered_hours + PRIOR_HOURS)
        for activity in sorted(activities)
    }


def _checked(share: float, activity: str) -> float:
    if not 0 <= share < MOST:
        words = Text("损耗率{activity}应在0到0.9之间", "shrinkage {activity} lies between 0 and 0.9")
        raise Refusal(words.filled(activity=plain(activity)))
    return share
