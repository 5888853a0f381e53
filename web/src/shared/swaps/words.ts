/** How swaps are spoken of. */
import type { LegShown } from "@/shared/api/contract";
import { dayWords } from "@/shared/time";
import type { Tone } from "@/shared/ui";
import type { Language, Text } from "@/shared/words";
import type { Swap } from "./swap";

export const KINDS: Record<string, Text> = {
  cover: { zh: "代班", en: "cover" },
  exchange: { zh: "换班", en: "exchange" },
  cycle: { zh: "多人轮换", en: "ring" },
  "open-shift": { zh: "认领空班", en: "open shift" },
  part: { zh: "部分代班", en: "part of a shift" },
  "day-off": { zh: "换休", en: "day off" },
  bundle: { zh: "一组换班", en: "bundle" },
};

export function kindOf(swap: Swap): Text {
  return KINDS[swap.kind] ?? { zh: "换班", en: swap.kind };
}

/** Red: it came to nothing. Green: in force. Amber: somebody has to act. */
export function toneOf(swap: Swap): Tone {
  if (swap.state === "approved") return "green";
  return ["offered", "waiting-scheduler", "waiting-manager"].includes(swap.state) ? "amber" : "none";
}

/** 高平 → 张娜: 12月7日 早. */
export function legWords(leg: LegShown, swap: Swap, language: Language): string {
  const name = (number: string | null) =>
    swap.parties.find((party) => party.number === number)?.name ?? number ?? "—";
  return `${name(leg.giver)} → ${name(leg.taker)}: ${dayWords(leg.day, language)} ${leg.passed ?? leg.shift}`;
}

const STATES: Record<string, Text> = {
  offered: { zh: "等对方", en: "for the partner" },
  "waiting-scheduler": { zh: "等排班员", en: "for the scheduler" },
  "waiting-manager": { zh: "等主管", en: "for the manager" },
  approved: { zh: "已生效", en: "in force" },
  declined: { zh: "对方不同意", en: "declined" },
  countered: { zh: "另有提议", en: "countered" },
  refused: { zh: "未批准", en: "refused" },
  rejected: { zh: "违反规则", en: "against a rule" },
  expired: { zh: "已过期", en: "expired" },
  cancelled: { zh: "已取消", en: "cancelled" },
  superseded: { zh: "已作废", en: "void" },
  withdrawn: { zh: "已撤回", en: "taken back" },
};

export function stateWords(state: string, say: (text: Text) => string): string {
  return say(STATES[state] ?? { zh: state, en: state });
}
