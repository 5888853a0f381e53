/** Several clearly different rosters to choose from. */
import { useState } from "react";
import { Field } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { PanelProps } from "./panel";
import { StartForm } from "./start_form";

export function ChooseForm(props: PanelProps) {
  const say = useSay();
  const [count, setCount] = useState(3);
  return (
    <StartForm
      {...props}
      about={{
        zh: "分别偏重均衡、需求、公平、意愿、工时, 各排一份, 并列比较。",
        en: "One roster each that leans to balance, cover, fairness, wishes or hours, side by side.",
      }}
      button={{ zh: "开始", en: "Start" }}
      usual={120}
      body={(seconds) => ({ kind: "candidates", seconds, count })}
    >
      <Field label={say({ zh: "几份", en: "How many" })}>
        <select value={count} onChange={(event) => setCount(Number(event.target.value))}>
          {[2, 3, 4, 5, 6].map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </Field>
    </StartForm>
  );
}
