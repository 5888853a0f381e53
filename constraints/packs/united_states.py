"""Fair Workweek presets of the United States: rest between duties and notice of the schedule, where they apply."""

from __future__ import annotations

from datetime import date
from typing import Final

from constraints.packs.pack import Article, Pack
from constraints.rule import Role
from constraints.rules.rest import DailyRest
from domain.language import Text

SCOPE: Final = Text(
    "仅适用于列明的行业和规模; 公用事业与呼叫中心多不在内",
    "covered trades and sizes only; utilities and call centres mostly are not",
)
PREMIUM: Final = Text(
    "经书面同意可短于此, 须付补偿; 变更排班须付可预测性补偿",
    "shorter by written consent and for a premium; changes after notice cost predictability pay",
)


def _preset(code: str, name: Text, since: date, hours: int, place: str) -> Pack:
    says = Text("班间休息{hours}小时", "{hours} h of rest between duties").filled(hours=hours)
    rest = DailyRest(hours=hours, waivable_by=Role.MANAGER)
    return Pack(f"us-{code}", name, since, (Article(place, says, rest),), (SCOPE, PREMIUM), notice_days=14)


PRESETS: Final = (
    _preset("oregon", Text("美国 · 俄勒冈", "US, Oregon"), date(2020, 7, 1), 10, "ORS 653.442"),
    _preset("seattle", Text("美国 · 西雅图", "US, Seattle"), date(2017, 7, 1), 10, "SMC 14.22.035"),
    _preset("chicago", Text("美国 · 芝加哥", "US, Chicago"), date(2022, 7, 1), 10, "MCC 6-110-070"),
    _preset("los-angeles", Text("美国 · 洛杉矶", "US, Los Angeles"), date(2023, 4, 1), 10, "LAMC 185.07"),
    _preset("philadelphia", Text("美国 · 费城", "US, Philadelphia"), date(2020, 4, 1), 9, "Phila. Code 9-4605"),
    _preset(
        "nyc-fast-food", Text("美国 · 纽约快餐", "US, New York fast food"), date(2017, 11, 26), 11, "NYC Code 20-1231"
    ),
)
