"""Each person's duties of a planned roster as a calendar file."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from api.feeds.calendar import Head, Occasion, written
from api.feeds.words import description, summary
from domain.language import Language, Text, plain
from domain.people import Agent
from domain.roster import Duty, Roster
from domain.situation import Situation

NAMESPACE: Final = uuid.UUID("6d1f5c1e-8f0e-5a53-9c33-6d2f0c3a7b11")


def feed(agent: Agent, roster: Roster, situation: Situation, language: Language, made: datetime) -> bytes:
    """One person's planned duties; `made` is when this version of the roster was made."""
    site = situation.site
    name = Text("{site} · {who}", "{site} · {who}").filled(site=site.name, who=plain(agent.name)).said(language)
    mine = [duty for duty in roster.planned if duty.agent == agent.id]
    head = Head(name, site.zone.key, roster.horizon)
    return written(head, [_occasion(duty, situation, language, made) for duty in mine])


def duty_uid(site_id: str, duty: Duty) -> str:
    """The identity of a duty: site, person and day, so that a change of shift is a change of the same event."""
    return f"{uuid.uuid5(NAMESPACE, f'{site_id}/{duty.agent}/{duty.day.isoformat()}')}@paiban"


def _occasion(duty: Duty, situation: Situation, language: Language, made: datetime) -> Occasion:
    site = situation.site
    return Occasion(
        uid=duty_uid(site.id, duty),
        when=site.shift(duty.shift).span(site.zone, duty.day),
        summary=summary(site, duty, language),
        changed_at=made,
        location=site.name.said(language),
        description=description(site, duty, language),
    )
