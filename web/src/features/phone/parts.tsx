/** What the pages of the phone share. */
import type { ReactNode } from "react";
import type { BoardShift } from "@/shared/api/contract";
import { clock, weekday } from "@/shared/time";
import { Chip } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Duty } from "./api";
import css from "./phone.module.css";

export function Top({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={css.top}>
      <h1>{title}</h1>
      {children}
    </header>
  );
}

export function DateMark({ day }: { day: string }) {
  const { language } = useLanguage();
  return (
    <span className={css.date}>
      <b>{Number(day.slice(8))}</b>
      <small>{weekday(day, language)}</small>
    </span>
  );
}

export function ShiftChip({ code, shift }: { code: string; shift: BoardShift | undefined }) {
  const say = useSay();
  return shift ? (
    <Chip code={code} back={shift.back} ink={shift.ink} title={say(shift.label)} />
  ) : (
    <b>{code}</b>
  );
}

/** 07:45–16:00, in the zone of the site. */
export function hoursOf(duty: Duty, zone: string): string {
  return `${clock(duty.start, zone)}–${clock(duty.end, zone)}`;
}
