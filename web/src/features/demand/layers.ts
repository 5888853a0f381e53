/** Layers as bars over the days of a month, and what moving one asks of the service. */

import { daysBetween, earlierOf, instantOf, laterOf, plusDays, today } from "@/shared/time";
import type { LayerShown } from "./api";
import type { NewLayer } from "./new_layer";

/** A layer from its first day to its last; a factor over a span, or the calls of one day. */
export type Bar = {
  id: number;
  name: string;
  first: string;
  last: string;
  factor: number | undefined;
  calls: number | undefined;
  queue: string | null;
};

export function barOf(layer: LayerShown, zone: string): Bar {
  const facts = layer.facts as Record<string, string | number | null>;
  const shared = { id: layer.id, name: layer.name, queue: (facts.queue as string | null) ?? null };
  if (typeof facts.day === "string")
    return { ...shared, first: facts.day, last: facts.day, factor: undefined, calls: Number(facts.calls) };
  const dayOf = (instant: string, before = 0) => today(zone, new Date(Date.parse(instant) - before));
  const first = dayOf(String(facts.from));
  return {
    ...shared,
    first,
    last: dayOf(String(facts.to), 1),
    factor: Number(facts.factor),
    calls: undefined,
  };
}

export type Grip = "whole" | "first" | "last";

/** A bar whose whole, or one end, was moved by some days; it stays within the month and at least a day long. */
export function moved(bar: Bar, grip: Grip, by: number, days: readonly string[]): Bar {
  const [begin = bar.first, end = bar.last] = [days[0], days.at(-1)];
  const within = (day: string) => (day < begin ? begin : day > end ? end : day);
  if (bar.calls !== undefined || grip === "whole") {
    const most = daysBetween(bar.last, end);
    const least = daysBetween(bar.first, begin);
    const steps = Math.max(least, Math.min(most, by));
    return { ...bar, first: plusDays(bar.first, steps), last: plusDays(bar.last, steps) };
  }
  if (grip === "first") {
    const first = within(plusDays(bar.first, by));
    return { ...bar, first: earlierOf(first, bar.last) };
  }
  const last = within(plusDays(bar.last, by));
  return { ...bar, last: laterOf(last, bar.first) };
}

/** A bar as the service takes it: whole days of the site. */
export function layerOf(bar: Omit<Bar, "id">, zone: string): NewLayer {
  const { name, queue } = bar;
  if (bar.calls !== undefined) return { kind: "day-total", name, queue, day: bar.first, calls: bar.calls };
  const start = instantOf(bar.first, "00:00", zone);
  return {
    kind: "uplift",
    name,
    queue,
    start,
    end: instantOf(bar.last, "24:00", zone),
    factor: bar.factor ?? 1,
  };
}
