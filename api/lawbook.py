"""The law packs as a page: written by the packs themselves."""

from __future__ import annotations

from constraints.packs import PACKS, Pack

HEAD = """# Law packs · 法规包

Made by `paiban rules --laws --out docs/laws.md`; do not edit by hand.
由 `paiban rules --laws --out docs/laws.md` 生成, 请勿手改。

**A lawyer must sign before a pack is used.** It holds what can be checked on a roster; what else the law demands is
listed with it.
**使用前须经律师签字。** 法规包只含可由排班表检查的条款; 法律的其他要求一并列出, 须由人工核对。

A site names its pack in `SITE.yaml`: `law: cn-standard`. Its rules are added to the site's own; of two limits the
stricter binds. `certificate.json` remembers the pack and its day.
"""


def law_page() -> str:
    """Every pack with its articles, the rules that keep them, and what it leaves to people."""
    return HEAD + "".join(_section(law) for law in PACKS)


def _section(law: Pack) -> str:
    lines = [f"\n## `{law.id}` · {law.title.zh} · {law.title.en}\n", f"Since · 自 {law.since.isoformat()}\n"]
    if law.articles:
        lines += ["| article · 条款 | says · 内容 | rule · 规则 |", "|---|---|---|"]
    for article in law.articles:
        rule = article.rule
        numbers = ", ".join(f"{name} {value}" for name, value in rule.numbers().items() if name != "kind")
        lines.append(f"| {article.place} | {article.says.zh} · {article.says.en} | `{rule.kind}` {numbers} |")
    if law.notice_days is not None:
        lines.append(f"\nNotice · 提前公布: {law.notice_days} days · 天")
    if law.open:
        lines += ["\nLeft to people · 须人工核对:\n", *(f"- {text.zh} · {text.en}" for text in law.open)]
    return "\n".join([*lines, ""])
