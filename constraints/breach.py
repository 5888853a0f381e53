"""A rule broken: where, by how much, at what price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from constraints.shapes import About, Measure
from domain.language import Language, Text, day_text, hours_text, joined, plain
from domain.roster import Duty
from domain.time import DAY_MINUTES, Span

if TYPE_CHECKING:
    from constraints.rule import Rule


MOST_DAYS: Final = 6


@dataclass(frozen=True, slots=True)
class Breach:
    """One shape that does not hold, with the names its words need."""

    rule: Rule
    about: About
    measure: Measure
    cost: int
    duties: tuple[Duty, ...]
    span: Span | None = None
    work: Text | None = None

    @property
    def hard(self) -> bool:
        """Whether it must not be; otherwise it has a price."""
        return self.rule.price is None

    def said(self, language: Language) -> str:
        """The breach in words."""
        return self.rule.say(self, language)

    def facts(self) -> dict[str, Text]:
        """What a rule's words may name: who, day, until, span, work, value, bound, gap (each also in hours), duties."""
        measure = self.measure
        return {
            "who": plain(self.about.agent.name if self.about.agent else ""),
            "day": day_text(self.about.day),
            "until": day_text(self.about.until or self.about.day),
            "span": span_text(self.span) if self.span else plain(""),
            "work": self.work or plain(""),
            "value": plain(measure.value),
            "bound": plain(measure.bound),
            "gap": plain(measure.gap),
            "value_hours": hours_text(measure.value),
            "bound_hours": hours_text(measure.bound),
            "gap_hours": hours_text(measure.gap),
            "duties": joined([duty_text(duty) for duty in self.duties]),
        }


def told(breaches: Iterable[Breach], language: Language) -> list[str]:
    """Breaches in words, hard ones first; what is the same on other days is said once, with the days."""
    alike: dict[object, list[Breach]] = {}
    for breach in sorted(breaches, key=lambda breach: not breach.hard):
        clock = (f"{breach.span.start:%H:%M}", f"{breach.span.end:%H:%M}") if breach.span else breach
        alike.setdefault((breach.rule, clock, breach.about.agent, breach.about.work, breach.measure), []).append(breach)
    return [_told_once(group, language) for group in alike.values()]


def _told_once(group: list[Breach], language: Language) -> str:
    first, others = group[0], group[1:]
    if not others:
        return first.said(language)
    days = [day_text(breach.about.day) for breach in others]
    shown = joined(days[:MOST_DAYS]) if len(days) <= MOST_DAYS else joined([*days[:MOST_DAYS], plain("…")])
    words = Text("{said}; 另有{count}天相同: {days}", "{said}; the same on {count} more days: {days}")
    return words.filled(said=plain(first.said(language)), count=plain(len(others)), days=shown).said(language)


def duty_text(duty: Duty) -> Text:
    """A duty by day and code."""
    return Text("{day}{code}", "{day} {code}").filled(day=day_text(duty.day), code=plain(duty.shift))


def span_text(span: Span) -> Text:
    """A span of local time, 12月24日(周四)22:00–06:00; one longer than a day names the day of its end too."""
    words = Text("{day}{start}–{until}{end}", "{day} {start}–{until}{end}")
    long = span.minutes > DAY_MINUTES
    last = day_text(span.end.date())
    return words.filled(
        day=day_text(span.start.date()),
        start=plain(f"{span.start:%H:%M}"),
        until=Text(last.zh, f"{last.en} ") if long else plain(""),
        end=plain(f"{span.end:%H:%M}"),
    )
