import { expect, test } from "vitest";
import {
  barsOf,
  freeOn,
  halvesOf,
  handed,
  nearest,
  paused,
  reshaped,
  spanOf,
  split,
} from "@/features/board/day_bars";
import { monthOf } from "@/features/board/model";
import type { BoardShift } from "@/shared/api/contract";
import { board, duty } from "./month";

const pause = { after: 120, until: 240, minutes: 30, paid: false };
const shift = (code: string, start: string, end: string): BoardShift => ({
  code,
  start,
  end,
  label: { zh: code, en: code },
  works: ["service"],
  pauses: [pause],
  standby: false,
  back: "ffffff",
  ink: "000000",
});
const SHIFTS = [
  shift("早", "08:00", "16:00"),
  shift("中", "12:00", "20:00"),
  shift("前", "08:00", "12:00"),
  shift("后", "12:00", "16:00"),
  shift("夜", "22:00", "06:00"),
];

function day(at: number, ...duties: ReturnType<typeof duty>[]) {
  const month = monthOf({ ...board(duties), shifts: SHIFTS });
  const shown = month.rows.map((_, place) => place);
  const found = month.board.days[at]?.day ?? "";
  return { month, shown, bars: barsOf(month, shown, found), day: found };
}

test("a night lies on the day on which it begins and reaches into the next", () => {
  expect(spanOf(SHIFTS[4] as BoardShift)).toEqual({ from: 22 * 60, until: 30 * 60 });
  const { bars } = day(1, duty("A", 0, "夜"), duty("B", 1, "早"));
  expect(bars.map(({ from, until }) => [from, until])).toEqual([
    [-120, 360],
    [480, 960],
  ]);
});

test("a bar drawn along becomes the shift that lies nearest", () => {
  const { bars } = day(0, duty("A", 0, "早"));
  const bar = bars[0];
  if (!bar) throw new Error("no bar");
  expect(nearest(SHIFTS, bar, "whole", 225).code).toBe("中");
  expect(nearest(SHIFTS, bar, "whole", 60).code).toBe("早");
  expect(nearest(SHIFTS, bar, "end", -240).code).toBe("前");
  expect(nearest(SHIFTS, bar, "start", 240).code).toBe("后");
  const [change] = reshaped(bar, nearest(SHIFTS, bar, "end", -240));
  expect(change).toMatchObject({ agent: "A", old: { shift: "早" }, new: { shift: "前", breaks: [] } });
  expect(reshaped(bar, bar.shift)).toEqual([]);
});

test("a break stays in its window, and as early as it may it has no name", () => {
  const { bars } = day(0, duty("A", 0, "早"));
  const bar = bars[0];
  if (!bar) throw new Error("no bar");
  expect(paused(bar, 0, 45)[0]?.new?.breaks).toEqual([165]);
  expect(paused(bar, 0, 600)[0]?.new?.breaks).toEqual([240]);
  expect(paused(bar, 0, -60)).toEqual([]);
  const late = { ...bar, breaks: [200], duty: { ...bar.duty, breaks: [200] } };
  expect(paused(late, 0, -80)[0]).toMatchObject({ old: { breaks: [200] }, new: { breaks: [] } });
});

test("a duty is handed to somebody free, or exchanged with his", () => {
  const { month, bars } = day(0, duty("A", 0, "早"), duty("B", 0, "中"));
  const bar = bars[0];
  if (!bar) throw new Error("no bar");
  const other = month.places.get("B") ?? -1;
  expect(handed(month, bar, other).map((change) => [change.agent, change.new?.shift])).toEqual([
    ["A", "中"],
    ["B", "早"],
  ]);
});

test("a duty is split where two shifts fill it, the second part for somebody who is free", () => {
  const { month, shown, bars, day: at } = day(0, duty("A", 0, "早"));
  const bar = bars[0];
  if (!bar) throw new Error("no bar");
  const ways = halvesOf(SHIFTS, bar);
  expect(ways.map(({ first, second }) => first.code + second.code)).toEqual(["前后"]);
  const free = freeOn(month, shown, at);
  expect(free).not.toContain(bar.row);
  const changes = split(month, bar, ways[0] as (typeof ways)[0], free[0] ?? -1);
  expect(changes.map((change) => change.new?.shift)).toEqual(["前", "后"]);
});
