/** Breaches by person; whoever's did not change keeps the same map, so that his row is not drawn anew. */
import { useRef } from "react";
import { type Breach, breachKey, byCells } from "./model";
import type { Marks } from "./row";

export function useMarks(breaches: readonly Breach[] | undefined): ReadonlyMap<string, Marks> {
  const kept = useRef(new Map<string, { key: string; marks: Marks }>());
  const seen = useRef<{ breaches: unknown; found: ReadonlyMap<string, Marks> }>({
    breaches: null,
    found: new Map(),
  });
  if (seen.current.breaches === breaches) return seen.current.found;
  const people = new Map<string, Map<string, readonly Breach[]>>();
  for (const [cell, found] of byCells(breaches ?? [])) {
    const person = cell.slice(0, cell.lastIndexOf(" "));
    people.set(person, (people.get(person) ?? new Map()).set(cell, found));
  }
  const found = new Map<string, Marks>();
  for (const [person, marks] of people) {
    const key = [...marks].map(([cell, all]) => cell + all.map(breachKey).join()).join("\n");
    const before = kept.current.get(person);
    const now = before?.key === key ? before : { key, marks };
    kept.current.set(person, now);
    found.set(person, now.marks);
  }
  seen.current = { breaches, found };
  return found;
}
