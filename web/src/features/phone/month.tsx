/** A month of one's own, or of everybody as it hangs on the wall. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { answer, api, Fault } from "@/shared/api/client";
import { useCodes } from "@/shared/codes";
import { may } from "@/shared/me";
import { daysOf, monthWords, plusMonths, today, weekday } from "@/shared/time";
import { Button, buttonLooks, Failed, Note, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, useDuties, useZone, weekOf } from "./api";
import { OfflineNote } from "./home";
import { hoursOf, ShiftChip, Top } from "./parts";
import css from "./phone.module.css";

export function MonthPage({ me, month }: { me: Agent; month: string | undefined }) {
  const say = useSay();
  const { language } = useLanguage();
  const now = today(useZone(me.site));
  const chosen = month ?? now.slice(0, 7);
  const [team, setTeam] = useState(false);
  return (
    <>
      <Top title={monthWords(chosen, language)}>
        <Link
          className={buttonLooks}
          href={`/me/month/${plusMonths(chosen, -1)}`}
          aria-label={say({ zh: "上个月", en: "Month before" })}
        >
          ‹
        </Link>
        <Link
          className={buttonLooks}
          href={`/me/month/${plusMonths(chosen, 1)}`}
          aria-label={say({ zh: "下个月", en: "Next month" })}
        >
          ›
        </Link>
      </Top>
      {may(me, "roster.see", me.site) === "site" && (
        <div>
          <Button aria-pressed={team} onClick={() => setTeam(!team)}>
            {say({ zh: "看全班组", en: "Everybody" })}
          </Button>
        </div>
      )}
      {team ? <Team me={me} month={chosen} /> : <Own me={me} month={chosen} now={now} />}
    </>
  );
}

function Own({ me, month, now }: { me: Agent; month: string; now: string }) {
  const say = useSay();
  const { language } = useLanguage();
  const codes = useCodes(me.site);
  const days = daysOf(month);
  const duties = useDuties(days[0] ?? now, days.at(-1) ?? now);
  const zone = useZone(me.site);
  if (duties.isPending || codes.isPending) return <Waiting />;
  if (duties.isError) return <Failed fault={duties.error} again={() => duties.refetch()} />;
  const lead = weekOf(days[0] ?? now).indexOf(days[0] ?? now);
  return (
    <>
      <OfflineNote since={duties.data.at} />
      {!duties.data.items.length && (
        <Note>
          {say({
            zh: "这个月还没有发布您的班次。",
            en: "No shifts of yours are published for this month yet.",
          })}
        </Note>
      )}
      <ol className={css.month} aria-label={say({ zh: "我的班表", en: "My shifts" })}>
        {weekOf(now).map((day) => (
          <li key={day} aria-hidden="true">
            <span>{weekday(day, language, "narrow")}</span>
          </li>
        ))}
        {Array.from({ length: lead }, (_, place) => (
          <li key={`before-${days[place]}`} aria-hidden="true" />
        ))}
        {days.map((day) => {
          const duty = duties.data.items.find((each) => each.day === day);
          const inside = (
            <>
              {Number(day.slice(8))}
              {duty && <ShiftChip code={duty.shift} shift={codes.data?.byCode.get(duty.shift)} />}
              {duty && <span className="unseen">{hoursOf(duty, zone)}</span>}
            </>
          );
          const today = day === now || undefined;
          return (
            <li key={day}>
              {duty && day > now ? (
                <Link href={`/me/swaps/new/${day}`} data-today={today}>
                  {inside}
                </Link>
              ) : (
                <div data-today={today}>{inside}</div>
              )}
            </li>
          );
        })}
      </ol>
      <p>
        {say({
          zh: `共 ${duties.data.items.length} 个班。点一个班可以换班。`,
          en: `${duties.data.items.length} shifts. Tap one to swap it.`,
        })}
      </p>
    </>
  );
}

/** Everybody's duties as they are in force, one's own first. */
function Team({ me, month }: { me: Agent; month: string }) {
  const say = useSay();
  const { language } = useLanguage();
  const codes = useCodes(me.site);
  const found = useQuery({
    queryKey: ["in-force", me.site, month],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/rosters/{month}/duties", {
          params: { path: { site: me.site, month } },
        }),
      ),
  });
  if (found.isPending) return <Waiting />;
  if (found.error instanceof Fault && found.error.status === 404)
    return <Note>{say({ zh: "这个月还没有班表。", en: "There is no roster for this month yet." })}</Note>;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const days = daysOf(month);
  const cells = new Map(found.data.duties.map((duty) => [`${duty.agent} ${duty.day}`, duty]));
  const people = [...found.data.people].sort(
    (one, other) => Number(other.number === me.number) - Number(one.number === me.number),
  );
  return (
    <section className={css.team} aria-label={say({ zh: "全部班表", en: "Everybody's shifts" })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
            {days.map((day) => (
              <td key={day}>
                {Number(day.slice(8))}
                <br />
                <small>{weekday(day, language, "narrow")}</small>
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.number}>
              <th scope="row">{person.name}</th>
              {days.map((day) => {
                const duty = cells.get(`${person.number} ${day}`);
                return (
                  <td key={day}>
                    {duty && <ShiftChip code={duty.shift} shift={codes.data?.byCode.get(duty.shift)} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
