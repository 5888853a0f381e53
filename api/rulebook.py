"""The catalogue of rules as a page: written by the rules themselves."""

from __future__ import annotations

from constraints.catalogue import RULES
from constraints.rule import Rule, Scope
from domain.language import Text

SCOPES = {
    Scope.CELL: Text("单元格", "one cell"),
    Scope.AGENT: Text("个人", "one person"),
    Scope.SITE: Text("站点", "the site"),
}
HEAD = """# Rules · 规则

Made by `paiban rules --out docs/rules.md` from the catalogue; do not edit by hand.
由 `paiban rules --out docs/rules.md` 自规则目录生成, 请勿手改。

A rule without a price is hard. `price` is a number per unit of the gap, or rising steps:
`{steps: [{units: 1, each: 4}, {each: 8}]}`.
没有价格的规则是硬性规则; 价格可写一个数, 或写逐级上升的台阶。

Every rule may be limited to some people: `only: {contracts: [part], teams: [早班组], agents: [A017]}`.
每条规则都可以只对一部分人生效, 写法同上。

A law pack or a policy made of these rules needs a lawyer's signature before it is used.
"""


def rule_page() -> str:
    """Every rule with its words, source, numbers and waiver."""
    return HEAD + "".join(_section(rule) for rule in RULES)


def _section(rule: type[Rule]) -> str:
    fields = rule.model_fields
    standard = rule.model_validate(rule.example)
    lines = [
        f"\n## `{standard.kind}` · {rule.title.zh} · {rule.title.en}\n",
        f"{(rule.__doc__ or '').strip()}\n",
        f"- Source · 依据: {rule.source.en} · {rule.source.zh}",
        f"- Scope · 范围: {SCOPES[rule.scope].en} · {SCOPES[rule.scope].zh}",
        f"- By default · 默认: {'hard · 硬性' if standard.price is None else f'priced · 计价 {_price(standard)}'}",
        f"- May be waived by · 可豁免者: {standard.waivable_by.value if standard.waivable_by else 'nobody · 无'}",
    ]
    numbers = [name for name in fields if name not in {"kind", "price", "waivable_by", "only"}]
    for name in numbers:
        described = fields[name].description
        lines.append(f"- `{name}` = {getattr(standard, name)}" + (f": {described}" if described else ""))
    lines += [f"- Said as · 说法: “{rule.words.zh}” / “{rule.words.en}”", ""]
    return "\n".join(lines)


def _price(rule: Rule) -> str:
    assert rule.price is not None  # noqa: S101 - asked only of priced rules
    return ", ".join(f"{'…' if step.units is None else step.units}×{step.each}" for step in rule.price.steps)
