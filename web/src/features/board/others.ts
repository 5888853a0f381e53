/** Who else is before the board; what they do to the draft is read when one's own hands rest. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { answer, api } from "@/shared/api/client";
import type { Other, Others } from "@/shared/api/contract";
import { toast } from "@/shared/ui/toasts";
import { useSay } from "@/shared/words";
import type { Desk } from "./deeds";

/** How often is asked whether the draft is another. */
const EVERY = 8000;
const NOBODY: Other[] = [];

export function useOthers(site: string, month: string, desk: Desk): readonly Other[] {
  const { editor, standing } = desk;
  const { revision, saving } = standing;
  const say = useSay();
  const here = useRef(desk);
  here.current = desk;
  const seen = useQuery({
    queryKey: ["others", site, month],
    refetchInterval: EVERY,
    staleTime: 0,
    queryFn: () => (here.current.editable ? told(site, month, here.current) : looked(site, month)),
  });
  const theirs = seen.data?.revision ?? 0;
  useEffect(() => {
    if (saving || theirs <= revision) return;
    void editor.reload();
    toast(say({ zh: "其他人改了草稿, 已刷新", en: "Somebody else changed the draft; it was read anew" }));
  }, [theirs, revision, saving, editor, say]);
  return seen.data?.others ?? NOBODY;
}

/** An editor says where he is, and hears who else is there. */
function told(site: string, month: string, { standing, shown, chosen }: Desk): Promise<Others> {
  const { rows, board } = standing.month;
  const agent = rows[shown[chosen.cursor.row] ?? -1]?.person.number ?? null;
  const day = board.days[chosen.cursor.day]?.day ?? null;
  const path = { site, month };
  return answer(
    api.POST("/api/v1/sites/{site}/rosters/{month}/presence", { params: { path }, body: { agent, day } }),
  );
}

/** Who only looks hears of the draft alone. */
async function looked(site: string, month: string): Promise<Others> {
  const path = { site, month };
  const { revision } = await answer(api.GET("/api/v1/sites/{site}/rosters/{month}", { params: { path } }));
  return { revision, others: NOBODY };
}
