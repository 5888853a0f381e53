/** Who is signed in, and what he may do; the service says both. */
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { Me } from "@/shared/api/contract";

export type { Me };

/** The visitor; null: nobody is signed in. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    staleTime: 60_000,
    queryFn: async (): Promise<Me | null> => (await answer(api.GET("/api/v1/session"))) ?? null,
  });
}

/** How far an action of the visitor reaches at a site; undefined: he may not. */
export function may(me: Me, action: string, site: string | null): "own" | "team" | "site" | undefined {
  const found = me.rights
    .filter((each) => each.site === site || each.site === null)
    .map((each) => each.may[action]);
  return (
    found.find((reach) => reach === "site") ?? found.find((reach) => reach === "team") ?? found.find(Boolean)
  );
}

/** Nothing that one visitor has read stays for the next. */
export function forgetOthers(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
}
