/** Leave of a month: who is away or asked to be, day by day, beside the places there are; balances below. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import type { RequestShown } from "@/shared/api/contract";
import { leaveKind } from "@/shared/leave";
import { type Me, may } from "@/shared/me";
import { MonthHead } from "@/shared/month_head";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { daysOf, isWeekend, today, weekday } from "@/shared/time";
import { Button, buttonLooks, cardLooks, Empty, Failed, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { AskFor } from "./ask_for";
import css from "./leave.module.css";
import { LeaveCard } from "./one";

const SHOWN = new Set(["approved", "open", "told", "waitlisted"]);

export default function LeavePage({ site, month, me }: { site: Site; month: string | undefined; me: Me }) {
  const say = useSay();
  const chosen = month ?? today(site.zone).slice(0, 7);
  const [opened, open] = useState<RequestShown | undefined>();
  const [asking, ask] = useState(false);
  const found = useLeave(site.code, chosen);
  const terms = useTerms(site.code);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const shown = found.data.filter((request) => SHOWN.has(request.state));
  const first = `${chosen}-01`;
  return (
    <>
      <div className={page.head}>
        <MonthHead
          month={chosen}
          to={(to) => `/sites/${site.code}/leave/${to}`}
          title={say({ zh: "假期", en: "Leave" })}
        />
        <span className={page.grow} />
        {may(me, "draft.edit", site.code) === "site" && (
          <Button onClick={() => ask(true)}>{say({ zh: "替人请假…", en: "Ask for somebody…" })}</Button>
        )}
        <Link className={buttonLooks} href="/inbox">
          {say({ zh: "待批…", en: "Decide…" })}
        </Link>
        {may(me, "export", site.code) === "site" && (
          <a
            className={buttonLooks}
            href={`/api/v1/sites/${site.code}/leave.xlsx?first=${first}&last=${daysOf(chosen).at(-1)}`}
          >
            Excel
          </a>
        )}
      </div>
      {shown.length ? (
        <Calendar month={chosen} requests={shown} places={terms.data?.places} open={open} />
      ) : (
        <Empty title={say({ zh: "这个月没有人休假", en: "Nobody is on leave this month" })} />
      )}
      {asking && <AskFor site={site} close={() => ask(false)} />}
      {opened && <LeaveCard site={site} request={opened} close={() => open(undefined)} />}
    </>
  );
}

type Table = {
  month: string;
  requests: RequestShown[];
  places: number | undefined;
  open: (request: RequestShown) => void;
};

function Calendar({ month, requests, places, open }: Table) {
  const say = useSay();
  const { language } = useLanguage();
  const days = daysOf(month);
  const people = [...new Map(requests.map((each) => [each.number, each.name]))];
  const away = (day: string) =>
    requests.filter((each) => each.state === "approved" && each.first <= day && day <= each.last).length;
  return (
    <div className={`${cardLooks} ${page.scroll}`}>
      <table className={css.calendar}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
            {days.map((day) => (
              <th key={day} scope="col" data-free={isWeekend(day) || undefined}>
                {Number(day.slice(8))}
                <small>{weekday(day, language, "narrow")}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(([number, name]) => (
            <tr key={number}>
              <th scope="row">{name}</th>
              {days.map((day) => (
                <LeaveCell
                  key={day}
                  free={isWeekend(day)}
                  request={requests.find(
                    (each) => each.number === number && each.first <= day && day <= each.last,
                  )}
                  open={open}
                />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {say({ zh: "休假人数", en: "Away" })}
              {places !== undefined && <small> / {places}</small>}
            </th>
            {days.map((day) => (
              <td key={day} data-full={(places !== undefined && away(day) >= places) || undefined}>
                {away(day) || ""}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type OneCell = { free: boolean; request: RequestShown | undefined; open: (request: RequestShown) => void };

function LeaveCell({ free, request, open }: OneCell) {
  const say = useSay();
  if (!request) return <td data-free={free || undefined} />;
  const kind = leaveKind(String(request.facts.leave ?? ""));
  const waits = request.state !== "approved";
  const words = `${request.name} ${say(kind)} ${request.first} – ${request.last}`;
  return (
    <td data-free={free || undefined}>
      <button
        type="button"
        data-waits={waits || undefined}
        title={words}
        aria-label={`${say(kind.short)} ${words}${waits ? say({ zh: ", 待批", en: ", not decided" }) : ""}`}
        onClick={() => open(request)}
      >
        {say(kind.short)}
      </button>
    </td>
  );
}

function useLeave(site: string, month: string) {
  return useQuery({
    queryKey: ["leave", site, month],
    queryFn: () =>
      all((next) =>
        answer(
          api.GET("/api/v1/sites/{site}/requests", {
            params: { path: { site }, query: { month, kind: "leave", limit: 200, ...next } },
          }),
        ),
      ),
  });
}

function useTerms(site: string) {
  return useQuery({
    queryKey: ["leave-terms", site],
    staleTime: 300_000,
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/leave", { params: { path: { site } } })),
  });
}
