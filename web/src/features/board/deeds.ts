/** What hands do to cells: fill, lock, exchange. */
import type { PinForm } from "@/shared/api/contract";
import type { Editor, Standing } from "./editor";
import { type Cell, type Change, exchanged, type Range, setTo } from "./model";
import type { Selection, Spot } from "./selection";

/** A grid under somebody's hands. */
export type Desk = {
  editor: Editor;
  standing: Standing;
  /** The places of the rows that are shown, in order. */
  shown: readonly number[];
  editable: boolean;
  chosen: Selection;
  choose: (selection: Selection) => void;
  openCell: () => void;
};
type Sight = Pick<Desk, "standing" | "shown">;

/** The changes that fill a range with a shift, or empty it. */
export function filled(
  { standing, shown }: Sight,
  range: Range,
  code: string | null,
  work?: string,
): Change[] {
  const changes: Change[] = [];
  for (let row = range.top; row <= range.bottom; row++)
    for (let day = range.left; day <= range.right; day++)
      changes.push(...setTo(standing.month, shown[row] ?? -1, day, code, work));
  return changes;
}

/** The changes that move a duty to another cell, or swap it with what is there. */
export function between({ standing, shown }: Sight, from: Spot, to: Spot): Change[] {
  return exchanged(standing.month, [shown[from.row] ?? -1, from.day], [shown[to.row] ?? -1, to.day]);
}

/** All pins, after those of a range were turned: on, unless all are on already. */
export function locked(sight: Sight, range: Range): PinForm[] {
  const cells = cellsOf(sight, range);
  const chosen = new Set(cells.map(({ agent, day }) => `${agent} ${day}`));
  const others = sight.standing.month.pins.filter((pin) => !chosen.has(`${pin.agent} ${pin.day}`));
  if (cells.every(({ cell }) => cell.pinned)) return others;
  return [
    ...others,
    ...cells.map(({ agent, day, cell }) => ({ agent, day, shift: cell.duties[0]?.shift ?? null })),
  ];
}

type Found = { agent: string; day: string; cell: Cell };

/** The cells of a range. */
export function cellsOf({ standing: { month }, shown }: Sight, range: Range): Found[] {
  const found: Found[] = [];
  for (let row = range.top; row <= range.bottom; row++)
    for (let day = range.left; day <= range.right; day++) {
      const person = month.rows[shown[row] ?? -1];
      const cell = person?.cells[day];
      const at = month.board.days[day];
      if (person && cell && at) found.push({ agent: person.person.number, day: at.day, cell });
    }
  return found;
}
