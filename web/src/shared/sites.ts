/** The sites that are the visitor's business. */
import { useQuery } from "@tanstack/react-query";
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
    queryFn: async (): Promise<Site[]> => {
      const found: Site[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Site[]; next?: string | null } = await answer(
          api.GET("/api/v1/sites", { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } } }),
        );
        found.push(...page.items);
        cursor = page.next ?? null;
      } while (cursor);
      return found;
    },
  });
}
