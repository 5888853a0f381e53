/** The draft mended with the fewest changes, each with its reason. */
import type { ReactNode } from "react";
import type { JobShown } from "@/shared/api/contract";
import { dayWords } from "@/shared/time";
import { Button, Note, Tag } from "@/shared/ui";
import { counted, type Text, useLanguage, useSay } from "@/shared/words";
import css from "../panel.module.css";
import { useTake } from "./candidates";
import type { PanelProps } from "./panel";
import { StartForm } from "./start_form";

/** A duty as the service keeps it: day, person, shift, work, breaks. */
type Row = [string, string, string, string, number[]];
type Change = { agent: string; name: string; day: string; old: Row | null; new: Row | null; because: Text[] };
type Way = {
  changed: number;
  moved: number;
  proved: boolean;
  left: Text[];
  changes: Change[];
  candidate: number;
};

export function MendForm(props: PanelProps) {
  return (
    <StartForm
      {...props}
      about={{
        zh: "有人病假、请假或需求变化之后: 用最少的改动让草稿重新满足规则, 每处改动都有理由。",
        en: "After a sick call, a leave or another need: the fewest changes that make the draft keep its rules again, each with its reason.",
      }}
      button={{ zh: "修补草稿", en: "Mend the draft" }}
      usual={30}
      body={(seconds) => ({ kind: "repair", seconds })}
    />
  );
}

export function Mended({ job, ...props }: PanelProps & { job: JobShown }) {
  const say = useSay();
  const take = useTake(props);
  if (job.state !== "done") return null;
  const { rosters = [] } = job.result as { rosters?: Way[] };
  if (!rosters.length)
    return (
      <Note tone="amber">{say({ zh: "时间内没有找到修补办法。", en: "No way was found in time." })}</Note>
    );
  if (rosters.every((way) => !way.changed && !way.left.length))
    return (
      <Note tone="green">
        {say({ zh: "没有要修补的: 硬规则都满足。", en: "Nothing is to be mended: every hard rule is kept." })}
      </Note>
    );
  return (
    <>
      {take.error && <Note tone="red">{take.error.message}</Note>}
      {rosters.map((way) => (
        <WayOf key={way.candidate} way={way} open={way === rosters[0]}>
          <Button disabled={take.isPending} onClick={() => take.mutate(way.candidate)}>
            {say({ zh: "就这样改", en: "Take this way" })}
          </Button>
        </WayOf>
      ))}
    </>
  );
}

/** One way to mend it: its changes with their reasons, and what it leaves. */
function WayOf({ way, open, children }: { way: Way; open: boolean; children: ReactNode }) {
  const say = useSay();
  return (
    <section className={css.candidate}>
      <details open={open}>
        <summary>
          {say({ zh: `改动 ${way.changed} 格`, en: counted(way.changed, "cell changes", "cells change") })}{" "}
          {way.proved && <Tag tone="green">{say({ zh: "已证明最少", en: "proven fewest" })}</Tag>}{" "}
          {way.left.length > 0 && (
            <Tag tone="red">
              {say({ zh: `仍有 ${way.left.length} 处`, en: `${way.left.length} breaches left` })}
            </Tag>
          )}
        </summary>
        <ul className={css.list}>
          {way.changes.map((change) => (
            <ChangeLine key={change.agent + change.day} change={change} />
          ))}
          {way.left.map((words) => (
            <li key={words.en}>
              <Tag tone="red">!</Tag> {say(words)}
            </li>
          ))}
        </ul>
      </details>
      {children}
    </section>
  );
}

function ChangeLine({ change }: { change: Change }) {
  const say = useSay();
  const { language } = useLanguage();
  const rest = say({ zh: "休", en: "free" });
  return (
    <li>
      <b>{change.name}</b> {dayWords(change.day, language)}: {change.old?.[2] ?? rest} →{" "}
      {change.new?.[2] ?? rest}
      {change.because[0] && (
        <>
          <br />
          <small>
            {say({ zh: "否则", en: "else" })}: {say(change.because[0])}
          </small>
        </>
      )}
    </li>
  );
}
