/** One person's month. It is drawn anew only when something of it changed. */
import { memo } from "react";
import type { BoardDay, BoardShift } from "@/shared/api/contract";
import { hours } from "@/shared/time";
import { Lock } from "@/shared/ui/icons";
import type { Say } from "@/shared/words";
import css from "./grid.module.css";
import { type Breach, type Cell, differs, type Row } from "./model";
import { leaveWords, wishMark, wishWords } from "./words";

export type Marks = ReadonlyMap<string, readonly Breach[]>;
type Props = {
  row: Row;
  /** Which of the rows that are shown it is. */
  index: number;
  days: readonly BoardDay[];
  shifts: ReadonlyMap<string, BoardShift>;
  works: ReadonlyMap<string, string>;
  say: Say;
  /** The day under the cursor, and the ends of the range in this row; -1: none. */
  cursor: number;
  left: number;
  right: number;
  marked: number;
  over: number;
  breaches: Marks | undefined;
  /** Where somebody else is in this row, and who. */
  other: { day: number; name: string } | undefined;
};

export const RowView = memo(function RowView(props: Props) {
  const { row, index, days, breaches } = props;
  const count = breaches ? new Set([...breaches.values()].flat()).size : 0;
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={css.name}>
        <span>
          <b>{row.person.name}</b>
          <small>{row.person.team}</small>
          {count > 0 && <em aria-hidden>{count}</em>}
        </span>
      </th>
      {row.cells.map((cell, day) => (
        <CellView key={days[day]?.day} cell={cell} day={day} {...props} />
      ))}
      <Totals row={row} />
    </tr>
  );
});

function CellView({ cell, day, ...props }: Props & { cell: Cell; day: number }) {
  const { days, index, say } = props;
  const at = days[day];
  const found = props.breaches?.get(`${props.row.person.number} ${at?.day}`);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a td of a grid is a gridcell (HTML-AAM)
    <td
      className={css.cell}
      data-row={index}
      data-day={day}
      tabIndex={props.cursor === day ? 0 : -1}
      aria-description={spoken(cell, found, props)}
      aria-selected={day >= props.left && day <= props.right}
      data-cursor={props.cursor === day || undefined}
      data-in={(day >= props.left && day <= props.right) || undefined}
      data-marked={props.marked === day || undefined}
      data-over={props.over === day || undefined}
      data-free={at?.free || undefined}
      data-other={props.other?.day === day ? props.other.name : undefined}
      title={cell.note?.words}
    >
      <Signs cell={cell} found={found} say={say} />
      <Inside cell={cell} {...props} />
    </td>
  );
}

/** Wish, lock and breaches in the corners of a cell. */
function Signs({ cell, found, say }: { cell: Cell; found: readonly Breach[] | undefined; say: Say }) {
  const wish = cell.wishes[0];
  if (!wish && !cell.pinned && !found && !cell.note) return null;
  const hard = found?.some((breach) => breach.hard);
  return (
    <div className={css.marks}>
      {wish && (
        <span className={css.wish} title={say(wishWords(wish))}>
          {wishMark(wish)}
        </span>
      )}
      {cell.note && <span className={css.note}>✎</span>}
      {cell.pinned && <Lock className={css.pin} />}
      {found && (
        <span className={css.badge} data-hard={hard || undefined}>
          {hard ? "!" : "·"}
        </span>
      )}
    </div>
  );
}

function Inside({ cell, shifts, works, say }: Props & { cell: Cell }) {
  const draft = differs(cell);
  if (cell.duties.length)
    return cell.duties.map((duty) => {
      const shift = shifts.get(duty.shift);
      const style = shift && { backgroundColor: `#${shift.back}`, color: `#${shift.ink}` };
      const second = shift && duty.work !== shift.works[0];
      return (
        <span
          key={duty.shift}
          className={css.code}
          style={style}
          data-draft={draft || undefined}
          data-second={second || undefined}
          title={works.get(duty.work)}
        >
          {duty.shift}
        </span>
      );
    });
  if (cell.leave) {
    const words = leaveWords(cell.leave);
    return (
      <span
        className={css.leave}
        data-absent={cell.leave.leave === "not-employed" || undefined}
        title={say(words)}
      >
        {say(words.short)}
      </span>
    );
  }
  return draft ? <span className={css.gone}>{cell.force[0]?.shift}</span> : null;
}

/** What a screen reader adds to the code: times, work, wishes, breaches. */
function spoken(cell: Cell, found: readonly Breach[] | undefined, { shifts, works, say }: Props): string {
  const told: string[] = [];
  for (const duty of cell.duties) {
    const shift = shifts.get(duty.shift);
    if (shift) told.push(`${say(shift.label)} ${shift.start}–${shift.end} ${works.get(duty.work) ?? ""}`);
  }
  if (cell.leave) told.push(say(leaveWords(cell.leave)));
  if (!cell.duties.length && !cell.leave) told.push(say({ zh: "无班", en: "free" }));
  told.push(...cell.wishes.map((wish) => say(wishWords(wish))));
  if (cell.note) told.push(cell.note.words);
  if (cell.pinned) told.push(say({ zh: "已锁定", en: "locked" }));
  told.push(...(found ?? []).map((breach) => breach.words));
  return told.join(", ");
}

function Totals({ row }: { row: Row }) {
  const { paid_minutes, owed_minutes, nights, weekends, wishes, wishes_met } = row.totals;
  const over = paid_minutes - owed_minutes;
  const brought = (burden: string) => {
    const more = row.person.brought[burden] ?? 0;
    return more ? <small> {more > 0 ? `+${more}` : more}</small> : null;
  };
  return (
    <>
      <td className={css.sum} data-off={over > 8 * 60 ? "more" : over < -8 * 60 ? "less" : undefined}>
        {hours(paid_minutes)}
        <small> {over >= 0 ? `+${hours(over)}` : hours(over)}</small>
      </td>
      <td className={css.sum}>
        {nights}
        {brought("nights")}
      </td>
      <td className={css.sum}>
        {weekends}
        {brought("weekends")}
      </td>
      <td className={css.sum}>{wishes ? `${wishes_met}/${wishes}` : ""}</td>
    </>
  );
}
