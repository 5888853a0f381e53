"""What a law pack is: dated rules with their articles, and what it leaves to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from constraints.rule import Rule
from domain.language import Text


@dataclass(frozen=True, slots=True)
class Article:
    """A provision of law, and the rule that keeps it."""

    place: str
    """Where it stands: law and article."""
    says: Text
    rule: Rule


@dataclass(frozen=True, slots=True)
class Pack:
    """The working-time law of a place as it stands from a day on. A lawyer must sign before it is used."""

    id: str
    title: Text
    since: date
    articles: tuple[Article, ...]
    open: tuple[Text, ...] = ()
    """What the law also demands and no rule here checks: people must."""
    notice_days: int | None = None
    """Days between publication and the first day of a roster, where the law asks for them."""

    @property
    def version(self) -> str:
        """The name under which a roster remembers the law it was made by."""
        return f"{self.id}/{self.since.isoformat()}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all articles, each once."""
        return tuple(dict.fromkeys(article.rule for article in self.articles))
