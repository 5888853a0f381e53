/** Swaps as the service tells them. */
import { answer, api, once, tagged } from "@/shared/api/client";
import type { NewSwap } from "@/shared/api/contract";

/** What a swap would do, or the swap itself. */
export function sendSwap(site: string, month: string, body: NewSwap) {
  return answer(
    api.POST("/api/v1/sites/{site}/rosters/{month}/swaps", {
      params: { path: { site, month } },
      headers: once(),
      body,
    }),
  );
}

/** A swap, with what it does to each. */
export type Swap = Awaited<ReturnType<typeof sendSwap>>;

/** One swap, with its tag. */
export function readSwap(site: string, id: number) {
  return tagged(api.GET("/api/v1/sites/{site}/swaps/{swap_id}", { params: { path: { site, swap_id: id } } }));
}
