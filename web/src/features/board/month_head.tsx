/** The month, and the way to those beside it. */
import { Link } from "wouter";
import type { Site } from "@/shared/sites";
import { monthWords, plusMonths } from "@/shared/time";
import { buttonLooks } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";

export function MonthHead({ site, month }: { site: Site; month: string }) {
  const say = useSay();
  const { language } = useLanguage();
  const to = (by: number) => `/sites/${site.code}/roster/${plusMonths(month, by)}`;
  return (
    <>
      <Link className={buttonLooks} href={to(-1)} aria-label={say({ zh: "上个月", en: "Month before" })}>
        ‹
      </Link>
      <h1>{monthWords(month, language)}</h1>
      <Link className={buttonLooks} href={to(1)} aria-label={say({ zh: "下个月", en: "Next month" })}>
        ›
      </Link>
    </>
  );
}
