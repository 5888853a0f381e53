"""Cases of a what-if: `need x1.1`, `+2 service;emergency`, `-A017`, `no wishes`, `{kind: wishes, price: 500}`."""

from __future__ import annotations

import re
from typing import Final

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from constraints.catalogue import AnyRule
from domain.language import Refusal, Text, joined, plain
from domain.people import Agent, Certificate
from scheduler.branches import with_demand, with_people, with_rule, without_person, without_rule
from scheduler.problem import Problem
from scheduler.whatif import Branch

RULE: Final[TypeAdapter[AnyRule]] = TypeAdapter(AnyRule)


Changed = tuple[Problem, Text]
"""A problem after a change, and what was changed."""


def branch(problem: Problem, words: str) -> Branch:
    """The branch that a case describes; several changes are joined by `&`."""
    changed, names = problem, list[Text]()
    for part in words.split("&"):
        changed, name = _changed(changed, part.strip())
        names.append(name)
    return Branch(joined(names), changed)


def _changed(problem: Problem, words: str) -> Changed:
    if found := re.fullmatch(r"(?:need|需求)\s*[x×*]\s*(\d+(?:\.\d+)?)", words):
        return with_demand(problem, float(found[1])), Text(f"需求 x{found[1]}", f"need x{found[1]}")
    if found := re.fullmatch(r"\+(\d+)\s+(.+)", words):
        more = with_people(problem, *_more(problem, int(found[1]), found[2]))
        return more, Text(f"增加{found[1]}人({_named(problem, found[2])})", f"+{found[1]} {found[2]}")
    if found := re.fullmatch(r"-(\S+)", words):
        person = problem.situation.agent(found[1])
        return without_person(problem, person.id), Text(f"少{person.name}", f"-{person.id}")
    if found := re.fullmatch(r"(?:no|无)\s+([\w-]+)", words):
        title = next((rule.title.zh for rule in problem.policy.rules if rule.kind == found[1]), found[1])
        return without_rule(problem, found[1]), Text(f"不计“{title}”", f"no {found[1]}")
    if words.startswith("{"):
        rule = _rule(words)
        return with_rule(problem, rule), Text(f"{rule.title.zh}: {words}", words)
    wanted = Text("看不懂“{words}”, 应如: {examples}", "“{words}” is not understood; write {examples}")
    examples = "need x1.1 / +2 service;emergency / -A017 / no wishes / {kind: wishes, price: 500}"
    raise Refusal(wanted.filled(words=plain(words), examples=plain(examples)))


def _named(problem: Problem, skills: str) -> str:
    """Certificates by the names of the works that they are for."""
    labels = {work.id: work.label.zh for work in problem.situation.site.works}
    return "、".join(labels.get(skill.strip(), skill.strip()) for skill in re.split(r"[;；]", skills))


def _more(problem: Problem, count: int, skills: str) -> tuple[Agent, ...]:
    """New people with these certificates and the contract that most have."""
    contracts = [agent.contract for agent in problem.situation.agents]
    contract = max(contracts, key=contracts.count)
    held = tuple(Certificate(skill.strip()) for skill in re.split(r"[;；]", skills) if skill.strip())
    return tuple(Agent(f"+{number}", f"+{number}", contract, held) for number in range(1, count + 1))


def _rule(words: str) -> AnyRule:
    try:
        return RULE.validate_python(YAML(typ="safe").load(words))
    except ValidationError as error:
        why = error.errors(include_url=False)[0]["msg"]
        text = Text("规则“{words}”不正确: {why}", "the rule “{words}” is wrong: {why}")
        raise Refusal(text.filled(words=plain(words), why=plain(why))) from error
    except YAMLError as error:
        raise Refusal(Text("规则写法应如 {kind: wishes}", "write a rule as {kind: wishes}")) from error
