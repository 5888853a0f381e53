/** What is known of a cell, and everything that can be done to it; the same by keyboard, pointer and touch. */
import { type FormEvent, useState } from "react";
import { dayWords } from "@/shared/time";
import { Button, Dialog, Field, Note, rowLooks, Tag } from "@/shared/ui";
import { Lock } from "@/shared/ui/icons";
import { useLanguage, useSay } from "@/shared/words";
import { cellsOf, type Desk, filled, locked } from "./deeds";
import { type Breach, type Cell, shiftOf } from "./model";
import css from "./panel.module.css";
import { rangeOf } from "./selection";
import { WhyCell } from "./why";
import { leaveWords, wishWords } from "./words";

type Props = Desk & {
  at: { site: string; month: string };
  close: () => void;
  breaches: readonly Breach[];
};

export function CellCard(props: Props) {
  const { standing, close, editable, chosen, breaches } = props;
  const say = useSay();
  const { language } = useLanguage();
  const found = cellsOf(props, rangeOf(chosen));
  const first = found[0];
  if (!first) return null;
  const row = standing.month.rows[standing.month.places.get(first.agent) ?? -1];
  const title =
    found.length === 1
      ? `${row?.person.name} · ${dayWords(first.day, language)}`
      : say({ zh: `已选 ${found.length} 格`, en: `${found.length} cells` });
  return (
    <Dialog title={title} close={close}>
      {found.length === 1 && <Facts cell={first.cell} {...props} />}
      {editable && <Choice {...props} cell={first.cell} />}
      {breaches.map((breach) => (
        <BreachNote key={breach.words} breach={breach} />
      ))}
      {found.length === 1 && <NoteField {...props} {...first} />}
      {found.length === 1 && <WhyCell {...props} {...first} />}
    </Dialog>
  );
}

function Facts({ cell, standing }: Props & { cell: Cell }) {
  const say = useSay();
  const { works } = standing.month.board;
  const said = (duties: Cell["duties"]) =>
    duties
      .map((duty) => {
        const shift = shiftOf(standing.month, duty.shift);
        const work = works.find((each) => each.id === duty.work);
        return `${shift ? say(shift.label) : duty.shift} ${shift?.start}–${shift?.end} · ${work ? say(work.label) : ""}`;
      })
      .join(" + ") || say({ zh: "无班", en: "free" });
  return (
    <dl className={css.facts}>
      <dt>{say({ zh: "草稿", en: "Draft" })}</dt>
      <dd>{said(cell.duties)}</dd>
      {standing.month.board.published !== null && (
        <>
          <dt>{say({ zh: "已发布", en: "Published" })}</dt>
          <dd>{said(cell.force)}</dd>
        </>
      )}
      {cell.leave && (
        <>
          <dt>{say({ zh: "假期", en: "Leave" })}</dt>
          <dd>
            {say(leaveWords(cell.leave))} {cell.leave.first} – {cell.leave.last}
          </dd>
        </>
      )}
      {cell.wishes.length > 0 && (
        <>
          <dt>{say({ zh: "意愿", en: "Wishes" })}</dt>
          <dd>{cell.wishes.map((wish) => `${say(wishWords(wish))} (${wish.weight})`).join(", ")}</dd>
        </>
      )}
    </dl>
  );
}

function Choice(props: Props & { cell: Cell }) {
  const { standing, editor, close, chosen, cell } = props;
  const say = useSay();
  const { shifts, works } = standing.month.board;
  const range = rangeOf(chosen);
  const [work, setWork] = useState(cell.duties[0]?.work ?? works[0]?.id ?? "");
  const [typed, type] = useState("");
  const put = (code: string | null) => {
    editor.do(filled(props, range, code, work));
    close();
  };
  const enter = (event: FormEvent) => {
    event.preventDefault();
    const code = typed.trim();
    if (!code || code === "休") put(null);
    else if (shifts.some((shift) => shift.code === code)) put(code);
    else if (shifts[Number(code) - 1]) put(shifts[Number(code) - 1]?.code ?? null);
    else type("");
  };
  return (
    <>
      <form onSubmit={enter} className={rowLooks}>
        <input
          className={css.code}
          data-first
          value={typed}
          onChange={(event) => type(event.target.value)}
          placeholder={say({ zh: "输入代码后回车", en: "type a code, Enter" })}
          aria-label={say({ zh: "班次代码", en: "Code of a shift" })}
        />
        {works.length > 1 && (
          <select
            className={css.code}
            value={work}
            onChange={(event) => setWork(event.target.value)}
            aria-label={say({ zh: "工作", en: "Work" })}
          >
            {works.map((each) => (
              <option key={each.id} value={each.id}>
                {say(each.label)}
              </option>
            ))}
          </select>
        )}
      </form>
      <div className={css.shifts}>
        {shifts.map((shift, place) => (
          <button key={shift.code} type="button" className={css.shift} onClick={() => put(shift.code)}>
            <b style={{ background: `#${shift.back}`, color: `#${shift.ink}` }}>{shift.code}</b>
            <span>
              {say(shift.label)}
              <small>
                {shift.start}–{shift.end}
              </small>
            </span>
            <kbd>{place + 1}</kbd>
          </button>
        ))}
        <button type="button" className={css.shift} onClick={() => put(null)}>
          <b>休</b>
          <span>{say({ zh: "清空", en: "Free" })}</span>
          <kbd>Del</kbd>
        </button>
      </div>
      <div className={rowLooks}>
        <Button onClick={() => editor.pin(locked(props, range))} aria-pressed={cell.pinned}>
          <Lock /> {cell.pinned ? say({ zh: "取消锁定", en: "Unlock" }) : say({ zh: "锁定", en: "Lock" })}{" "}
          <kbd>L</kbd>
        </Button>
      </div>
    </>
  );
}

/** A word about the cell for those who make the roster. */
function NoteField({
  editor,
  editable,
  agent,
  day,
  cell,
}: Props & { agent: string; day: string; cell: Cell }) {
  const say = useSay();
  const [words, write] = useState(cell.note?.words ?? "");
  const known = cell.note?.words ?? "";
  if (!editable) return known ? <Note>{known}</Note> : null;
  return (
    <form
      className={css.noting}
      onSubmit={(event) => {
        event.preventDefault();
        editor.note({ agent, day, words: words.trim(), by: "" });
      }}
    >
      <Field label={say({ zh: "备注(只给排班的人看)", en: "Note (for those who make the roster)" })}>
        <input maxLength={500} value={words} onChange={(event) => write(event.target.value)} />
      </Field>
      <Button type="submit" disabled={words.trim() === known}>
        {words.trim() || !known ? say({ zh: "保存", en: "Save" }) : say({ zh: "删除", en: "Remove" })}
      </Button>
      {cell.note?.by && <small>{cell.note.by}</small>}
    </form>
  );
}

/** A breach as everybody should hear of it: who, which rule, the number, the article. */
export function BreachNote({ breach }: { breach: Breach }) {
  const say = useSay();
  return (
    <Note tone={breach.hard ? "red" : "amber"}>
      {breach.words}
      <br />
      <small>
        <Tag tone={breach.hard ? "red" : "amber"}>
          {breach.hard
            ? say({ zh: "阻止发布", en: "blocks publishing" })
            : say({ zh: `代价 ${breach.cost}`, en: `costs ${breach.cost}` })}
        </Tag>{" "}
        {breach.title} · {breach.source}
      </small>
    </Note>
  );
}
