/** Which cells are chosen: a cursor and, from an anchor to it, a range. Rows are counted as they are shown. */
import type { Range } from "./model";

export type Spot = { row: number; day: number };
export const NOWHERE: Spot = { row: -1, day: -1 };
export type Selection = { cursor: Spot; anchor: Spot };

/** One cell, and no range. */
export function only(spot: Spot): Selection {
  return { cursor: spot, anchor: spot };
}

export function rangeOf({ cursor, anchor }: Selection): Range {
  return {
    top: Math.min(cursor.row, anchor.row),
    bottom: Math.max(cursor.row, anchor.row),
    left: Math.min(cursor.day, anchor.day),
    right: Math.max(cursor.day, anchor.day),
  };
}

export function contains(range: Range, { row, day }: Spot): boolean {
  return row >= range.top && row <= range.bottom && day >= range.left && day <= range.right;
}

/** How many rows a page is. */
const PAGE = 12;
const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
};

type Press = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/** Where a key leads in a grid of so many rows and days; undefined: it is no key that moves. */
export function stepped(chosen: Selection, press: Press, rows: number, days: number): Selection | undefined {
  const far = press.ctrlKey || press.metaKey;
  const { row, day } = chosen.cursor;
  const within = (spot: Spot): Spot => ({
    row: Math.max(0, Math.min(rows - 1, spot.row)),
    day: Math.max(0, Math.min(days - 1, spot.day)),
  });
  const target = (): Spot | undefined => {
    if (press.key === "Home") return { row: far ? 0 : row, day: 0 };
    if (press.key === "End") return { row: far ? rows - 1 : row, day: days - 1 };
    const step = STEPS[press.key];
    if (!step) return undefined;
    const times = far ? Math.max(rows, days) : 1;
    return { row: row + step[0] * times, day: day + step[1] * times };
  };
  const found = target();
  if (!found) return undefined;
  const cursor = within(found);
  return { cursor, anchor: press.shiftKey ? chosen.anchor : cursor };
}
