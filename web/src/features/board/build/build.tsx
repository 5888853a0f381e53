/** Building the month, or a part of it. */
import { useState } from "react";
import type { JobShown } from "@/shared/api/contract";
import { Check, Note } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { PanelProps } from "./panel";
import { ScopeFields, useScope } from "./scope";
import { StartForm } from "./start_form";

export function BuildForm(props: PanelProps) {
  const say = useSay();
  const { desk } = props;
  const [keep, setKeep] = useState(false);
  const chosen = useScope(desk);
  const { scope } = chosen;
  return (
    <StartForm
      {...props}
      button={{ zh: "开始", en: "Start" }}
      hint={
        scope
          ? { zh: "范围以外的草稿保持原样。", en: "Outside the scope the draft stays as it is." }
          : { zh: "找到后由您选择是否取用。", en: "What is found becomes the draft only when you take it." }
      }
      usual={60}
      body={(seconds) => ({ kind: "solve", seconds, seed: 1, keep_published: keep, scope, take: "never" })}
    >
      <ScopeFields desk={desk} chosen={chosen} />
      {desk.standing.month.board.published !== null && (
        <Check
          label={say({ zh: "尽量少改已发布的", en: "change as little of what is published as possible" })}
          ticked={keep}
          tick={setKeep}
        />
      )}
    </StartForm>
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
