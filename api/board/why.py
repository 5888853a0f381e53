"""One cell explained: what else could stand there, what it would break, heal and cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.auth.rights import Action, Reach
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import Code, Day, Shown
from api.http.problems import Problem
from api.rosters.forms import DutyShown, duty_shown
from api.rosters.given import drafted, read_given, roster_row
from api.rosters.routes import MonthNow
from constraints.breach import told
from constraints.verdict import Verdict
from domain.language import Language
from scheduler.why import Alternative, why

router = APIRouter(tags=["rosters"])


class AlternativeShown(Shown):
    """What else a cell could hold."""

    duty: DutyShown | None = Field(description="null: rest")
    allowed: bool = Field(description="whether no hard rule is broken that held before")
    cost: int = Field(description="of the priced rules, more (or less) than now")
    breaks_rules: list[str] = Field(description="in words, hard ones first")
    heals: list[str]


class WhyShown(Shown):
    """A cell as it stands, and its alternatives, the best first."""

    agent: str
    day: date
    best: bool = Field(description="whether no allowed change of this cell alone would be cheaper")
    alternatives: list[AlternativeShown]


@router.get("/sites/{site}/rosters/{month}/draft/why")
def explain_cell(
    desk: Annotated[Desk, at(Action.DRAFT_SEE)],
    month: MonthNow,
    language: LanguageNow,
    agent: Annotated[Code, Query()],
    day: Annotated[Day, Query()],
) -> WhyShown:
    """Why this duty and no other: each alternative of a cell of the draft with its verdict."""
    if desk.reach is not Reach.SITE:
        raise Problem("forbidden")
    with desk.service.store.reading() as session:
        given = read_given(session, roster_row(session, desk.site.id, month))
        roster = drafted(given)
    cell = why(roster, given.situation, given.plan.policy, agent, day)
    shown = [_alternative(other, language) for other in cell.alternatives]
    return WhyShown(agent=agent, day=day, best=cell.best, alternatives=shown)


def _alternative(other: Alternative, language: Language) -> AlternativeShown:
    verdict = other.verdict
    return AlternativeShown(
        duty=other.duty and duty_shown(other.duty),
        allowed=verdict.allowed,
        cost=verdict.cost,
        breaks_rules=_broken(verdict, language),
        heals=told(verdict.healed, language),
    )


def _broken(verdict: Verdict, language: Language) -> list[str]:
    return told(sorted(verdict.broken, key=lambda breach: (not breach.hard, -breach.cost)), language)
