/** The month as a table that is edited like a spreadsheet: keys, ranges, clipboard, dragging. */
import {
  type ClipboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Other } from "@/shared/api/contract";
import { isWeekend, weekday } from "@/shared/time";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { copied, pasted } from "./clipboard";
import { between, type Desk, filled } from "./deeds";
import css from "./grid.module.css";
import { pressed } from "./keys";
import type { Range } from "./model";
import { type Marks, RowView } from "./row";
import { contains, NOWHERE, only, rangeOf, type Spot } from "./selection";
import { StripRows } from "./strips";

type Props = Desk & {
  today: string;
  openDay: (day: string) => void;
  /** Breaches by person. */
  marks: ReadonlyMap<string, Marks>;
  others: readonly Other[];
};
const TOTALS = 4;

export function Grid(props: Props) {
  const { standing, shown, chosen, today, openDay, marks, others } = props;
  const { month } = standing;
  const say = useSay();
  const { language } = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const [marked, mark] = useState<Spot>(NOWHERE);
  const drag = useDrag(props);
  const shifts = useMemo(
    () => new Map(month.board.shifts.map((shift) => [shift.code, shift])),
    [month.board],
  );
  const works = useMemo(
    () => new Map(month.board.works.map((work) => [work.id, say(work.label)])),
    [month.board, say],
  );
  const present = useMemo(() => placed(others, month.board.days), [others, month.board.days]);
  const range = rangeOf(chosen);
  useFocus(table.current, chosen.cursor, shown);
  const hands = { ...props, range, marked, mark };
  const clipboard = useClipboard(props, range);

  return (
    <>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
        role="grid"
        className={css.grid}
        aria-rowcount={shown.length + 1}
        aria-multiselectable="true"
        aria-label={say({ zh: "排班表", en: "Roster" })}
        onKeyDown={(event) => pressed(event, hands)}
        {...clipboard}
        {...drag.handlers}
        onDoubleClick={props.openCell}
        onContextMenu={(event) => openHere(event, props, range)}
      >
        <colgroup>
          <col className={css.names} />
          <col className={css.days} span={month.board.days.length} />
          <col className={css.hours} />
          <col className={css.counts} span={TOTALS - 1} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={css.name}>
              {say({ zh: "姓名", en: "Name" })}
            </th>
            {month.board.days.map(({ day, kind, free, name, events }) => (
              <th
                key={day}
                scope="col"
                data-free={free || undefined}
                data-holiday={kind === "statutory" || undefined}
                data-today={day === today || undefined}
                title={[name && say(name), ...events].filter(Boolean).join(", ") || undefined}
              >
                {Number(day.slice(8))}
                <small>
                  {kind === "make-up-work" && isWeekend(day)
                    ? say(MADE_UP)
                    : weekday(day, language, "narrow")}
                </small>
              </th>
            ))}
            <th scope="col">{say({ zh: "工时", en: "Hours" })}</th>
            <th scope="col">{say({ zh: "夜班", en: "Nights" })}</th>
            <th scope="col">{say({ zh: "周末", en: "Wkends" })}</th>
            <th scope="col">{say({ zh: "意愿", en: "Wishes" })}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((place, index) => {
            const row = month.rows[place];
            const inside = index >= range.top && index <= range.bottom;
            return (
              row && (
                <RowView
                  key={row.person.number}
                  row={row}
                  index={index}
                  days={month.board.days}
                  shifts={shifts}
                  works={works}
                  say={say}
                  cursor={chosen.cursor.row === index ? chosen.cursor.day : -1}
                  left={inside ? range.left : -1}
                  right={inside ? range.right : -2}
                  marked={marked.row === index ? marked.day : -1}
                  over={drag.over.row === index ? drag.over.day : -1}
                  breaches={marks.get(row.person.number)}
                  other={present.get(row.person.number)}
                />
              )
            );
          })}
        </tbody>
        <StripRows
          strips={month.strips}
          days={month.board.days}
          works={month.board.works}
          open={openDay}
          columns={TOTALS}
        />
      </table>
      {drag.ghost && (
        <div className={css.ghost} style={{ left: drag.ghost.x + 12, top: drag.ghost.y + 12 }}>
          {drag.ghost.words}
        </div>
      )}
    </>
  );
}

type Present = { day: number; name: string };

