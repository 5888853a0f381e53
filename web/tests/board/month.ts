/** A small month for tests: three people, four days, three shifts. */
import { type Month, monthOf } from "@/features/board/model";
import type { Board, DutyShown } from "@/shared/api/contract";

export const DAYS = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"];
const both = (words: string) => ({ zh: words, en: words });

export function duty(agent: string, day: number, shift: string, work = "service"): DutyShown {
  return { agent, day: DAYS[day] ?? "", shift, work, breaks: [] };
}

export function board(duties: DutyShown[], more: Partial<Board> = {}): Board {
  return {
    month: "2026-12",
    revision: 1,
    published: null,
    planned: null,
    zone: "Asia/Shanghai",
    requirement: null,
    days: DAYS.map((day) => ({ day, kind: "work" as const, free: false, name: null, events: [] })),
    shifts: [
      { code: "早", works: ["service", "emergency"] },
      { code: "中", works: ["service"] },
      { code: "夜", works: ["emergency"] },
    ].map((shift) => ({
      ...shift,
      label: both(shift.code),
      start: "08:00",
      end: "16:00",
      pauses: [],
      standby: false,
      back: "ffffff",
      ink: "000000",
    })),
    works: [
      { id: "service", label: both("service") },
      { id: "emergency", label: both("emergency") },
    ],
    people: ["A", "B", "C"].map((number) => ({
      number,
      name: number,
      team: "",
      contract: both("full"),
      skills: [],
      brought: {},
    })),
    totals: [],
    leaves: [],
    wishes: [],
    duties,
    in_force: [],
    before: [],
    notes: [],
    pins: [],
    strips: { cover: [], floor: [] },
    ...more,
  };
}

export function month(...duties: DutyShown[]): Month {
  return monthOf(board(duties));
}

/** The codes of a month, a line a person, a dot for nothing. */
export function codes(of: Month): string[] {
  return of.rows.map((row) =>
    row.cells.map((cell) => cell.duties.map((each) => each.shift).join("+") || ".").join(" "),
  );
}
