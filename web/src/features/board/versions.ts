/** Two versions of a month side by side: which cells differ, and which versions made them so. */
import { answer, api } from "@/shared/api/client";
import type { VersionShown } from "@/shared/api/contract";

/** A change as versions keep it: day, agent, shift, work … of what was and what is. */
type Kept = {
  agent: string;
  day: string;
  old: [string, string, string] | null;
  new: [string, string, string] | null;
};
export type Step = Pick<VersionShown, "number" | "kind" | "note" | "made_at"> & { diff: Kept[] };
/** A cell that differs, with the versions that changed it, the last of them last. */
export type Difference = { agent: string; day: string; old: string; fresh: string; steps: Step[] };

/** The versions of a month, the newest first. */
export async function listVersions(site: string, month: string): Promise<VersionShown[]> {
  const path = { site, month };
  const query = { limit: 200 };
  return (await answer(api.GET("/api/v1/sites/{site}/rosters/{month}/versions", { params: { path, query } })))
    .items;
}

/** What each version after one and up to another changed, in their order. */
export async function stepsBetween(
  site: string,
  month: string,
  after: number,
  until: number,
): Promise<Step[]> {
  const numbers = Array.from({ length: until - after }, (_, place) => after + 1 + place);
  const read = (number: number) =>
    answer(
      api.GET("/api/v1/sites/{site}/rosters/{month}/versions/{number}", {
        params: { path: { site, month, number } },
      }),
    );
  const found = await Promise.all(numbers.map(read));
  return found.map((version) => ({ ...version, diff: version.diff as unknown as Kept[] }));
}

/** The cells in which the first and the last of some steps differ, by day and person. */
export function differences(steps: readonly Step[]): Difference[] {
  const cells = new Map<string, Difference>();
  for (const step of steps)
    for (const { agent, day, old, new: fresh } of step.diff) {
      const key = `${day} ${agent}`;
      const known = cells.get(key) ?? { agent, day, old: old?.[2] ?? "", fresh: "", steps: [] };
      cells.set(key, { ...known, fresh: fresh?.[2] ?? "", steps: [...known.steps, step] });
    }
  const found = [...cells].filter(([, { old, fresh }]) => old !== fresh);
  return found.sort(([one], [other]) => one.localeCompare(other)).map(([, difference]) => difference);
}
