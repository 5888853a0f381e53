/** One field of a rule, filled in as its schema says. */
import { useState } from "react";
import { Check, Field } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import { type FieldKind, kindOf, priceOf, priceWords, resolved, type Schema } from "./schema";

type Props = {
  name: string;
  label: string;
  field: Schema;
  whole: Schema;
  value: unknown;
  editable: boolean;
  set: (value: unknown) => void;
};

export function FieldInput(props: Props) {
  const Input = INPUTS[kindOf(props.field, props.whole)];
  return <Input {...props} />;
}

function NumberInput({ label, field, whole, value, editable, set }: Props) {
  const { schema, nullable } = resolved(field, whole);
  return (
    <Field label={label}>
      <input
        type="number"
        min={schema.minimum}
        max={schema.maximum}
        step={schema.type === "integer" ? 1 : "any"}
        value={value === null || value === undefined ? "" : String(value)}
        readOnly={!editable}
        onChange={(event) =>
          set(event.target.value === "" ? (nullable ? null : 0) : Number(event.target.value))
        }
      />
    </Field>
  );
}

function TextInput({ label, field, whole, value, editable, set, type }: Props & { type?: string }) {
  const { nullable } = resolved(field, whole);
  return (
    <Field label={label}>
      <input
        type={type}
        value={String(value ?? "").slice(0, type === "time" ? 5 : undefined)}
        readOnly={!editable}
        onChange={(event) => set(event.target.value || (nullable ? null : ""))}
      />
    </Field>
  );
}

const CHOICES: Record<string, Text> = {
  scheduler: { zh: "排班员", en: "the scheduler" },
  manager: { zh: "主管", en: "the manager" },
  nights: { zh: "夜班", en: "nights" },
  weekends: { zh: "周末班", en: "weekends" },
  holidays: { zh: "节假日班", en: "holidays" },
  early: { zh: "早班", en: "early duties" },
  late: { zh: "晚班", en: "late duties" },
};

/** A value that is one of some, in words. */
export function choiceWords(value: string): Text {
  return CHOICES[value] ?? { zh: value, en: value };
}

function ChoiceInput({ label, field, whole, value, editable, set }: Props) {
  const say = useSay();
  const { schema, nullable } = resolved(field, whole);
  return (
    <Field label={label}>
      <select
        value={String(value ?? "")}
        disabled={!editable}
        onChange={(event) => set(schema.enum?.find((each) => String(each) === event.target.value) ?? null)}
      >
        {nullable && <option value="">{say({ zh: "无", en: "nobody, none" })}</option>}
        {schema.enum?.map((each) => (
          <option key={String(each)} value={String(each)}>
            {say(choiceWords(String(each)))}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Switch({ label, value, editable, set }: Props) {
  return <Check label={label} ticked={value === true} tick={(on) => editable && set(on)} />;
}

function ListInput({ label, value, editable, set }: Props) {
  const say = useSay();
  const [typed, type] = useState(((value as string[] | undefined) ?? []).join(" "));
  return (
    <Field label={label} hint={say({ zh: "用空格分开", en: "parted by spaces" })}>
      <input
        value={typed}
        readOnly={!editable}
        onChange={(event) => {
          type(event.target.value);
          set(event.target.value.split(/[\s,，、]+/).filter(Boolean));
        }}
      />
    </Field>
  );
}

function PriceInput({ label, value, editable, set }: Props) {
  const say = useSay();
  const [typed, type] = useState(priceWords(value));
  return (
    <Field label={label} hint={say({ zh: "空 = 硬规则; 可写台阶 2×4 8", en: "empty: hard; steps as 2×4 8" })}>
      <input
        value={typed}
        readOnly={!editable}
        aria-invalid={typed.trim() !== "" && priceOf(typed) === undefined}
        onChange={(event) => {
          type(event.target.value);
          const price = priceOf(event.target.value);
          if (!event.target.value.trim()) set(null);
          else if (price !== undefined) set(price);
        }}
      />
    </Field>
  );
}

type Only = { contracts?: string[]; teams?: string[]; agents?: string[] };

/** The people whom a rule holds for: by contract, by team, by number. */
function OnlyInput({ value, editable, set, ...rest }: Props) {
  const say = useSay();
  const only = (value ?? {}) as Only;
  const parts: [keyof Only, Text][] = [
    ["contracts", { zh: "只对这些合同", en: "only these contracts" }],
    ["teams", { zh: "只对这些班组", en: "only these teams" }],
    ["agents", { zh: "只对这些工号", en: "only these numbers" }],
  ];
  const put = (part: keyof Only, chosen: unknown) => {
    const next = { contracts: [], teams: [], agents: [], ...only, [part]: chosen };
    set(Object.values(next).some((each) => (each as string[]).length) ? next : null);
  };
  return parts.map(([part, words]) => (
    <ListInput
      key={part}
      {...rest}
      label={say(words)}
      value={only[part] ?? []}
      editable={editable}
      set={(chosen) => put(part, chosen)}
    />
  ));
}

/** What has no form of its own is told as JSON. */
function RawInput({ label, value, editable, set }: Props) {
  const [typed, type] = useState(JSON.stringify(value ?? null));
  const read = (words: string): { value: unknown } | undefined => {
    try {
      return { value: JSON.parse(words) };
    } catch {
      return undefined;
    }
  };
  return (
    <Field label={label} hint="JSON">
      <textarea
        value={typed}
        readOnly={!editable}
        aria-invalid={read(typed) === undefined}
        onChange={(event) => {
          type(event.target.value);
          const found = read(event.target.value);
          if (found) set(found.value);
        }}
      />
    </Field>
  );
}

const INPUTS: Record<FieldKind, (props: Props) => React.ReactNode> = {
  number: NumberInput,
  words: TextInput,
  day: (props) => <TextInput {...props} type="date" />,
  clock: (props) => <TextInput {...props} type="time" />,
  choice: ChoiceInput,
  switch: Switch,
  list: ListInput,
  price: PriceInput,
  only: OnlyInput,
  raw: RawInput,
};
