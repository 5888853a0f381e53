/** Several clearly different rosters to choose from. */
import { useState } from "react";
import { Button, Field, Note, rowLooks } from "@/shared/ui";
import { useSay } from "@/shared/words";
import { useStart } from "./jobs";
import type { PanelProps } from "./panel";
import { Seconds } from "./seconds";

export function ChooseForm({ site, month }: PanelProps) {
  const say = useSay();
  const [seconds, setSeconds] = useState(120);
  const [count, setCount] = useState(3);
  const start = useStart(site.code, month);
  return (
    <>
      <p>
        {say({
          zh: "分别偏重均衡、需求、公平、意愿、工时, 各排一份, 并列比较。",
          en: "One roster each that leans to balance, cover, fairness, wishes or hours, side by side.",
        })}
      </p>
      <div className={rowLooks}>
        <Field label={say({ zh: "几份", en: "How many" })}>
          <select value={count} onChange={(event) => setCount(Number(event.target.value))}>
            {[2, 3, 4, 5, 6].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </Field>
        <Seconds value={seconds} set={setSeconds} />
      </div>
      {start.error && <Note tone="red">{start.error.message}</Note>}
      <div className={rowLooks}>
        <Button
          tone="main"
          disabled={start.isPending}
          onClick={() => start.mutate({ kind: "candidates", seconds, count })}
        >
          {say({ zh: "开始", en: "Start" })}
        </Button>
      </div>
    </>
  );
}
