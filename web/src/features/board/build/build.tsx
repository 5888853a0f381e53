/** Building the month, or a part of it. */
import { useState } from "react";
import type { JobShown } from "@/shared/api/contract";
import { Button, Check, Note, rowLooks } from "@/shared/ui";
import { useSay } from "@/shared/words";
import { useStart } from "./jobs";
import type { PanelProps } from "./panel";
import { ScopeFields, useScope } from "./scope";
import { Seconds } from "./seconds";

export function BuildForm({ site, month, desk }: PanelProps) {
  const say = useSay();
  const [seconds, setSeconds] = useState(60);
  const [keep, setKeep] = useState(false);
  const chosen = useScope(desk);
  const start = useStart(site.code, month);
  const published = desk.standing.month.board.published !== null;
  const { scope } = chosen;
  return (
    <>
      <div className={rowLooks}>
        <ScopeFields desk={desk} chosen={chosen} />
        <Seconds value={seconds} set={setSeconds} />
      </div>
      {published && (
        <Check
          label={say({ zh: "尽量少改已发布的", en: "change as little of what is published as possible" })}
          ticked={keep}
          tick={setKeep}
        />
      )}
      {start.error && <Note tone="red">{start.error.message}</Note>}
      <div className={rowLooks}>
        <Button
          tone="main"
          disabled={start.isPending}
          onClick={() =>
            start.mutate({ kind: "solve", seconds, seed: 1, keep_published: keep, scope, take: "never" })
          }
        >
          {say({ zh: "开始", en: "Start" })}
        </Button>
        <small>
          {scope
            ? say({ zh: "范围以外的草稿保持原样。", en: "Outside the scope the draft stays as it is." })
            : say({
                zh: "找到后由您选择是否取用。",
                en: "What is found becomes the draft only when you take it.",
              })}
        </small>
      </div>
    </>
  );
}

/** What the last build came to, where it breaks something. */
export function Built({ job }: { job: JobShown }) {
  const say = useSay();
  const { hard } = job.result as { hard?: number };
  if (!hard) return null;
  return (
    <Note tone="amber">
      {say({
        zh: `找到的排班还有 ${hard} 处违反硬规则; 取用后, 问题清单会说明是哪些规则、哪些天。`,
        en: `What was found breaks hard rules in ${hard} places; taken, its list of breaches names rules and days.`,
      })}
    </Note>
  );
}
