"""How a site calls people in at short notice."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field


class CalloutPolicy(BaseModel):
    """In turn while there is time, all at once when there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turn_minutes: int = Field(default=20, ge=1, le=720, description="so long each has to answer")
    at_once_hours: int = Field(default=4, ge=0, le=168, description="so near to its start, all are asked at once")
    most: int = Field(default=10, ge=1, le=50, description="so many of the best are asked at once, at most")

    def near(self, now: datetime, start: datetime) -> bool:
        """Whether all are asked at once."""
        return now >= start - timedelta(hours=self.at_once_hours)

    def answer_by(self, now: datetime, start: datetime) -> datetime:
        """Until when somebody has to answer; at the latest until the duty begins."""
        return min(start, now + timedelta(minutes=self.turn_minutes))
