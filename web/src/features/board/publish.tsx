/** Putting the draft in force: what changes, whom it touches, what stands against it, a note to the people. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Me, may } from "@/shared/me";
import type { Site } from "@/shared/sites";
import { dayWords, instantOf, moment, monthWords } from "@/shared/time";
import { Button, Dialog, Field, Note, rowLooks } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { BreachNote } from "./cell";
import type { Desk } from "./deeds";
import { type Breach, type Duty, differs, type Month } from "./model";
import { planPublication, publish } from "./service";

type Props = { desk: Desk; site: Site; month: string; me: Me; close: () => void };
const MOST = 12;

export function PublishWizard({ desk, site, month, me, close }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const [note, setNote] = useState("");
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const { standing, editor } = desk;
  const changes = changesOf(standing.month);
  const hard = standing.breaches?.filter((breach) => breach.hard) ?? [];
  const waivable = rulesOf(hard).filter((breach) => mayWaive(me, site.code, breach));
  const blocked = hard.some((breach) => !reasons[breach.rule]?.trim());
  const [later, setLater] = useState("");
  const send = useMutation({
    mutationFn: async () => {
      const waivers = waivable.map((breach) => ({
        rule: breach.rule,
        reason: reasons[breach.rule]?.trim() ?? "",
      }));
      const body = { note, waivers: waivers.filter((each) => each.reason) };
      const tag = await editor.settled();
      if (!later) return { version: (await publish(site.code, month, tag, body)).number };
      const [day = "", wall = ""] = later.split("T");
      const at = instantOf(day, wall, site.zone);
      await planPublication(site.code, month, tag, { ...body, at });
      return { at };
    },
    onSuccess: ({ version, at }) => {
      toast(
        at
          ? say({
              zh: `将于 ${moment(at, site.zone, language)} 自动发布`,
              en: `It will be published on ${moment(at, site.zone, language)}`,
            })
          : say({
              zh: `第 ${version} 版已发布, 覆盖证明成立`,
              en: `Version ${version} is published and proved`,
            }),
      );
      void editor.reload();
      close();
    },
  });
  const people = new Set(changes.map((change) => change.agent)).size;
  return (
    <Dialog
      title={say({ zh: `发布 ${monthWords(month, language)}`, en: `Publish ${monthWords(month, language)}` })}
      close={close}
    >
      <p>
        {standing.month.board.published === null
          ? say({
              zh: `首次发布, 涉及 ${people} 人, 共 ${changes.length} 个班。`,
              en: `First publication: ${changes.length} duties of ${people} people.`,
            })
          : say({
              zh: `改动 ${changes.length} 格, 涉及 ${people} 人; 只通知他们。`,
              en: `${changes.length} cells change, of ${people} people; only they are told.`,
            })}
      </p>
      {standing.month.board.published !== null && (
        <ChangeList changes={changes.slice(0, MOST)} all={changes.length} />
      )}
      {!standing.breaches && <Note>{say({ zh: "正在检查…", en: "Judging…" })}</Note>}
      {standing.breaches && !hard.length && (
        <Note tone="green">{say({ zh: "没有阻止发布的问题。", en: "Nothing stands against it." })}</Note>
      )}
      {hard.slice(0, MOST).map((breach) => (
        <BreachNote key={breach.words} breach={breach} />
      ))}
      {waivable.map((breach) => (
        <Field
          key={breach.rule}
          label={say({ zh: `豁免“${breach.title}”的理由`, en: `Reason to waive “${breach.title}”` })}
          hint={say({ zh: "写入日志, 至少5个字", en: "goes into the log; 5 characters or more" })}
        >
          <input
            value={reasons[breach.rule] ?? ""}
            onChange={(event) => setReasons({ ...reasons, [breach.rule]: event.target.value })}
          />
        </Field>
      ))}
      <Field label={say({ zh: "给大家的话", en: "Note to the people" })}>
        <textarea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <Field
        label={say({ zh: "何时发布(空 = 现在)", en: "When (empty: now)" })}
        hint={say({
          zh: "站点当地时间; 到时草稿若已改动则不发布并通知您",
          en: "local time of the site; a draft that was changed by then is not published, and you are told",
        })}
      >
        <input type="datetime-local" value={later} onChange={(event) => setLater(event.target.value)} />
      </Field>
      {send.error && <Note tone="red">{send.error.message}</Note>}
      <div className={rowLooks}>
        <Button
          tone="main"
          disabled={send.isPending || !standing.breaches || blocked || !changes.length}
          onClick={() => send.mutate()}
        >
          {send.isPending
            ? say({ zh: "正在证明并发布…", en: "Proving and publishing…" })
            : later
              ? say({ zh: "定时发布", en: "Publish then" })
              : say({ zh: "现在发布", en: "Publish now" })}
        </Button>
        <Button onClick={close}>{say({ zh: "取消", en: "Cancel" })}</Button>
      </div>
    </Dialog>
  );
}

type Moved = { agent: string; name: string; day: string; old: readonly Duty[]; fresh: readonly Duty[] };

function changesOf(month: Month): Moved[] {
  return month.rows.flatMap((row) =>
    row.cells.flatMap((cell, place) => {
      const day = month.board.days[place]?.day ?? "";
      if (!differs(cell)) return [];
      return [{ agent: row.person.number, name: row.person.name, day, old: cell.force, fresh: cell.duties }];
    }),
  );
}

function ChangeList({ changes, all }: { changes: Moved[]; all: number }) {
  const say = useSay();
  const { language } = useLanguage();
  const said = (duties: readonly Duty[]) => duties.map((duty) => duty.shift).join("+") || "休";
  return (
    <ul>
      {changes.map((change) => (
        <li key={change.agent + change.day}>
          {change.name} {dayWords(change.day, language)}: {said(change.old)} → <b>{said(change.fresh)}</b>
        </li>
      ))}
      {all > changes.length && (
        <li>{say({ zh: `… 另有 ${all - changes.length} 格`, en: `… ${all - changes.length} more` })}</li>
      )}
    </ul>
  );
}

/** One breach a rule. */
function rulesOf(breaches: Breach[]): Breach[] {
  return [...new Map(breaches.map((breach) => [breach.rule, breach])).values()];
}

/** Whether the visitor's right reaches the rule, as the service names it; the service decides. */
function mayWaive(me: Me, site: string, breach: Breach): boolean {
  if (breach.waivable_by === "scheduler") return Boolean(may(me, "rule.waive-priced", site));
  return breach.waivable_by !== null && Boolean(may(me, "rule.waive-hard", site));
}
