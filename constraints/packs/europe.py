"""The European Union's directive, and Germany."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from constraints.packs.pack import Article, Pack
from constraints.rules.breaks import Breaks
from constraints.rules.hours import DailyHours, WeeklyHours
from constraints.rules.protection import Protected
from constraints.rules.rest import DailyRest, WeeklyRest
from constraints.rules.weekends import FreeSundays
from domain.language import Text

EU: Final = Pack(
    "eu-2003-88",
    Text("欧盟指令 2003/88/EC", "EU Directive 2003/88/EC"),
    date(2004, 8, 2),
    (
        Article(
            "2003/88/EC art. 3",
            Text("每24小时连续休息11小时", "11 consecutive hours of rest in 24"),
            DailyRest(hours=11),
        ),
        Article(
            "2003/88/EC art. 4",
            Text("超过6小时须有休息", "a break in a day of more than 6 h"),
            Breaks(minutes=1, longer_minutes=1, shortest=1, in_a_row=None, waivable_by=None),
        ),
        Article(
            "2003/88/EC art. 5",
            Text("每7天24小时加11小时连续休息", "24 h and the 11 h in one piece in every 7 days"),
            WeeklyRest(hours=35),
        ),
        Article(
            "2003/88/EC art. 6",
            Text(
                "每周不超过48小时(此处按每周计, 严于平均)", "48 h a week, here in each week: stricter than on average"
            ),
            WeeklyHours(hours=48, waivable_by=None),
        ),
    ),
    open=(
        Text("夜班工作者平均每24小时8小时(第8条)", "night workers: 8 h in 24 on average (art. 8)"),
        Text("各国法律与集体协议(第17、18、22条)", "national law and collective agreements (art. 17, 18, 22)"),
    ),
)

GERMANY: Final = Pack(
    "de-arbzg",
    Text("德国 · 工作时间法 ArbZG", "Germany, Arbeitszeitgesetz"),
    date(1994, 7, 1),
    (
        Article("ArbZG § 3", Text("每日最多10小时", "at most 10 h a day"), DailyHours(hours=10)),
        Article(
            "ArbZG § 4",
            Text(
                "超过6小时休息30分钟, 超过9小时45分钟, 连续工作不超过6小时",
                "30 minutes of break over 6 h, 45 over 9 h, no more than 6 h in a row",
            ),
            Breaks(waivable_by=None),
        ),
        Article("ArbZG § 5 (1)", Text("班间休息11小时", "11 h of rest after a day"), DailyRest(hours=11)),
        Article(
            "ArbZG § 3, § 9",
            Text("六个工作日每日10小时, 每周最多60小时", "six working days of 10 h: at most 60 h a week"),
            WeeklyHours(hours=60, waivable_by=None),
        ),
        Article(
            "ArbZG § 11 (1)",
            Text("每年至少15个周日休息(每月至少1个)", "at least 15 Sundays a year are free: one a month and more"),
            FreeSundays(least=1, waivable_by=None),
        ),
        Article(
            "ArbZG § 11 (3), (4)",
            Text("周日上班须有补休日, 与11小时相连", "a rest day for a Sunday worked, joined to the 11 h"),
            WeeklyRest(hours=35),
        ),
        Article(
            "MuSchG §§ 4-6",
            Text(
                "孕期与哺乳期: 20–6 时及周日不得上班, 不得延长",
                "expecting and nursing: none from 20:00 to 06:00, none on Sundays, no longer day",
            ),
            Protected(night_from=time(20), sundays=True),
        ),
    ),
    open=(
        Text("6个月平均每日8小时(§ 3)", "8 h a day on average over six months (§ 3)"),
        Text("夜班工作者1个月平均8小时(§ 6)", "night workers: 8 h on average over a month (§ 6)"),
        Text("孕期保护自得知之日起(MuSchG § 16)", "MuSchG protects from the day the employer knows: give the dates"),
        Text("周日劳动的许可范围(§ 10)", "who may work on Sundays at all (§ 10)"),
    ),
)
