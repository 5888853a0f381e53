/** Asks for a job: what it does in words, how much time it is given, and what else it must know. */
import { type ReactNode, useState } from "react";
import { Button, Note, rowLooks } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import { type NewJob, useStart } from "./jobs";
import type { PanelProps } from "./panel";
import { Seconds } from "./seconds";

type Props = PanelProps & {
  about?: Text;
  button: Text;
  /** What stands beside the button. */
  hint?: Text;
  usual: number;
  /** Undefined: nothing is to be done yet. */
  body: (seconds: number) => NewJob | undefined;
  children?: ReactNode;
};

export function StartForm({ site, month, about, button, hint, usual, body, children }: Props) {
  const say = useSay();
  const [seconds, setSeconds] = useState(usual);
  const start = useStart(site.code, month);
  const asked = body(seconds);
  return (
    <>
      {about && <p>{say(about)}</p>}
      <div className={rowLooks}>
        {children}
        <Seconds value={seconds} set={setSeconds} />
      </div>
      {start.error && <Note tone="red">{start.error.message}</Note>}
      <div className={rowLooks}>
        <Button tone="main" disabled={start.isPending || !asked} onClick={() => asked && start.mutate(asked)}>
          {say(button)}
        </Button>
        {hint && <small>{say(hint)}</small>}
      </div>
    </>
  );
}
