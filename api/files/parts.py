"""What all parts of a site's file share."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict

from domain.language import Text


class Part(BaseModel):
    """What all parts share: no unknown field, no infinite number."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _both(given: object) -> object:
    return {"zh": given, "en": given} if isinstance(given, str) else given


class WordsForm(Part):
    """A text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        """The form of a text."""
        return cls(zh=text.zh, en=text.en)

    def text(self) -> Text:
        """The text."""
        return Text(self.zh, self.en)


Words = Annotated[WordsForm, BeforeValidator(_both)]
