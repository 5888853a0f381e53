/** Rules tried on the roster of a month: what each kind says of it now, and would say then. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import type { TrialShown } from "@/shared/api/contract";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { monthWords } from "@/shared/time";
import { Button, Dialog, Field, figuresLooks, Note, rowLooks, Tag } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Document } from "./schema";

type Props = { site: Site; document: Document; close: () => void };

export function TrialCard({ site, document, close }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const [month, setMonth] = useState("");
  const months = useQuery({
    queryKey: ["rosters", site.code],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/rosters", { params: { path: { site: site.code } } })))
        .items,
  });
  const chosen = month || months.data?.[0]?.month || "";
  const run = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/sites/{site}/plan/trial", {
          params: { path: { site: site.code } },
          body: { document: document as never, month: chosen },
        }),
      ),
  });
  return (
    <Dialog title={say({ zh: "在排班上试算", en: "Try on a roster" })} close={close} wide>
      <div className={rowLooks}>
        <Field label={say({ zh: "哪个月的排班", en: "Whose roster" })}>
          <select value={chosen} onChange={(event) => setMonth(event.target.value)}>
            {months.data?.map((each) => (
              <option key={each.month} value={each.month}>
                {monthWords(each.month, language)}
              </option>
            ))}
          </select>
        </Field>
        <Button tone="main" disabled={!chosen || run.isPending} onClick={() => run.mutate()}>
          {say({ zh: "试算", en: "Try" })}
        </Button>
        {run.isPending && (
          <span role="status">{say({ zh: "正在用每条规则检查…", en: "judging by every rule…" })}</span>
        )}
      </div>
      {run.error && <Note tone="red">{run.error.message}</Note>}
      {run.data && <Outcome trial={run.data} />}
    </Dialog>
  );
}

function Outcome({ trial }: { trial: TrialShown }) {
  const say = useSay();
  const verdict = (clean: boolean) =>
    clean ? say({ zh: "无硬违反", en: "clean" }) : say({ zh: "违反硬规则", en: "breaks hard rules" });
  return (
    <>
      <p>
        {say({ zh: "现行", en: "Now" })}:{" "}
        <Tag tone={trial.clean_now ? "green" : "red"}>{verdict(trial.clean_now)}</Tag>{" "}
        {say({ zh: "代价", en: "cost" })} {trial.score_now} → {say({ zh: "改后", en: "then" })}:{" "}
        <Tag tone={trial.clean_then ? "green" : "red"}>{verdict(trial.clean_then)}</Tag>{" "}
        {say({ zh: "代价", en: "cost" })} {trial.score_then}
      </p>
      <div className={page.scroll}>
        <table className={figuresLooks}>
          <thead>
            <tr>
              <th scope="col">{say({ zh: "规则", en: "Rule" })}</th>
              <th scope="col">{say({ zh: "硬违反", en: "Hard breaches" })}</th>
              <th scope="col">{say({ zh: "代价", en: "Cost" })}</th>
              <th scope="col">{say({ zh: "改后例如", en: "Then, for example" })}</th>
            </tr>
          </thead>
          <tbody>
            {trial.rules.map((rule) => (
              <tr key={rule.rule}>
                <th scope="row">{rule.title}</th>
                <td>{arrow(rule.hard_now, rule.hard_then)}</td>
                <td>{arrow(rule.cost_now, rule.cost_then)}</td>
                <td className={page.free}>{rule.words[0]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function arrow(now: number, then: number) {
  return now === then ? (
    now
  ) : (
    <>
      {now} → <b>{then}</b>
    </>
  );
}
