/** One bar of the day: drawn along by pointer or keys, opened by a click. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { Button } from "@/shared/ui";
import { useSay } from "@/shared/words";
import css from "./day.module.css";
import { type Bar, DAY, type Grip, handed, nearest, paused, QUARTER, reshaped, spanOf } from "./day_bars";
import type { Desk } from "./deeds";

type Props = { desk: Desk; bar: Bar; open: () => void; cut: (() => void) | undefined };
/** What is held: the bar by a grip, or one of its breaks. */
type Held = { x: number; grip: Grip } | { x: number; pause: number };

const place = (minute: number) => `${(100 * Math.max(0, Math.min(DAY, minute))) / DAY}%`;
const width = (from: number, until: number) =>
  `${(100 * Math.max(0, Math.min(DAY, until) - Math.max(0, from))) / DAY}%`;

export function BarLine({ desk, bar, open, cut }: Props) {
  const say = useSay();
  const { editor, editable } = desk;
  const { shifts } = desk.standing.month.board;
  const hands = useHands(desk, bar, open);
  const { from, until } = hands.ghost ?? bar;
  const { shift, duty } = bar;
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || !editable) return;
    event.preventDefault();
    const second = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (event.shiftKey) editor.do(paused(bar, second ? 1 : 0, step * QUARTER));
    else editor.do(reshaped(bar, beside(shifts, bar, step)));
  };
  return (
    <div className={css.line} data-row={bar.row}>
      <span>
        {bar.name}
        {cut && (
          <Button
            tone="plain"
            onClick={cut}
            aria-label={say({ zh: `拆分 ${bar.name} 的班`, en: `Split ${bar.name}’s duty` })}
          >
            ✂
          </Button>
        )}
      </span>
      <div className={css.track} ref={hands.track} {...hands.handlers}>
        <button
          type="button"
          className={css.bar}
          style={{
            insetInlineStart: place(from),
            width: width(from, until),
            background: `#${shift.back}`,
            color: `#${shift.ink}`,
          }}
          onPointerDown={hands.grab({ grip: "whole" })}
          onKeyDown={keys}
          onClick={(event) => event.detail === 0 && open()}
          title={`${say(shift.label)} ${shift.start}–${shift.end}`}
          data-held={hands.ghost ? "" : undefined}
        >
          {editable && <i data-end="start" onPointerDown={hands.grab({ grip: "start" })} />}
          {hands.told ?? duty.shift}
          {editable && <i data-end="end" onPointerDown={hands.grab({ grip: "end" })} />}
        </button>
        {!hands.ghost &&
          bar.breaks.map((after, at) => (
            <Pause
              key={after}
              begin={bar.from + after + (hands.pause === at ? hands.by : 0)}
              minutes={shift.pauses[at]?.minutes ?? 0}
              grab={editable ? hands.grab({ pause: at }) : undefined}
            />
          ))}
      </div>
    </div>
  );
}

type PauseProps = { begin: number; minutes: number; grab: ((event: PointerEvent) => void) | undefined };

function Pause({ begin, minutes, grab }: PauseProps) {
  const end = begin + minutes;
  if (end <= 0 || begin >= DAY) return null;
  return (
    <i
      className={css.pause}
      data-held={grab ? "" : undefined}
      style={{ insetInlineStart: place(begin), width: width(begin, end) }}
      onPointerDown={grab}
    />
  );
}

/** The shift before or after that of a bar, by their starts. */
function beside(shifts: Desk["standing"]["month"]["board"]["shifts"], bar: Bar, step: number) {
  const serving = shifts.filter((shift) => shift.works.includes(bar.duty.work));
  const sorted = [...serving].sort((one, other) => spanOf(one).from - spanOf(other).from);
  const at = sorted.findIndex((shift) => shift.code === bar.shift.code);
  return sorted[at + step] ?? bar.shift;
}

/** What a pointer does to a bar: where it would come to lie while it is held, and what is done when it is let go. */
function useHands(desk: Desk, bar: Bar, open: () => void) {
  const track = useRef<HTMLDivElement>(null);
  const [held, hold] = useState<Held | undefined>();
  const [by, move] = useState(0);
  const { month } = desk.standing;
  const minutes = (event: PointerEvent) => {
    const drawn = ((event.clientX - (held?.x ?? 0)) / (track.current?.clientWidth ?? 1)) * DAY;
    return Math.round(drawn / QUARTER) * QUARTER;
  };
  const grab = (what: { grip: Grip } | { pause: number }) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    track.current?.setPointerCapture(event.pointerId);
    (event.target as HTMLElement).closest("button")?.focus();
    move(0);
    hold({ x: event.clientX, ...what });
  };
  const drop = (event: PointerEvent) => {
    if (!held) return;
    const drawn = minutes(event);
    const to = rowAt(event);
    hold(undefined);
    if ("pause" in held) return desk.editable && desk.editor.do(paused(bar, held.pause, drawn));
    const elsewhere = held.grip === "whole" && to !== undefined && to !== bar.row;
    if (!drawn && !elsewhere) return open();
    if (!desk.editable) return;
    if (elsewhere) desk.editor.do(handed(month, bar, to));
    else desk.editor.do(reshaped(bar, nearest(month.board.shifts, bar, held.grip, drawn)));
  };
  const drawing = held && !("pause" in held) && by !== 0 ? held.grip : undefined;
  const ghost = drawing && {
    from: bar.from + (drawing === "end" ? 0 : by),
    until: bar.until + (drawing === "start" ? 0 : by),
  };
  return {
    track,
    grab,
    by,
    ghost,
    told: drawing && nearest(month.board.shifts, bar, drawing, by).code,
    pause: held && "pause" in held ? held.pause : undefined,
    handlers: {
      onPointerMove: (event: PointerEvent) => held && move(minutes(event)),
      onPointerUp: drop,
      onPointerCancel: () => hold(undefined),
    },
  };
}

/** The person over whose line the pointer is. */
function rowAt(event: PointerEvent): number | undefined {
  const line = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-row]");
  return line ? Number(line.dataset.row) : undefined;
}
