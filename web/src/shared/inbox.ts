/** What waits for the visitor. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";

export function useInbox() {
  return useQuery({
    queryKey: ["inbox"],
    refetchInterval: 60_000,
    queryFn: async () => (await answer(api.GET("/api/v1/me/inbox"))).items,
  });
}
