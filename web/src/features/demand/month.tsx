/** The days before the month as they were, the month as it is foreseen, and the layers over it. */
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { PastDay, SpecialDayShown } from "@/shared/api/contract";
import type { Site } from "@/shared/sites";
import { daysOf, dayWords, plusDays, weekday } from "@/shared/time";
import { useLanguage, useSay } from "@/shared/words";
import { type Forecast, PAST, type Place, type Series } from "./api";
import css from "./demand.module.css";
import { Layers } from "./layer_bars";

type Props = {
  site: Site;
  place: Place;
  forecast: Forecast;
  series: Series;
  history: PastDay[];
  special: SpecialDayShown[];
  editable: boolean;
  chosen: string;
  choose: (day: string) => void;
};
type Day = Series["days"][number];
const HEIGHT = 200;

export function MonthPicture(props: Props) {
  const say = useSay();
  const { place, series, history, chosen, choose } = props;
  const month = daysOf(place.month);
  const past = Array.from({ length: PAST }, (_, back) => plusDays(month[0] ?? "", back - PAST));
  const days = [...past, ...month];
  const calls = new Map(history.map((each) => [each.day, each.calls[series.queue]]));
  const top = Math.max(
    1,
    ...series.days.map((each) => each.p90),
    ...[...calls.values()].map((each) => each ?? 0),
  );
  const x = (day: string) => days.indexOf(day) + 0.5;
  const y = scaleLinear([0, top * 1.05], [HEIGHT, 0]);
  const drawn = (value: (day: Day) => number) =>
    line<Day>(
      (each) => x(each.day),
      (each) => y(value(each)),
    )(series.days) ?? "";
  const band = area<Day>()
    .x((each) => x(each.day))
    .y0((each) => y(each.p10))
    .y1((each) => y(each.p90));
  const columns = { gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <div className={css.scroll}>
      <div className={css.month}>
        <svg
          className={css.picture}
          viewBox={`0 0 ${days.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={say({ zh: "每日来电: 过去与预测", en: "Calls of each day: past and foreseen" })}
        >
          {days.map((day) => {
            const known = calls.get(day);
            return (
              known !== undefined && (
                <rect
                  key={day}
                  className={css.past}
                  x={x(day) - 0.35}
                  width={0.7}
                  y={y(known)}
                  height={HEIGHT - y(known)}
                />
              )
            );
          })}
          <path className={css.band} d={band(series.days) ?? ""} />
          <path className={css.model} d={drawn((each) => each.model)} />
          <path className={css.mean} d={drawn((each) => each.mean)} />
        </svg>
        <span className={css.most}>{Math.round(top)}</span>
        <Days {...props} days={days} columns={columns} chosen={chosen} choose={choose} />
        <Layers {...props} days={days} month={month} columns={columns} />
      </div>
      <Legend />
    </div>
  );
}

type Row = Props & { days: string[]; columns: { gridTemplateColumns: string } };

/** A button for each day: it opens the day below. */
function Days({ days, columns, special, series, history, chosen, choose }: Row) {
  const say = useSay();
  const { language } = useLanguage();
  const foreseen = new Map(series.days.map((each) => [each.day, each]));
  const past = new Map(history.map((each) => [each.day, each.calls[series.queue]]));
  return (
    <div className={css.days} style={columns}>
      {days.map((day) => {
        const named = special.find((each) => each.first <= day && day <= each.last);
        const ahead = foreseen.get(day);
        const told = ahead ? Math.round(ahead.mean) : past.get(day);
        const holiday = ahead?.holiday && say(ahead.holiday);
        const words = [
          dayWords(day, language),
          holiday ?? named?.name,
          ...(ahead?.events ?? []),
          told !== undefined && calls(told, say),
        ];
        return (
          <button
            key={day}
            type="button"
            disabled={!ahead}
            aria-pressed={day === chosen}
            aria-description={words.filter(Boolean).join(", ")}
            title={words.filter(Boolean).join(" · ")}
            data-named={named || ahead?.holiday || ahead?.events.length ? "" : undefined}
            onClick={() => choose(day)}
          >
            {Number(day.slice(8))}
            <small>{weekday(day, language, "narrow")}</small>
          </button>
        );
      })}
    </div>
  );
}

function calls(count: number, say: ReturnType<typeof useSay>): string {
  return say({ zh: `${count} 个来电`, en: `${count} calls` });
}

function Legend() {
  const say = useSay();
  return (
    <p className={css.legend}>
      <i className={css.past} /> {say({ zh: "实际", en: "as it was" })} <i className={css.mean} />{" "}
      {say({ zh: "预测(含调整)", en: "foreseen, with what is laid over it" })} <i className={css.model} />{" "}
      {say({ zh: "模型", en: "the model alone" })} <i className={css.band} />{" "}
      {say({ zh: "八成把握", en: "eight days of ten lie within" })}
    </p>
  );
}
