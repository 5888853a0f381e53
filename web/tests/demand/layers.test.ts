import { expect, test } from "vitest";
import { type Bar, barOf, layerOf, moved } from "@/features/demand/layers";
import { daysOf } from "@/shared/time";

const DAYS = daysOf("2026-12");
const STORM: Bar = {
  id: 1,
  name: "寒潮",
  first: "2026-12-14",
  last: "2026-12-15",
  factor: 1.5,
  calls: undefined,
  queue: "service",
};

test("a layer is a bar of the days that it touches, and back again", () => {
  const facts = {
    from: "2026-12-14T00:00:00+08:00",
    to: "2026-12-16T00:00:00+08:00",
    factor: 1.5,
    queue: "service",
  };
  const bar = barOf({ id: 1, name: "寒潮", facts, made_at: "" }, "Asia/Shanghai");
  expect(bar).toEqual(STORM);
  expect(layerOf(bar, "Asia/Shanghai")).toEqual({
    kind: "uplift",
    name: "寒潮",
    queue: "service",
    start: "2026-12-13T16:00:00.000Z",
    end: "2026-12-15T16:00:00.000Z",
    factor: 1.5,
  });
});

test("a bar is moved whole and stays in the month", () => {
  expect(moved(STORM, "whole", 3, DAYS)).toMatchObject({ first: "2026-12-17", last: "2026-12-18" });
  expect(moved(STORM, "whole", 40, DAYS)).toMatchObject({ first: "2026-12-30", last: "2026-12-31" });
  expect(moved(STORM, "whole", -40, DAYS)).toMatchObject({ first: "2026-12-01", last: "2026-12-02" });
});

test("an end is moved and never passes the other", () => {
  expect(moved(STORM, "first", -2, DAYS)).toMatchObject({ first: "2026-12-12", last: "2026-12-15" });
  expect(moved(STORM, "first", 9, DAYS)).toMatchObject({ first: "2026-12-15", last: "2026-12-15" });
  expect(moved(STORM, "last", 99, DAYS)).toMatchObject({ last: "2026-12-31" });
  expect(moved(STORM, "last", -9, DAYS)).toMatchObject({ first: "2026-12-14", last: "2026-12-14" });
});

test("the calls of a day move as a whole whichever end is drawn", () => {
  const day: Bar = { ...STORM, last: STORM.first, factor: undefined, calls: 600 };
  expect(moved(day, "last", 2, DAYS)).toMatchObject({ first: "2026-12-16", last: "2026-12-16" });
  expect(layerOf(day, "Asia/Shanghai")).toMatchObject({ kind: "day-total", day: "2026-12-14", calls: 600 });
});
