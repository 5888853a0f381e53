/** One swap: what it does to each, and what may be done about it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import type { Site } from "@/shared/sites";
import { SwapFacts } from "@/shared/swaps/facts";
import { readSwap, type Swap } from "@/shared/swaps/swap";
import { kindOf } from "@/shared/swaps/words";
import { Button, Dialog, Failed, Field, rowLooks, Waiting } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";

const DEEDS: Record<string, Text> = {
  approve: { zh: "批准", en: "Approve" },
  refuse: { zh: "不批准", en: "Refuse" },
  cancel: { zh: "取消", en: "Cancel it" },
  undo: { zh: "撤回已生效的换班", en: "Take it back" },
};
type Props = { site: Site; id: number; close: () => void };

export function SwapCard({ site, id, close }: Props) {
  const say = useSay();
  const found = useQuery({ queryKey: ["swaps", site.code, id], queryFn: () => readSwap(site.code, id) });
  const title = found.data ? say(kindOf(found.data.data)) : say({ zh: "换班", en: "Swap" });
  return (
    <Dialog title={title} close={close}>
      {found.isPending && <Waiting />}
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {found.data && (
        <>
          <SwapFacts swap={found.data.data} />
          <Deeds site={site} swap={found.data.data} tag={found.data.tag} close={close} />
        </>
      )}
    </Dialog>
  );
}

function Deeds({ site, swap, tag, close }: { site: Site; swap: Swap; tag: string; close: () => void }) {
  const say = useSay();
  const [reason, setReason] = useState("");
  const params = { path: { site: site.code, swap_id: swap.id } };
  const headers = { "If-Match": tag };
  const act = useDeed((deed: string) => {
    const body = { reason };
    if (deed === "cancel")
      return answer(api.POST("/api/v1/sites/{site}/swaps/{swap_id}/cancel", { params, headers, body }));
    if (deed === "undo")
      return answer(api.POST("/api/v1/sites/{site}/swaps/{swap_id}/undo", { params, headers, body }));
    const state = deed === "approve" ? ("approved" as const) : ("refused" as const);
    const decision = { state, reason, waivers: [] };
    return answer(
      api.PUT("/api/v1/sites/{site}/swaps/{swap_id}/decision", { params, headers, body: decision }),
    );
  }, close);
  const possible = swap.may.filter((deed) => deed in DEEDS);
  if (!possible.length) return null;
  return (
    <>
      <Field label={say({ zh: "理由", en: "Reason" })}>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className={rowLooks}>
        {possible.map((deed) => (
          <Button
            key={deed}
            tone={deed === "approve" ? "main" : "danger"}
            disabled={act.isPending}
            onClick={() => act.mutate(deed)}
          >
            {say(DEEDS[deed] ?? { zh: deed, en: deed })}
          </Button>
        ))}
      </div>
    </>
  );
}
