/** One swap: who gives what to whom, what it does to each, and what one may do about it. */
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { distance, hours } from "@/shared/time";
import { Button, Failed, Field, Note, Tag, Waiting } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import { type Agent, type Swap, useDeed, useSwap } from "../api";
import { Top } from "../parts";
import css from "../phone.module.css";
import { stateWords } from "./list";
import { kindOf, legWords, toneOf } from "./words";

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

/** What a swap is and does; before it is filed as well as after. */
export function SwapFacts({ swap }: { swap: Swap }) {
  const say = useSay();
  const { language } = useLanguage();
  const open = ["offered", "waiting-scheduler", "waiting-manager"].includes(swap.state);
  return (
    <>
      <ul className={css.list}>
        {swap.legs.map((leg) => (
          <li key={`${leg.giver}${leg.day}${leg.taker}`} className={css.item}>
            {legWords(leg, swap, language)}
          </li>
        ))}
      </ul>
      {swap.note && <Note>{swap.note}</Note>}
      <p>
        {swap.said}
        {open && ` · ${say({ zh: "截止", en: "ends" })} ${distance(swap.expires_at, language)}`}
      </p>
      {swap.broken.map((breach) => (
        <Note key={breach.words} tone={breach.hard ? "red" : "amber"}>
          {breach.words}
          <br />
          <small>
            {breach.title} · {breach.source}
          </small>
        </Note>
      ))}
      {swap.parties.map((party) => (
        <section key={party.number}>
          <h3>
            {party.name}{" "}
            <small>
              {say({
                zh: `本月第 ${party.used} 次, 限 ${swap.quota} 次由排班员批准`,
                en: `swap ${party.used} of the month; up to ${swap.quota} by the scheduler`,
              })}
            </small>
          </h3>
          {party.effect && <EffectTable effect={party.effect} />}
        </section>
      ))}
    </>
  );
}

type Effect = NonNullable<Swap["parties"][number]["effect"]>;

function EffectTable({ effect }: { effect: Effect }) {
  const say = useSay();
  const rows: [Text, (number | null)[]][] = [
    [{ zh: "月工时", en: "hours of the month" }, effect.hours],
    [{ zh: "夜班", en: "nights" }, effect.nights],
    [{ zh: "周末班", en: "weekend duties" }, effect.weekends],
    [{ zh: "法定节假日班 (300%)", en: "statutory holidays (300 %)" }, effect.holidays],
    [{ zh: "最短班间休息 (小时)", en: "shortest rest (hours)" }, effect.rest_hours],
  ];
  const said = (value: number | null | undefined) => (value == null ? "—" : hours(value * 60));
  return (
    <table className={css.effect}>
      <thead className="unseen">
        <tr>
          <th scope="col">{say({ zh: "项目", en: "what" })}</th>
          <th scope="col">{say({ zh: "前后", en: "before and after" })}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, [before, after]]) => (
          <tr key={label.en}>
            <th scope="row">{say(label)}</th>
            <td>
              {before === after ? (
                said(before)
              ) : (
                <>
                  {said(before)} → <b>{said(after)}</b>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
