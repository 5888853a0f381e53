/** The swaps of a site's month, and the board of duties that somebody would give or nobody has. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import { type Me, may } from "@/shared/me";
import { MonthHead } from "@/shared/month_head";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import type { Swap } from "@/shared/swaps/swap";
import { kindOf, legWords, stateWords, toneOf } from "@/shared/swaps/words";
import { distance, today } from "@/shared/time";
import { cardLooks, Empty, Failed, figuresLooks, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { Board } from "./board";
import { SwapCard } from "./one";

const OPEN = ["offered", "waiting-scheduler", "waiting-manager"];
type Which = "open" | "approved" | "ended" | "all";

export default function SwapsPage({ site, month, me }: { site: Site; month: string | undefined; me: Me }) {
  const say = useSay();
  const chosen = month ?? today(site.zone).slice(0, 7);
  const [which, look] = useState<Which>("all");
  const [opened, open] = useState<number | undefined>();
  const found = useQuery({
    queryKey: ["swaps", site.code, chosen],
    queryFn: () =>
      all((next) =>
        answer(
          api.GET("/api/v1/sites/{site}/swaps", {
            params: { path: { site: site.code }, query: { month: chosen, limit: 200, ...next } },
          }),
        ),
      ),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const shown = found.data.filter((swap) => wanted(swap, which));
  return (
    <>
      <div className={page.head}>
        <MonthHead
          month={chosen}
          to={(to) => `/sites/${site.code}/swaps/${to}`}
          title={say({ zh: "换班", en: "Swaps" })}
        />
        <select
          value={which}
          aria-label={say({ zh: "状态", en: "State" })}
          onChange={(event) => look(event.target.value as Which)}
        >
          <option value="all">{say({ zh: "全部", en: "all" })}</option>
          <option value="open">{say({ zh: "进行中", en: "open" })}</option>
          <option value="approved">{say({ zh: "已生效", en: "in force" })}</option>
          <option value="ended">{say({ zh: "未成", en: "came to nothing" })}</option>
        </select>
      </div>
      <div className={page.columns}>
        {shown.length ? (
          <Swaps swaps={shown} open={open} />
        ) : (
          <Empty title={say({ zh: "没有换班", en: "There are no swaps" })} />
        )}
        <Board site={site} month={chosen} clears={may(me, "job.run", site.code) === "site"} />
      </div>
      {opened !== undefined && <SwapCard site={site} id={opened} close={() => open(undefined)} />}
    </>
  );
}

function wanted(swap: Swap, which: Which): boolean {
  const waits = OPEN.includes(swap.state);
  const done = swap.state === "approved";
  return which === "all" || (which === "open" ? waits : which === "approved" ? done : !waits && !done);
}

function Swaps({ swaps, open }: { swaps: Swap[]; open: (id: number) => void }) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <div className={`${cardLooks} ${page.scroll}`}>
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "谁给谁", en: "Who gives to whom" })}</th>
            <th scope="col">{say({ zh: "类型", en: "Kind" })}</th>
            <th scope="col">{say({ zh: "状态", en: "State" })}</th>
            <th scope="col">{say({ zh: "次数", en: "Count" })}</th>
            <th scope="col">{say({ zh: "提出", en: "Asked" })}</th>
          </tr>
        </thead>
        <tbody>
          {swaps.map((swap) => (
            <tr key={swap.id}>
              <th scope="row">
                <button type="button" className={page.open} onClick={() => open(swap.id)}>
                  {swap.legs.map((leg) => legWords(leg, swap, language)).join(" · ")}
                </button>
              </th>
              <td>{say(kindOf(swap))}</td>
              <td>
                <Tag tone={toneOf(swap)}>{stateWords(swap.state, say)}</Tag>
              </td>
              <td>
                {Math.max(...swap.parties.map((party) => party.used))}/{swap.quota}
              </td>
              <td>{distance(swap.made_at, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
