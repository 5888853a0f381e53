/** A day by the clock: who works when, and what drawing a bar along means. Pure; whether it is allowed says the service. */
import type { BoardShift } from "@/shared/api/contract";
import { plusDays } from "@/shared/time";
import { type Change, type Duty, exchanged, type Month, placeOf, shiftOf } from "./model";

export const DAY = 24 * 60;
/** What is drawn along snaps to so many minutes. */
export const QUARTER = 15;

/** A duty of a person, in minutes of the day that is shown; a night of the day before begins below zero. */
export type Bar = {
  /** The place of the person in the month. */
  row: number;
  name: string;
  duty: Duty;
  shift: BoardShift;
  from: number;
  until: number;
  breaks: readonly number[];
};
export type Grip = "start" | "end" | "whole";

/** Everybody who works on a day, and whose night reaches into it, by the clock. */
export function barsOf(month: Month, shown: readonly number[], day: string): Bar[] {
  const bars = [1, 0].flatMap((back) => {
    const at = placeOf(month, plusDays(day, -back));
    return shown.flatMap((row) => {
      const person = month.rows[row];
      return (person?.cells[at]?.duties ?? []).flatMap((duty) => {
        const shift = shiftOf(month, duty.shift);
        if (!person || !shift) return [];
        return [
          {
            row,
            name: person.person.name,
            duty,
            shift,
            ...spanOf(shift, back),
            breaks: breaksOf(duty, shift),
          },
        ];
      });
    });
  });
  return bars
    .filter(({ from, until }) => until > 0 && from < DAY)
    .sort((one, other) => one.from - other.from);
}

/** Where a shift of so many days before lies, in minutes of the day that is shown. */
export function spanOf(shift: BoardShift, back = 0): { from: number; until: number } {
  const [start, end] = [minutesOf(shift.start), minutesOf(shift.end)];
  const from = start - back * DAY;
  return { from, until: from + ((end - start + DAY - 1) % DAY) + 1 };
}

export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return 60 * hours + minutes;
}

/** Minutes after the start at which the breaks of a duty begin. */
function breaksOf(duty: Duty, shift: BoardShift): readonly number[] {
  return duty.breaks.length ? duty.breaks : shift.pauses.map((pause) => pause.after);
}

/** The shift that lies nearest to where a bar was drawn; the work that is served stays, if any shift serves it. */
export function nearest(shifts: readonly BoardShift[], bar: Bar, grip: Grip, by: number): BoardShift {
  const wanted = {
    from: bar.from + (grip === "end" ? 0 : by),
    until: bar.until + (grip === "start" ? 0 : by),
  };
  const back = bar.from < 0 ? 1 : 0;
  const serving = shifts.filter((shift) => shift.works.includes(bar.duty.work));
  const far = (shift: BoardShift) => {
    const { from, until } = spanOf(shift, back);
    return Math.abs(from - wanted.from) + Math.abs(until - wanted.until);
  };
  return serving.reduce((best, shift) => (far(shift) < far(best) ? shift : best), bar.shift);
}

/** The changes that give a duty another shift. */
export function reshaped(bar: Bar, shift: BoardShift): Change[] {
  if (shift.code === bar.shift.code) return [];
  const { agent, day, work } = bar.duty;
  return [{ agent, day, old: formOf(bar.duty), new: { shift: shift.code, work, breaks: [] } }];
}

/** The changes that lay one break of a duty elsewhere: within its window, between the breaks beside it. */
export function paused(bar: Bar, at: number, by: number): Change[] {
  const pause = bar.shift.pauses[at];
  if (!pause) return [];
  const [before, after] = [bar.breaks[at - 1], bar.breaks[at + 1]];
  const least = Math.max(
    pause.after,
    before === undefined ? 0 : before + (bar.shift.pauses[at - 1]?.minutes ?? 0),
  );
  const most = Math.min(pause.until, after === undefined ? pause.until : after - pause.minutes);
  const begin = Math.max(least, Math.min(most, (bar.breaks[at] ?? 0) + by));
  const breaks = bar.breaks.map((each, place) => (place === at ? begin : each));
  if (breaks.every((each, place) => each === bar.breaks[place])) return [];
  const earliest = breaks.every((each, place) => each === bar.shift.pauses[place]?.after);
  const { agent, day, shift, work } = bar.duty;
  return [{ agent, day, old: formOf(bar.duty), new: { shift, work, breaks: earliest ? [] : breaks } }];
}

/** The changes that give a duty to somebody else, who gives his of that day for it. */
export function handed(month: Month, bar: Bar, to: number): Change[] {
  const day = placeOf(month, bar.duty.day);
  return exchanged(month, [bar.row, day], [to, day]);
}

export type Halves = { first: BoardShift; second: BoardShift };

/** Pairs of shifts that together last from the start of a duty to its end: the ways to split it between two people. */
export function halvesOf(shifts: readonly BoardShift[], bar: Bar): Halves[] {
  const serving = shifts.filter(
    (shift) => shift.works.includes(bar.duty.work) && shift.code !== bar.shift.code,
  );
  const whole = spanOf(bar.shift);
  return serving.flatMap((first) =>
    serving
      .filter((second) => {
        const [one, other] = [spanOf(first), spanOf(second)];
        const later = other.from < one.from ? DAY : 0;
        return (
          one.from === whole.from &&
          other.until + later === whole.until &&
          other.from + later <= one.until &&
          one.until < whole.until
        );
      })
      .map((second) => ({ first, second })),
  );
}

/** The changes that split a duty: its owner keeps the first part, somebody who is free has the second. */
export function split(month: Month, bar: Bar, halves: Halves, to: number): Change[] {
  const other = month.rows[to]?.person.number;
  const { agent, day, work } = bar.duty;
  if (other === undefined) return [];
  return [
    { agent, day, old: formOf(bar.duty), new: { shift: halves.first.code, work, breaks: [] } },
    { agent: other, day, old: null, new: { shift: halves.second.code, work, breaks: [] } },
  ];
}

/** Who has no duty on a day and is not away, by their places in the month. */
export function freeOn(month: Month, shown: readonly number[], day: string): number[] {
  const at = placeOf(month, day);
  return shown.filter((row) => {
    const cell = month.rows[row]?.cells[at];
    return cell && !cell.duties.length && !cell.leave;
  });
}

function formOf(duty: Duty): NonNullable<Change["old"]> {
  return { shift: duty.shift, work: duty.work, breaks: duty.breaks };
}
