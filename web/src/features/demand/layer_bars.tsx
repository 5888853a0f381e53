/** What is laid over the forecast, as bars: drawn along by pointer or keys, opened by a click. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import type { Site } from "@/shared/sites";
import { Button } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { Forecast, Place, Series } from "./api";
import css from "./demand.module.css";
import { LayerCard } from "./layer_card";
import { type Bar, barOf, type Grip, layerOf, moved } from "./layers";

type Props = {
  site: Site;
  place: Place;
  forecast: Forecast;
  series: Series;
  editable: boolean;
  chosen: string;
  days: string[];
  month: string[];
  columns: { gridTemplateColumns: string };
};

export function Layers(props: Props) {
  const say = useSay();
  const { site, place, forecast, series, editable, chosen } = props;
  const [opened, open] = useState<Bar | "new" | undefined>();
  const bars = forecast.layers
    .map((layer) => barOf(layer, site.zone))
    .filter((bar) => bar.queue === null || bar.queue === series.queue);
  return (
    <>
      {bars.map((bar) => (
        <LayerBar key={bar.id} bar={bar} {...props} open={open} />
      ))}
      {editable && (
        <Button onClick={() => open("new")}>
          {say({
            zh: "+ 加一个调整(寒潮、停气、活动…)",
            en: "+ Lay something over it (cold snap, outage, event…)",
          })}
        </Button>
      )}
      {opened && (
        <LayerCard
          site={site}
          place={place}
          bar={opened === "new" ? undefined : opened}
          day={chosen}
          queue={series.queue}
          editable={editable}
          close={() => open(undefined)}
        />
      )}
    </>
  );
}

type BarProps = Props & { bar: Bar; open: (bar: Bar) => void };
type Held = { x: number; grip: Grip };

function LayerBar({ bar, site, place, days, month, columns, editable, open }: BarProps) {
  const say = useSay();
  const [wanted, want] = useState(bar);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the service tells another place, that one counts
  useEffect(() => want(bar), [bar.first, bar.last]);
  const move = useDeed((next: Bar) =>
    answer(
      api.PUT("/api/v1/sites/{site}/months/{month}/layers/{layer_id}", {
        params: { path: { ...place, layer_id: next.id } },
        headers: once(),
        body: layerOf(next, site.zone),
      }),
    ),
  );
  const put = (next: Bar) => {
    want(next);
    move.mutate(next, { onError: () => want(bar) });
  };
  const track = useRef<HTMLDivElement>(null);
  const [held, hold] = useState<Held | undefined>();
  const [shown, show] = useState(bar);
  const now = held ? shown : wanted;
  const by = (x: number) => {
    const width = (track.current?.clientWidth ?? 1) / days.length;
    return Math.round((x - (held?.x ?? x)) / width);
  };
  const grab = (grip: Grip) => (event: PointerEvent) => {
    if (!editable || event.button !== 0) return;
    event.stopPropagation();
    track.current?.setPointerCapture(event.pointerId);
    show(wanted);
    hold({ x: event.clientX, grip });
  };
  const drag = (event: PointerEvent) => held && show(moved(wanted, held.grip, by(event.clientX), month));
  const drop = (event: PointerEvent) => {
    if (!held) return;
    const next = moved(wanted, held.grip, by(event.clientX), month);
    hold(undefined);
    if (next.first === wanted.first && next.last === wanted.last) open(wanted);
    else put(next);
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !editable) return;
    event.preventDefault();
    put(moved(wanted, event.shiftKey ? "last" : "whole", step, month));
  };
  const from = days.indexOf(now.first) + 1;
  const style = { gridColumn: `${from} / ${days.indexOf(now.last) + 2}` };
  const weight = bar.factor === undefined ? `= ${bar.calls}` : percent(bar.factor);
  return (
    <div
      ref={track}
      className={css.track}
      style={columns}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={() => hold(undefined)}
    >
      <button
        type="button"
        className={css.bar}
        style={style}
        onPointerDown={grab("whole")}
        onKeyDown={keys}
        onClick={(event) => event.detail === 0 && open(wanted)}
        aria-description={say({
          zh: "左右键移动一天, 按住 Shift 改变长度, 回车打开",
          en: "arrow keys move it by a day, with Shift they change its length, Enter opens it",
        })}
      >
        {editable && bar.calls === undefined && <i data-end="first" onPointerDown={grab("first")} />}
        <span>
          {bar.name} {weight}
        </span>
        {editable && bar.calls === undefined && <i data-end="last" onPointerDown={grab("last")} />}
      </button>
    </div>
  );
}

/** +50 %, −20 %. */
export function percent(factor: number): string {
  const more = Math.round(100 * (factor - 1));
  return `${more < 0 ? "−" : "+"}${Math.abs(more)} %`;
}
