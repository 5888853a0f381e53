"""The People's Republic of China: standard hours, and hours averaged by permit."""

from __future__ import annotations

from datetime import date
from typing import Final

from constraints.packs.pack import Article, Pack
from constraints.rules.hours import DailyHours
from constraints.rules.overtime import AveragedHours, MonthlyOvertime
from constraints.rules.protection import Protected, ProtectedHours
from constraints.rules.rest import WeeklyRest
from domain.language import Text

WOMEN: Final = (
    Article(
        "国务院令第619号第6条、第9条",
        Text(
            "怀孕7个月以上或哺乳未满1周岁婴儿: 不得夜班, 每日不得延长; 哺乳时间1小时",
            "from the 7th month and while nursing a child under one: no night, no longer day; an hour for nursing",
        ),
        Protected(),
    ),
    Article(
        "国务院令第619号第6条、第9条; 劳动法第61条、第63条",
        Text("受保护期内不得加班", "no overtime on protected days"),
        ProtectedHours(),
    ),
)
PAY: Final = Text(
    "加班工资150%/200%/300%(劳动法第44条); 法定节假日2025年起13天(国务院令第795号)",
    "overtime pay 150/200/300 % (Labour Law art. 44); 13 statutory holidays from 2025 (State Council Order 795)",
)
REST_DAY: Final = Article(
    "劳动法第38条",
    Text("每周至少休息一日(连续24小时)", "at least one day off a week, 24 h in one piece"),
    WeeklyRest(hours=24),
)

STANDARD: Final = Pack(
    "cn-standard",
    Text("中国 · 标准工时", "China, standard hours"),
    date(2025, 1, 1),
    (
        Article(
            "劳动法第36条、第41条; 国务院令第174号第3条",
            Text("每日8小时, 加班每日不超过3小时", "8 h a day, overtime at most 3 h a day"),
            DailyHours(hours=11),
        ),
        REST_DAY,
        *WOMEN,
        Article(
            "劳动法第41条",
            Text("加班每月不超过36小时", "overtime at most 36 h a month"),
            MonthlyOvertime(hours=36),
        ),
    ),
    open=(
        PAY,
        Text(
            "加班须与工会和劳动者协商; 抢险(第42条)只免除第41条",
            "overtime needs consultation with union and worker; an emergency (art. 42) lifts art. 41 only",
        ),
    ),
)

AVERAGED: Final = Pack(
    "cn-averaged",
    Text("中国 · 综合计算工时(月, 须经批准)", "China, hours averaged over a month, by permit"),
    date(2025, 1, 1),
    (
        REST_DAY,
        *WOMEN,
        Article(
            "劳部发〔1994〕503号第5条; 劳部发〔1997〕271号",
            Text("周期内加班平均每月不超过36小时", "overtime averages at most 36 h a month over the period"),
            MonthlyOvertime(hours=36),
        ),
    ),
    open=(
        Text(
            "须有该岗位当期有效的批准; 每日最长工时以批准文件为准(常见11小时)",
            "a permit valid for the post and day; its own limit of a day's hours (often 11) binds",
        ),
        Text(
            "超出周期标准工时按150%, 法定节假日按300%(309号第62条)",
            "beyond the period's standard hours 150 %, statutory holidays 300 % (No. 309 art. 62)",
        ),
    ),
)

AVERAGED_QUARTER: Final = Pack(
    "cn-averaged-quarter",
    Text("中国 · 综合计算工时(季, 须经批准)", "China, hours averaged over a quarter, by permit"),
    date(2025, 1, 1),
    (
        REST_DAY,
        *WOMEN,
        Article(
            "劳部发〔1994〕503号第5条; 劳部发〔1997〕271号",
            Text(
                "季度内加班平均每月不超过36小时; 未填批准文号时按月计算",
                "overtime averages at most 36 h a month over the quarter; month by month where no permit is told",
            ),
            AveragedHours(months=3),
        ),
    ),
    open=AVERAGED.open,
)
