"""Why there is no roster, in lines: what must be missing, what clashes, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from api.speech import language, say
from constraints.breach import told
from domain.language import Text, day_text, joined, plain
from domain.situation import Situation
from scheduler.clash import Clash, Found, clash
from scheduler.explain import Explanation
from scheduler.problem import Limits, Problem
from scheduler.remedies import Remedy, remedies

MOST_SHOWN = 25
MOST_NAMES = 12


def reasons(problem: Problem, limits: Limits, missing: Explanation) -> Iterator[str]:
    """The whole answer, line by line as it is found; what clashes and what helps take a third of the time each."""
    third = replace(limits, seconds=limits.seconds / 3)
    yield from _missing(missing)
    clashing = clash(problem, third)
    yield from _clashing(clashing, problem.situation)
    if clashing.state is Found.CLASH:
        yield from _helping(remedies(problem, clashing, missing.breaches, third))


def _missing(found: Explanation) -> Iterator[str]:
    if found.roster is None:
        yield say(
            "时间内未能确定缺多少; 请加长 --seconds", "what is missing was not found in time; give more --seconds"
        )
        return
    yield (
        say("至少要缺这些(已证明最少):", "at least this must be missing (proven least):")
        if found.least
        else say("最少缺这些(时间内最好的答案):", "the least found to be missing in the time given:")
    )
    lines = told(found.breaches, language())
    yield from (f"  {words}" for words in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield say("  另有{n}处", "  and {n} more", n=len(lines) - MOST_SHOWN)


def _clashing(found: Clash, given: Situation) -> Iterator[str]:
    if found.state is not Found.CLASH:
        yield say("时间内未能确定哪些要求相互冲突", "which demands clash was not decided in the time given")
        return
    yield (
        say(
            "互相冲突的最小一组要求(缺任一条, 其余即可满足):",
            "a smallest clash (without any one of these the others can be met):",
        )
        if found.irreducible
        else say("互相冲突的要求(时间内最小的一组):", "demands that clash (the smallest set found in time):")
    )
    for rule in found.rules:
        demands = found.of(rule)
        names = [plain(given.agent(demand.agent).name) for demand in demands if demand.agent]
        days = [day_text(demand.day) for demand in demands if demand.day]
        who = _listed(names) + _listed(days)
        yield f"  {rule.title.said(language())} [{rule.source.said(language())}]: {who}"


def _listed(texts: list[Text]) -> str:
    shown = joined(texts[:MOST_NAMES]).said(language())
    return shown + (say(" 等{n}项", " … {n} in all", n=len(texts)) if len(texts) > MOST_NAMES else "")


def _helping(found: tuple[Remedy, ...]) -> Iterator[str]:
    if not found:
        yield say("没有找到已验证的补救办法; 请加长 --seconds", "no verified remedy was found; give more --seconds")
        return
    yield say("可行的补救(均已重新求解验证, 由易到难):", "what would help (each solved again, the easiest first):")
    for number, remedy in enumerate(found, 1):
        yield f"  {number}. {remedy.words.said(language())}"
