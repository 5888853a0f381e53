/** What the page of demand asks of the service. */
import { useQuery } from "@tanstack/react-query";
import { all } from "@/shared/api/all";
import { answer, api, Fault } from "@/shared/api/client";
import type { LayerShown, NeedShown, Series } from "@/shared/api/contract";
import { plusDays } from "@/shared/time";

/** So many past days stand before the month. */
export const PAST = 21;
export type Place = { site: string; month: string };

/** What there may not be yet. */
async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof Fault && fault.status === 404) return null;
    throw fault;
  }
}

export function useForecast(path: Place) {
  return useQuery({
    queryKey: ["forecast", path.site, path.month],
    queryFn: () =>
      orNone(answer(api.GET("/api/v1/sites/{site}/months/{month}/forecasts/newest", { params: { path } }))),
  });
}

export function useRequirement(path: Place) {
  return useQuery({
    queryKey: ["requirement", path.site, path.month],
    queryFn: () =>
      orNone(answer(api.GET("/api/v1/sites/{site}/months/{month}/requirement", { params: { path } }))),
  });
}

/** The calls of the days before the month, and of those of it that are past. */
export function useHistory({ site, month }: Place) {
  const query = { first: plusDays(`${month}-01`, -PAST), last: plusDays(`${month}-01`, 31) };
  return useQuery({
    queryKey: ["history", site, month],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/history", { params: { path: { site }, query } }))).items,
  });
}

export function useSpecialDays(site: string) {
  return useQuery({
    queryKey: ["special-days", site],
    queryFn: () =>
      all((next) =>
        answer(
          api.GET("/api/v1/sites/{site}/special-days", {
            params: { path: { site }, query: { limit: 200, ...next } },
          }),
        ),
      ),
  });
}

/** The intervals of a day of a series, by their places. */
export function placesOf(starts: string[], day: string, dayOf: (instant: string) => string): number[] {
  return starts.flatMap((start, place) => (dayOf(start) === day ? [place] : []));
}

export type Forecast = NonNullable<ReturnType<typeof useForecast>["data"]>;
export type { LayerShown, NeedShown, Series };
