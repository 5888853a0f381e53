"""The tick of the monthly cycle: looks at every site's moments and does what is due, however late it comes.

Ticking twice does nothing twice; a tick that was missed is made up by the next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from api.auth.rights import Role
from api.auth.sessions import sweep
from api.callouts.clock import pass_on
from api.cycle.milestones import done, open_milestones, settle
from api.cycle.policy import Moment
from api.files.site import SitePlan
from api.group.plans import newest, read_plan
from api.http.problems import Problem
from api.jobs.rows import Errand, Kind, State, submit
from api.leave.clock import watch
from api.lines.alarm import sound
from api.notices.rows import Word, tell_roles
from api.rosters.drafts import candidate_duties, take
from api.rosters.planned import publish_due
from api.rosters.routes import opened_roster
from api.service import Service
from api.store import tables as t
from api.store.store import Work
from api.swaps.clearing import due_at
from api.swaps.clock import escalate, expire, remind
from domain.time import Month, Zone

LOG: Final = logging.getLogger("paiban.cycle")
STAFF: Final = (Role.SCHEDULER, Role.MANAGER)
BY_ITSELF: Final = {"seed": 1, "keep_published": False, "take": "empty"}
"""How a solve is asked for that nobody asked for."""
CLEAR_SECONDS: Final = 10.0
KEEP_ANSWERS: Final = timedelta(hours=48)
KEEP_DELIVERIES: Final = timedelta(days=90)


def tick(service: Service) -> None:
    """Look at every site once."""
    with service.store.reading() as session:
        sites = list(session.scalars(select(t.Site.id).where(t.Site.active)))
    for site_id in sites:
        try:
            publish_due(service.store, site_id)
            with service.store.writing() as work:
                plan = read_plan(newest(work.session, site_id))
                _Site(service, work, work.session.get_one(t.Site, site_id), plan).look()
        except IntegrityError:
            LOG.info("another worker was quicker", extra={"site": site_id})
        except Exception:
            LOG.exception("tick failed", extra={"site": site_id})


def tidy(service: Service) -> None:
    """Forget what is over: sessions, failed tries, answers that nobody asks for again, deliveries of long ago."""
    with service.store.writing() as work:
        sweep(work, service.settings)
        work.session.execute(delete(t.Answered).where(t.Answered.made_at < work.now - KEEP_ANSWERS))
        work.session.execute(delete(t.Delivery).where(t.Delivery.ended_at < work.now - KEEP_DELIVERIES))


@dataclass(slots=True)
class _Site:
    """One site at a tick."""

    service: Service
    work: Work
    site: t.Site
    plan: SitePlan

    def look(self) -> None:
        """Do what is due, remind of what comes, tell of what is late."""
        settle(self.work.session, self.site, self.plan, self.work.now)
        for row in open_milestones(self.work.session, self.site.id):
            self._remind(row)
            WAYS[Moment(row.kind)](self, row)
        # late: these lock call-outs, then swaps, and whoever changes a month locks its roster before them
        watch(self.work, self.site.id, self.plan)
        pass_on(self.work, self.site.id, self.plan.callouts)
        expire(self.work, self.site.id)
        remind(self.work, self.site.id, self.plan.swaps, Zone(self.site.zone))
        escalate(self.work, self.site.id, self.plan.swaps)
        sound(self.work, self.site.id, self.plan)
        self._clear()

    def _clear(self) -> None:
        """At the times of day that the policy names, a job clears the board of every month that has one."""
        due = due_at(self.plan.swaps, self.work.now, Zone(self.site.zone))
        if due is None:
            return
        posts = select(t.Post.id).where(t.Post.roster_id == t.Roster.id, t.Post.state == "open").exists()
        asked = select(t.Roster.month).where(t.Roster.site_id == self.site.id, t.Roster.published.is_not(None), posts)
        for month in self.work.session.scalars(asked):
            mine = (t.Job.site_id == self.site.id) & (t.Job.month == month) & (t.Job.kind == Kind.CLEAR.value)
            if self.work.session.scalar(select(t.Job.id).where(mine, t.Job.made_at >= due).limit(1)) is None:
                with suppress(Problem):  # one is at work already
                    errand = Errand(Kind.CLEAR, self.site.id, Month.parse(month), {"seconds": CLEAR_SECONDS})
                    submit(self.work, self.service.post, errand)

    def opens(self, row: t.Milestone) -> None:
        """Wishes open: the month can be worked on, everybody is told."""
        if self.work.now >= row.due_at:
            opened_roster(self.work, self.site.id, Month.parse(row.month))
            if self.work.now < self._due(row, Moment.CLOSE):
                self._tell((Role.AGENT, Role.LEADER), "wishes-open", row)
            done(row, self.work.now)

    def closes(self, row: t.Milestone) -> None:
        """Wishes close: who builds the roster is told."""
        if self.work.now >= row.due_at:
            self._tell(STAFF, "wishes-closed", row)
            done(row, self.work.now)

    def forecasts(self, row: t.Milestone) -> None:
        """The forecast: a job makes it when it is due, unless somebody came first."""
        roster = opened_roster(self.work, self.site.id, Month.parse(row.month)) if self._begun(row) else None
        if roster is not None and roster.requirement_id is not None:
            done(row, self.work.now)
        elif self.work.now >= row.due_at:
            self._start(Kind.FORECAST, row, {})
            self._late(row)

    def builds(self, row: t.Milestone) -> None:
        """The roster: a solve starts once the people needed are known; at the deadline the best so far is proposed."""
        if not self._begun(row):
            return
        roster = opened_roster(self.work, self.site.id, Month.parse(row.month))
        if roster.draft:
            self._tell(STAFF, "roster-built", row)
            done(row, self.work.now)
            return
        known = roster.requirement_id is not None and self.work.now >= self._due(row, Moment.FORECAST)
        if self.plan.cycle.build_by_itself and known:
            self._start(Kind.SOLVE, row, {"seconds": self.service.settings.solver_seconds, **BY_ITSELF})
        if self.work.now >= row.due_at:
            self._propose(roster)
            self._late(row)

    def publishes(self, row: t.Milestone) -> None:
        """The publication: by itself where the policy says so, else who is late is told; never with a hard breach."""
        if not self._begun(row):
            return
        roster = opened_roster(self.work, self.site.id, Month.parse(row.month))
        if roster.published is not None:
            done(row, self._published_at(roster))
        elif self.work.now >= row.due_at:
            if self.plan.cycle.publish_by_itself and roster.draft:
                self._start(Kind.PUBLISH, row, {"note": ""})
            self._late(row)

    def _published_at(self, roster: t.Roster) -> datetime:
        """When the month was put in force first, whoever looks later."""
        asked = select(t.RosterVersion.made_at).where(t.RosterVersion.roster_id == roster.id)
        return self.work.session.scalars(asked.order_by(t.RosterVersion.number).limit(1)).one()

    def _due(self, row: t.Milestone, moment: Moment) -> datetime:
        """When another moment of the same month is due."""
        mine = (t.Milestone.site_id == row.site_id) & (t.Milestone.month == row.month)
        return self.work.session.scalars(select(t.Milestone.due_at).where(mine, t.Milestone.kind == moment.value)).one()

    def _begun(self, row: t.Milestone) -> bool:
        """Whether the month is worked on yet."""
        asked = select(t.Roster.id).where(t.Roster.site_id == self.site.id, t.Roster.month == row.month)
        return self.work.session.scalar(asked) is not None or self.work.now >= row.due_at

    def _start(self, kind: Kind, row: t.Milestone, given: dict[str, object]) -> None:
        """Ask for a job, unless one is at work or failed within the last hour."""
        mine = (t.Job.site_id == self.site.id) & (t.Job.month == row.month) & (t.Job.kind == kind.value)
        asked = select(t.Job).where(mine).order_by(t.Job.id.desc()).limit(1)
        last = self.work.session.scalars(asked).one_or_none()
        if last and last.state in (State.WAITING, State.RUNNING):
            return
        if last and last.ended_at and self.work.now - last.ended_at < timedelta(hours=1):
            return
        try:
            submit(self.work, self.service.post, Errand(kind, self.site.id, Month.parse(row.month), dict(given)))
        except Problem:
            LOG.info("a job is at work already", extra={"site": self.site.id})

    def _propose(self, roster: t.Roster) -> None:
        """The best roster so far becomes the draft: a proposal, which somebody must look at."""
        asked = select(t.Candidate).where(t.Candidate.roster_id == roster.id)
        asked = asked.order_by(t.Candidate.clean.desc(), t.Candidate.score, t.Candidate.id).limit(1)
        best = self.work.session.scalars(asked).one_or_none()
        if best is not None:
            take(self.work, roster, candidate_duties(self.work.session, roster, best.id), f"candidate/{best.id}")

    def _remind(self, row: t.Milestone) -> None:
        """Before a deadline, as often as the policy says, each time once."""
        if row.kind not in (Moment.CLOSE, Moment.BUILD, Moment.PUBLISH):
            return
        hours = (row.due_at - self.work.now) / timedelta(hours=1)
        passed = sum(0 < hours <= before for before in self.plan.cycle.remind_hours)
        if passed > row.reminded:
            row.reminded = passed
            roles = (Role.AGENT, Role.LEADER) if row.kind == Moment.CLOSE else (Role.SCHEDULER,)
            self._tell(roles, f"{row.kind}-due", row, again=passed)

    def _late(self, row: t.Milestone) -> None:
        """What is late is told to the manager too, once."""
        self._tell(STAFF, f"{row.kind}-late", row)

    def _tell(self, roles: tuple[Role, ...], kind: str, row: t.Milestone, *, again: int = 0) -> None:
        matter = f"cycle/{self.site.id}/{row.month}/{kind}/{again}"
        facts = {"month": row.month, "due_at": row.due_at.isoformat()}
        tell_roles(self.work, roles, Word(self.site.id, kind, matter), facts)


WAYS: Final[dict[Moment, Callable[[_Site, t.Milestone], None]]] = {
    Moment.OPEN: _Site.opens,
    Moment.CLOSE: _Site.closes,
    Moment.FORECAST: _Site.forecasts,
    Moment.BUILD: _Site.builds,
    Moment.PUBLISH: _Site.publishes,
}
