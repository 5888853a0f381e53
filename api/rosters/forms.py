"""Bodies and answers about rosters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from api.http.forms import Body, Code, Day, Line, MonthWords, Note, Shown
from constraints.breach import Breach
from domain.language import Language, Refusal, Text, plain
from domain.roster import Change, Duty
from domain.site import Site
from scheduler.standins import StandIn


class DutyForm(Body):
    """One person's duty of a day."""

    shift: Line = Field(min_length=1, examples=["早"])
    work: Line | None = Field(default=None, description="default: the first work of the shift")
    breaks: list[int] = Field(
        default=[], max_length=10, description="minutes after the start; empty: each as early as it may lie"
    )


class ChangeForm(Body):
    """What happens to one cell; `old` is what the caller sees there: if it is not there any more, nothing is done."""

    agent: Code
    day: Day
    old: DutyForm | None = None
    new: DutyForm | None = None


class Changes(Body):
    """Some changes, done together or not at all."""

    changes: list[ChangeForm] = Field(min_length=1, max_length=5000)


class Waiver(Body):
    """A hard rule that is taken upon oneself."""

    rule: Line = Field(examples=["daily-rest"])
    reason: Note = Field(min_length=5)


class PublishedChanges(Changes):
    """Changes of a published roster."""

    note: Note = ""
    waivers: list[Waiver] = Field(default=[], max_length=20)


class Publication(Body):
    """The draft is put in force."""

    note: Note = ""
    waivers: list[Waiver] = Field(default=[], max_length=20)


class Withdrawal(Body):
    """What is in force is taken back."""

    note: Note = Field(min_length=5)


class Take(Body):
    """What becomes the draft: a roster that a solve found, or a version that was published."""

    candidate: int | None = Field(default=None, ge=1, lt=2**63)
    version: int | None = Field(default=None, ge=1, lt=2**31)


class PinForm(Body):
    """A cell that solves must keep; without a shift it stays free."""

    agent: Code
    day: Day
    shift: Line | None = None


class Pins(Body):
    """All cells that are fixed."""

    pins: list[PinForm] = Field(max_length=10_000)


class NewRoster(Body):
    """A month to be worked on."""

    month: MonthWords


class DutyShown(Shown):
    """A duty in a list."""

    day: date
    agent: str
    shift: str
    work: str
    breaks: list[int]


class RosterShown(Shown):
    """A month of a site, in short."""

    month: str
    revision: int = Field(description="of the draft")
    published: int | None = Field(description="the number of the version in force")
    versions: int
    requirement: int | None
    planned: datetime | None = Field(description="when the draft is to be put in force by itself")
    changed_at: datetime


class DraftShown(Shown):
    """The draft."""

    month: str
    revision: int
    published: int | None
    duties: list[DutyShown]
    pins: list[PinForm]


class ColleagueShown(Shown):
    """Somebody as the roster on the wall names him."""

    number: str
    name: str
    team: str


class InForce(Shown):
    """The published duties of a month, and whose they are."""

    month: str
    version: int | None
    published_at: datetime | None
    duties: list[DutyShown]
    people: list[ColleagueShown]


class BreachShown(Shown):
    """A place where a rule does not hold."""

    rule: str
    title: str = Field(description="the name of the rule")
    hard: bool
    words: str
    cost: int
    agent: str | None
    day: date
    waivable_by: str | None
    source: str
    duties: list[DutyShown]


class VerdictShown(Shown):
    """What changes would do, or have done."""

    revision: int
    allowed: bool = Field(description="whether no hard rule is broken that held before")
    cost: int = Field(description="of the priced rules, more (or less) than before")
    broken: list[BreachShown]
    healed: list[BreachShown]


class ReportShown(Shown):
    """A roster judged by every rule, and the proof of emergency cover."""

    revision: int
    clean: bool
    score: int
    breaches: list[BreachShown]
    certificate: dict[str, Any]


class VersionShown(Shown):
    """A version in a list."""

    number: int
    kind: str
    note: str
    score: int
    changes: int
    certificate: dict[str, Any]
    plan: int
    made_by: int | None
    made_at: datetime


class VersionWhole(VersionShown):
    """A version with its duties and its changes against the one before."""

    duties: list[DutyShown]
    diff: list[dict[str, Any]]


class StandInShown(Shown):
    """Somebody who could take a duty."""

    agent: str
    cost: int
    gives_up: DutyShown | None


class SlotShown(Shown):
    """A duty without which the emergency floor falls."""

    duty: DutyShown
    survives: bool
    stand_ins: list[StandInShown]


class Fragile(Shown):
    """Which duties the emergency floor cannot do without, and who could stand in (N-1)."""

    revision: int
    survives: bool
    slots: list[SlotShown]


class ReceiptShown(Shown):
    """Who has read a version."""

    agent: str
    name: str
    read_at: datetime


def duty_shown(duty: Duty) -> DutyShown:
    """A duty in a list."""
    return DutyShown(day=duty.day, agent=duty.agent, shift=duty.shift, work=duty.work, breaks=list(duty.breaks))


def breach_shown(breach: Breach, language: Language) -> BreachShown:
    """A breach in words."""
    rule = breach.rule
    return BreachShown(
        rule=rule.kind,
        title=rule.title.said(language),
        hard=breach.hard,
        words=breach.said(language),
        cost=breach.cost,
        agent=breach.about.agent.id if breach.about.agent else None,
        day=breach.about.day,
        waivable_by=rule.waivable_by.value if rule.waivable_by else None,
        source=rule.source.said(language),
        duties=[duty_shown(duty) for duty in breach.duties],
    )


def slot_shown(duty: Duty, found: Sequence[StandIn]) -> SlotShown:
    """A duty with those who could take it."""
    shown = [_stand_in(one) for one in found]
    return SlotShown(duty=duty_shown(duty), survives=bool(found), stand_ins=shown)


def _stand_in(one: StandIn) -> StandInShown:
    return StandInShown(agent=one.agent, cost=one.cost, gives_up=one.gives_up and duty_shown(one.gives_up))


def duty_of(form: DutyForm | None, change: ChangeForm, site: Site) -> Duty | None:
    """A duty that was sent; shift, work and breaks must be of the site."""
    if form is None:
        return None
    shift = site.shift(form.shift)
    work = site.work(form.work or shift.works[0]).id
    if work not in shift.works:
        words = Text("班次“{shift}”不承担“{work}”", "shift “{shift}” does not serve “{work}”")
        raise Refusal(words.filled(shift=plain(shift.code), work=plain(work)))
    breaks = tuple(form.breaks)
    if breaks and not shift.allows(breaks):
        raise Refusal(Text("休息不能排在这些时间", "the shift does not let breaks lie there"))
    return Duty(change.day, change.agent, shift.code, work, breaks)


def change_of(form: ChangeForm, site: Site) -> Change:
    """A change that was sent."""
    return Change(form.agent, form.day, duty_of(form.old, form, site), duty_of(form.new, form, site))
