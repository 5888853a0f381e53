/** A rule that is left out, or demanded otherwise, as a case of a what-if. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useRuleBook } from "@/shared/rule_book";
import { Field } from "@/shared/ui";
import { useSay } from "@/shared/words";

type Rule = { kind: string; [name: string]: unknown };

export function RuleChoice({ site, choose }: { site: string; choose: (words: string) => void }) {
  const say = useSay();
  const [kind, setKind] = useState("");
  const [name, setName] = useState("");
  const rules = useRules(site);
  const book = useRuleBook(site).data?.kinds ?? [];
  const titled = (id: string) => say(book.find((each) => each.rule === id)?.title ?? { zh: id, en: id });
  const label = (field: string) =>
    say(book.find((each) => each.rule === kind)?.labels[field] ?? { zh: field, en: field });
  const rule = rules.find((each) => each.kind === kind);
  const numbers = Object.entries(rule ?? {}).filter(([, value]) => typeof value === "number");
  const pick = (chosen: string) => {
    setKind(chosen);
    setName("");
    choose(chosen ? `no ${chosen}` : "");
  };
  return (
    <>
      <Field label={say({ zh: "规则", en: "A rule" })}>
        <select value={kind} onChange={(event) => pick(event.target.value)}>
          <option value="">{say({ zh: "不变", en: "as they are" })}</option>
          {[...new Set(rules.map((each) => each.kind))].map((each) => (
            <option key={each} value={each}>
              {titled(each)}
            </option>
          ))}
        </select>
      </Field>
      {rule && (
        <Field label={say({ zh: "怎样", en: "How" })}>
          <select
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              choose(
                event.target.value
                  ? changedTo(rule, event.target.value, rule[event.target.value])
                  : `no ${kind}`,
              );
            }}
          >
            <option value="">{say({ zh: "去掉", en: "left out" })}</option>
            {numbers.map(([each]) => (
              <option key={each} value={each}>
                {say({ zh: `改: ${label(each)}`, en: `another number: ${label(each)}` })}
              </option>
            ))}
          </select>
        </Field>
      )}
      {rule && name && (
        <Field label={label(name)}>
          <input
            type="number"
            defaultValue={Number(rule[name])}
            onChange={(event) => choose(changedTo(rule, name, Number(event.target.value)))}
          />
        </Field>
      )}
    </>
  );
}

function changedTo(rule: Rule, name: string, value: unknown): string {
  return JSON.stringify({ ...rule, [name]: value });
}

function useRules(site: string): Rule[] {
  const plan = useQuery({
    queryKey: ["plan", site],
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/plan", { params: { path: { site } } })),
  });
  const document = plan.data?.document as { policy?: Rule[] } | undefined;
  return document?.policy ?? [];
}
