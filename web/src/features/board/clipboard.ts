/** Codes out to a spreadsheet and in again: tabs between days, a line a person. */
import { type Change, type Month, type Range, setTo, shiftOf } from "./model";

/** What stands for a day without a duty, besides an empty cell. */
const FREE = new Set(["", "休", "-", "—", "0", "off", "OFF"]);

/** A range as text. */
export function copied(month: Month, rows: readonly number[], range: Range): string {
  const lines = rows.slice(range.top, range.bottom + 1).map((place) => {
    const cells = month.rows[place]?.cells.slice(range.left, range.right + 1) ?? [];
    return cells.map((cell) => cell.duties.map((duty) => duty.shift).join("+")).join("\t");
  });
  return lines.join("\n");
}

export type Pasted = { changes: Change[]; unknown: string[]; outside: number };

/** What pasting a text would change; a single code fills the whole range, a block goes from its corner on. */
export function pasted(month: Month, rows: readonly number[], range: Range, text: string): Pasted {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const block = lines.map((line) => line.split("\t").map((code) => code.trim()));
  const single = block.length === 1 && block[0]?.length === 1;
  const height = single ? range.bottom - range.top + 1 : block.length;
  const width = single ? range.right - range.left + 1 : Math.max(...block.map((line) => line.length));
  const found: Pasted = { changes: [], unknown: [], outside: 0 };
  for (let down = 0; down < height; down++)
    for (let along = 0; along < width; along++) {
      const code = single ? block[0]?.[0] : block[down]?.[along];
      if (code !== undefined) put(month, rows[range.top + down], range.left + along, code, found);
    }
  return found;
}

function put(month: Month, row: number | undefined, day: number, code: string, found: Pasted): void {
  if (row === undefined || day >= month.board.days.length) found.outside += 1;
  else if (FREE.has(code)) found.changes.push(...setTo(month, row, day, null));
  else if (shiftOf(month, code)) found.changes.push(...setTo(month, row, day, code));
  else found.unknown.push(code);
}
