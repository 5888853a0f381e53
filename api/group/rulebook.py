"""The rules that a plan may be made of, and the law packs: what a form for them needs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from api.auth.rights import Action
from api.files.parts import WordsForm
from api.http.desk import Desk, at
from api.http.forms import Shown
from constraints.catalogue import RULES
from constraints.labels import LABELS
from constraints.packs import PACKS, Article, Pack
from constraints.rule import Rule, Scope

router = APIRouter(tags=["group"])


class RuleKind(Shown):
    """A rule that there is."""

    rule: str
    title: WordsForm
    source: WordsForm
    said: WordsForm = Field(description="how a breach is told, with the fields that are filled in")
    scope: Scope
    binding: bool = Field(description="always hard, and nobody may waive it")
    standard: dict[str, Any] = Field(description="the rule with its usual numbers")
    form: dict[str, Any] = Field(description="JSON schema of the rule")
    labels: dict[str, WordsForm] = Field(description="what its fields are called")


class ArticleShown(Shown):
    """A provision of law, and the rule that keeps it."""

    place: str
    says: WordsForm
    rule: str


class LawShown(Shown):
    """A law pack."""

    id: str
    title: WordsForm
    since: date
    articles: list[ArticleShown]
    open: list[WordsForm] = Field(description="what the law also demands and people must look after")


class RuleBook(Shown):
    """Everything that a policy can be made of."""

    kinds: list[RuleKind]
    laws: list[LawShown]


@router.get("/sites/{site}/rules")
def show_rule_book(_: Annotated[Desk, at(Action.RULES_SEE)]) -> RuleBook:
    """Every rule with its schema, its words and its source, and every law pack."""
    return RuleBook(kinds=[_kind(rule) for rule in RULES], laws=[_law(pack) for pack in PACKS])


def _kind(rule: type[Rule]) -> RuleKind:
    standard = rule.model_validate(rule.example)
    return RuleKind(
        rule=standard.kind,
        title=WordsForm.of(rule.title),
        source=WordsForm.of(rule.source),
        said=WordsForm.of(rule.words),
        scope=rule.scope,
        binding=rule.binding,
        standard=standard.model_dump(mode="json"),
        form=rule.model_json_schema(),
        labels={name: WordsForm.of(LABELS[name]) for name in rule.model_fields if name != "kind"},
    )


def _law(pack: Pack) -> LawShown:
    return LawShown(
        id=pack.id,
        title=WordsForm.of(pack.title),
        since=pack.since,
        articles=[_article(article) for article in pack.articles],
        open=[WordsForm.of(text) for text in pack.open],
    )


def _article(article: Article) -> ArticleShown:
    return ArticleShown(place=article.place, says=WordsForm.of(article.says), rule=article.rule.kind)
