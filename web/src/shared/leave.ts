/** Kinds of leave, in words and as the roster writes them. */
import type { Text } from "@/shared/words";

type Kind = Text & { short: Text };

const LEAVE: Record<string, Kind> = {
  annual: { zh: "年假", en: "annual leave", short: { zh: "年", en: "AL" } },
  sick: { zh: "病假", en: "sick leave", short: { zh: "病", en: "SL" } },
  personal: { zh: "事假", en: "personal leave", short: { zh: "事", en: "PL" } },
  marriage: { zh: "婚假", en: "marriage leave", short: { zh: "婚", en: "ML" } },
  maternity: { zh: "产假", en: "maternity leave", short: { zh: "产", en: "MT" } },
  paternity: { zh: "陪产假", en: "paternity leave", short: { zh: "陪", en: "PT" } },
  bereavement: { zh: "丧假", en: "bereavement leave", short: { zh: "丧", en: "BL" } },
  compensatory: { zh: "调休", en: "time off in lieu", short: { zh: "调", en: "TL" } },
  training: { zh: "培训", en: "training", short: { zh: "培", en: "TR" } },
  "not-employed": { zh: "不在职", en: "not employed", short: { zh: "／", en: "／" } },
};

export function leaveKind(id: string): Kind {
  return LEAVE[id] ?? { zh: id, en: id, short: { zh: "假", en: "L" } };
}
