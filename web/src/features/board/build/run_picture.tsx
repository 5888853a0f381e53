/** A solve over time: the best roster comes down, the bound goes up. */
import { scaleLinear } from "d3-scale";
import { curveStepAfter, line } from "d3-shape";
import { useSay } from "@/shared/words";
import css from "../panel.module.css";
import type { Point } from "./jobs";

const WIDTH = 560;
const HEIGHT = 120;

export function RunPicture({ run }: { run: readonly Point[] }) {
  const say = useSay();
  const values = run
    .flatMap(({ objective, bound }) => [objective, bound])
    .filter((each) => each !== undefined);
  if (run.length < 2 || !values.length) return null;
  const x = scaleLinear([0, run.at(-1)?.seconds ?? 1], [0, WIDTH]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [HEIGHT - 4, 4]);
  const path = (value: (point: Point) => number | undefined) =>
    line<Point>(
      (point) => x(point.seconds),
      (point) => y(value(point) ?? 0),
    )
      .defined((point) => value(point) !== undefined)
      .curve(curveStepAfter)([...run]) ?? "";
  return (
    <svg
      className={css.run}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={say({ zh: "代价与下界随时间的变化", en: "Cost and bound over time" })}
    >
      <path d={path((point) => point.objective)} className={css.best} />
      <path d={path((point) => point.bound)} className={css.bound} />
    </svg>
  );
}
