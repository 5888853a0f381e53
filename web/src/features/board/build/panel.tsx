/** What a machine can do with a month: build it, offer several, try what if, say why not, mend it. */
import { type ReactNode, useState } from "react";
import type { JobShown } from "@/shared/api/contract";
import type { Site } from "@/shared/sites";
import { Dialog, Tabs, Waiting } from "@/shared/ui";
import { counted, type Text, useSay } from "@/shared/words";
import type { Desk } from "../deeds";
import { BuildForm, Built } from "./build";
import { Candidates } from "./candidates";
import { ChooseForm } from "./choose";
import { isOver, type Kind, useFollowed, useJobs } from "./jobs";
import { Mended, MendForm } from "./mend";
import { Outcomes } from "./outcomes";
import { Reasons, WhyForm } from "./reasons";
import { RunPicture } from "./run_picture";
import { Failure, Running } from "./running";
import { WhatIfForm } from "./what_if";

export type PanelProps = { desk: Desk; site: Site; month: string; close: () => void };
type Way = {
  kind: Kind;
  label: Text;
  form: (props: PanelProps) => ReactNode;
  outcome?: (props: PanelProps & { job: JobShown }) => ReactNode;
};

const WAYS: Way[] = [
  { kind: "solve", label: { zh: "排班", en: "Build" }, form: BuildForm, outcome: Built },
  { kind: "candidates", label: { zh: "多个方案", en: "Several" }, form: ChooseForm },
  { kind: "what-if", label: { zh: "假设", en: "What if" }, form: WhatIfForm, outcome: Outcomes },
  { kind: "explain", label: { zh: "为何排不出", en: "Why not" }, form: WhyForm, outcome: Reasons },
  { kind: "repair", label: { zh: "修补", en: "Mend" }, form: MendForm, outcome: Mended },
];

export function BuildPanel(props: PanelProps) {
  const { desk, site, month, close } = props;
  const say = useSay();
  const jobs = useJobs(site.code, month);
  const running = jobs.data?.find((job) => !isOver(job) && WAYS.some((way) => way.kind === job.kind));
  const [chosen, choose] = useState<Kind | undefined>();
  const way = WAYS.find((each) => each.kind === (chosen ?? running?.kind ?? "solve")) ?? WAYS[0];
  const pins = desk.standing.month.pins.length;
  return (
    <Dialog title={say({ zh: "自动排班", en: "Build the month" })} close={close} wide>
      <Tabs
        label={say({ zh: "做什么", en: "What to do" })}
        tabs={WAYS.map((each) => ({ name: each.kind, label: say(each.label) }))}
        chosen={way?.kind ?? "solve"}
        choose={(kind) => choose(kind as Kind)}
      />
      {jobs.isPending ? (
        <Waiting />
      ) : (
        way && <Work key={way.kind} way={way} jobs={jobs.data ?? []} {...props} />
      )}
      {pins > 0 && (
        <p>
          {say({
            zh: `${pins} 个锁定的格保持不变。`,
            en: `${counted(pins, "locked cell stays", "locked cells stay")}.`,
          })}
        </p>
      )}
      <Candidates {...props} />
    </Dialog>
  );
}

/** One way to work: its form or, while it is at work, how far it is; and what its last run found. */
function Work({ way, jobs, ...props }: PanelProps & { way: Way; jobs: JobShown[] }) {
  const last = jobs.find((job) => job.kind === way.kind);
  const { job, run } = useFollowed(props.site.code, last);
  const Form = way.form;
  const Outcome = way.outcome;
  return (
    <>
      {isOver(job) ? (
        <Form {...props} />
      ) : (
        job && <Running site={props.site.code} job={job} run={<RunPicture run={run} />} />
      )}
      {job?.state === "failed" && <Failure job={job} />}
      {job && Outcome && <Outcome job={job} {...props} />}
    </>
  );
}
