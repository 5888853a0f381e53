/** A file to be sent: looked at first, then taken. */
import { Button, Field } from "@/shared/ui";
import { useSay } from "@/shared/words";

type Props = {
  label: string;
  hint?: string;
  file: File | undefined;
  choose: (file: File | undefined) => void;
  busy: boolean;
  /** Whether it was looked at. */
  seen: boolean;
  send: (dry: boolean) => void;
};

export function FileField({ label, hint, file, choose, busy, seen, send }: Props) {
  const say = useSay();
  return (
    <>
      <Field label={label} {...(hint && { hint })}>
        <input type="file" accept=".csv,.xlsx,.gz" onChange={(event) => choose(event.target.files?.[0])} />
      </Field>
      <Button disabled={!file || busy} onClick={() => send(true)}>
        {say({ zh: "先看看", en: "Look at it first" })}
      </Button>
      <Button tone="main" disabled={!seen || busy} onClick={() => send(false)}>
        {say({ zh: "导入", en: "Import" })}
      </Button>
    </>
  );
}
