/** The sites that are the visitor's business. */
import { useQuery } from "@tanstack/react-query";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import type { SiteShown } from "@/shared/api/contract";
import type { Text } from "@/shared/words";

export type Site = SiteShown;

/** The name of a site in both languages. */
export function nameOf(site: Site): Text {
  return { zh: site.name.zh ?? site.code, en: site.name.en ?? site.code };
}

export function useSites() {
  return useQuery({
    queryKey: ["sites"],
    staleTime: 300_000,
    queryFn: (): Promise<Site[]> =>
      all((next) => answer(api.GET("/api/v1/sites", { params: { query: { limit: 200, ...next } } }))),
  });
}
