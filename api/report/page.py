"""The page on a plan: the grid, cover against need, hours and fairness, breaches, the forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.colours import LEAVE, REST, Colour, shift_colour
from api.pauses import pauses
from api.plan import Planned
from api.report.pictures import cover_map, daily_calls, usual_day
from api.report.run import Run, run_picture
from constraints.breach import Breach
from constraints.figures import Covered, PersonMonth, cover, months, shortfall
from domain.calendar import DayKind
from domain.language import WEEKDAYS_EN, WEEKDAYS_ZH, Language, Text, day_text, plain
from domain.site import Work
from domain.situation import Situation

MOST_BREACHES = 60
"""Of one rule; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid."""

    code: str
    colour: Colour
    title: str


@dataclass(frozen=True, slots=True)
class Family:
    """The breaches of one rule."""

    title: str
    source: str
    hard: bool
    cost: int
    said: tuple[str, ...]
    more: int


def render(planned: Planned, language: Language, made: datetime) -> str:
    """The page as HTML, with nothing outside it."""
    environment = Environment(
        loader=PackageLoader("api.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    situation, report = planned.situation, planned.result.report
    covered = cover(planned.roster, situation)
    people = months(planned.roster, situation)
    short = shortfall(covered)
    foreseen = planned.prepared.forecast
    return environment.get_template("report.html.j2").render(
        t=lambda zh, en: Text(zh, en).said(language),
        say=lambda text: text.said(language),
        language=language.value,
        made=made,
        site=situation.site,
        month=f"{situation.horizon.first:%Y-%m}",
        days=[(day, _weekday(day, language), _day_class(situation, day)) for day in situation.horizon],
        rows=[(person, [_cell(situation, person, day, language) for day in situation.horizon]) for person in people],
        shifts=[(shift, shift_colour(shift)) for shift in situation.site.shifts],
        families=_families(report.breaches if report else (), language),
        hard=len(report.hard) if report else 0,
        score=report.score if report else 0,
        result=planned.result,
        certificate=planned.certificate,
        where=day_text(planned.certificate.where.date()).said(language) + f" {planned.certificate.where:%H:%M}",
        covered_share=short.covered_share,
        short_hours=short.person_minutes / 60,
        queues=[_queue(planned, work, language) for work in situation.site.works if work.id in foreseen.queues],
        maps=[_map(work, covered, situation, language) for work in situation.site.works],
        run=_drawn(run_picture(Run.of(planned.moments, planned.result), language)),
        cleaning=planned.prepared.history.cleaning,
        provisional=sorted({day.year for day in situation.horizon} & situation.calendar.provisional),
    )


def _map(work: Work, covered: Iterable[Covered], situation: Situation, language: Language) -> tuple[str, Markup]:
    of_work = [found for found in covered if found.need.work == work.id]
    return work.label.said(language), _drawn(cover_map(of_work, situation.site.zone, language))


def _queue(planned: Planned, work: Work, language: Language) -> tuple[str, float, Markup, Markup]:
    foreseen = planned.prepared.forecast
    total = float(foreseen.of(work.id)["mean"].sum())
    daily, usual = daily_calls(foreseen, work.id, language), usual_day(foreseen, work.id)
    return work.label.said(language), total, _drawn(daily), _drawn(usual)


def _drawn(picture: str) -> Markup:
    """A picture goes onto the page as it is: it is made of our own numbers and day names."""
    return Markup(picture)  # noqa: S704


def _cell(situation: Situation, person: PersonMonth, day: date, language: Language) -> Cell:
    duty = person.duties.get(day)
    if duty:
        shift = situation.site.shift(duty.shift)
        work = situation.site.work(duty.work).label.said(language)
        hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
        title = f"{day_text(day).said(language)} {shift.label.said(language)} {hours} · {work}"
        rest = Text(" · 休息 {times}", " · break {times}").filled(times=plain(", ".join(pauses(duty, situation.site))))
        return Cell(shift.code, shift_colour(shift), title + (rest.said(language) if shift.breaks else ""))
    for leave in situation.leaves:
        if leave.agent == person.agent.id and day in leave.days:
            return Cell(Text("假", "L").said(language), LEAVE, leave.kind)
    return Cell("", REST, day_text(day).said(language))


def _families(breaches: tuple[Breach, ...], language: Language) -> list[Family]:
    found: defaultdict[tuple[str, str, bool], list[Breach]] = defaultdict(list)
    for breach in breaches:
        rule = breach.rule
        found[rule.title.said(language), rule.source.said(language), breach.hard].append(breach)
    return [
        Family(
            title,
            source,
            hard,
            sum(breach.cost for breach in group),
            tuple(breach.said(language) for breach in sorted(group, key=lambda breach: -breach.cost)[:MOST_BREACHES]),
            max(0, len(group) - MOST_BREACHES),
        )
        for (title, source, hard), group in sorted(found.items(), key=lambda item: not item[0][2])
    ]


def _weekday(day: date, language: Language) -> str:
    return WEEKDAYS_ZH[day.weekday()] if language is Language.ZH else WEEKDAYS_EN[day.weekday()][:2]


def _day_class(situation: Situation, day: date) -> str:
    kind = situation.calendar.kind(day)
    return "holiday" if kind is DayKind.STATUTORY else "" if kind.works else "rest"
