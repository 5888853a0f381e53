"""A plan tried before it is kept: the roster of a month judged by it, beside the rules as they are."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from api.auth.rights import Action
from api.files.site import plan_of
from api.files.site_form import SiteFile
from api.http.desk import Desk, at
from api.http.faults import LanguageNow
from api.http.forms import Body, MonthWords, Shown
from api.http.problems import Problem
from api.rosters.given import drafted, read_given, roster_row
from api.store import tables as t
from constraints.breach import Breach
from constraints.check import Report, check
from domain.language import Language, Refusal, Text
from domain.time import Month

router = APIRouter(tags=["group"])
MOST_WORDS = 5


class Trial(Body):
    """A plan, and the month on whose roster it is tried."""

    document: SiteFile
    month: MonthWords


class TriedRule(Shown):
    """A kind of rule on a roster, as it is and as it would be."""

    rule: str
    title: str
    hard_now: int
    hard_then: int
    cost_now: int
    cost_then: int
    words: list[str] = Field(description="of the first breaches that it would have")


class TrialShown(Shown):
    """What a plan would say of a roster."""

    month: str
    clean_now: bool
    clean_then: bool
    score_now: int
    score_then: int
    rules: list[TriedRule]


@router.post("/sites/{site}/plan/trial")
def try_plan(body: Trial, desk: Annotated[Desk, at(Action.RULES_SEE)], language: LanguageNow) -> TrialShown:
    """Judge the roster of a month by a plan that is not kept yet; nothing is written."""
    if body.document.site.id != desk.site.code:
        raise Refusal(Text("站点编号不能更改", "the id of a site does not change"))
    plan_of(body.document)
    with desk.service.store.reading() as session:
        row = roster_row(session, desk.site.id, Month.parse(body.month))
        now = read_given(session, row)
        wanted = t.SitePlan(site_id=desk.site.id, number=0, document=body.document.model_dump(mode="json"))
        then = read_given(session, row, wanted)
        roster = drafted(now)
    if not roster.planned:
        raise Problem("conflict", Text("本月没有排班可供试算", "the month has no roster to try it on"))
    before = check(roster, now.situation, now.plan.policy)
    after = check(roster, then.situation, then.plan.policy)
    return TrialShown(
        month=body.month,
        clean_now=before.clean,
        clean_then=after.clean,
        score_now=before.score,
        score_then=after.score,
        rules=_compared(before, after, language),
    )


def _compared(before: Report, after: Report, language: Language) -> list[TriedRule]:
    """Each kind of rule that says something, before or then."""
    now, then = _Counted(before), _Counted(after)
    titles = {breach.rule.kind: breach.rule.title for report in (before, after) for breach in _all(report)}
    return [
        TriedRule(
            rule=kind,
            title=titles[kind].said(language),
            hard_now=now.hard[kind],
            hard_then=then.hard[kind],
            cost_now=now.cost[kind],
            cost_then=then.cost[kind],
            words=[breach.said(language) for breach in _all(after) if breach.rule.kind == kind][:MOST_WORDS],
        )
        for kind in sorted(titles, key=lambda kind: (-then.hard[kind], -then.cost[kind], kind))
    ]


class _Counted:
    """Breaches and prices by kind of rule."""

    def __init__(self, report: Report) -> None:
        self.hard = Counter(breach.rule.kind for breach in report.hard)
        self.cost: Counter[str] = Counter()
        for breach in report.priced:
            self.cost[breach.rule.kind] += breach.cost


def _all(report: Report) -> tuple[Breach, ...]:
    return (*report.hard, *report.priced)
