/** Which part of the month may change: all of it, a team, some days, or the cells that are chosen. */
import { useState } from "react";
import type { SolveScope } from "@/shared/api/contract";
import { dayWords, plusDays } from "@/shared/time";
import { Field } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { cellsOf, type Desk } from "../deeds";
import { teamsOf } from "../filters";
import { rangeOf } from "../selection";

type Part = "all" | "team" | "days" | "chosen";
export type Chosen = { part: Part; scope: SolveScope | null };

export function useScope(desk: Desk) {
  const { month } = desk.standing;
  const days = month.board.days;
  const first = days[0]?.day ?? "";
  const teams = teamsOf(month);
  const [part, setPart] = useState<Part>("all");
  const [team, setTeam] = useState(teams[0] ?? "");
  const [from, setFrom] = useState(first);
  const [until, setUntil] = useState(plusDays(first, 6));
  const cells = cellsOf(desk, rangeOf(desk.chosen));
  const scopes: Record<Part, SolveScope | null> = {
    all: null,
    team: { teams: [team], people: [] },
    days: { teams: [], people: [], first: from, last: until },
    chosen: {
      teams: [],
      people: [...new Set(cells.map((cell) => cell.agent))],
      first: cells[0]?.day ?? null,
      last: cells.at(-1)?.day ?? null,
    },
  };
  const state = { part, setPart, team, setTeam, from, setFrom, until, setUntil };
  return { scope: scopes[part], state, teams, people: scopes.chosen?.people?.length ?? 0, cells };
}

export function ScopeFields({ desk, chosen }: { desk: Desk; chosen: ReturnType<typeof useScope> }) {
  const say = useSay();
  const { language } = useLanguage();
  const { state, teams, people, cells } = chosen;
  const days = desk.standing.month.board.days.map((each) => each.day);
  const [first, last] = [cells[0]?.day, cells.at(-1)?.day];
  return (
    <>
      <Field label={say({ zh: "范围", en: "Scope" })}>
        <select value={state.part} onChange={(event) => state.setPart(event.target.value as Part)}>
          <option value="all">{say({ zh: "整月所有人", en: "the whole month, everybody" })}</option>
          {teams.length > 0 && <option value="team">{say({ zh: "一个班组", en: "one team" })}</option>}
          <option value="days">{say({ zh: "若干天", en: "some days" })}</option>
          {first && last && (
            <option value="chosen">
              {say({
                zh: `表中所选: ${people} 人, ${dayWords(first, language)} – ${dayWords(last, language)}`,
                en: `chosen in the grid: ${people} people, ${dayWords(first, language)} – ${dayWords(last, language)}`,
              })}
            </option>
          )}
        </select>
      </Field>
      {state.part === "team" && (
        <Field label={say({ zh: "班组", en: "Team" })}>
          <select value={state.team} onChange={(event) => state.setTeam(event.target.value)}>
            {teams.map((team) => (
              <option key={team}>{team}</option>
            ))}
          </select>
        </Field>
      )}
      {state.part === "days" && (
        <>
          <Field label={say({ zh: "从", en: "From" })}>
            <input
              type="date"
              value={state.from}
              min={days[0]}
              max={days.at(-1)}
              onChange={(event) => state.setFrom(event.target.value)}
            />
          </Field>
          <Field label={say({ zh: "到", en: "To" })}>
            <input
              type="date"
              value={state.until}
              min={state.from}
              max={days.at(-1)}
              onChange={(event) => state.setUntil(event.target.value)}
            />
          </Field>
        </>
      )}
    </>
  );
}
