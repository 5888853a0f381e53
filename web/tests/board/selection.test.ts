import { expect, test } from "vitest";
import { contains, rangeOf, stepped } from "@/features/board/selection";

const press = (key: string, held: Partial<{ shiftKey: boolean; ctrlKey: boolean }> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const spot = (row: number, day: number) => ({ row, day });
const at = (row: number, day: number) => ({ cursor: spot(row, day), anchor: spot(row, day) });

test("arrows move the cursor and stop at the edges", () => {
  expect(stepped(at(0, 0), press("ArrowUp"), 9, 31)?.cursor).toEqual(spot(0, 0));
  expect(stepped(at(3, 30), press("ArrowRight"), 9, 31)?.cursor).toEqual(spot(3, 30));
  expect(stepped(at(3, 3), press("ArrowDown"), 9, 31)?.cursor).toEqual(spot(4, 3));
});

test("with shift the anchor stays and a range grows", () => {
  const grown = stepped(at(3, 3), press("ArrowLeft", { shiftKey: true }), 9, 31);
  expect(grown && rangeOf(grown)).toEqual({ top: 3, bottom: 3, left: 2, right: 3 });
});

test("home, end and control lead to the edges", () => {
  expect(stepped(at(4, 4), press("Home"), 9, 31)?.cursor).toEqual(spot(4, 0));
  expect(stepped(at(4, 4), press("End", { ctrlKey: true }), 9, 31)?.cursor).toEqual(spot(8, 30));
  expect(stepped(at(4, 4), press("ArrowDown", { ctrlKey: true }), 9, 31)?.cursor).toEqual(spot(8, 4));
});

test("other keys do not move", () => {
  expect(stepped(at(4, 4), press("Enter"), 9, 31)).toBeUndefined();
});

test("a range contains its corners and nothing beyond", () => {
  const range = rangeOf({ cursor: spot(1, 1), anchor: spot(2, 3) });
  expect(contains(range, spot(2, 1))).toBe(true);
  expect(contains(range, spot(3, 1))).toBe(false);
});
