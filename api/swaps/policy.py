"""How a site lets its people swap (S6): cut-off, quota, who approves, how long an offer stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pydantic import BaseModel, ConfigDict, Field

from api.cycle.policy import Clock
from domain.time import Span, Zone


class SwapPolicy(BaseModel):
    """The rules of swapping at a site; times are the site's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days_ahead: int = Field(default=1, ge=0, le=31, description="calendar days between filing and the earliest duty")
    hours_ahead: int | None = Field(default=None, ge=0, le=720, description="hours before its start instead of days")
    quota: int = Field(default=3, ge=0, le=99, description="swaps a month and person that the scheduler approves")
    automatic: bool = Field(default=False, description="a clean swap within the quota needs no approval")
    offer_hours: int = Field(default=72, ge=1, le=720, description="how long an offer stands, unless it says otherwise")
    rounds: int = Field(default=3, ge=1, le=10, description="offers and counter-offers in one matter")
    undo_minutes: int = Field(default=60, ge=0, le=1440, description="how long a party may take an approved swap back")
    clear_at: tuple[Clock, ...] = Field(default=(), max_length=6, description="times of day to clear the board")
    escalate_hours: int = Field(default=24, ge=1, le=720, description="undecided, it goes to the manager after so many")
    urgent_hours: int = Field(default=6, ge=0, le=168, description="and so long before its time is over in any case")
    quiet_from: Clock = Field(default=time(22), description="nobody is reminded from then on")
    quiet_until: Clock = Field(default=time(7), description="until then; what fell due meanwhile comes afterwards")
    remind_hours: tuple[int, ...] = Field(default=(24, 4), max_length=5, description="before an offer ends")

    def quiet(self, now: datetime, zone: Zone) -> bool:
        """Whether people are asleep: no time for reminders."""
        clock, first, last = now.astimezone(zone.info).time(), self.quiet_from, self.quiet_until
        return first <= clock < last if first <= last else clock >= first or clock < last

    def cutoff(self, start: datetime, zone: Zone) -> datetime:
        """The first instant at which a swap of a duty that starts then is too late."""
        if self.hours_ahead is not None:
            return start - timedelta(hours=self.hours_ahead)
        day = zone.day_of(start) - timedelta(days=max(0, self.days_ahead - 1))
        return zone.at(day, 0) if self.days_ahead else start

    def expiry(self, now: datetime, wished: datetime | None, duty: Span, zone: Zone) -> datetime:
        """When an offer ends: the wished time, at the latest the cut-off (or soon, where that is over)."""
        latest = self.cutoff(duty.start, zone)
        return min(wished or now + timedelta(hours=self.offer_hours), latest)
