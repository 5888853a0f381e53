/** What others do to the same draft is read when one's own hands rest. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api } from "@/shared/api/client";
import { toast } from "@/shared/ui/toasts";
import { useSay } from "@/shared/words";
import type { Editor, Standing } from "./editor";

/** How often is asked whether the draft is another. */
const EVERY = 8000;

export function useOthers(site: string, month: string, editor: Editor, { revision, saving }: Standing): void {
  const say = useSay();
  const seen = useQuery({
    queryKey: ["revision", site, month],
    refetchInterval: EVERY,
    staleTime: 0,
    queryFn: () =>
      answer(api.GET("/api/v1/sites/{site}/rosters/{month}", { params: { path: { site, month } } })),
  });
  const theirs = seen.data?.revision ?? 0;
  useEffect(() => {
    if (saving || theirs <= revision) return;
    void editor.reload();
    toast(say({ zh: "其他人改了草稿, 已刷新", en: "Somebody else changed the draft; it was read anew" }));
  }, [theirs, revision, saving, editor, say]);
}
