/** Building the month: start, watch it get better, stop, and take whichever was found. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { CandidateShown, JobShown } from "@/shared/api/contract";
import type { Site } from "@/shared/sites";
import { distance } from "@/shared/time";
import { Button, Check, Dialog, Field, Note, rowLooks, Tag } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { counted, useLanguage, useSay } from "@/shared/words";
import type { Desk } from "./deeds";
import {
  isOver,
  startSolve,
  stopSolve,
  takeCandidate,
  useCandidates,
  useFollowed,
  useLastSolve,
} from "./jobs";
import css from "./panel.module.css";
import { RunPicture } from "./run_picture";

type Props = { desk: Desk; site: Site; month: string; close: () => void };
const TIMES = [30, 60, 120, 300, 600, 1800];

export function SolvePanel(props: Props) {
  const { desk, site, month, close } = props;
  const say = useSay();
  const last = useLastSolve(site.code, month);
  const { job, run } = useFollowed(site.code, last.data ?? undefined);
  const pins = desk.standing.month.pins.length;
  return (
    <Dialog title={say({ zh: "自动排班", en: "Build the month" })} close={close}>
      {isOver(job) ? (
        <Start {...props} />
      ) : (
        job && <Running site={site.code} job={job} run={<RunPicture run={run} />} />
      )}
      {pins > 0 && (
        <p>
          {say({
            zh: `${pins} 个锁定的格保持不变。`,
            en: `${counted(pins, "locked cell stays", "locked cells stay")}.`,
          })}
        </p>
      )}
      {isOver(job) && job && <Outcome job={job} />}
      <Candidates {...props} />
    </Dialog>
  );
}

function Start({ site, month, desk }: Props) {
  const say = useSay();
  const queries = useQueryClient();
  const [seconds, setSeconds] = useState(60);
  const [keep, setKeep] = useState(false);
  const published = desk.standing.month.board.published !== null;
  const start = useMutation({
    mutationFn: () => startSolve(site.code, month, { seconds, keep_published: keep }),
    onSuccess: (job) => queries.setQueryData(["jobs", site.code, month], job),
  });
  return (
    <>
      <div className={rowLooks}>
        <Field label={say({ zh: "求解时间", en: "Time" })}>
          <select value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
            {TIMES.map((each) => (
              <option key={each} value={each}>
                {each < 60
                  ? say({ zh: `${each} 秒`, en: `${each} s` })
                  : say({ zh: `${each / 60} 分钟`, en: `${each / 60} min` })}
              </option>
            ))}
          </select>
        </Field>
        {published && (
          <Check
            label={say({ zh: "尽量少改已发布的", en: "change as little of what is published as possible" })}
            ticked={keep}
            tick={setKeep}
          />
        )}
      </div>
      {start.error && <Note tone="red">{start.error.message}</Note>}
      <div className={rowLooks}>
        <Button tone="main" disabled={start.isPending} onClick={() => start.mutate()}>
          {say({ zh: "开始", en: "Start" })}
        </Button>
      </div>
    </>
  );
}

function Running({ site, job, run }: { site: string; job: JobShown; run: ReactNode }) {
  const say = useSay();
  const stop = useMutation({ mutationFn: (wish: "take" | "cancel") => stopSolve(site, job.id, wish) });
  const { seconds, objective, bound, incumbents } = job.progress as Record<string, number | undefined>;
  return (
    <>
      <dl className={css.facts} aria-live="polite">
        <dt>{say({ zh: "已用时间", en: "Time" })}</dt>
        <dd>{Math.round(seconds ?? 0)} s</dd>
        <dt>{say({ zh: "目前最好", en: "Best so far" })}</dt>
        <dd>{objective ?? say({ zh: "还没有", en: "none yet" })}</dd>
        <dt>{say({ zh: "不可能好于", en: "None can be below" })}</dt>
        <dd>{bound ?? "—"}</dd>
        <dt>{say({ zh: "找到的方案", en: "Rosters found" })}</dt>
        <dd>{incumbents ?? 0}</dd>
      </dl>
      {run}
      <div className={rowLooks}>
        <Button tone="main" disabled={stop.isPending} onClick={() => stop.mutate("take")}>
          {say({ zh: "停止, 取最好的", en: "Stop and take the best" })}
        </Button>
        <Button disabled={stop.isPending} onClick={() => stop.mutate("cancel")}>
          {say({ zh: "放弃", en: "Give up" })}
        </Button>
      </div>
    </>
  );
}

function Outcome({ job }: { job: JobShown }) {
  const say = useSay();
  const { status, hard } = job.result as { status?: string; hard?: number };
  if (job.state === "failed")
    return (
      <Note tone="red">{say({ zh: "求解失败, 请再试。", en: "The solve failed; please try again." })}</Note>
    );
  if (status === "infeasible" || hard)
    return (
      <Note tone="amber">
        {say({
          zh: "没有找到满足全部硬规则的排班; 取用后, 问题清单会说明是哪些规则、哪些天。",
          en: "No roster was found that keeps every hard rule; taken, its list of breaches names rules and days.",
        })}
      </Note>
    );
  return null;
}

function Candidates({ site, month, desk, close }: Props) {
  const say = useSay();
  const found = useCandidates(site.code, month);
  const take = useMutation({
    mutationFn: async (candidate: number) =>
      takeCandidate(site.code, month, candidate, await desk.editor.settled()),
    onSuccess: () => {
      void desk.editor.reload();
      toast(say({ zh: "已成为草稿", en: "It is the draft now" }));
      close();
    },
  });
  if (!found.data?.length) return null;
  const best = Math.min(...found.data.filter((each) => each.clean).map((each) => each.score));
  return (
    <>
      <h3>{say({ zh: "找到的方案", en: "Rosters found" })}</h3>
      {take.error && <Note tone="red">{take.error.message}</Note>}
      <ul>
        {found.data.slice(0, 8).map((candidate) => (
          <li key={candidate.id} className={css.candidate}>
            <CandidateLine candidate={candidate} best={best} />
            <Button disabled={take.isPending} onClick={() => take.mutate(candidate.id)}>
              {say({ zh: "用作草稿", en: "Make it the draft" })}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function CandidateLine({ candidate, best }: { candidate: CandidateShown; best: number }) {
  const say = useSay();
  const { language } = useLanguage();
  const { score, bound, clean } = candidate;
  const gap = bound && score ? `${((100 * (score - bound)) / score).toFixed(1)} %` : "—";
  return (
    <span>
      <Tag tone={!clean ? "red" : score === best ? "green" : "none"}>
        {clean
          ? say({ zh: `代价 ${score}`, en: `cost ${score}` })
          : say({ zh: "违反硬规则", en: "breaks hard rules" })}
      </Tag>{" "}
      {say({ zh: `离最优至多 ${gap}`, en: `at most ${gap} from the best possible` })} ·{" "}
      {distance(candidate.made_at, language)}
    </span>
  );
}
