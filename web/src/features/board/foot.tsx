/** Under the grid: the verdict on the last edit, what the cursor is on, the legend. */
import { Tag } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { Desk } from "./deeds";
import css from "./panel.module.css";

export function Foot({ desk: { standing, shown } }: { desk: Desk }) {
  const say = useSay();
  return (
    <div className={css.foot}>
      <span className={css.legend}>
        {standing.month.board.shifts.map((shift, place) => (
          <span key={shift.code}>
            <i style={{ background: `#${shift.back}`, color: `#${shift.ink}` }}>{shift.code}</i> {place + 1} ·{" "}
            {shift.start}–{shift.end}
          </span>
        ))}
      </span>
      <span>{say({ zh: `显示 ${shown.length} 人`, en: `${shown.length} people shown` })}</span>
      <Verdict desk={standing} />
    </div>
  );
}

function Verdict({ desk: { saving, verdict } }: { desk: Desk["standing"] }) {
  const say = useSay();
  return (
    <output aria-live="polite">
      {saving > 0 ? say({ zh: "正在保存…", en: "saving…" }) : <Judged verdict={verdict} />}
    </output>
  );
}

function Judged({ verdict }: { verdict: Desk["standing"]["verdict"] }) {
  const say = useSay();
  if (!verdict) return null;
  const worst = verdict.broken.find((breach) => breach.hard) ?? verdict.broken[0];
  const cost = verdict.cost > 0 ? `+${verdict.cost}` : `${verdict.cost}`;
  return (
    <>
      <Tag tone={!verdict.allowed ? "red" : worst ? "amber" : "green"}>
        {verdict.allowed
          ? say({ zh: "已保存", en: "saved" })
          : say({ zh: "已保存, 但违反规则", en: "saved, breaks a rule" })}
      </Tag>{" "}
      {say({ zh: `代价 ${cost}`, en: `cost ${cost}` })}
      {verdict.healed.length > 0 &&
        say({ zh: ` · 消除 ${verdict.healed.length}`, en: ` · ${verdict.healed.length} healed` })}
      {worst && (
        <>
          {" "}
          · <strong>{worst.words}</strong> ({worst.source})
        </>
      )}
    </>
  );
}
