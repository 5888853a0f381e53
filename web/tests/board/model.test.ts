import { expect, test } from "vitest";
import { applied, exchanged, fits, inverse, judged, setTo } from "@/features/board/model";
import { codes, duty, month } from "./month";

test("a cell is set, set again, and cleared", () => {
  let now = month();
  now = applied(now, setTo(now, 0, 1, "早"));
  now = applied(now, setTo(now, 0, 1, "中"));
  expect(codes(now)[0]).toBe(". 中 . .");
  expect(codes(applied(now, setTo(now, 0, 1, null)))[0]).toBe(". . . .");
});

test("the work stays where the new shift serves it, else the first of the shift is taken", () => {
  const now = month(duty("A", 0, "早", "emergency"));
  expect(setTo(now, 0, 0, "夜")[0]?.new?.work).toBe("emergency");
  expect(setTo(now, 0, 0, "中")[0]?.new?.work).toBe("service");
});

test("setting what is there changes nothing", () => {
  expect(setTo(month(duty("A", 0, "早")), 0, 0, "早")).toEqual([]);
  expect(setTo(month(), 0, 0, null)).toEqual([]);
});

test("a second duty of a day is cleared with the first", () => {
  const now = month(duty("A", 0, "早"), duty("A", 0, "夜", "emergency"));
  expect(codes(applied(now, setTo(now, 0, 0, null)))[0]).toBe(". . . .");
  expect(codes(applied(now, setTo(now, 0, 0, "中")))[0]).toBe("中 . . .");
});

test("dragging onto a free cell moves, onto a duty swaps both with their work", () => {
  const now = month(duty("A", 0, "早", "emergency"), duty("B", 0, "中"));
  expect(codes(applied(now, exchanged(now, [0, 0], [2, 3])))).toEqual([". . . .", "中 . . .", ". . . 早"]);
  const swapped = applied(now, exchanged(now, [0, 0], [1, 0]));
  expect(codes(swapped)).toEqual(["中 . . .", "早 . . .", ". . . ."]);
  expect(swapped.rows[1]?.cells[0]?.duties[0]?.work).toBe("emergency");
});

test("what is undone is as it was, row by row", () => {
  const before = month(duty("A", 0, "早"), duty("B", 1, "中"));
  const changes = [...exchanged(before, [0, 0], [1, 1]), ...setTo(before, 2, 2, "夜")];
  expect(codes(applied(applied(before, changes), inverse(changes)))).toEqual(codes(before));
});

test("only the rows that changes touch are made anew", () => {
  const before = month(duty("A", 0, "早"));
  const after = applied(before, setTo(before, 1, 1, "早"));
  expect(after.rows[0]).toBe(before.rows[0]);
  expect(after.rows[1]).not.toBe(before.rows[1]);
});

test("changes fit a month only while what they take away, or the room they need, is there", () => {
  const before = month(duty("A", 0, "早"));
  const away = setTo(before, 0, 0, null);
  const onto = setTo(before, 1, 1, "早");
  expect(fits(before, [...away, ...onto])).toBe(true);
  expect(fits(month(duty("A", 0, "中")), away)).toBe(false);
  expect(fits(month(duty("B", 1, "中")), onto)).toBe(false);
});

test("a verdict takes away what it healed and puts what it broke on top", () => {
  const breach = (words: string) => ({
    rule: "daily-rest",
    title: "Daily rest",
    hard: true,
    words,
    cost: 0,
    agent: "A",
    day: "2026-12-01",
    waivable_by: null,
    source: "",
    duties: [],
  });
  const edit = {
    revision: 2,
    allowed: false,
    cost: 0,
    broken: [breach("new")],
    healed: [breach("old")],
    strips: { cover: [], floor: [] },
    totals: [],
  };
  expect(judged([breach("old"), breach("stays")], edit).map((each) => each.words)).toEqual(["new", "stays"]);
});
