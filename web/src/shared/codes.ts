/** What the codes of a site's rosters mean: its shifts by their codes, its kinds of work. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { BoardShift } from "@/shared/api/contract";
import { useSay } from "@/shared/words";

export function useCodes(site: string) {
  return useQuery({
    queryKey: ["codes", site],
    staleTime: 3_600_000,
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/codes", { params: { path: { site } } })),
    select: (codes) => ({
      ...codes,
      byCode: new Map(codes.shifts.map((shift): [string, BoardShift] => [shift.code, shift])),
    }),
  });
}

/** Says the name of a kind of work; a certificate that is none of them keeps its id. */
export function useWorkName(site: string): (id: string) => string {
  const say = useSay();
  const codes = useCodes(site);
  return (id) => say(codes.data?.works.find((work) => work.id === id)?.label ?? { zh: id, en: id });
}
