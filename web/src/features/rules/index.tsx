/** The rules of a site: what holds, by which law, with which numbers; tried on a roster before they are kept. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, tagged } from "@/shared/api/client";
import type { PlanShown, RuleBook } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import { type Me, may } from "@/shared/me";
import page from "@/shared/page.module.css";
import { useRuleBook } from "@/shared/rule_book";
import type { Site } from "@/shared/sites";
import { Button, cardLooks, Dialog, Failed, Field, rowLooks, Tag, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { counted, useSay } from "@/shared/words";
import { Law } from "./law";
import { RuleCard } from "./rule";
import type { Document, Rule } from "./schema";
import { TrialCard } from "./trial";
import { Versions } from "./versions";

export default function RulesPage({ site, me }: { site: Site; me: Me }) {
  const plan = useQuery({
    queryKey: ["plan-tagged", site.code],
    queryFn: () => tagged(api.GET("/api/v1/sites/{site}/plan", { params: { path: { site: site.code } } })),
  });
  const book = useRuleBook(site.code);
  if (plan.isPending || book.isPending) return <Waiting />;
  if (plan.isError) return <Failed fault={plan.error} again={() => plan.refetch()} />;
  if (book.isError) return <Failed fault={book.error} again={() => book.refetch()} />;
  const { data, tag } = plan.data;
  return <Editor key={tag} site={site} me={me} plan={data} tag={tag} book={book.data} />;
}

type Props = { site: Site; me: Me; plan: PlanShown; tag: string; book: RuleBook };

function Editor({ site, me, plan, tag, book }: Props) {
  const say = useSay();
  const editable = may(me, "rules.edit", site.code) === "site";
  const [document, change] = useState(plan.document as unknown as Document);
  const [trying, tryOut] = useState(false);
  const [saving, save] = useState(false);
  const changed = JSON.stringify(document) !== JSON.stringify(plan.document);
  const put = (place: number, rule: Rule | undefined) =>
    change({
      ...document,
      policy: rule
        ? document.policy.map((each, at) => (at === place ? rule : each))
        : document.policy.filter((_, at) => at !== place),
    });
  return (
    <>
      <div className={page.head}>
        <h1>{say({ zh: "规则", en: "Rules" })}</h1>
        <Tag>{say({ zh: `第 ${plan.number} 版`, en: `version ${plan.number}` })}</Tag>
        {changed && <Tag tone="amber">{say({ zh: "未保存的改动", en: "changes not kept yet" })}</Tag>}
        <span className={page.grow} />
        <Button onClick={() => tryOut(true)}>{say({ zh: "在排班上试算…", en: "Try on a roster…" })}</Button>
        {editable && (
          <Button tone="main" disabled={!changed} onClick={() => save(true)}>
            {say({ zh: "保存为新版本…", en: "Keep as a new version…" })}
          </Button>
        )}
      </div>
      <div className={page.columns}>
        <section className={`${cardLooks} ${page.stack}`}>
          <h2>
            {say({ zh: "本站规则", en: "The site’s own rules" })}{" "}
            <small className={page.soft}>
              {say({ zh: `${document.policy.length} 条`, en: counted(document.policy.length, "rule") })}
            </small>
          </h2>
          <ul>
            {document.policy.map((rule, place) => (
              <RuleCard
                // biome-ignore lint/suspicious/noArrayIndexKey: a policy is an ordered list, its rules have no other name
                key={place}
                rule={rule}
                kind={book.kinds.find((each) => each.rule === rule.kind)}
                editable={editable}
                change={(next) => put(place, next)}
              />
            ))}
          </ul>
          {editable && (
            <AddRule
              book={book}
              add={(rule) => change({ ...document, policy: [...document.policy, rule] })}
            />
          )}
        </section>
        <div className={page.stack}>
          <Law
            book={book}
            chosen={document.law}
            editable={editable}
            choose={(law) => change({ ...document, law })}
          />
          <Versions site={site} show={change} now={plan.number} />
        </div>
      </div>
      {trying && <TrialCard site={site} document={document} close={() => tryOut(false)} />}
      {saving && <Save site={site} document={document} tag={tag} close={() => save(false)} />}
    </>
  );
}

function AddRule({ book, add }: { book: RuleBook; add: (rule: Rule) => void }) {
  const say = useSay();
  return (
    <Field label={say({ zh: "添加规则", en: "Add a rule" })}>
      <select
        value=""
        onChange={(event) => {
          const kind = book.kinds.find((each) => each.rule === event.target.value);
          if (kind) add(kind.standard as Rule);
        }}
      >
        <option value="" />
        {book.kinds.map((kind) => (
          <option key={kind.rule} value={kind.rule}>
            {say(kind.title)}
          </option>
        ))}
      </select>
    </Field>
  );
}

type Saved = { site: Site; document: Document; tag: string; close: () => void };

function Save({ site, document, tag, close }: Saved) {
  const say = useSay();
  const [note, setNote] = useState("");
  const keep = useDeed(
    () =>
      answer(
        api.PUT("/api/v1/sites/{site}/plan", {
          params: { path: { site: site.code } },
          headers: { "If-Match": tag },
          body: { document: document as never, note },
        }),
      ),
    () => {
      toast(say({ zh: "新版本已生效", en: "The new version holds" }));
      close();
    },
  );
  return (
    <Dialog title={say({ zh: "保存为新版本", en: "Keep as a new version" })} close={close}>
      <p>
        {say({
          zh: "已发布的排班仍记得它所依据的版本; 新版本从现在起用于检查和排班。",
          en: "Rosters in force remember the version they were made by; from now on the new one judges and builds.",
        })}
      </p>
      <Field label={say({ zh: "为什么改", en: "Why" })}>
        <input data-first value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <div className={rowLooks}>
        <Button tone="main" disabled={keep.isPending || !note.trim()} onClick={() => keep.mutate(undefined)}>
          {say({ zh: "保存", en: "Keep it" })}
        </Button>
      </div>
    </Dialog>
  );
}
