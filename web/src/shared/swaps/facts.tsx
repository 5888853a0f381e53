/** A swap in full: who gives what to whom, what it does to each of them, what stands against it. */
import { distance, hours } from "@/shared/time";
import { figuresLooks, Note } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import css from "./facts.module.css";
import type { Swap } from "./swap";
import { legWords } from "./words";

/** What a swap is and does; before it is filed as well as after. */
export function SwapFacts({ swap }: { swap: Swap }) {
  const say = useSay();
  const { language } = useLanguage();
  const open = ["offered", "waiting-scheduler", "waiting-manager"].includes(swap.state);
  return (
    <>
      <ul className={css.legs}>
        {swap.legs.map((leg) => (
          <li key={`${leg.giver}${leg.day}${leg.taker}`} className={css.leg}>
            {legWords(leg, swap, language)}
          </li>
        ))}
      </ul>
      {swap.note && <Note>{swap.note}</Note>}
      <p>
        {swap.said}
        {open && ` · ${say({ zh: "截止", en: "ends" })} ${distance(swap.expires_at, language)}`}
      </p>
      {swap.broken.map((breach) => (
        <Note key={breach.words} tone={breach.hard ? "red" : "amber"}>
          {breach.words}
          <br />
          <small>
            {breach.title} · {breach.source}
          </small>
        </Note>
      ))}
      {swap.parties.map((party) => (
        <section key={party.number}>
          <h3>
            {party.name}{" "}
            <small>
              {say({
                zh: `本月第 ${party.used} 次, 限 ${swap.quota} 次由排班员批准`,
                en: `swap ${party.used} of the month; up to ${swap.quota} by the scheduler`,
              })}
            </small>
          </h3>
          {party.effect && <EffectTable effect={party.effect} />}
        </section>
      ))}
    </>
  );
}

type Effect = NonNullable<Swap["parties"][number]["effect"]>;

function EffectTable({ effect }: { effect: Effect }) {
  const say = useSay();
  const rows: [Text, (number | null)[]][] = [
    [{ zh: "月工时", en: "hours of the month" }, effect.hours],
    [{ zh: "夜班", en: "nights" }, effect.nights],
    [{ zh: "周末班", en: "weekend duties" }, effect.weekends],
    [{ zh: "法定节假日班 (300%)", en: "statutory holidays (300 %)" }, effect.holidays],
    [{ zh: "最短班间休息 (小时)", en: "shortest rest (hours)" }, effect.rest_hours],
  ];
  const said = (value: number | null | undefined) => (value == null ? "—" : hours(value * 60));
  return (
    <table className={figuresLooks}>
      <thead className="unseen">
        <tr>
          <th scope="col">{say({ zh: "项目", en: "what" })}</th>
          <th scope="col">{say({ zh: "前后", en: "before and after" })}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, [before, after]]) => (
          <tr key={label.en}>
            <th scope="row">{say(label)}</th>
            <td>
              {before === after ? (
                said(before)
              ) : (
                <>
                  {said(before)} → <b>{said(after)}</b>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
