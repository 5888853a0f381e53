import { expect, test } from "vitest";
import { copied, pasted } from "@/features/board/clipboard";
import { applied } from "@/features/board/model";
import { codes, duty, month } from "./month";

const ROWS = [0, 1, 2];
const at = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

test("a block goes out and comes in again", () => {
  const now = month(duty("A", 0, "早"), duty("B", 1, "夜", "emergency"));
  const text = copied(now, ROWS, at(0, 0, 1, 1));
  expect(text).toBe("早\t\n\t夜");
  const { changes } = pasted(now, ROWS, at(1, 2), text);
  expect(codes(applied(now, changes))).toEqual(["早 . . .", ". 夜 早 .", ". . . 夜"]);
});

test("a single code fills the range", () => {
  const { changes } = pasted(month(), ROWS, at(0, 0, 1, 2), "中");
  expect(codes(applied(month(), changes))).toEqual(["中 中 中 .", "中 中 中 .", ". . . ."]);
});

test("a spreadsheet's line ends and its words for a free day are understood", () => {
  const now = month(duty("A", 0, "早"), duty("A", 1, "早"));
  const { changes, unknown } = pasted(now, ROWS, at(0, 0), "休\t \r\n中\t夜\r\n");
  expect(unknown).toEqual([]);
  expect(codes(applied(now, changes))).toEqual([". . . .", "中 夜 . .", ". . . ."]);
});

test("codes that nobody knows and cells outside are told", () => {
  const { unknown, outside } = pasted(month(), ROWS, at(2, 3), "甲\t早\n早\t早");
  expect(unknown).toEqual(["甲"]);
  expect(outside).toBe(3);
});

test("rows are those that are shown", () => {
  const { changes } = pasted(month(), [2, 0], at(0, 0), "早\n中");
  expect(codes(applied(month(), changes))).toEqual(["中 . . .", ". . . .", "早 . . ."]);
});
