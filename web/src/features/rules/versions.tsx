/** Earlier versions of the plan; any can be looked at, and kept anew. */
import { useQuery } from "@tanstack/react-query";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { moment } from "@/shared/time";
import { Button, cardLooks, Failed, Tag } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Document } from "./schema";

type Props = { site: Site; now: number; show: (document: Document) => void };

export function Versions({ site, now, show }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const path = { site: site.code };
  const found = useQuery({
    queryKey: ["plans", site.code],
    queryFn: () =>
      all((next) =>
        answer(api.GET("/api/v1/sites/{site}/plans", { params: { path, query: { limit: 200, ...next } } })),
      ),
  });
  const look = useDeed(async (number: number) => {
    const plan = await answer(
      api.GET("/api/v1/sites/{site}/plans/{number}", { params: { path: { ...path, number } } }),
    );
    show(plan.document as unknown as Document);
  });
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "版本", en: "Versions" })}</h2>
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      <ul className={page.rows}>
        {[...(found.data ?? [])].reverse().map((version) => (
          <li key={version.number}>
            <span>
              <Tag tone={version.number === now ? "green" : "none"}>{version.number}</Tag>{" "}
              {version.note || say({ zh: "无说明", en: "no note" })}
              <br />
              <small className={page.soft}>{moment(version.made_at, site.zone, language)}</small>
            </span>
            <Button disabled={look.isPending} onClick={() => look.mutate(version.number)}>
              {say({ zh: "载入", en: "Load" })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
