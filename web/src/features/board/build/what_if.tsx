/** What if: more or fewer people, another demand, a rule less; solved beside the month as it is. */
import { useState } from "react";
import { Check, Field } from "@/shared/ui";
import { useSay } from "@/shared/words";
import css from "../panel.module.css";
import type { PanelProps } from "./panel";
import { RuleChoice } from "./rule_choice";
import { StartForm } from "./start_form";

const DEMANDS = [0.8, 0.9, 1, 1.1, 1.2, 1.5];

export function WhatIfForm(props: PanelProps) {
  const say = useSay();
  const { site, desk } = props;
  const { people, works } = desk.standing.month.board;
  const [demand, setDemand] = useState(1.1);
  const [more, setMore] = useState(0);
  const [skills, setSkills] = useState<string[]>(works.map((work) => work.id));
  const [gone, setGone] = useState("");
  const [rule, setRule] = useState("");
  const parts = [
    demand !== 1 && `need x${demand}`,
    more > 0 && skills.length > 0 && `+${more} ${skills.join(";")}`,
    gone && `-${gone}`,
    rule,
  ].filter(Boolean);
  return (
    <StartForm
      {...props}
      button={{ zh: "与现状比较", en: "Compare with the month as it is" }}
      hint={{
        zh: "草稿不受影响; 取用时不在本站的人不会带入。",
        en: "The draft is left alone; people who are not here do not come along when one is taken.",
      }}
      usual={120}
      body={(seconds) =>
        parts.length ? { kind: "what-if", seconds, cases: [parts.join(" & ")] } : undefined
      }
    >
      <div className={css.fields}>
        <Field label={say({ zh: "来电需求", en: "Demand" })}>
          <select value={demand} onChange={(event) => setDemand(Number(event.target.value))}>
            {DEMANDS.map((each) => (
              <option key={each} value={each}>
                {each === 1
                  ? say({ zh: "不变", en: "as it is" })
                  : `${each > 1 ? "+" : "−"}${Math.abs(Math.round(100 * each - 100))} %`}
              </option>
            ))}
          </select>
        </Field>
        <Field label={say({ zh: "增加人数", en: "More people" })}>
          <select value={more} onChange={(event) => setMore(Number(event.target.value))}>
            {[0, 1, 2, 3, 4, 5].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </Field>
        <Field label={say({ zh: "缺一个人", en: "Without somebody" })}>
          <select value={gone} onChange={(event) => setGone(event.target.value)}>
            <option value="">—</option>
            {people.map((person) => (
              <option key={person.number} value={person.number}>
                {person.name}
              </option>
            ))}
          </select>
        </Field>
        <RuleChoice site={site.code} choose={setRule} />
      </div>
      {more > 0 && (
        <fieldset className={css.ticks}>
          <legend>{say({ zh: "新人会", en: "They can serve" })}</legend>
          {works.map((work) => (
            <Check
              key={work.id}
              label={say(work.label)}
              ticked={skills.includes(work.id)}
              tick={(on) => setSkills(on ? [...skills, work.id] : skills.filter((each) => each !== work.id))}
            />
          ))}
        </fieldset>
      )}
    </StartForm>
  );
}
