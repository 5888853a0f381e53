"""What may stand in a cell at all: certificates, leave, unavailability, fixed cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from constraints.book import Book, Entry
from constraints.given import Given
from constraints.rule import CellRule, Role
from constraints.shapes import About, Shape, Sum, Term
from domain.language import Text


class Certified(CellRule):
    """Nobody serves a work without a certificate that is valid from the first to the last minute."""

    title: ClassVar[Text] = Text("持证上岗", "Certified people only")
    words: ClassVar[Text] = Text(
        "{who} {day}没有本班所需的有效证书({duties}): {value}个班, 允许{bound}个",
        "{who} holds no valid certificate for the duty on {day} ({duties}): {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text("内规 S15: 持证上岗", "House rule S15: certified people only")
    binding: ClassVar[bool] = True

    kind: Literal["certified"] = "certified"

    def forbids(self, entry: Entry, given: Given) -> bool:  # noqa: ARG002 - the person alone decides
        """Without the certificate of the work served."""
        return not entry.may(entry.duty.work)


class OnLeave(CellRule):
    """No duty touches a day of approved leave."""

    title: ClassVar[Text] = Text("休假", "Leave")
    words: ClassVar[Text] = Text(
        "{who} {day}的班({duties})碰到休假: {value}个班, 允许{bound}个",
        "{who}: the duty of {day} ({duties}) touches approved leave: {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text("内规 S17: 请假", "House rule S17: leave")

    kind: Literal["leave"] = "leave"
    waivable_by: Role | None = Role.MANAGER

    def forbids(self, entry: Entry, given: Given) -> bool:
        """Overlapping leave."""
        return any(entry.overlaps(start, end) for start, end in given.away.get(entry.agent.id, ()))


class Unavailable(CellRule):
    """No duty touches a span in which the person cannot work."""

    title: ClassVar[Text] = Text("不可排班时段", "Unavailability")
    words: ClassVar[Text] = Text(
        "{who} {day}的班({duties})碰到不可排班时段: {value}个班, 允许{bound}个",
        "{who}: the duty of {day} ({duties}) touches a time at which they cannot work: {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text("内规 S4: 个人不可排班时段", "House rule S4: people's unavailability")

    kind: Literal["unavailable"] = "unavailable"
    waivable_by: Role | None = Role.SCHEDULER

    def forbids(self, entry: Entry, given: Given) -> bool:
        """Overlapping the span."""
        return any(entry.overlaps(start, end) for start, end in given.unavailable.get(entry.agent.id, ()))


class SplitDuties(CellRule):
    """A duty with a long break in its middle is for those who agreed to it."""

    title: ClassVar[Text] = Text("分段班须本人同意", "Split duties by permission")
    words: ClassVar[Text] = Text(
        "{who} {day}的分段班({duties})未经同意: {value}个班, 允许{bound}个",
        "{who}: the split duty of {day} ({duties}) has no permission: {value} such, {bound} allowed",
    )
    source: ClassVar[Text] = Text("内规 S4: 分段班须本人同意", "House rule S4: split duties need the person's consent")

    kind: Literal["split-duties"] = "split-duties"
    pause: int = Field(default=120, ge=1, description="a break of so many minutes splits a duty")
    skill: str = Field(default="split", description="the certificate of those who agreed")
    waivable_by: Role | None = Role.MANAGER

    def forbids(self, entry: Entry, given: Given) -> bool:  # noqa: ARG002 - duty and person alone decide
        """Split, without the permission."""
        return entry.placed.pause >= self.pause and not entry.may(self.skill)


class FixedCells(CellRule):
    """A fixed cell keeps its shift, or its rest."""

    title: ClassVar[Text] = Text("锁定单元格", "Fixed cells")
    words: ClassVar[Text] = Text(
        "{who} {day}已锁定, 与锁定不符({duties}): {value}个班, 应为{bound}个",
        "{who}: {day} is fixed and differs ({duties}): {value} duties where {bound} should be",
    )
    source: ClassVar[Text] = Text("排班员锁定", "Fixed by the scheduler")

    near: ClassVar[int | None] = None

    kind: Literal["fixed-cells"] = "fixed-cells"
    waivable_by: Role | None = Role.SCHEDULER

    def forbids(self, entry: Entry, given: Given) -> bool:
        """Another shift than the fixed one, or any on a fixed rest."""
        return any(pin.day == entry.day and pin.shift != entry.duty.shift for pin in given.pins.get(entry.agent.id, ()))

    def shapes(self, book: Book) -> Iterator[Shape]:
        """The forbidden entries, and one `Sum` that demands each fixed shift."""
        yield from super().shapes(book)
        for agent in book.agents:
            for pin in book.given.pins.get(agent.id, ()):
                if pin.shift is None or pin.day not in book.horizon:
                    continue
                wanted = tuple(entry for entry in book.cell(agent, pin.day) if entry.duty.shift == pin.shift)
                yield Sum(About(pin.day, agent), (Term(wanted),), low=1, price=self.price)
