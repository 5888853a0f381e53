/** First what comes next; then what waits, the week, and what one may ask for. */
import { Link } from "wouter";
import type { BoardShift, BoardWork } from "@/shared/api/contract";
import { useCodes } from "@/shared/codes";
import { useInbox } from "@/shared/inbox";
import { nameOf, useSites } from "@/shared/sites";
import { dayWords, distance, plusDays, today } from "@/shared/time";
import { Empty, Failed, Note, Waiting } from "@/shared/ui";
import { counted, useLanguage, useSay } from "@/shared/words";
import { type Agent, type Duty, useDuties, useZone, weekOf } from "./api";
import { useOnline } from "./offline";
import { DateMark, hoursOf, ShiftChip, Top } from "./parts";
import css from "./phone.module.css";

export function Home({ me }: { me: Agent }) {
  const say = useSay();
  const codes = useCodes(me.site);
  const zone = useZone(me.site);
  const now = today(zone);
  const first = weekOf(now)[0] ?? now;
  const duties = useDuties(first, plusDays(first, 62));
  const site = useSites().data?.find((each) => each.code === me.site);
  if (duties.isPending || codes.isPending) return <Waiting />;
  if (duties.isError) return <Failed fault={duties.error} again={() => duties.refetch()} />;
  const coming = duties.data.items.find((duty) => Date.parse(duty.end) > Date.now());
  return (
    <>
      <Top title={say({ zh: `${me.name}, 您好`, en: `Hello, ${me.name}` })} />
      <OfflineNote since={duties.data.at} />
      {coming ? (
        <NextDuty
          duty={coming}
          shift={codes.data?.byCode.get(coming.shift)}
          works={codes.data?.works ?? []}
          place={site ? say(nameOf(site)) : me.site}
          zone={zone}
        />
      ) : (
        <Empty title={say({ zh: "没有已发布的班次", en: "No published shift ahead" })} />
      )}
      <WaitingLink />
      <nav className={css.deeds} aria-label={say({ zh: "申请", en: "Ask" })}>
        <Link href="/me/ask/wish">{say({ zh: "提意愿", en: "Wish" })}</Link>
        <Link href="/me/ask/leave">{say({ zh: "请假", en: "Leave" })}</Link>
        <Link href="/me/swaps/new">{say({ zh: "换班", en: "Swap" })}</Link>
      </nav>
      <h2>{say({ zh: "本周与下周", en: "This week and the next" })}</h2>
      <ul className={css.list}>
        {[...weekOf(now), ...weekOf(plusDays(now, 7))].map((day) => {
          const duty = duties.data.items.find((each) => each.day === day);
          return (
            <li key={day}>
              <Link
                href={duty ? `/me/swaps/new/${day}` : "/me/month"}
                className={css.item}
                data-today={day === now || undefined}
                data-past={day < now || undefined}
              >
                <DateMark day={day} />
                <span>
                  {duty ? hoursOf(duty, zone) : <small>{say({ zh: "休息", en: "off" })}</small>}
                  {duty && <small>{workWords(duty, codes.data?.works ?? [], say)}</small>}
                </span>
                {duty && <ShiftChip code={duty.shift} shift={codes.data?.byCode.get(duty.shift)} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

type Coming = { duty: Duty; shift: BoardShift | undefined; works: BoardWork[]; place: string; zone: string };

function NextDuty({ duty, shift, works, place, zone }: Coming) {
  const say = useSay();
  const { language } = useLanguage();
  const begun = Date.parse(duty.start) <= Date.now();
  return (
    <section className={css.next} aria-label={say({ zh: "下一个班", en: "Next shift" })}>
      <p>
        {begun ? say({ zh: "正在当班", en: "on duty now" }) : distance(duty.start, language)} ·{" "}
        {dayWords(duty.day, language)}
      </p>
      <strong>
        {duty.shift} {hoursOf(duty, zone)}
      </strong>
      <p>
        {shift && say(shift.label)} · {workWords(duty, works, say)} · {place}
      </p>
      {!begun && (
        <Link href={`/me/swaps/new/${duty.day}`}>{say({ zh: "想换这个班 ›", en: "Swap this shift ›" })}</Link>
      )}
    </section>
  );
}

function workWords(duty: Duty, works: BoardWork[], say: ReturnType<typeof useSay>): string {
  const work = works.find((each) => each.id === duty.work);
  return work ? say(work.label) : duty.work;
}

function WaitingLink() {
  const say = useSay();
  const waiting = useInbox().data?.length ?? 0;
  if (!waiting) return null;
  return (
    <Link href="/me/inbox">
      {say({
        zh: `有 ${waiting} 件事等您答复 ›`,
        en: `${counted(waiting, "matter")} waiting for your answer ›`,
      })}
    </Link>
  );
}

export function OfflineNote({ since }: { since: number }) {
  const say = useSay();
  const { language } = useLanguage();
  if (useOnline()) return null;
  const when = distance(new Date(since).toISOString(), language);
  return (
    <Note tone="amber">{say({ zh: `离线: 显示${when}读取的班表`, en: `Offline: as read ${when}` })}</Note>
  );
}
