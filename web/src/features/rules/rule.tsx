/** One rule: what it says, where it comes from, its numbers. */
import type { RuleKind } from "@/shared/api/contract";
import page from "@/shared/page.module.css";
import { Button, Tag } from "@/shared/ui";
import { type Say, useSay } from "@/shared/words";
import { choiceWords, FieldInput } from "./field";
import css from "./rules.module.css";
import { fieldsOf, priceWords, type Rule, type Schema } from "./schema";

/** These have a place of their own. */
const ELSEWHERE = new Set(["kind", "price", "waivable_by", "only"]);
/** So many numbers stand beside the name. */
const MOST = 3;

/** The numbers by which one rule is told from another of its kind. */
function numbersOf(rule: Rule, kind: RuleKind | undefined, say: Say): string {
  return Object.entries(rule)
    .filter(
      ([name, value]) => !ELSEWHERE.has(name) && ["string", "number"].includes(typeof value) && value !== "",
    )
    .slice(0, MOST)
    .map(
      ([name, value]) =>
        `${say(kind?.labels[name] ?? { zh: name, en: name })} ${say(choiceWords(String(value)))}`,
    )
    .join(" · ");
}

type Props = {
  rule: Rule;
  kind: RuleKind | undefined;
  editable: boolean;
  /** Undefined takes it away. */
  change: (rule: Rule | undefined) => void;
};

export function RuleCard({ rule, kind, editable, change }: Props) {
  const say = useSay();
  const form = (kind?.form ?? {}) as Schema;
  const price = priceWords(rule.price);
  return (
    <li>
      <details className={css.rule}>
        <summary>
          <b>{kind ? say(kind.title) : rule.kind}</b>
          <Tag tone={price ? "amber" : "red"}>
            {price ? say({ zh: `代价 ${price}`, en: `costs ${price}` }) : say({ zh: "硬规则", en: "hard" })}
          </Tag>
          <span>{numbersOf(rule, kind, say)}</span>
          <small className={page.soft}>{kind && say(kind.source)}</small>
        </summary>
        {kind && (
          <p className={page.soft}>
            {say({ zh: "违反时会说", en: "A breach reads" })}: “{say(kind.said)}”
          </p>
        )}
        <div className={page.fields}>
          {fieldsOf(form).map(([name, field]) => (
            <FieldInput
              key={name}
              name={name}
              label={say(kind?.labels[name] ?? { zh: name, en: name })}
              field={field}
              whole={form}
              value={rule[name]}
              editable={editable && !(kind?.binding && (name === "price" || name === "waivable_by"))}
              set={(value) => change({ ...rule, [name]: value })}
            />
          ))}
        </div>
        {editable && (
          <Button tone="danger" onClick={() => change(undefined)}>
            {say({ zh: "去掉这条规则", en: "Take this rule away" })}
          </Button>
        )}
      </details>
    </li>
  );
}
