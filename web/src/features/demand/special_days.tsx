/** Holidays, made-up work days and events over the calendar of the country. */
import { type FormEvent, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { NewSpecialDay } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { daysOf, dayWords, laterOf } from "@/shared/time";
import { Button, cardLooks, Failed, Field, rowLooks, Tag } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import { useSpecialDays } from "./api";

type Kind = NewSpecialDay["kind"];
const KINDS: Record<Kind, Text> = {
  event: { zh: "事件(影响来电)", en: "event that moves the calls" },
  statutory: { zh: "法定节假日", en: "statutory holiday" },
  rest: { zh: "休息日", en: "rest day" },
  "swapped-rest": { zh: "调休休息", en: "swapped rest day" },
  "make-up-work": { zh: "调休上班", en: "made-up work day" },
  work: { zh: "工作日", en: "work day" },
};

export function SpecialDays({ site, month, editable }: { site: Site; month: string; editable: boolean }) {
  const say = useSay();
  const { language } = useLanguage();
  const found = useSpecialDays(site.code);
  const days = daysOf(month);
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const shown = (found.data ?? []).filter((each) => each.first <= last && each.last >= first);
  const remove = useDeed((row: number) =>
    answer(
      api.DELETE("/api/v1/sites/{site}/special-days/{row_id}", {
        params: { path: { site: site.code, row_id: row } },
      }),
    ),
  );
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "节日与事件", en: "Holidays and events" })}</h2>
      <p className={page.soft}>
        {say({
          zh: "国家日历之外的日子; 事件由预测学习。",
          en: "Days over the calendar of the country; forecasts learn from events.",
        })}
      </p>
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      <ul className={page.rows}>
        {shown.map((each) => (
          <li key={each.id}>
            <span>
              {each.name} <Tag>{say(KINDS[each.kind as Kind] ?? { zh: each.kind, en: each.kind })}</Tag>
              <br />
              <small className={page.soft}>
                {dayWords(each.first, language)}
                {each.last !== each.first && ` – ${dayWords(each.last, language)}`}
                {each.everywhere && ` · ${say({ zh: "所有站点", en: "every site" })}`}
              </small>
            </span>
            {editable && !each.everywhere && (
              <Button
                aria-label={say({ zh: `删除 ${each.name}`, en: `Remove ${each.name}` })}
                disabled={remove.isPending}
                onClick={() => remove.mutate(each.id)}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editable && <AddDays site={site} day={first} />}
    </section>
  );
}

function AddDays({ site, day }: { site: Site; day: string }) {
  const say = useSay();
  const [told, tell] = useState<NewSpecialDay>({ first: day, last: day, kind: "event", name: "" });
  const add = useDeed(
    () =>
      answer(
        api.POST("/api/v1/sites/{site}/special-days", {
          params: { path: { site: site.code } },
          headers: once(),
          body: told,
        }),
      ),
    () => tell({ ...told, name: "" }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className={page.stack}>
      <div className={page.fields}>
        <Field label={say({ zh: "名称", en: "Name" })}>
          <input
            required
            maxLength={100}
            value={told.name}
            onChange={(event) => tell({ ...told, name: event.target.value })}
          />
        </Field>
        <Field label={say({ zh: "类别", en: "Kind" })}>
          <select value={told.kind} onChange={(event) => tell({ ...told, kind: event.target.value as Kind })}>
            {Object.entries(KINDS).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {say(words)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say({ zh: "从", en: "From" })}>
          <input
            type="date"
            required
            value={told.first}
            onChange={(event) =>
              tell({
                ...told,
                first: event.target.value,
                last: laterOf(told.last, event.target.value),
              })
            }
          />
        </Field>
        <Field label={say({ zh: "到", en: "Until" })}>
          <input
            type="date"
            required
            min={told.first}
            value={told.last}
            onChange={(event) => tell({ ...told, last: event.target.value })}
          />
        </Field>
      </div>
      <div className={rowLooks}>
        <Button type="submit" disabled={add.isPending}>
          {say({ zh: "添加", en: "Add" })}
        </Button>
      </div>
    </form>
  );
}
