/** Being asked to come in, and filing what was told by phone. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { WaitingShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import { Button, Dialog, Field } from "@/shared/ui";
import { useSay } from "@/shared/words";
import type { Agent } from "./api";
import css from "./phone.module.css";

type Props = { me: Agent; item: WaitingShown; close: () => void };

/** A duty at short notice: the first yes has it. */
export function CallIn({ me, item, close }: Props) {
  const say = useSay();
  const reply = useDeed(
    (told: "accept" | "decline") =>
      answer(
        api.POST("/api/v1/sites/{site}/callouts/{callout_id}/answers", {
          params: { path: { site: me.site, callout_id: item.id } },
          headers: once(),
          body: { answer: told, reason: "" },
        }),
      ),
    close,
  );
  return (
    <Dialog title={item.said} close={close}>
      <p>{item.about.join(", ")}</p>
      <div className={css.pair}>
        <Button large tone="main" disabled={reply.isPending} onClick={() => reply.mutate("accept")}>
          {say({ zh: "我来", en: "I come" })}
        </Button>
        <Button large disabled={reply.isPending} onClick={() => reply.mutate("decline")}>
          {say({ zh: "来不了", en: "I cannot" })}
        </Button>
      </div>
    </Dialog>
  );
}

export function useLeaveTerms(site: string) {
  return useQuery({
    queryKey: ["leave-terms", site],
    staleTime: 600_000,
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/leave", { params: { path: { site } } })),
  });
}

/** Leave that was told by phone: which kind, and why. */
export function Filing({ me, item, close }: Props) {
  const say = useSay();
  const terms = useLeaveTerms(me.site);
  const [leave, setLeave] = useState("sick");
  const [note, setNote] = useState("");
  const file = useDeed(
    () =>
      answer(
        api.POST("/api/v1/sites/{site}/requests/{request_id}/filing", {
          params: { path: { site: me.site, request_id: item.id } },
          body: { leave, note },
        }),
      ),
    close,
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    file.mutate(undefined);
  };
  return (
    <Dialog title={say({ zh: "补办请假", en: "File the leave" })} close={close}>
      <form className={css.form} onSubmit={send}>
        <p>{item.said}</p>
        <Field label={say({ zh: "假别", en: "Kind" })}>
          <select value={leave} onChange={(event) => setLeave(event.target.value)}>
            {terms.data?.kinds.map((kind) => (
              <option key={kind.id} value={kind.id}>
                {kind.label}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say({ zh: "原因", en: "Why" })}>
          <input required minLength={2} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <Button large tone="main" type="submit" disabled={file.isPending}>
          {say({ zh: "提交", en: "File" })}
        </Button>
      </form>
    </Dialog>
  );
}
