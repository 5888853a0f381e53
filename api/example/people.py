"""Invented people: certificates, leave, wishes, and how the time before was worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from api.files.tables import write_csv
from domain.time import Days, Month

PLANNED: Final = Month(2026, 12)
PAST: Final = Days(date(2026, 11, 23), date(2026, 11, 30))
SURNAMES: Final = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
GIVEN: Final = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
    "刚",
    "桂英",
    "文",
    "辉",
    "力",
    "玲",
    "建华",
    "玉兰",
    "志强",
    "秀兰",
    "海燕",
    "晓东",
    "雪梅",
    "国庆",
    "婷婷",
    "浩然",
    "欣怡",
    "子涵",
    "梓萱",
    "宇轩",
]
TEAMS: Final = ("一班", "二班", "三班", "四班")
PEOPLE: Final = 40
SERVICE_ONLY: Final = 10
LEADERS: Final = 12
PART_TIMERS: Final = (33, 37)
CYCLE: Final = ("早", "早", "中", "夜", "", "")
BREAKS_AT_NIGHT: Final = ("02:00", "04:00")
DAY_CYCLE: Final = ("白", "白", "早", "午", "", "")
LEAVE: Final[dict[int, str]] = {
    4: "2026-12-07..2026-12-11 annual",
    11: "2026-12-21..2026-12-25 annual",
    18: "2026-12-01..2026-12-03 sick",
    26: "2026-12-28..2026-12-31 annual",
    35: "2026-12-14..2026-12-16 marriage",
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people a site has, which month is planned, and which days before it were worked."""

    prefix: str = "B"
    people: int = PEOPLE
    planned: Month = PLANNED
    past: Days = PAST
    leave: Mapping[int, str] = field(default_factory=lambda: LEAVE)

    @property
    def service_only(self) -> int:
        """The last of them take no emergency calls."""
        return self.people * SERVICE_ONLY // PEOPLE

    @property
    def leaders(self) -> int:
        """The first of them may lead a shift."""
        return max(6, self.people * LEADERS // PEOPLE)

    def day(self, number: int) -> date:
        """A day of the planned month, by its number."""
        return self.planned.days.first + timedelta(days=number - 1)


def write_people(path: Path, seed: int, crowd: Crowd | None = None) -> None:
    """`id,name,team,contract,skills,leave,wishes,duties`, one row a person."""
    crowd = crowd or Crowd()
    rng = np.random.default_rng(seed)
    header = ("id", "name", "team", "contract", "skills", "leave", "wishes", "duties")
    write_csv(path, header, [_person(number, rng, crowd) for number in range(1, crowd.people + 1)])


def _person(number: int, rng: np.random.Generator, crowd: Crowd) -> tuple[object, ...]:
    service_only = number > crowd.people - crowd.service_only
    place = number - 1
    return (
        f"{crowd.prefix}{number:03d}",
        SURNAMES[place % len(SURNAMES)] + GIVEN[(place + 7 * (place // len(GIVEN))) % len(GIVEN)],
        TEAMS[number % len(TEAMS)],
        "part" if number in PART_TIMERS else "full",
        _skills(number, crowd, service_only=service_only),
        crowd.leave.get(number, ""),
        _wishes(number, rng, crowd),
        _past(number, DAY_CYCLE if service_only else CYCLE, crowd),
    )


def _skills(number: int, crowd: Crowd, *, service_only: bool) -> str:
    if service_only:
        return "service"
    until = crowd.day(15) if number == 30 else f"{crowd.planned.year + 1 + number % 3}-06-30"
    skills = ["service", f"emergency:2024-01-01..{until}"]
    return "; ".join([*skills, "leader"] if number <= crowd.leaders else skills)


def _wishes(number: int, rng: np.random.Generator, crowd: Crowd) -> str:
    days = rng.choice(len(crowd.planned.days), size=int(rng.integers(0, 4)), replace=False)
    wishes = [f"{crowd.day(int(day) + 1)} off*{int(rng.integers(1, 4))}" for day in sorted(days)]
    if number % 9 == 0:
        wishes.append(f"{crowd.day(24)} avoid 夜*2")
    if number % 11 == 0:
        wishes.append(f"{crowd.planned.days.last} on 早")
    return "; ".join(wishes)


def _past(number: int, cycle: tuple[str, ...], crowd: Crowd) -> str:
    worked = ((day, cycle[(place + number) % len(cycle)]) for place, day in enumerate(crowd.past))
    night = f"夜 {BREAKS_AT_NIGHT[number // len(cycle) % len(BREAKS_AT_NIGHT)]}"
    return "; ".join(f"{day} {night if code == '夜' else code}" for day, code in worked if code)
