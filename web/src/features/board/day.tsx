/** A day by its hours: who works when, with breaks, over need and people of each work; bars are drawn along. */
import { useState } from "react";
import type { BoardWork, DayCover } from "@/shared/api/contract";
import { dayWords } from "@/shared/time";
import { Button, Check, Dialog, Field, rowLooks, Tag } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import css from "./day.module.css";
import { type Bar, barsOf, freeOn, type Halves, halvesOf, split } from "./day_bars";
import { BarLine } from "./day_line";
import type { Desk } from "./deeds";
import { placeOf } from "./model";
import { Curve } from "./strips";

type Props = { desk: Desk; day: string; close: () => void; openAt: (row: number, day: number) => void };
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

export function DayCard({ desk, day, close, openAt }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const [everybody, showAll] = useState(false);
  const [cut, cutUp] = useState<Bar | undefined>();
  const { month } = desk.standing;
  const floor = month.strips.floor.find((each) => each.day === day);
  const bars = barsOf(month, desk.shown, day);
  const free = freeOn(month, desk.shown, day);
  return (
    <Dialog title={dayWords(day, language)} close={close} wide>
      <div className={rowLooks}>
        {floor && (
          <Tag tone={floor.fewest >= floor.floor ? "green" : "red"}>
            {say({
              zh: `应急人员最少 ${floor.fewest} 人 (${floor.at} 起), 底线 ${floor.floor} 人`,
              en: `fewest emergency people ${floor.fewest} (from ${floor.at}), floor ${floor.floor}`,
            })}
          </Tag>
        )}
        {desk.editable && (
          <small>
            {say({
              zh: "拖动横条换人或改时间, 拖边缘改开始或结束, 拖浅色块挪休息; 键盘: Alt+←→ 换班次, Alt+Shift+←→ 挪第一次休息, ↑↓ 挪第二次。",
              en: "Draw a bar to another time or person, its edges to begin or end elsewhere, a pale part to move the break; keys: Alt+←→ for another shift, Alt+Shift+←→ for its first break, ↑↓ for its second.",
            })}
          </small>
        )}
      </div>
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
            desk={desk}
            bar={bar}
            open={() => openAt(desk.shown.indexOf(bar.row), placeOf(month, bar.duty.day))}
            cut={desk.editable && halvesOf(month.board.shifts, bar).length ? () => cutUp(bar) : undefined}
          />
        ))}
        {everybody &&
          free.map((row) => (
            <div key={row} className={css.line} data-row={row}>
              <span>{month.rows[row]?.person.name}</span>
              <div className={css.track} />
            </div>
          ))}
      </div>
      {!bars.length && <p>{say({ zh: "这一天没有人上班。", en: "Nobody works on this day." })}</p>}
      <Check
        label={say({
          zh: `显示空闲的 ${free.length} 人(可拖给他们)`,
          en: `show the ${free.length} who are free`,
        })}
        ticked={everybody}
        tick={showAll}
      />
      {cut && <SplitCard desk={desk} bar={cut} close={() => cutUp(undefined)} />}
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

/** A duty between two people: its owner keeps the first part. */
function SplitCard({ desk, bar, close }: { desk: Desk; bar: Bar; close: () => void }) {
  const say = useSay();
  const { month } = desk.standing;
  const ways = halvesOf(month.board.shifts, bar);
  const free = freeOn(month, desk.shown, bar.duty.day);
  const [way, choose] = useState<Halves | undefined>(ways[0]);
  const [to, give] = useState(free[0]);
  const apply = () => {
    if (way && to !== undefined) desk.editor.do(split(month, bar, way, to));
    close();
  };
  return (
    <Dialog title={say({ zh: `拆分 ${bar.name} 的班`, en: `Split ${bar.name}’s duty` })} close={close}>
      <div className={rowLooks}>
        <Field label={say({ zh: "怎样拆", en: "How" })}>
          <select
            value={ways.indexOf(way ?? (ways[0] as Halves))}
            onChange={(event) => choose(ways[Number(event.target.value)])}
          >
            {ways.map(({ first, second }, place) => (
              <option key={first.code + second.code} value={place}>
                {`${first.code} ${first.start}–${first.end} + ${second.code} ${second.start}–${second.end}`}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say({ zh: "后半给谁", en: "Who has the second part" })}>
          <select value={to} onChange={(event) => give(Number(event.target.value))}>
            {free.map((row) => (
              <option key={row} value={row}>
                {month.rows[row]?.person.name}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <div className={rowLooks}>
        <Button tone="main" disabled={to === undefined} onClick={apply}>
          {say({ zh: "拆分", en: "Split it" })}
        </Button>
      </div>
    </Dialog>
  );
}
