/** A day by its hours: who works when, with breaks, over need and people of each work. */
import type { BoardShift, BoardWork, DayCover } from "@/shared/api/contract";
import { dayWords, plusDays } from "@/shared/time";
import { Dialog, Tag } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import css from "./day.module.css";
import type { Desk } from "./deeds";
import { type Duty, placeOf, shiftOf } from "./model";
import { Curve } from "./strips";

type Props = { desk: Desk; day: string; close: () => void; openAt: (row: number, day: number) => void };
type Bar = { row: number; name: string; duty: Duty; shift: BoardShift; from: number; until: number };
const DAY = 24 * 60;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

export function DayCard({ desk, day, close, openAt }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const { month } = desk.standing;
  const floor = month.strips.floor.find((each) => each.day === day);
  const bars = barsOf(desk, day);
  return (
    <Dialog title={dayWords(day, language)} close={close}>
      {floor && (
        <p>
          <Tag tone={floor.fewest >= floor.floor ? "green" : "red"}>
            {say({
              zh: `应急人员最少 ${floor.fewest} 人 (${floor.at} 起), 底线 ${floor.floor} 人`,
              en: `fewest emergency people ${floor.fewest} (from ${floor.at}), floor ${floor.floor}`,
            })}
          </Tag>
        </p>
      )}
      <div className={css.day}>
        <Hours />
        {month.board.works.map((work) => (
          <CoverLine
            key={work.id}
            work={work}
            cover={month.strips.cover.find((each) => each.day === day && each.work === work.id)}
          />
        ))}
        {bars.map((bar) => (
          <BarLine
            key={bar.duty.agent + bar.duty.day + bar.duty.shift}
            bar={bar}
            open={() => openAt(bar.row, placeOf(month, bar.duty.day))}
          />
        ))}
      </div>
      {!bars.length && <p>{say({ zh: "这一天没有人上班。", en: "Nobody works on this day." })}</p>}
    </Dialog>
  );
}

function Hours() {
  return (
    <div className={css.line} aria-hidden="true">
      <span />
      <div className={css.hours}>
        {HOURS.map((hour) => (
          <i key={hour} style={{ insetInlineStart: `${(100 * hour) / 24}%` }}>
            {hour}
          </i>
        ))}
      </div>
    </div>
  );
}

function CoverLine({ work, cover }: { work: BoardWork; cover: DayCover | undefined }) {
  const say = useSay();
  if (!cover) return null;
  const short = cover.need.reduce(
    (sum, need, at) => sum + Math.max(0, need - (cover.have[at] ?? 0)) * cover.step,
    0,
  );
  const told = short / 60;
  return (
    <div className={css.line}>
      <span>
        {say(work.label)}
        <small>
          {short ? say({ zh: `缺 ${told} 人时`, en: `${told} h short` }) : say({ zh: "满足", en: "covered" })}
        </small>
      </span>
      <div className={css.cover}>
        <Curve cover={cover} />
      </div>
    </div>
  );
}

function BarLine({ bar, open }: { bar: Bar; open: () => void }) {
  const say = useSay();
  const { duty, shift, from, until } = bar;
  const place = (minute: number) => `${(100 * Math.max(0, Math.min(DAY, minute))) / DAY}%`;
  const width = (start: number, end: number) => `${(100 * (Math.min(DAY, end) - Math.max(0, start))) / DAY}%`;
  const begins = duty.breaks.length ? duty.breaks : shift.pauses.map((pause) => pause.after);
  const style = {
    insetInlineStart: place(from),
    width: width(from, until),
    background: `#${shift.back}`,
    color: `#${shift.ink}`,
  };
  return (
    <div className={css.line}>
      <span>{bar.name}</span>
      <div className={css.track}>
        <button
          type="button"
          className={css.bar}
          style={style}
          onClick={open}
          title={`${say(shift.label)} ${shift.start}–${shift.end}`}
        >
          {duty.shift}
        </button>
        {begins.map((after, at) => {
          const start = from + after;
          const end = start + (shift.pauses[at]?.minutes ?? 0);
          if (end <= 0 || start >= DAY) return null;
          return (
            <i
              key={after}
              className={css.pause}
              style={{ insetInlineStart: place(start), width: width(start, end) }}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Everybody who works on a day, and whose night reaches into it, by the clock. */
function barsOf({ standing: { month }, shown }: Desk, day: string): Bar[] {
  const bars = [1, 0].flatMap((back) => {
    const at = placeOf(month, plusDays(day, -back));
    return shown.flatMap((place, row) => {
      const person = month.rows[place];
      const duties = person?.cells[at]?.duties ?? [];
      return duties.flatMap((duty) => {
        const shift = shiftOf(month, duty.shift);
        return person && shift
          ? [{ row, name: person.person.name, duty, shift, ...spanOf(shift, back) }]
          : [];
      });
    });
  });
  return bars
    .filter(({ from, until }) => until > 0 && from < DAY)
    .sort((one, other) => one.from - other.from);
}

/** Where a shift of so many days before lies, in minutes of the day that is shown. */
function spanOf(shift: BoardShift, back: number): { from: number; until: number } {
  const [start, end] = [minutesOf(shift.start), minutesOf(shift.end)];
  const from = start - back * DAY;
  return { from, until: from + ((end - start + DAY - 1) % DAY) + 1 };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return 60 * hours + minutes;
}
