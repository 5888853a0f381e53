/** Days are the site's, instants are shown in its zone; nothing here knows the machine's own zone. */
import type { Language } from "@/shared/words";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
  formats.set(key, found);
  return found;
}

/** Noon of a day in UTC: far from every change of date. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** 12月7日 周一, Mon 7 Dec. */
export function dayWords(day: string, language: Language): string {
  const date = format(language, { month: "short", day: "numeric", timeZone: "UTC" }).format(noon(day));
  const named = weekday(day, language);
  return language === "en" ? `${named} ${date}` : `${date} ${named}`;
}

export function weekday(day: string, language: Language, width: "short" | "narrow" = "short"): string {
  return format(language, { weekday: width, timeZone: "UTC" }).format(noon(day));
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(noon(day).getUTCDay());
}

/** 2026年12月, December 2026. */
export function monthWords(month: string, language: Language): string {
  return format(language, { year: "numeric", month: "long", timeZone: "UTC" }).format(noon(`${month}-01`));
}

/** The day so many days later. */
export function plusDays(day: string, count: number): string {
  const moved = noon(day);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

/** The month so many months later. */
export function plusMonths(month: string, count: number): string {
  const moved = noon(`${month}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  return moved.toISOString().slice(0, 7);
}

/** The days of a month. */
export function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = plusDays(day, 1)) days.push(day);
  return days;
}

/** The day that it is in a zone. */
export function today(zone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(now);
  return parts.slice(0, 10);
}

/** The wall clock of an instant. */
export function clock(instant: string, zone: string): string {
  return format("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(
    new Date(instant),
  );
}

/** Day and clock of an instant. */
export function moment(instant: string, zone: string, language: Language): string {
  const at = new Date(instant);
  return `${dayWords(today(zone, at), language)} ${clock(instant, zone)}`;
}

/** How far off an instant lies: in 3 hours, 2 days ago. */
export function distance(instant: string, language: Language, now = Date.now()): string {
  const minutes = Math.round((Date.parse(instant) - now) / 60_000);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}

/** 165.5 of 9930 minutes. */
export function hours(minutes: number): string {
  return (minutes / 60).toFixed(1).replace(/\.0$/, "");
}

/** How many minutes a zone is ahead of UTC at an instant. */
function ahead(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  }).format(instant);
  return (Date.parse(`${parts.replace(/,? /, "T")}Z`) - Math.floor(instant / 1000) * 1000) / 60_000;
}

/** The instant of a wall clock (`08:00`) on a day in a zone, in UTC; 24:00 is the next midnight. */
export function instantOf(day: string, wall: string, zone: string): string {
  const [hours = 0, minutes = 0] = wall.split(":").map(Number);
  const local = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  const guess = local - ahead(local, zone) * 60_000;
  return new Date(local - ahead(guess, zone) * 60_000).toISOString();
}

/** Days from one to another, negative where it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** The later of two days. */
export function laterOf(one: string, other: string): string {
  return [one, other].sort()[1] ?? one;
}

/** The earlier of two days. */
export function earlierOf(one: string, other: string): string {
  return [one, other].sort()[0] ?? one;
}
