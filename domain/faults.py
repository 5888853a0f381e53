"""Bad input, told with the place where it stands."""

from __future__ import annotations

from domain.language import Refusal, Text, plain


class BadInput(Refusal):
    """Something in a file that cannot be taken: which row (as a person counts), which column or field, why."""

    def __init__(
        self, text: Text, *, row: int | None = None, column: str | None = None, file: str | None = None
    ) -> None:
        super().__init__(text)
        self.row = row
        self.column = column
        self.file = file

    def at(self, file: str) -> BadInput:
        """The same fault with the name of the file."""
        return BadInput(self.text, row=self.row, column=self.column, file=self.file or file)

    @property
    def full(self) -> Text:
        """The whole sentence: file, row, column, fault."""
        parts = [
            plain(self.file) if self.file else None,
            Text("第{row}行", "row {row}").filled(row=plain(self.row)) if self.row else None,
            Text("“{column}”", "“{column}”").filled(column=plain(self.column)) if self.column else None,
        ]
        place = [part for part in parts if part]
        if not place:
            return self.text
        return Text(
            " ".join(part.zh for part in place) + ": " + self.text.zh,
            ", ".join(part.en for part in place) + ": " + self.text.en,
        )
