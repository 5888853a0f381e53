/** A month as the board holds it: rows of cells. Pure; what a change means is asked of the service, never decided here. */
import type {
  Board,
  BoardLeave,
  BoardNote,
  BoardPerson,
  BoardShift,
  BoardTotals,
  BoardWish,
  BreachShown,
  ChangeForm,
  DutyShown,
  EditShown,
  PinForm,
  Strips,
} from "@/shared/api/contract";

export type Duty = DutyShown;
export type Breach = BreachShown;
export type Change = ChangeForm;

export type Cell = {
  readonly duties: readonly Duty[];
  readonly force: readonly Duty[];
  readonly leave: BoardLeave | undefined;
  readonly wishes: readonly BoardWish[];
  readonly pinned: boolean;
  readonly note: BoardNote | undefined;
};
export type Row = {
  readonly person: BoardPerson;
  readonly totals: BoardTotals;
  readonly cells: readonly Cell[];
};
export type Month = {
  readonly board: Board;
  readonly rows: readonly Row[];
  readonly places: ReadonlyMap<string, number>;
  readonly strips: Strips;
  readonly pins: readonly PinForm[];
};
/** A rectangle of cells, by row and day, both ends included. */
export type Range = { top: number; bottom: number; left: number; right: number };

/** The month of an answer of the service. */
export function monthOf(board: Board): Month {
  const duties = byCell(board.duties);
  const force = byCell(board.in_force);
  const wishes = grouped(board.wishes, (wish) => `${wish.agent} ${wish.day}`);
  const pins = new Set(board.pins.map((pin) => `${pin.agent} ${pin.day}`));
  const notes = new Map(board.notes.map((note) => [`${note.agent} ${note.day}`, note]));
  const totals = new Map(board.totals.map((each) => [each.number, each]));
  const leaves = grouped(board.leaves, (leave) => leave.agent);
  const rows = board.people.map((person): Row => {
    const away = leaves.get(person.number) ?? [];
    const cells = board.days.map(({ day }): Cell => {
      const at = `${person.number} ${day}`;
      return {
        duties: duties.get(at) ?? NONE,
        force: force.get(at) ?? NONE,
        leave: away.find((leave) => leave.first <= day && day <= leave.last),
        wishes: wishes.get(at) ?? NO_WISH,
        pinned: pins.has(at),
        note: notes.get(at),
      };
    });
    return { person, totals: totals.get(person.number) ?? noTotals(person.number), cells };
  });
  const places = new Map(rows.map((row, place) => [row.person.number, place]));
  return { board, rows, places, strips: board.strips, pins: board.pins };
}

const NONE: readonly Duty[] = [];
const NO_WISH: readonly BoardWish[] = [];

function noTotals(number: string): BoardTotals {
  const none = { paid_minutes: 0, owed_minutes: 0, nights: 0, weekends: 0, holidays: 0 };
  return { number, ...none, leave_days: 0, wishes: 0, wishes_met: 0 };
}

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const at = key(one);
    const group = found.get(at);
    if (group) group.push(one);
    else found.set(at, [one]);
  }
  return found;
}

function byCell(duties: readonly Duty[]): Map<string, Duty[]> {
  return grouped(duties, (duty) => `${duty.agent} ${duty.day}`);
}

function same(one: readonly Duty[], other: readonly Duty[]): boolean {
  return one.length === other.length && one.every((duty, place) => alike(duty, other[place]));
}

/** Whether the draft of a cell is not what is published. */
export function differs(cell: Cell): boolean {
  return !same(cell.duties, cell.force);
}

function alike(one: Duty | undefined, other: Duty | undefined): boolean {
  return one?.shift === other?.shift && one?.work === other?.work && `${one?.breaks}` === `${other?.breaks}`;
}

function form(duty: Duty): NonNullable<Change["old"]> {
  return { shift: duty.shift, work: duty.work, breaks: duty.breaks };
}

/** The place of a day in the month; -1: outside. */
export function placeOf(month: Month, day: string): number {
  return month.board.days.findIndex((each) => each.day === day);
}

export function shiftOf(month: Month, code: string): BoardShift | undefined {
  return month.board.shifts.find((shift) => shift.code === code);
}

/** The changes that make a cell hold a shift, or nothing; the work stays where the shift serves it. */
export function setTo(month: Month, row: number, day: number, code: string | null, work?: string): Change[] {
  const found = month.rows[row];
  const cell = found?.cells[day];
  const at = month.board.days[day];
  if (!found || !cell || !at) return [];
  const shift = code === null ? undefined : shiftOf(month, code);
  const [first, ...others] = cell.duties;
  const wanted = work ?? first?.work;
  const served = shift?.works.find((each) => each === wanted) ?? shift?.works[0];
  const fresh = shift && served ? { shift: shift.code, work: served, breaks: [] } : null;
  if (first && fresh && first.shift === fresh.shift && first.work === fresh.work && !others.length) return [];
  const where = { agent: found.person.number, day: at.day };
  const changes: Change[] = first || fresh ? [{ ...where, old: first ? form(first) : null, new: fresh }] : [];
  return [...changes, ...others.map((duty): Change => ({ ...where, old: form(duty), new: null }))];
}

