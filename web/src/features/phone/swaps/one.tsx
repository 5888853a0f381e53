/** One swap: who gives what to whom, what it does to each, and what one may do about it. */
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import { SwapFacts } from "@/shared/swaps/facts";
import type { Swap } from "@/shared/swaps/swap";
import { kindOf, stateWords, toneOf } from "@/shared/swaps/words";
import { Button, Failed, Field, Tag, Waiting } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import { type Agent, useSwap } from "../api";
import { Top } from "../parts";
import css from "../phone.module.css";

export function SwapPage({ me, id }: { me: Agent; id: number }) {
  const say = useSay();
  const found = useSwap(me.site, id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const { data: swap, tag } = found.data;
  return (
    <>
      <Top title={say(kindOf(swap))}>
        <Tag tone={toneOf(swap)}>{stateWords(swap.state, say)}</Tag>
      </Top>
      <SwapFacts swap={swap} />
      <Deeds me={me} swap={swap} tag={tag} />
    </>
  );
}

type Done = { deed: string; reason: string };

function Deeds({ me, swap, tag }: { me: Agent; swap: Swap; tag: string }) {
  const say = useSay();
  const [reason, setReason] = useState("");
  const params = { path: { site: me.site, swap_id: swap.id } };
  const headers = { "If-Match": tag };
  const act = useDeed(({ deed, reason: why }: Done) => {
    if (deed === "cancel")
      return answer(
        api.POST("/api/v1/sites/{site}/swaps/{swap_id}/cancel", { params, headers, body: { reason: why } }),
      );
    if (deed === "undo")
      return answer(
        api.POST("/api/v1/sites/{site}/swaps/{swap_id}/undo", { params, headers, body: { reason: why } }),
      );
    const body = { answer: deed as "take" | "decline" | "later", reason: why };
    return answer(api.POST("/api/v1/sites/{site}/swaps/{swap_id}/answers", { params, headers, body }));
  });
  const mine = BUTTONS.filter(({ deed }) => swap.may.includes(deed));
  if (!mine.length) return null;
  return (
    <div className={css.form}>
      <Field label={say({ zh: "附言 (可不填)", en: "A word (optional)" })}>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className={css.pair}>
        {mine.map(({ deed, label, tone }) => (
          <Button
            key={deed}
            large
            tone={tone}
            disabled={act.isPending}
            onClick={() => act.mutate({ deed, reason })}
          >
            {say(label)}
          </Button>
        ))}
      </div>
    </div>
  );
}

const BUTTONS: { deed: string; label: Text; tone?: "main" | "danger" }[] = [
  { deed: "take", label: { zh: "同意", en: "Accept" }, tone: "main" },
  { deed: "decline", label: { zh: "不同意", en: "Decline" } },
  { deed: "later", label: { zh: "稍后", en: "Later" } },
  { deed: "cancel", label: { zh: "取消换班", en: "Cancel the swap" }, tone: "danger" },
  { deed: "undo", label: { zh: "撤回换班", en: "Take it back" }, tone: "danger" },
];
