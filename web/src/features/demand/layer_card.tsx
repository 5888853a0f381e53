/** Something laid over the forecast: more or fewer calls for some days, or the calls of one day. */
import { type FormEvent, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { laterOf } from "@/shared/time";
import { Button, Check, Dialog, Field, rowLooks } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { Place } from "./api";
import { type Bar, layerOf } from "./layers";

type Props = {
  site: Site;
  place: Place;
  bar: Bar | undefined;
  day: string;
  queue: string;
  editable: boolean;
  close: () => void;
};

export function LayerCard({ site, place, bar, day, queue, editable, close }: Props) {
  const say = useSay();
  const [told, tell] = useState<Omit<Bar, "id">>(
    bar ?? { name: "", first: day, last: day, factor: 1.2, calls: undefined, queue },
  );
  const params = { path: place };
  const keep = useDeed(() => {
    const body = layerOf(told, site.zone);
    const headers = once();
    return bar
      ? answer(
          api.PUT("/api/v1/sites/{site}/months/{month}/layers/{layer_id}", {
            params: { path: { ...place, layer_id: bar.id } },
            headers,
            body,
          }),
        )
      : answer(api.POST("/api/v1/sites/{site}/months/{month}/layers", { params, headers, body }));
  }, close);
  const remove = useDeed(
    () =>
      answer(
        api.DELETE("/api/v1/sites/{site}/months/{month}/layers/{layer_id}", {
          params: { path: { ...place, layer_id: bar?.id ?? 0 } },
        }),
      ),
    close,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(undefined);
  };
  const whole = told.calls !== undefined;
  return (
    <Dialog title={bar?.name ?? say({ zh: "调整预测", en: "Lay over the forecast" })} close={close}>
      <form onSubmit={submit} className={page.stack}>
        <div className={page.fields}>
          <Field label={say({ zh: "为什么", en: "What for" })}>
            <input
              data-first
              required
              maxLength={100}
              readOnly={!editable}
              placeholder={say({ zh: "寒潮", en: "cold snap" })}
              value={told.name}
              onChange={(event) => tell({ ...told, name: event.target.value })}
            />
          </Field>
          <Field label={say({ zh: "怎样", en: "How" })}>
            <select
              value={whole ? "calls" : "factor"}
              disabled={!editable}
              onChange={(event) =>
                tell(
                  event.target.value === "calls"
                    ? { ...told, factor: undefined, calls: 100, last: told.first }
                    : { ...told, factor: 1.2, calls: undefined },
                )
              }
            >
              <option value="factor">{say({ zh: "多或少百分之几", en: "per cent more or fewer" })}</option>
              <option value="calls">{say({ zh: "当天共多少来电", en: "so many calls on a day" })}</option>
            </select>
          </Field>
          {whole ? (
            <Field label={say({ zh: "来电", en: "Calls" })}>
              <input
                type="number"
                min={0}
                required
                readOnly={!editable}
                value={told.calls}
                onChange={(event) => tell({ ...told, calls: Number(event.target.value) })}
              />
            </Field>
          ) : (
            <Field label={say({ zh: "多百分之几(负数为少)", en: "Per cent more (negative: fewer)" })}>
              <input
                type="number"
                min={-100}
                max={900}
                required
                readOnly={!editable}
                value={Math.round(100 * ((told.factor ?? 1) - 1))}
                onChange={(event) => tell({ ...told, factor: 1 + Number(event.target.value) / 100 })}
              />
            </Field>
          )}
          <Field label={say({ zh: "从", en: "From" })}>
            <input
              type="date"
              required
              readOnly={!editable}
              value={told.first}
              onChange={(event) =>
                tell({
                  ...told,
                  first: event.target.value,
                  last: whole ? event.target.value : laterOf(told.last, event.target.value),
                })
              }
            />
          </Field>
          {!whole && (
            <Field label={say({ zh: "到", en: "Until" })}>
              <input
                type="date"
                required
                readOnly={!editable}
                min={told.first}
                value={told.last}
                onChange={(event) => tell({ ...told, last: event.target.value })}
              />
            </Field>
          )}
        </div>
        <Check
          label={say({ zh: "所有队列", en: "of all queues" })}
          ticked={told.queue === null}
          tick={(on) => tell({ ...told, queue: on ? null : queue })}
        />
        {editable && (
          <div className={rowLooks}>
            <Button type="submit" tone="main" disabled={keep.isPending}>
              {say({ zh: "保存", en: "Keep" })}
            </Button>
            {bar && (
              <Button tone="danger" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
                {say({ zh: "删除", en: "Take it away" })}
              </Button>
            )}
          </div>
        )}
      </form>
    </Dialog>
  );
}
