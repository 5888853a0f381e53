/** The month of a page, and the way to those beside it. */
import { Link } from "wouter";
import { monthWords, plusMonths } from "@/shared/time";
import { buttonLooks } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";

/** `to`: the address of the same page in another month; `title`: what is shown of the month. */
export function MonthHead({
  month,
  to,
  title,
}: {
  month: string;
  to: (month: string) => string;
  title?: string;
}) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <>
      <Link
        className={buttonLooks}
        href={to(plusMonths(month, -1))}
        aria-label={say({ zh: "上个月", en: "Month before" })}
      >
        ‹
      </Link>
      <h1>
        {title && `${title} · `}
        {monthWords(month, language)}
      </h1>
      <Link
        className={buttonLooks}
        href={to(plusMonths(month, 1))}
        aria-label={say({ zh: "下个月", en: "Next month" })}
      >
        ›
      </Link>
    </>
  );
}
