/** A job at work: how far it is, and how to end it. */
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { JobShown } from "@/shared/api/contract";
import { Button, Note, rowLooks } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import css from "../panel.module.css";
import { stopJob } from "./jobs";

export function Running({ site, job, run }: { site: string; job: JobShown; run: ReactNode }) {
  const say = useSay();
  const stop = useMutation({ mutationFn: (wish: "take" | "cancel") => stopJob(site, job.id, wish) });
  const solving = job.kind === "solve";
  return (
    <>
      <Elapsed job={job} />
      {solving && <Numbers job={job} />}
      {solving && run}
      <div className={rowLooks}>
        {job.kind !== "explain" && (
          <Button tone="main" disabled={stop.isPending} onClick={() => stop.mutate("take")}>
            {solving
              ? say({ zh: "停止, 取最好的", en: "Stop and take the best" })
              : say({ zh: "停止, 用已有的", en: "Stop, with what there is" })}
          </Button>
        )}
        <Button disabled={stop.isPending} onClick={() => stop.mutate("cancel")}>
          {say({ zh: "放弃", en: "Give up" })}
        </Button>
      </div>
    </>
  );
}

/** Time spent of the time given; it goes on between what the service tells. */
function Elapsed({ job }: { job: JobShown }) {
  const say = useSay();
  const [now, tick] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const given = Number((job.given as { seconds?: number }).seconds ?? 60);
  if (!job.started_at) return <p role="status">{say({ zh: "排队等待中…", en: "Waiting for its turn…" })}</p>;
  const spent = Math.max(0, Math.round((now - Date.parse(job.started_at)) / 1000));
  return (
    <label className={css.elapsed}>
      <span>{say({ zh: `已用 ${spent} / ${given} 秒`, en: `${spent} of ${given} s` })}</span>
      <progress max={given} value={Math.min(spent, given)} />
    </label>
  );
}

function Numbers({ job }: { job: JobShown }) {
  const say = useSay();
  const { objective, bound, incumbents, covered } = job.progress as Record<string, number | undefined>;
  return (
    <dl className={css.facts} aria-live="polite">
      <dt>{say({ zh: "目前最好", en: "Best so far" })}</dt>
      <dd>{objective ?? say({ zh: "还没有", en: "none yet" })}</dd>
      <dt>{say({ zh: "不可能好于", en: "None can be below" })}</dt>
      <dd>{bound === undefined ? "—" : Math.round(bound)}</dd>
      <dt>{say({ zh: "需求满足", en: "Need covered" })}</dt>
      <dd>{covered === undefined ? "—" : `${(100 * covered).toFixed(1)} %`}</dd>
      <dt>{say({ zh: "找到的方案", en: "Rosters found" })}</dt>
      <dd>{incumbents ?? 0}</dd>
    </dl>
  );
}

/** Why a job could not be done. */
export function Failure({ job }: { job: JobShown }) {
  const say = useSay();
  const { language } = useLanguage();
  const { code, detail, detail_zh } = job.result as Record<string, string | undefined>;
  const told = language === "en" ? detail : (detail_zh ?? detail);
  if (code === "no-roster")
    return (
      <Note tone="amber">
        {say({
          zh: "没有找到满足全部硬规则的排班。请到“为何排不出”查看原因和办法, 或放宽范围。",
          en: "No roster was found that keeps every hard rule. “Why not” names the reasons and ways out; a wider scope may help too.",
        })}
      </Note>
    );
  return (
    <Note tone="red">
      {told || say({ zh: "没有完成, 请再试。", en: "It was not done; please try again." })}
    </Note>
  );
}
