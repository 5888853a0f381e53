/** What was done, by whom and when; and whether the log is as it was written. */
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import type { Entry } from "@/shared/api/contract";
import { type Me, may } from "@/shared/me";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { moment } from "@/shared/time";
import { Button, cardLooks, Empty, Failed, figuresLooks, Note, Tag, Waiting } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import { AREAS, actionWords } from "./words";

type Wish = { action: string; by: string; about: string; first: string; last: string };
const EVERYTHING: Wish = { action: "", by: "", about: "", first: "", last: "" };

export default function AuditPage({ site, me }: { site: Site; me: Me }) {
  const say = useSay();
  const [wish, wishFor] = useState(EVERYTHING);
  const found = useInfiniteQuery({
    queryKey: ["audit", site.code, wish],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/sites/{site}/audit", {
          params: {
            path: { site: site.code },
            query: { ...told(wish), limit: 100, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const entries = found.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <>
      <div className={page.head}>
        <h1>{say({ zh: "操作记录", en: "Log" })}</h1>
        <Filters wish={wish} wishFor={wishFor} />
      </div>
      {may(me, "audit.see", null) === "site" && <Chain />}
      {found.isPending && <Waiting />}
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {found.data && !entries.length && (
        <Empty title={say({ zh: "没有这样的记录", en: "There is no such entry" })} />
      )}
      {entries.length > 0 && <Entries entries={entries} zone={site.zone} />}
      {found.hasNextPage && (
        <Button disabled={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {say({ zh: "更早的记录", en: "Earlier entries" })}
        </Button>
      )}
    </>
  );
}

function told(wish: Wish): Partial<Wish> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value));
}

function Filters({ wish, wishFor }: { wish: Wish; wishFor: (wish: Wish) => void }) {
  const say = useSay();
  const input = (name: keyof Wish, label: Text, type = "text") => (
    <input
      type={type}
      value={wish[name]}
      aria-label={say(label)}
      title={say(label)}
      placeholder={say(label)}
      onChange={(event) => wishFor({ ...wish, [name]: event.target.value })}
    />
  );
  return (
    <>
      <select
        value={wish.action}
        aria-label={say({ zh: "类别", en: "What" })}
        onChange={(event) => wishFor({ ...wish, action: event.target.value })}
      >
        <option value="">{say({ zh: "所有操作", en: "Everything" })}</option>
        {Object.entries(AREAS).map(([name, words]) => (
          <option key={name} value={`${name}.`}>
            {say(words)}
          </option>
        ))}
      </select>
      {input("by", { zh: "谁", en: "By whom" })}
      {input("about", { zh: "对象, 如 person/P017", en: "About, as person/P017" })}
      {input("first", { zh: "从", en: "From" }, "date")}
      {input("last", { zh: "到", en: "To" }, "date")}
    </>
  );
}

function Entries({ entries, zone }: { entries: Entry[]; zone: string }) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <div className={`${cardLooks} ${page.scroll}`}>
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "时间", en: "When" })}</th>
            <th scope="col">{say({ zh: "谁", en: "Who" })}</th>
            <th scope="col">{say({ zh: "操作", en: "What" })}</th>
            <th scope="col">{say({ zh: "对象", en: "About" })}</th>
            <th scope="col">{say({ zh: "详情", en: "Facts" })}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>{moment(entry.at, zone, language)}</td>
              <td>{entry.by || say({ zh: "系统", en: "the service" })}</td>
              <td>
                {say(actionWords(entry.action))}
                <br />
                <small className={page.soft}>{entry.action}</small>
              </td>
              <td>{entry.object}</td>
              <td className={page.free}>
                {Object.entries(entry.facts).map(([name, value]) => (
                  <span key={name}>
                    <small className={page.soft}>{name}</small> {shown(value)}{" "}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** The whole log gone through: each entry is sealed with the one before it. */
function Chain() {
  const say = useSay();
  const check = useMutation({ mutationFn: () => answer(api.GET("/api/v1/audit/chain")) });
  return (
    <div className={page.head}>
      <Button disabled={check.isPending} onClick={() => check.mutate()}>
        {say({ zh: "验证整个记录链", en: "Check the whole chain" })}
      </Button>
      {check.isPending && <span role="status">{say({ zh: "正在逐条验证…", en: "going through it…" })}</span>}
      {check.error && <Note tone="red">{check.error.message}</Note>}
      {check.data && (
        <span role="status">
          <Tag tone={check.data.holds ? "green" : "red"}>
            {check.data.holds
              ? say({ zh: `完整, 共 ${check.data.last} 条`, en: `unbroken, ${check.data.last} entries` })
              : say({
                  zh: `第 ${check.data.first_bad} 条被改动`,
                  en: `entry ${check.data.first_bad} was touched`,
                })}
          </Tag>{" "}
          <small className={page.soft}>{check.data.hash.slice(0, 16)}</small>
        </span>
      )}
    </div>
  );
}
