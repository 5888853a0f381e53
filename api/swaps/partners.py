"""Who could take a duty, as people see it: reasons are for who keeps the roster, not for colleagues."""

from __future__ import annotations

from datetime import date

from api.rosters.forms import duty_shown
from api.swaps.forms import HinderedShown, PartnerShown, PartnersShown
from api.swaps.judge import Ground
from domain.language import Language
from domain.roster import Duty
from scheduler.partners import Hindered, Partner, partners


def partners_shown(ground: Ground, duty: Duty, days: list[date], reasons_in: Language | None) -> PartnersShown:
    """Who could take a duty; `reasons_in`: the language of the reasons, None: they are not the reader's business."""
    given = ground.given
    found = partners(ground.roster, given.situation, given.plan.policy, duty, days)
    names = {agent.id: agent.name for agent in given.situation.agents}
    return PartnersShown(
        partners=[_partner(each, names) for each in found.found],
        hindered=[_hindered(each, names, reasons_in) for each in found.hindered],
        more=found.more,
    )


def _partner(found: Partner, names: dict[str, str]) -> PartnerShown:
    return PartnerShown(
        number=found.agent,
        name=names[found.agent],
        returns=duty_shown(found.returns) if found.returns else None,
        cost=found.cost,
        wishes=found.wishes,
        slack_hours=round(found.slack / 60, 2),
    )


def _hindered(found: Hindered, names: dict[str, str], language: Language | None) -> HinderedShown:
    rule = found.breach.rule.kind if language else None
    why = found.breach.said(language) if language else None
    return HinderedShown(number=found.agent, name=names[found.agent], rule=rule, why=why)
