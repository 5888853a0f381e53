/** What a target costs in people: the site's own, and others beside it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import type { TargetPrice } from "@/shared/api/contract";
import page from "@/shared/page.module.css";
import { Failed, figuresLooks, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Place } from "./api";

type Props = { place: Place; label: (work: string) => string };

export function Prices(props: Props) {
  const say = useSay();
  const [opened, open] = useState(false);
  return (
    <details onToggle={(event) => open(event.currentTarget.open)}>
      <summary>
        {say({ zh: "目标与代价: 多几个点要多几个人", en: "Targets and their price in people" })}
      </summary>
      {opened && <Table {...props} />}
    </details>
  );
}

function Table({ place, label }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["prices", place.site, place.month],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/months/{month}/prices", { params: { path: place } })))
        .items,
  });
  if (found.isPending)
    return <Waiting what={say({ zh: "正在逐个目标计算…", en: "Working out each target…" })} />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const own = (price: TargetPrice) => found.data.find((each) => each.work === price.work && each.mine);
  return (
    <div className={page.scroll}>
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "工作", en: "Work" })}</th>
            <th scope="col">{say({ zh: "目标", en: "Target" })}</th>
            <th scope="col">{say({ zh: "每月人时", en: "Person-hours a month" })}</th>
            <th scope="col">{say({ zh: "与现行相比", en: "Beside the site’s own" })}</th>
            <th scope="col">{say({ zh: "最忙时人数", en: "People at the busiest" })}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.map((price) => {
            const more = price.person_hours - (own(price)?.person_hours ?? 0);
            return (
              <tr key={price.work + price.share}>
                <th scope="row">{label(price.work)}</th>
                <td>
                  {Math.round(100 * price.share)} %{" "}
                  {price.mine && <Tag tone="blue">{say({ zh: "现行", en: "own" })}</Tag>}
                </td>
                <td>{Math.round(price.person_hours).toLocaleString(language)}</td>
                <td>{price.mine ? "" : `${more > 0 ? "+" : "−"}${Math.round(Math.abs(more))}`}</td>
                <td>{price.most}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
