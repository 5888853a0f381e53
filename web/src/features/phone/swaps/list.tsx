/** The swaps that one is in. */
import { Link } from "wouter";
import { buttonLooks, Empty, Failed, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, useSwaps } from "../api";
import { DateMark, Top } from "../parts";
import css from "../phone.module.css";
import { Segments } from ".";
import { kindOf, legWords, toneOf } from "./words";

export function SwapList({ me }: { me: Agent }) {
  const say = useSay();
  const { language } = useLanguage();
  const swaps = useSwaps(me.site);
  return (
    <>
      <Top title={say({ zh: "换班", en: "Swaps" })}>
        <Link className={buttonLooks} href="/me/swaps/new">
          ＋ {say({ zh: "新的", en: "New" })}
        </Link>
      </Top>
      <Segments here="mine" />
      {swaps.isPending && <Waiting />}
      {swaps.isError && <Failed fault={swaps.error} again={() => swaps.refetch()} />}
      {swaps.data?.length === 0 && (
        <Empty title={say({ zh: "还没有换班", en: "No swaps yet" })}>
          <p>
            {say({
              zh: "在班表里点一个班, 就能找人换。",
              en: "Tap a shift of yours to find somebody for it.",
            })}
          </p>
        </Empty>
      )}
      <ul className={css.list} hidden={!swaps.data?.length}>
        {swaps.data?.map((swap) => (
          <li key={swap.id}>
            <Link href={`/me/swaps/${swap.id}`} className={css.item}>
              <DateMark day={swap.day} />
              <span>
                {say(kindOf(swap))}
                {swap.legs.map((leg) => (
                  <small key={`${leg.giver}${leg.day}`}>{legWords(leg, swap, language)}</small>
                ))}
              </span>
              <Tag tone={toneOf(swap)}>{stateWords(swap.state, say)}</Tag>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

const STATES: Record<string, { zh: string; en: string }> = {
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

export function stateWords(state: string, say: (text: { zh: string; en: string }) => string): string {
  return say(STATES[state] ?? { zh: state, en: state });
}