/** The rows in which somebody else is, and where in them. */
function placed(others: readonly Other[], days: readonly { day: string }[]): Map<string, Present> {
  const found = new Map<string, Present>();
  for (const { agent, day, name } of others)
    if (agent && day) found.set(agent, { name, day: days.findIndex((each) => each.day === day) });
  return found;
}

const MADE_UP = { zh: "班", en: "W" };

/** The menu of a cell, where the pointer is. */
function openHere(event: MouseEvent, { choose, openCell }: Desk, range: Range) {
  const spot = spotOf(event.target);
  if (!spot) return;
  event.preventDefault();
  if (!contains(range, spot)) choose(only(spot));
  openCell();
}

function spotOf(target: EventTarget | null): Spot | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("td[data-row]") : null;
  return cell ? { row: Number(cell.dataset.row), day: Number(cell.dataset.day) } : undefined;
}

/** The cell under the cursor has the focus, if the grid has it at all. */
function useFocus(table: HTMLTableElement | null, cursor: Spot, shown: readonly number[]) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows on the screen are other cells
  useEffect(() => {
    const cell = table?.querySelector<HTMLElement>(`td[data-row="${cursor.row}"][data-day="${cursor.day}"]`);
    const away = document.activeElement;
    if (cell && (away === document.body || table?.contains(away))) cell.focus();
  }, [table, cursor.row, cursor.day, shown]);
}

function useClipboard(props: Props, range: Range) {
  const { editor, standing, shown, editable } = props;
  const say = useSay();
  const copy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", copied(standing.month, shown, range));
  };
  const cut = (event: ClipboardEvent) => {
    copy(event);
    if (editable) editor.do(filled(props, range, null));
  };
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    if (!editable) return;
    const { changes, unknown, outside } = pasted(
      standing.month,
      shown,
      range,
      event.clipboardData.getData("text/plain"),
    );
    if (unknown.length) {
      const codes = [...new Set(unknown)].slice(0, 8).join(" ");
      const known = standing.month.board.shifts.map((shift) => shift.code).join(" ");
      toast(
        say({
          zh: `未粘贴: 不认识“${codes}”; 可用代码 ${known}`,
          en: `Nothing pasted: no shift “${codes}”; there are ${known}`,
        }),
      );
      return;
    }
    editor.do(changes);
    if (outside)
      toast(say({ zh: `${outside} 格超出表格, 未粘贴`, en: `${outside} cells lay outside the grid` }));
  };
  return { onCopy: copy, onCut: cut, onPaste: paste };
}

type Ghost = { x: number; y: number; words: string };

/** Dragging a chosen cell takes its duty along; dragging from any other chooses a range. */
function useDrag(props: Props) {
  const { editor, standing, shown, chosen, choose, editable } = props;
  const held = useRef<{ from: Spot; carries: boolean } | null>(null);
  const [over, setOver] = useState<Spot>(NOWHERE);
  const [ghost, setGhost] = useState<Ghost | undefined>();
  const drop = useCallback(() => {
    held.current = null;
    setOver(NOWHERE);
    setGhost(undefined);
  }, []);

  const onPointerDown = (event: PointerEvent) => {
    const spot = spotOf(event.target);
    if (!spot || event.button !== 0) return;
    const duty = standing.month.rows[shown[spot.row] ?? -1]?.cells[spot.day]?.duties[0];
    const again = chosen.cursor.row === spot.row && chosen.cursor.day === spot.day;
    held.current = { from: spot, carries: Boolean(editable && duty && again && !event.shiftKey) };
    if (!held.current.carries) choose({ cursor: spot, anchor: event.shiftKey ? chosen.anchor : spot });
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = held.current;
    const spot = from && spotOf(event.target);
    if (!from || !spot || !event.buttons) return;
    if (!from.carries) {
      if (spot.row !== chosen.cursor.row || spot.day !== chosen.cursor.day)
        choose({ cursor: spot, anchor: from.from });
      return;
    }
    const row = standing.month.rows[shown[from.from.row] ?? -1];
    const code = row?.cells[from.from.day]?.duties[0]?.shift ?? "";
    setOver(spot);
    setGhost({ x: event.clientX, y: event.clientY, words: `${row?.person.name} ${code}` });
  };
  const onPointerUp = (event: PointerEvent) => {
    const from = held.current;
    const spot = spotOf(event.target);
    if (from?.carries && spot && over.row >= 0) {
      editor.do(between(props, from.from, spot));
      choose(only(spot));
    }
    drop();
  };
  return { over, ghost, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerLeave: drop } };
}
