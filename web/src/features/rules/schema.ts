/** A plan as far as its rules go, and what the JSON schema of a rule says of a field. */
export type Rule = { kind: string; [field: string]: unknown };
export type Document = { policy: Rule[]; law: string; [part: string]: unknown };

export type Schema = {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  $ref?: string;
  minimum?: number;
  maximum?: number;
  description?: string;
  properties?: Record<string, Schema>;
  $defs?: Record<string, Schema>;
};

export type FieldKind =
  | "price"
  | "only"
  | "choice"
  | "number"
  | "switch"
  | "words"
  | "list"
  | "day"
  | "clock"
  | "raw";

/** What a field is, without its reference and without `null`. */
export function resolved(field: Schema, whole: Schema): { schema: Schema; name: string; nullable: boolean } {
  const parts = field.anyOf ?? [field];
  const nullable = parts.some((part) => part.type === "null");
  const first = parts.find((part) => part.type !== "null") ?? field;
  const name = first.$ref?.split("/").at(-1) ?? "";
  const schema = name ? (whole.$defs?.[name] ?? first) : first;
  return { schema, name, nullable };
}

/** With what a field is filled in. */
export function kindOf(field: Schema, whole: Schema): FieldKind {
  const { schema, name } = resolved(field, whole);
  if (name === "Price") return "price";
  if (name === "Only") return "only";
  if (schema.enum) return "choice";
  const formats: Record<string, FieldKind> = { date: "day", time: "clock" };
  const types: Record<string, FieldKind> = {
    integer: "number",
    number: "number",
    boolean: "switch",
    string: "words",
  };
  if (schema.format && formats[schema.format]) return formats[schema.format] ?? "raw";
  if (schema.type === "array" && schema.items?.type === "string") return "list";
  return types[schema.type ?? ""] ?? "raw";
}

/** The fields of a rule in the order of its schema, but for its kind. */
export function fieldsOf(whole: Schema): [string, Schema][] {
  return Object.entries(whole.properties ?? {}).filter(([name]) => name !== "kind");
}

/** The price of each unit where it is one number; steps are told as they are. */
export function priceWords(price: unknown): string {
  const steps = (price as { steps?: { units: number | null; each: number }[] } | null)?.steps;
  if (!steps) return typeof price === "number" ? String(price) : "";
  return steps.map((step) => (step.units === null ? `${step.each}` : `${step.units}×${step.each}`)).join(" ");
}

/** A price as it is typed: `480`, or steps `2×4 8`; undefined: it is none. */
export function priceOf(words: string): unknown {
  const steps = words
    .trim()
    .split(/\s+/)
    .map((part) => part.split(/[×x*]/).map(Number));
  if (!words.trim() || steps.some((step) => step.some((each) => !Number.isInteger(each) || each < 0)))
    return undefined;
  if (steps.length === 1 && steps[0]?.length === 1) return { steps: [{ units: null, each: steps[0][0] }] };
  return {
    steps: steps.map((step) =>
      step.length === 2 ? { units: step[0], each: step[1] } : { units: null, each: step[0] },
    ),
  };
}
