/** What the phone asks of the service. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, dated } from "@/shared/api/client";
import type { OwnDuty, PartnersShown } from "@/shared/api/contract";
import { useCodes } from "@/shared/codes";
import type { Me } from "@/shared/me";
import { readSwap } from "@/shared/swaps/swap";
import { plusDays } from "@/shared/time";

/** Somebody who works at a site. */
export type Agent = Me & { number: string; site: string };
export type Duty = OwnDuty;

/** One's own published duties of some days. */
export function useDuties(first: string, last: string) {
  return useQuery({
    queryKey: ["duties", first, last],
    queryFn: async () => {
      const { data, at } = await dated(api.GET("/api/v1/me/duties", { params: { query: { first, last } } }));
      return { items: data.items, at };
    },
  });
}

export function useNotices() {
  return useQuery({
    queryKey: ["notices"],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/me/notices", { params: { query: { limit: 50 } } }))).items,
  });
}

/** The swaps that one is in, the newest first. */
export function useSwaps(site: string) {
  return useQuery({
    queryKey: ["swaps", site],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/swaps", { params: { path: { site }, query: { limit: 50 } } }),
        )
      ).items,
  });
}

export function useSwap(site: string, id: number) {
  return useQuery({
    queryKey: ["swaps", site, id],
    queryFn: () => readSwap(site, id),
  });
}

/** Who may take a duty, and for which of his. */
export function usePartners(site: string, day: string, days: string[]) {
  return useQuery({
    queryKey: ["partners", site, day, days],
    queryFn: (): Promise<PartnersShown> =>
      answer(
        api.POST("/api/v1/sites/{site}/rosters/{month}/partners", {
          params: { path: { site, month: day.slice(0, 7) } },
          body: { day, days },
        }),
      ),
  });
}

/** The zone of a site; where it is not read yet, that of the first sites. */
export function useZone(site: string): string {
  return useCodes(site).data?.zone ?? "Asia/Shanghai";
}

/** What one asked for, the newest first. */
export function useRequests(site: string) {
  return useQuery({
    queryKey: ["requests", site],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/requests", { params: { path: { site }, query: { limit: 50 } } }),
        )
      ).items,
  });
}

/** The days of a week that holds a day, from Monday. */
export function weekOf(day: string): string[] {
  const back = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, place) => plusDays(day, place - back));
}
