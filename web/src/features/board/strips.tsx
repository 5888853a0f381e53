/** Under the grid, day by day: need and people of each work, and the emergency floor. */
import { memo } from "react";
import type { BoardDay, BoardWork, DayCover, DayFloor, Strips } from "@/shared/api/contract";
import { dayWords } from "@/shared/time";
import { type Text, useLanguage, useSay } from "@/shared/words";
import css from "./grid.module.css";

type Props = {
  strips: Strips;
  days: readonly BoardDay[];
  works: readonly BoardWork[];
  open: (day: string) => void;
  columns: number;
};

export const StripRows = memo(function StripRows({ strips, days, works, open, columns }: Props) {
  const say = useSay();
  const shown = works.filter((work) => strips.cover.some((each) => each.work === work.id));
  const cover = new Map(strips.cover.map((each) => [`${each.day} ${each.work}`, each]));
  const floor = new Map(strips.floor.map((each) => [each.day, each]));
  const words: Text = { zh: "应急底线", en: "Emergency floor" };
  return (
    <tfoot>
      {shown.map((work) => {
        return (
          <tr key={work.id}>
            <th scope="row" className={css.name}>
              {say(work.label)}
            </th>
            {days.map(({ day }) => (
              <td key={day} className={css.strip}>
                <CoverCell
                  day={day}
                  cover={cover.get(`${day} ${work.id}`)}
                  label={say(work.label)}
                  open={open}
                />
              </td>
            ))}
            <td colSpan={columns}>
              <Shortage cover={strips.cover.filter((each) => each.work === work.id)} />
            </td>
          </tr>
        );
      })}
      <tr>
        <th scope="row" className={css.name}>
          {say(words)}
        </th>
        {days.map(({ day }) => (
          <td key={day} className={css.strip}>
            <FloorCell day={day} floor={floor.get(day)} open={open} />
          </td>
        ))}
        <td colSpan={columns}>
          <Proof floor={strips.floor} />
        </td>
      </tr>
    </tfoot>
  );
});

function CoverCell(props: {
  day: string;
  cover: DayCover | undefined;
  label: string;
  open: (day: string) => void;
}) {
  const say = useSay();
  const { language } = useLanguage();
  const { day, cover, label, open } = props;
  if (!cover) return null;
  const most = Math.max(...cover.need.map((need, place) => need - (cover.have[place] ?? 0)));
  const words = say({
    zh: `${label}: 最多缺 ${Math.max(0, most)} 人`,
    en: `${label}: at most ${Math.max(0, most)} missing`,
  });
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => open(day)}
      title={`${dayWords(day, language)} · ${words}`}
    >
      <Curve cover={cover} />
      <span className={most > 0 ? css.short : css.even}>{most > 0 ? `−${most}` : "✓"}</span>
      <span className="unseen">{words}</span>
    </button>
  );
}

/** People as an area, need as a line, what is missing filled. */
export function Curve({ cover }: { cover: DayCover }) {
  const count = cover.need.length;
  const top = Math.max(1, ...cover.need, ...cover.have);
  const y = (heads: number) => 20 - (18 * heads) / top;
  const steps = (heads: (place: number) => number) =>
    cover.need.map((_, place) => `H${place}V${y(heads(place))}H${place + 1}`).join("");
  const lacking = cover.need.map((need, place) => {
    const have = cover.have[place] ?? 0;
    return need > have ? `M${place} ${y(have)}V${y(need)}H${place + 1}V${y(have)}Z` : "";
  });
  return (
    <svg viewBox={`0 0 ${count} 20`} preserveAspectRatio="none" aria-hidden="true">
      <path className={css.have} d={`M0 20${steps((place) => cover.have[place] ?? 0)}V20Z`} />
      <path className={css.lack} d={lacking.join("")} />
      <path
        className={css.need}
        d={`M0 ${y(cover.need[0] ?? 0)}${steps((place) => cover.need[place] ?? 0)}`}
      />
    </svg>
  );
}

function FloorCell({
  day,
  floor,
  open,
}: {
  day: string;
  floor: DayFloor | undefined;
  open: (day: string) => void;
}) {
  const say = useSay();
  const { language } = useLanguage();
  if (!floor) return null;
  const holds = floor.fewest >= floor.floor;
  const words = say({
    zh: `${floor.at} 起应急人员最少 ${floor.fewest} 人, 底线 ${floor.floor} 人`,
    en: `from ${floor.at} at least ${floor.fewest} emergency people; the floor is ${floor.floor}`,
  });
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => open(day)}
      title={`${dayWords(day, language)} · ${words}`}
    >
      <span className={holds ? css.even : css.short}>
        {holds ? "✓" : "✗"} {floor.fewest}
      </span>
      <span className="unseen">{words}</span>
    </button>
  );
}

function Shortage({ cover }: { cover: DayCover[] }) {
  const say = useSay();
  const missing = cover.reduce(
    (sum, day) =>
      sum + day.need.reduce((more, need, at) => more + Math.max(0, need - (day.have[at] ?? 0)) * day.step, 0),
    0,
  );
  const words = (missing / 60).toFixed(1).replace(/\.0$/, "");
  return missing ? (
    <span className={css.short}>{say({ zh: `共缺 ${words} 人时`, en: `${words} person-hours short` })}</span>
  ) : (
    <span className={css.even}>{say({ zh: "全部满足", en: "all covered" })}</span>
  );
}

function Proof({ floor }: { floor: DayFloor[] }) {
  const say = useSay();
  const below = floor.reduce((sum, day) => sum + day.minutes_below, 0);
  return below ? (
    <span className={css.short}>{say({ zh: `${below} 分钟低于底线`, en: `${below} min below` })}</span>
  ) : (
    <span className={css.even}>{say({ zh: "每分钟都成立", en: "holds at every minute" })}</span>
  );
}
