/** A day of the forecast by its intervals: calls with their band, and the people they need. */
import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import type { Site } from "@/shared/sites";
import { clock, dayWords, today } from "@/shared/time";
import { figuresLooks } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { type Forecast, type NeedShown, placesOf, type Series } from "./api";
import css from "./demand.module.css";

type Props = {
  site: Site;
  forecast: Forecast;
  series: Series;
  needs: NeedShown[];
  day: string;
  label: (work: string) => string;
};
const HEIGHT = 140;

export function DayPicture({ site, forecast, series, needs, day, label }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const dayOf = (instant: string) => today(site.zone, new Date(instant));
  const places = placesOf(forecast.starts, day, dayOf);
  const heads = new Map(
    needs.filter((each) => each.work === series.queue).map((each) => [Date.parse(each.start), each.heads]),
  );
  const needed = places.map((place) => heads.get(Date.parse(forecast.starts[place] ?? "")));
  const y = scaleLinear(
    [0, Math.max(1, ...places.map((place) => series.p90[place] ?? 0)) * 1.05],
    [HEIGHT, 0],
  );
  const people = scaleLinear([0, Math.max(1, ...needed.map((each) => each ?? 0)) * 1.4], [HEIGHT, 0]);
  const at = (values: number[]) => (place: number) => y(values[place] ?? 0);
  const x = (_: number, order: number) => order + 0.5;
  const band = area<number>().x(x).y0(at(series.p10)).y1(at(series.p90)).curve(curveMonotoneX);
  const mean = line<number>(x, at(series.mean)).curve(curveMonotoneX);
  const steps = needed
    .map((each, order) => `${order ? "L" : "M"}${order} ${people(each ?? 0)}H${order + 1}`)
    .join("");
  return (
    <details className={css.day} open>
      <summary>
        {dayWords(day, language)} · {label(series.queue)}
      </summary>
      <svg
        className={css.picture}
        viewBox={`0 0 ${places.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say({
          zh: "各时段来电与所需人数",
          en: "Calls of each interval and the people they need",
        })}
      >
        <path className={css.band} d={band(places) ?? ""} />
        <path className={css.mean} d={mean(places) ?? ""} />
        <path className={css.people} d={steps} />
      </svg>
      <div className={css.clock} aria-hidden="true">
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <span key={hour}>{hour}:00</span>
        ))}
      </div>
      <details>
        <summary>{say({ zh: "数字", en: "In numbers" })}</summary>
        <div className={css.numbers}>
          <table className={figuresLooks}>
            <thead>
              <tr>
                <th scope="col">{say({ zh: "时段", en: "From" })}</th>
                <th scope="col">{say({ zh: "来电", en: "Calls" })}</th>
                <th scope="col">{say({ zh: "八成把握", en: "Eight of ten within" })}</th>
                <th scope="col">{say({ zh: "人数", en: "People" })}</th>
              </tr>
            </thead>
            <tbody>
              {places.map((place, order) => (
                <tr key={place}>
                  <th scope="row">{clock(forecast.starts[place] ?? "", site.zone)}</th>
                  <td>{(series.mean[place] ?? 0).toFixed(1)}</td>
                  <td>
                    {(series.p10[place] ?? 0).toFixed(1)} – {(series.p90[place] ?? 0).toFixed(1)}
                  </td>
                  <td>{needed[order] ?? "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </details>
  );
}
