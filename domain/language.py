"""Words in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

WEEKDAYS_ZH: Final = "一二三四五六日"
WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Language(StrEnum):
    """A language in which the product speaks."""

    ZH = "zh-CN"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language is Language.ZH else self.en

    def filled(self, **facts: object) -> Text:
        """The text with its {fields} filled; a fact may itself be a Text."""
        return Text(
            self.zh.format(**{name: _in(fact, Language.ZH) for name, fact in facts.items()}),
            self.en.format(**{name: _in(fact, Language.EN) for name, fact in facts.items()}),
        )


class Refusal(ValueError):
    """A value that cannot be, refused with the reason in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def plain(words: object) -> Text:
    """A text that reads the same in both languages: a name, a code, a number."""
    return Text(str(words), str(words))


def joined(texts: list[Text]) -> Text:
    """Several texts as one list."""
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def day_text(day: date) -> Text:
    """A day as people say it: 12月24日(周四), Thu 24 Dec."""
    return Text(
        f"{day.month}月{day.day}日(周{WEEKDAYS_ZH[day.weekday()]})",
        f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}",
    )


def hours_text(minutes: float) -> Text:
    """Minutes as hours with at most one decimal and the unit."""
    number = f"{minutes / 60:.1f}".removesuffix(".0")
    return Text(f"{number}小时", f"{number} h")


def _in(fact: object, language: Language) -> object:
    return fact.said(language) if isinstance(fact, Text) else fact
