/** The swaps that one is in. */
import { Link } from "wouter";
import { kindOf, legWords, stateWords, toneOf } from "@/shared/swaps/words";
import { buttonLooks, Empty, Failed, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, useSwaps } from "../api";
import { DateMark, Top } from "../parts";
import css from "../phone.module.css";
import { Segments } from ".";

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
