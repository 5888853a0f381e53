"""A small site as files: eight people, two works, ten weeks of calls."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from tests.forecasting.series import table

SITE = """\
site: {id: harbour, name: {zh: 港湾燃气, en: Harbour Gas}, zone: Asia/Shanghai, country: CN}
language: en
calls: {queue: service}
works:
  - {id: service, label: {zh: 客服, en: service}, target: "answered:0.80", aht: 200}
  - {id: emergency, label: {zh: 应急, en: emergency}, minimum: 1}
shifts:
  - {code: 早, label: {zh: 早班, en: early}, start: "08:00", end: "16:00", works: [service, emergency],
     breaks: [{after: 180, until: 240, minutes: 30, paid: true}]}
  - {code: 中, label: {zh: 中班, en: late}, start: "16:00", end: "00:00", works: [service, emergency]}
  - {code: 夜, label: {zh: 夜班, en: night}, start: "00:00", end: "08:00", works: [emergency]}
contracts:
  - {id: full, label: {zh: 全日制, en: full time}, day_hours: 8}
policy:
  - {kind: emergency-floor, people: 1}
  - {kind: requirement}
  - {kind: one-duty-a-day}
  - {kind: daily-rest, hours: 11}
  - {kind: weekly-rest}
  - {kind: longest-work-run, days: 6}
  - {kind: contract-hours}
  - {kind: certified}
  - {kind: leave}
  - {kind: fixed-cells}
  - {kind: wishes}
  - {kind: fair-share, of: nights}
"""
PEOPLE = "id,name,contract,skills,leave,wishes,duties,pins\n" + "".join(
    f"P{number},员工{number},full,service; emergency,{leave},{wish},{past},{pin}\n"
    for number, leave, wish, past, pin in (
        (1, "2026-12-07..2026-12-09 annual", "2026-12-24 off*3", "2026-11-30 早", ""),
        (2, "", "2026-12-25 on 早; 2026-12-26 avoid 夜*2", "2026-11-30 中", ""),
        (3, "", "", "2026-11-30 夜@emergency", "2026-12-03 早"),
        (4, "", "", "", "2026-12-04 off"),
        (5, "", "", "", ""),
        (6, "", "", "", ""),
        (7, "", "", "", ""),
        (8, "", "", "", ""),
    )
)


def calls(path: Path, until: date = date(2026, 11, 25)) -> None:
    rows: pd.DataFrame = table(date(2026, 9, 14), until, peak=12.0)
    rows.to_csv(path, index=False)
