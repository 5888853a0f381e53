/** Comparing two versions: every cell that differs, and why. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { VersionShown } from "@/shared/api/contract";
import type { Site } from "@/shared/sites";
import { dayWords, moment } from "@/shared/time";
import { Dialog, Empty, Failed, Field, rowLooks, Tag, Waiting } from "@/shared/ui";
import { counted, type Text, useLanguage, useSay } from "@/shared/words";
import css from "./compare.module.css";
import type { Desk } from "./deeds";
import { differences, listVersions, type Step, stepsBetween } from "./versions";

type Props = { desk: Desk; site: Site; month: string; close: () => void };

export function Compare({ desk, site, month, close }: Props) {
  const say = useSay();
  const versions = useQuery({
    queryKey: ["versions", site.code, month],
    queryFn: () => listVersions(site.code, month),
  });
  return (
    <Dialog title={say({ zh: "比较版本", en: "Compare versions" })} close={close}>
      {versions.isPending && <Waiting />}
      {versions.isError && <Failed fault={versions.error} again={() => versions.refetch()} />}
      {versions.data?.length === 0 && (
        <Empty title={say({ zh: "还没有发布过", en: "Nothing was published yet" })} />
      )}
      {versions.data && versions.data.length > 0 && (
        <Chosen desk={desk} site={site} month={month} versions={versions.data} />
      )}
    </Dialog>
  );
}

type ChosenProps = Omit<Props, "close"> & { versions: VersionShown[] };

function Chosen({ desk, site, month, versions }: ChosenProps) {
  const say = useSay();
  const newest = versions[0]?.number ?? 1;
  const [after, setAfter] = useState(newest - 1);
  const [until, setUntil] = useState(newest);
  const steps = useQuery({
    queryKey: ["steps", site.code, month, after, until],
    queryFn: () => stepsBetween(site.code, month, Math.min(after, until), Math.max(after, until)),
  });
  const names = new Map(desk.standing.month.rows.map((row) => [row.person.number, row.person.name]));
  return (
    <>
      <div className={rowLooks}>
        <Choice
          label={say({ zh: "从", en: "From" })}
          versions={versions}
          zone={site.zone}
          value={after}
          choose={setAfter}
          nothing
        />
        <Choice
          label={say({ zh: "到", en: "To" })}
          versions={versions}
          zone={site.zone}
          value={until}
          choose={setUntil}
        />
      </div>
      {steps.isPending && <Waiting />}
      {steps.isError && <Failed fault={steps.error} again={() => steps.refetch()} />}
      {steps.data && <Found steps={steps.data} names={names} />}
    </>
  );
}

type ChoiceProps = {
  label: string;
  versions: VersionShown[];
  zone: string;
  value: number;
  choose: (number: number) => void;
  nothing?: boolean;
};

function Choice({ label, versions, zone, value, choose, nothing }: ChoiceProps) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => choose(Number(event.target.value))}>
        {versions.map((version) => (
          <option key={version.number} value={version.number}>
            {`${version.number} · ${say(kindOf(version))} · ${moment(version.made_at, zone, language)}`}
          </option>
        ))}
        {nothing && <option value={0}>{say({ zh: "未发布时", en: "before anything" })}</option>}
      </select>
    </Field>
  );
}

const KINDS: Record<string, Text> = {
  publication: { zh: "发布", en: "publication" },
  change: { zh: "更改", en: "change" },
  swap: { zh: "换班", en: "swap" },
  "call-in": { zh: "应召", en: "call-in" },
  withdrawal: { zh: "撤回", en: "withdrawal" },
  import: { zh: "导入", en: "import" },
};

function kindOf(version: Pick<VersionShown, "kind">): Text {
  return KINDS[version.kind] ?? { zh: version.kind, en: version.kind };
}

function Found({ steps, names }: { steps: Step[]; names: ReadonlyMap<string, string> }) {
  const say = useSay();
  const { language } = useLanguage();
  const found = differences(steps);
  const people = new Set(found.map((each) => each.agent)).size;
  const off = say({ zh: "休", en: "off" });
  return (
    <>
      <p>
        {say({
          zh: `${found.length} 格不同, 涉及 ${people} 人`,
          en: `${counted(found.length, "cell differs", "cells differ")}, of ${counted(people, "person", "people")}`,
        })}
      </p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "日期", en: "Day" })}</th>
            <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
            <th scope="col">{say({ zh: "变化", en: "Change" })}</th>
            <th scope="col">{say({ zh: "原因", en: "Why" })}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((each) => (
            <tr key={each.day + each.agent}>
              <td>{dayWords(each.day, language)}</td>
              <td>{names.get(each.agent) ?? each.agent}</td>
              <td>
                {each.old || off} → <b>{each.fresh || off}</b>
              </td>
              <td>
                {each.steps.map((step) => (
                  <span key={step.number}>
                    <Tag>{`${step.number} · ${say(kindOf(step))}`}</Tag> {step.note}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
