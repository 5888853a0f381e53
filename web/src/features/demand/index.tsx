/** Calls that were and calls to come, what is known of days beforehand, and the people that all of it needs. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useWorkName } from "@/shared/codes";
import { useDeed } from "@/shared/deed";
import { JobButton } from "@/shared/job_button";
import { type Me, may } from "@/shared/me";
import { MonthHead } from "@/shared/month_head";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { plusMonths, today } from "@/shared/time";
import { Button, cardLooks, Empty, Failed, Tag, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { Accuracies } from "./accuracy";
import { type Place, useForecast, useHistory, useRequirement, useSpecialDays } from "./api";
import { Calls } from "./calls";
import { DayPicture } from "./day";
import { MonthPicture } from "./month";
import { Prices } from "./prices";
import { SpecialDays } from "./special_days";

export default function DemandPage({ site, month, me }: { site: Site; month: string | undefined; me: Me }) {
  const say = useSay();
  const chosen = month ?? plusMonths(today(site.zone).slice(0, 7), 1);
  const place = { site: site.code, month: chosen };
  const editable = may(me, "demand.edit", site.code) === "site";
  const runs = may(me, "job.run", site.code) === "site";
  return (
    <>
      <div className={page.head}>
        <MonthHead
          month={chosen}
          to={(to) => `/sites/${site.code}/demand/${to}`}
          title={say({ zh: "需求", en: "Demand" })}
        />
        <span className={page.grow} />
        {editable && <WorkOut place={place} />}
        {runs && <ForecastAgain place={place} />}
      </div>
      <div className={page.stack}>
        <Month key={chosen} site={site} place={place} editable={editable} />
        <div className={page.columns}>
          <div className={page.stack}>
            <Accuracies site={site} runs={runs} />
            <Calls site={site} editable={editable} />
          </div>
          <SpecialDays site={site} month={chosen} editable={editable} />
        </div>
      </div>
    </>
  );
}

function ForecastAgain({ place }: { place: Place }) {
  const say = useSay();
  const queries = useQueryClient();
  return (
    <JobButton
      {...place}
      body={{ kind: "forecast" }}
      label={say({ zh: "重新预测", en: "Forecast anew" })}
      done={() => void queries.invalidateQueries()}
    />
  );
}

/** The people needed, from the forecast under its layers; the roster is measured by them from now on. */
function WorkOut({ place }: { place: Place }) {
  const say = useSay();
  const work = useDeed(
    () => answer(api.POST("/api/v1/sites/{site}/months/{month}/requirement", { params: { path: place } })),
    () =>
      toast(
        say({ zh: "人力需求已更新, 排班表按它衡量", en: "The need is new; the roster is measured by it" }),
      ),
  );
  return (
    <Button disabled={work.isPending} onClick={() => work.mutate(undefined)}>
      {say({ zh: "按预测重算人力", en: "Work the people out anew" })}
    </Button>
  );
}

function Month({ site, place, editable }: { site: Site; place: Place; editable: boolean }) {
  const say = useSay();
  const forecast = useForecast(place);
  const history = useHistory(place);
  const need = useRequirement(place);
  const label = useWorkName(site.code);
  const special = useSpecialDays(site.code);
  const [queue, setQueue] = useState<string | undefined>();
  const [day, setDay] = useState(`${place.month}-01`);
  if (forecast.isPending) return <Waiting />;
  if (forecast.isError) return <Failed fault={forecast.error} again={() => forecast.refetch()} />;
  if (!forecast.data)
    return (
      <Empty title={say({ zh: "这个月还没有预测", en: "There is no forecast of this month yet" })}>
        <p>
          {say({ zh: "有来电记录后点“重新预测”。", en: "With call records there, press “Forecast anew”." })}
        </p>
      </Empty>
    );
  const series = forecast.data.series.find((each) => each.queue === queue) ?? forecast.data.series[0];
  if (!series) return null;
  return (
    <section className={`${cardLooks} ${page.stack}`}>
      <div className={page.head}>
        {forecast.data.series.length > 1 && (
          <select
            value={series.queue}
            aria-label={say({ zh: "队列", en: "Queue" })}
            onChange={(event) => setQueue(event.target.value)}
          >
            {forecast.data.series.map((each) => (
              <option key={each.queue} value={each.queue}>
                {label(each.queue)}
              </option>
            ))}
          </select>
        )}
        <Facts number={forecast.data.number} calls={series.days} hours={need.data?.person_hours} />
      </div>
      <MonthPicture
        site={site}
        place={place}
        forecast={forecast.data}
        series={series}
        history={history.data ?? []}
        special={special.data ?? []}
        editable={editable}
        chosen={day}
        choose={setDay}
      />
      <DayPicture
        site={site}
        forecast={forecast.data}
        series={series}
        needs={need.data?.needs ?? []}
        day={day}
        label={label}
      />
      <Prices place={place} label={label} />
    </section>
  );
}

type Told = { number: number; calls: { mean: number }[]; hours: number | undefined };

function Facts({ number, calls, hours }: Told) {
  const say = useSay();
  const { language } = useLanguage();
  const total = Math.round(calls.reduce((sum, each) => sum + each.mean, 0)).toLocaleString(language);
  const people = hours === undefined ? undefined : Math.round(hours).toLocaleString(language);
  return (
    <>
      <Tag>{say({ zh: `预测第 ${number} 版`, en: `forecast ${number}` })}</Tag>
      <span>{say({ zh: `本月约 ${total} 个来电`, en: `about ${total} calls in the month` })}</span>
      {people && <span>{say({ zh: `需要 ${people} 人时`, en: `${people} person-hours needed` })}</span>}
    </>
  );
}
