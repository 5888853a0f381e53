"""Forty invented people: certificates, leave, wishes, and how the month before ended."""

from __future__ import annotations

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
LEAVES: Final = {
    4: "2026-12-07..2026-12-11 annual",
    11: "2026-12-21..2026-12-25 annual",
    18: "2026-12-01..2026-12-03 sick",
    26: "2026-12-28..2026-12-31 annual",
    35: "2026-12-14..2026-12-16 marriage",
}


def write_people(path: Path, seed: int) -> None:
    """`id,name,team,contract,skills,leave,wishes,duties`, one row a person."""
    rng = np.random.default_rng(seed)
    header = ("id", "name", "team", "contract", "skills", "leave", "wishes", "duties")
    write_csv(path, header, [_person(number, rng) for number in range(1, PEOPLE + 1)])


def _person(number: int, rng: np.random.Generator) -> tuple[object, ...]:
    service_only = number > PEOPLE - SERVICE_ONLY
    return (
        f"B{number:03d}",
        SURNAMES[number - 1] + GIVEN[number - 1],
        TEAMS[number % len(TEAMS)],
        "part" if number in PART_TIMERS else "full",
        _skills(number, service_only=service_only),
        LEAVES.get(number, ""),
        _wishes(number, rng),
        _past(number, DAY_CYCLE if service_only else CYCLE),
    )


def _skills(number: int, *, service_only: bool) -> str:
    if service_only:
        return "service"
    until = "2026-12-15" if number == 30 else f"{2027 + number % 3}-06-30"
    skills = ["service", f"emergency:2024-01-01..{until}"]
    return "; ".join([*skills, "leader"] if number <= LEADERS else skills)


def _wishes(number: int, rng: np.random.Generator) -> str:
    days = rng.choice(len(PLANNED.days), size=int(rng.integers(0, 4)), replace=False)
    wishes = [f"{PLANNED.days.first + timedelta(days=int(day))} off*{int(rng.integers(1, 4))}" for day in sorted(days)]
    if number % 9 == 0:
        wishes.append("2026-12-24 avoid 夜*2")
    if number % 11 == 0:
        wishes.append("2026-12-31 on 早")
    return "; ".join(wishes)


def _past(number: int, cycle: tuple[str, ...]) -> str:
    worked = ((day, cycle[(place + number) % len(cycle)]) for place, day in enumerate(PAST))
    night = f"夜 {BREAKS_AT_NIGHT[number // len(cycle) % len(BREAKS_AT_NIGHT)]}"
    return "; ".join(f"{day} {night if code == '夜' else code}" for day, code in worked if code)
