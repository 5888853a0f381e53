/** How swaps are spoken of. */
import type { LegShown } from "@/shared/api/contract";
import { dayWords } from "@/shared/time";
import type { Tone } from "@/shared/ui";
import type { Language, Text } from "@/shared/words";
import type { Swap } from "../api";

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