/** The changes that put what one cell holds into another, and what that held back into the first. */
export function exchanged(month: Month, from: [number, number], to: [number, number]): Change[] {
  const one = month.rows[from[0]]?.cells[from[1]]?.duties[0];
  const other = month.rows[to[0]]?.cells[to[1]]?.duties[0];
  if (!one || (from[0] === to[0] && from[1] === to[1])) return [];
  return [
    ...setTo(month, from[0], from[1], other?.shift ?? null, other?.work),
    ...setTo(month, to[0], to[1], one.shift, one.work),
  ];
}

/** What undoes changes. */
export function inverse(changes: readonly Change[]): Change[] {
  return changes.map((change) => ({ ...change, old: change.new ?? null, new: change.old ?? null })).reverse();
}

/** The month after changes; only rows that are touched are made anew. */
export function applied(month: Month, changes: readonly Change[]): Month {
  const rows = [...month.rows];
  for (const change of changes) {
    const place = month.places.get(change.agent);
    const row = place === undefined ? undefined : rows[place];
    const day = placeOf(month, change.day);
    if (place === undefined || !row || day < 0) continue;
    const cells = [...row.cells];
    const cell = cells[day];
    if (cell) cells[day] = { ...cell, duties: after(cell.duties, change) };
    rows[place] = { ...row, cells };
  }
  return { ...month, rows };
}

function after(duties: readonly Duty[], change: Change): Duty[] {
  const gone = change.old ? duties.findIndex((duty) => holds(duty, change.old)) : -1;
  const kept = duties.filter((_, place) => place !== gone);
  const { agent, day, new: fresh } = change;
  return fresh
    ? [{ agent, day, shift: fresh.shift, work: fresh.work ?? "", breaks: fresh.breaks ?? [] }, ...kept]
    : kept;
}

function holds(duty: Duty, told: Change["old"]): boolean {
  return duty.shift === told?.shift && duty.work === told.work && `${duty.breaks}` === `${told.breaks ?? []}`;
}

/** Whether a month still is as changes found it. */
export function fits(month: Month, changes: readonly Change[]): boolean {
  return changes.every((change) => {
    const place = month.places.get(change.agent);
    const cell = place === undefined ? undefined : month.rows[place]?.cells[placeOf(month, change.day)];
    return change.old ? cell?.duties.some((duty) => holds(duty, change.old)) : cell?.duties.length === 0;
  });
}

/** The month with the strips and totals that an edit moved. */
export function moved(month: Month, edit: EditShown): Month {
  const rows = [...month.rows];
  for (const totals of edit.totals) {
    const place = month.places.get(totals.number);
    const row = place === undefined ? undefined : rows[place];
    if (place !== undefined && row) rows[place] = { ...row, totals };
  }
  const days = new Set([...edit.strips.floor, ...edit.strips.cover].map((each) => each.day));
  const kept = <T extends { day: string }>(old: T[], fresh: T[]) => [
    ...old.filter((each) => !days.has(each.day)),
    ...fresh,
  ];
  const strips = {
    cover: kept(month.strips.cover, edit.strips.cover),
    floor: kept(month.strips.floor, edit.strips.floor),
  };
  return { ...month, rows, strips };
}

/** The month with other pins. */
export function pinned(month: Month, pins: readonly PinForm[]): Month {
  const there = new Set(pins.map((pin) => `${pin.agent} ${pin.day}`));
  const rows = month.rows.map((row) => {
    const cells = row.cells.map((cell, place) => {
      const now = there.has(`${row.person.number} ${month.board.days[place]?.day}`);
      return now === cell.pinned ? cell : { ...cell, pinned: now };
    });
    return cells.some((cell, place) => cell !== row.cells[place]) ? { ...row, cells } : row;
  });
  return { ...month, rows, pins };
}

/** The month with another note on a cell; without words there is none. */
export function noted(month: Month, note: BoardNote): Month {
  const row = month.places.get(note.agent) ?? -1;
  const day = placeOf(month, note.day);
  const rows = month.rows.map((each, place) => {
    if (place !== row) return each;
    const cells = each.cells.map((cell, at) =>
      at === day ? { ...cell, note: note.words ? note : undefined } : cell,
    );
    return { ...each, cells };
  });
  return { ...month, rows };
}

/** What tells one breach from another. */
export function breachKey(breach: Breach): string {
  return `${breach.rule}|${breach.agent}|${breach.day}|${breach.words}`;
}

/** The breaches after an edit: what it healed is gone, what it broke has come. */
export function judged(breaches: readonly Breach[], edit: EditShown): Breach[] {
  const gone = new Set([...edit.healed, ...edit.broken].map(breachKey));
  return [...edit.broken, ...breaches.filter((breach) => !gone.has(breachKey(breach)))];
}

/** Breaches by the cells that they concern. */
export function byCells(breaches: readonly Breach[]): Map<string, Breach[]> {
  const found = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const cells = new Set(breach.duties.map((duty) => `${duty.agent} ${duty.day}`));
    if (breach.agent && !cells.size) cells.add(`${breach.agent} ${breach.day}`);
    if (!breach.agent) cells.clear();
    for (const cell of cells) found.set(cell, [...(found.get(cell) ?? []), breach]);
  }
  return found;
}
