"""Why there is no roster, in lines."""

from __future__ import annotations

from api.speech import language, say
from constraints.breach import told
from scheduler.explain import Explanation

MOST_SHOWN = 25


def reasons(found: Explanation) -> list[str]:
    """An explanation in lines."""
    if found.roster is None:
        return [say("时间内未能确定原因; 请加长 --seconds", "the reason was not found in time; give more --seconds")]
    head = (
        say("至少要缺这些(已证明最少):", "at least this must be missing (proven least):")
        if found.least
        else say("最少缺这些(时间内最好的答案):", "the least found to be missing in the time given:")
    )
    lines = [f"  {words}" for words in told(found.breaches, language())]
    more = len(lines) - MOST_SHOWN
    return [head, *lines[:MOST_SHOWN], *([say("  另有{n}处", "  and {n} more", n=more)] if more > 0 else [])]
