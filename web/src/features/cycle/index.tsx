/** Every site's month on one page: its deadlines, how far it is, and what is late. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { answer, api } from "@/shared/api/client";
import type { MomentShown } from "@/shared/api/contract";
import { nameOf, type Site, useSites } from "@/shared/sites";
import { clock, dayWords, distance, monthWords, today } from "@/shared/time";
import { Empty, Failed, Tag, type Tone, Waiting } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import css from "./cycle.module.css";

const MOMENTS: Record<string, Text> = {
  open: { zh: "意愿开放", en: "wishes open" },
  close: { zh: "意愿截止", en: "wishes close" },
  forecast: { zh: "预测", en: "forecast" },
  build: { zh: "排班完成", en: "built" },
  publish: { zh: "发布", en: "published" },
};
const ORDER = Object.keys(MOMENTS);

export default function CyclePage() {
  const say = useSay();
  const { language } = useLanguage();
  const sites = useSites();
  const moments = useQuery({
    queryKey: ["cycle"],
    refetchInterval: 30_000,
    queryFn: async () => (await answer(api.GET("/api/v1/me/cycle"))).items,
  });
  if (moments.isPending || sites.isPending) return <Waiting />;
  if (moments.isError) return <Failed fault={moments.error} again={() => moments.refetch()} />;
  const months = [...new Set(moments.data.map((each) => each.month))].sort().reverse();
  return (
    <>
      <h1>{say({ zh: "月度进度", en: "Monthly cycle" })}</h1>
      {!months.length && <Empty title={say({ zh: "还没有月度节点", en: "No monthly deadlines yet" })} />}
      {months.map((month) => (
        <section key={month} className={css.month}>
          <h2>{monthWords(month, language)}</h2>
          <MonthTable
            month={month}
            moments={moments.data.filter((each) => each.month === month)}
            sites={sites.data ?? []}
          />
        </section>
      ))}
    </>
  );
}

function MonthTable({ month, moments, sites }: { month: string; moments: MomentShown[]; sites: Site[] }) {
  const say = useSay();
  const here = sites.filter((site) => moments.some((each) => each.site === site.code));
  const shown = ORDER.filter((moment) => moments.some((each) => each.moment === moment));
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "站点", en: "Site" })}</th>
            {shown.map((moment) => (
              <th key={moment} scope="col">
                {say(MOMENTS[moment] ?? { zh: moment, en: moment })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {here.map((site) => (
            <tr key={site.code}>
              <th scope="row">
                <Link href={`/sites/${site.code}/roster/${month}`}>{say(nameOf(site))}</Link>
              </th>
              {shown.map((moment) => (
                <td key={moment}>
                  <MomentCell
                    found={moments.find((each) => each.site === site.code && each.moment === moment)}
                    zone={site.zone}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const STATES: Record<string, Text & { tone: Tone }> = {
  met: { zh: "按时完成", en: "in time", tone: "green" },
  late: { zh: "已办, 迟了", en: "done late", tone: "amber" },
  open: { zh: "未到", en: "ahead", tone: "none" },
  "at-risk": { zh: "一天内到期", en: "due within a day", tone: "amber" },
  overdue: { zh: "逾期", en: "overdue", tone: "red" },
};

function MomentCell({ found, zone }: { found: MomentShown | undefined; zone: string }) {
  const say = useSay();
  const { language } = useLanguage();
  if (!found) return null;
  const state = STATES[found.state] ?? { zh: found.state, en: found.state, tone: "none" as const };
  return (
    <>
      <Tag tone={state.tone}>{say(state)}</Tag>
      <small>
        {dayWords(today(zone, new Date(found.due_at)), language)} {clock(found.due_at, zone)}
        {!found.done_at && ` · ${distance(found.due_at, language)}`}
      </small>
    </>
  );
}
