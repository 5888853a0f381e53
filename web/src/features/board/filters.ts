/** Which rows are shown. */
import { differs, type Month, type Row } from "./model";
import type { Marks } from "./row";

export type Sight = { words: string; team: string; only: Only };
export type Only = "all" | "breaches" | "wishes" | "leave" | "changed";
export const EVERYBODY: Sight = { words: "", team: "", only: "all" };

/** The places of the rows that are looked for. */
export function seen(month: Month, sight: Sight, marks: ReadonlyMap<string, Marks>): number[] {
  const words = sight.words.trim().toLowerCase();
  const places: number[] = [];
  month.rows.forEach((row, place) => {
    const { name, number, team } = row.person;
    const named = !words || `${name} ${number} ${team}`.toLowerCase().includes(words);
    if (named && (!sight.team || team === sight.team) && WANTED[sight.only](row, marks)) places.push(place);
  });
  return places;
}

const WANTED: Record<Only, (row: Row, marks: ReadonlyMap<string, Marks>) => boolean> = {
  all: () => true,
  breaches: (row, marks) => marks.has(row.person.number),
  wishes: (row) => row.totals.wishes > row.totals.wishes_met,
  leave: (row) => row.cells.some((cell) => cell.leave),
  changed: (row) => row.cells.some(differs),
};

export function teamsOf(month: Month): string[] {
  return [...new Set(month.rows.map((row) => row.person.team).filter(Boolean))].sort((one, other) =>
    one.localeCompare(other, "zh-CN"),
  );
}
