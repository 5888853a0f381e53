"""All that is given before anybody is assigned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.calendar import Calendar
from domain.circumstances import NURSING_MINUTES, Exemption, Opening, Protection
from domain.demand import Requirement
from domain.language import Refusal, Text, plain
from domain.people import Agent
from domain.requests import Leave, Pin, Unavailability, Wish
from domain.roster import Duty
from domain.site import Site
from domain.time import Days, Span, later, minute


@dataclass(frozen=True, slots=True)
class Situation:
    """The site, its people, the days to be planned, the demand, and what people asked for."""

    site: Site
    horizon: Days
    agents: tuple[Agent, ...]
    requirement: Requirement = field(default_factory=Requirement)
    calendar: Calendar = field(default_factory=Calendar)
    history: tuple[Duty, ...] = ()
    leaves: tuple[Leave, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: tuple[Duty, ...] = ()
    """The duties of the horizon as they were published, if they were."""
    protections: tuple[Protection, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    openings: tuple[Opening, ...] = ()

    def __post_init__(self) -> None:
        ids = [agent.id for agent in self.agents]
        for agent_id in ids:
            if ids.count(agent_id) > 1:
                raise Refusal(Text("工号“{id}”出现两次", "two people have the id “{id}”").filled(id=plain(agent_id)))
        for duty in self.history:
            if duty.day >= self.horizon.first:
                raise Refusal(Text("历史班次必须早于排班月", "history lies before the planned days"))

    def nurses(self, agent_id: str, day: date) -> bool:
        """Whether time for nursing is due to a person on a day."""
        return any(found.nursing and found.agent == agent_id and day in found.days for found in self.protections)

    def available(self, duty: Duty) -> tuple[Span, ...]:
        """When the person of a duty can take calls: the shift's times, less the hour for nursing at the end."""
        shift = self.site.shift(duty.shift)
        spans = shift.available(self.site.zone, duty.day, duty.breaks)
        if not self.nurses(duty.agent, duty.day):
            return spans
        last = later(shift.span(self.site.zone, duty.day).end, -NURSING_MINUTES)
        cut = ((span.start, min(span.end, last, key=minute)) for span in spans)
        return tuple(Span(start, end) for start, end in cut if minute(start) < minute(end))

    def agent(self, agent_id: str) -> Agent:
        """The person of an id."""
        for agent in self.agents:
            if agent.id == agent_id:
                return agent
        raise Refusal(Text("没有工号“{id}”", "there is nobody with the id “{id}”").filled(id=plain(agent_id)))
