import { expect, test } from "vitest";
import { differences, type Step } from "@/features/board/versions";

type Kept = Step["diff"][number];
const kept = (agent: string, day: string, old: string, fresh: string): Kept => ({
  agent,
  day,
  old: old ? [day, agent, old] : null,
  new: fresh ? [day, agent, fresh] : null,
});
const step = (number: number, kind: string, ...diff: Kept[]): Step => ({
  number,
  kind,
  note: "",
  made_at: "",
  diff,
});

test("a cell that several versions changed shows its first and last state, and all of them as reasons", () => {
  const steps = [
    step(2, "change", kept("A", "2026-12-01", "早", "中")),
    step(3, "swap", kept("A", "2026-12-01", "中", "")),
  ];
  expect(differences(steps)).toMatchObject([{ old: "早", fresh: "", steps: [{ number: 2 }, { number: 3 }] }]);
});

test("what came back to where it was is no difference", () => {
  const steps = [
    step(2, "swap", kept("A", "2026-12-01", "早", "中")),
    step(3, "swap", kept("A", "2026-12-01", "中", "早")),
  ];
  expect(differences(steps)).toEqual([]);
});

test("differences go by day and person", () => {
  const found = differences([
    step(
      2,
      "publication",
      kept("B", "2026-12-02", "", "夜"),
      kept("C", "2026-12-01", "", "早"),
      kept("A", "2026-12-02", "", "中"),
    ),
  ]);
  expect(found.map((each) => each.agent)).toEqual(["C", "A", "B"]);
});
