/** Every rule that there is, with its words, and every law pack. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";

export function useRuleBook(site: string) {
  return useQuery({
    queryKey: ["rule-book"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/rules", { params: { path: { site } } })),
  });
}
