"""The alarm: gaps of the days to come are told before they are there."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from api.auth.rights import Role
from api.files.site import SitePlan
from api.lines.plan import led
from api.lines.words import gap_facts
from api.notices.rows import Word, tell_roles
from api.store.store import Work
from domain.time import Days, minute

AHEAD: Final = timedelta(days=2)
BACK: Final = timedelta(days=1)
EVERY_MINUTES: Final = 5
"""Sites with lines are looked at so often."""
STAFF: Final = (Role.SCHEDULER, Role.MANAGER)


def sound(work: Work, site_id: int, plan: SitePlan) -> int:
    """Tell each gap once a day; how many people were told."""
    if not plan.lines or work.now.minute % EVERY_MINUTES:
        return 0
    today = plan.site.zone.day_of(work.now)
    found = led(work.session, site_id, plan, Days(today - BACK, today + AHEAD))  # from its start: one gap is one matter
    told = 0
    for gap in (gap for line in found for gap in line.gaps if minute(gap.span.end) > minute(work.now)):
        matter = f"line-gap/{site_id}/{gap.line.id}/{gap.lack}/{gap.span.start.isoformat()}"
        fresh = tell_roles(work, STAFF, Word(site_id, "line-gap", matter), gap_facts(gap))
        if fresh:
            work.did("line.gap", f"line/{gap.line.id}", site_id, **gap_facts(gap))
        told += fresh
    return told
