/** How good forecasts of past months were; a month that nobody forecast is forecast now, by what was known before it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useWorkName } from "@/shared/codes";
import { JobButton } from "@/shared/job_button";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { monthWords, plusMonths, today } from "@/shared/time";
import { cardLooks, Failed, Field, figuresLooks, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";

export function Accuracies({ site, runs }: { site: Site; runs: boolean }) {
  const say = useSay();
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["accuracy", site.code],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/accuracy", { params: { path: { site: site.code } } })))
        .items,
  });
  const label = useWorkName(site.code);
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "过去的预测有多准", en: "How good past forecasts were" })}</h2>
      {found.isPending && <Waiting />}
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {found.data?.length === 0 && (
        <p className={page.soft}>
          {say({ zh: "还没有可与实际相比的预测。", en: "No forecast can be put beside its calls yet." })}
        </p>
      )}
      {found.data && found.data.length > 0 && (
        <div className={page.scroll}>
          <table className={figuresLooks}>
            <thead>
              <tr>
                <th scope="col">{say({ zh: "月份", en: "Month" })}</th>
                <th scope="col">{say({ zh: "队列", en: "Queue" })}</th>
                <th scope="col">{say({ zh: "实际", en: "Calls" })}</th>
                <th scope="col">{say({ zh: "预测", en: "Foreseen" })}</th>
                <th scope="col">{say({ zh: "按日误差", en: "Error by day" })}</th>
                <th scope="col">{say({ zh: "按时段误差", en: "By interval" })}</th>
                <th scope="col">{say({ zh: "落在八成带内", en: "Within the band" })}</th>
              </tr>
            </thead>
            <tbody>
              {found.data.map((each) => (
                <tr key={each.month + each.queue}>
                  <th scope="row">{monthWords(each.month, language)}</th>
                  <td>{label(each.queue)}</td>
                  <td>{each.calls.toLocaleString(language)}</td>
                  <td>{Math.round(each.foreseen).toLocaleString(language)}</td>
                  <td>{share(each.day_error)}</td>
                  <td>{share(each.interval_error)}</td>
                  <td>{share(each.in_band)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {runs && <Check site={site} />}
    </section>
  );
}

function Check({ site }: { site: Site }) {
  const say = useSay();
  const queries = useQueryClient();
  const last = plusMonths(today(site.zone).slice(0, 7), -1);
  const [month, setMonth] = useState(last);
  return (
    <div className={page.head}>
      <Field label={say({ zh: "检验一个过去的月份", en: "Try a past month" })}>
        <input type="month" value={month} max={last} onChange={(event) => setMonth(event.target.value)} />
      </Field>
      <JobButton
        site={site.code}
        month={month}
        body={{ kind: "forecast" }}
        label={say({ zh: "只用此前的记录预测并比较", en: "Forecast it by what was known before" })}
        done={() => void queries.invalidateQueries({ queryKey: ["accuracy", site.code] })}
      />
    </div>
  );
}
