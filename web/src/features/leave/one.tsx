/** One leave: what it is, how far it is, and what is left of the balances. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { RequestShown } from "@/shared/api/contract";
import { leaveKind } from "@/shared/leave";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { dayWords, moment } from "@/shared/time";
import { Dialog, figuresLooks } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";

const STATES: Record<string, Text> = {
  approved: { zh: "已批准", en: "approved" },
  open: { zh: "待批", en: "not decided yet" },
  waitlisted: { zh: "候补", en: "on the waiting list" },
  told: { zh: "已告知, 待补单", en: "told, to be filed" },
};
const TIERS: Record<string, Text> = {
  head: { zh: "主管", en: "the head of the site" },
  administration: { zh: "行政", en: "administration" },
  general: { zh: "总经理", en: "the general manager" },
};

type Props = { site: Site; request: RequestShown; close: () => void };

export function LeaveCard({ site, request, close }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const balances = useQuery({
    queryKey: ["balances", site.code, request.number, request.first.slice(0, 4)],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/leave/balances", {
          params: {
            path: { site: site.code },
            query: { number: request.number, year: Number(request.first.slice(0, 4)) },
          },
        }),
      ),
  });
  const rows: [Text, string][] = [
    [
      { zh: "时间", en: "Days" },
      `${dayWords(request.first, language)} – ${dayWords(request.last, language)}`,
    ],
    [{ zh: "状态", en: "State" }, say(STATES[request.state] ?? { zh: request.state, en: request.state })],
    [{ zh: "由谁批", en: "Decided by" }, say(TIERS[request.tier] ?? { zh: request.tier, en: request.tier })],
    [{ zh: "提出", en: "Asked" }, moment(request.made_at, site.zone, language)],
    [{ zh: "说明", en: "Note" }, String(request.facts.note ?? "")],
    [{ zh: "理由", en: "Reason" }, request.reason],
  ];
  return (
    <Dialog title={`${request.name} · ${say(leaveKind(String(request.facts.leave ?? "")))}`} close={close}>
      <table className={figuresLooks}>
        <tbody>
          {rows
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <tr key={label.en}>
                <th scope="row">{say(label)}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <h3>{say({ zh: "余额", en: "Balances" })}</h3>
      <ul className={page.rows}>
        {balances.data?.items.map((balance) => (
          <li key={balance.leave}>
            <span>
              {say(leaveKind(balance.leave))} {balance.year}
            </span>
            <span>
              {balance.left === null
                ? say({ zh: "未登记额度", en: "no balance told" })
                : say({ zh: `剩 ${balance.left} 天`, en: `${balance.left} days left` })}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
