import { expect, test } from "vitest";
import { daysBetween, instantOf } from "@/shared/time";

test("a wall clock is an instant of its zone", () => {
  expect(instantOf("2026-12-14", "00:00", "Asia/Shanghai")).toBe("2026-12-13T16:00:00.000Z");
  expect(instantOf("2026-12-14", "24:00", "Asia/Shanghai")).toBe("2026-12-14T16:00:00.000Z");
});

test("a day on which clocks change is 23 or 25 hours long", () => {
  const long = (day: string) =>
    (Date.parse(instantOf(day, "24:00", "Europe/Berlin")) -
      Date.parse(instantOf(day, "00:00", "Europe/Berlin"))) /
    3_600_000;
  expect(long("2027-03-28")).toBe(23);
  expect(long("2027-10-31")).toBe(25);
  expect(instantOf("2027-03-28", "06:00", "Europe/Berlin")).toBe("2027-03-28T04:00:00.000Z");
});

test("days are counted over months and leap days", () => {
  expect(daysBetween("2028-02-27", "2028-03-01")).toBe(3);
  expect(daysBetween("2026-12-03", "2026-12-01")).toBe(-2);
});
