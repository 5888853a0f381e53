/** From a duty to consent: which one, who could, what it does, and off it goes. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { answer, api } from "@/shared/api/client";
import type { NewSwap, PartnerShown } from "@/shared/api/contract";
import { useCodes } from "@/shared/codes";
import { useDeed } from "@/shared/deed";
import { SwapFacts } from "@/shared/swaps/facts";
import { sendSwap } from "@/shared/swaps/swap";
import { dayWords, plusDays, today } from "@/shared/time";
import { Button, Check, Dialog, Empty, Failed, Field, Note, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, type Duty, useDuties, usePartners, useZone } from "../api";
import { DateMark, hoursOf, ShiftChip, Top } from "../parts";
import css from "../phone.module.css";

export function NewSwapPage({ me, day }: { me: Agent; day: string | undefined }) {
  const say = useSay();
  const codes = useCodes(me.site);
  const zone = useZone(me.site);
  const now = today(zone);
  const duties = useDuties(now, plusDays(now, 62));
  if (duties.isPending || codes.isPending) return <Waiting />;
  if (duties.isError) return <Failed fault={duties.error} again={() => duties.refetch()} />;
  const duty = duties.data.items.find((each) => each.day === day);
  if (duty) return <ForDuty me={me} duty={duty} zone={zone} />;
  return (
    <>
      <Top title={say({ zh: "换哪个班?", en: "Which shift?" })} />
      <ul className={css.list}>
        {duties.data.items
          .filter((each) => each.day > now)
          .map((each) => (
            <li key={each.day}>
              <Link href={`/me/swaps/new/${each.day}`} className={css.item}>
                <DateMark day={each.day} />
                <span>{hoursOf(each, zone)}</span>
                <ShiftChip code={each.shift} shift={codes.data?.byCode.get(each.shift)} />
              </Link>
            </li>
          ))}
      </ul>
      {!duties.data.items.length && (
        <Empty title={say({ zh: "没有可换的班", en: "There is none to swap" })} />
      )}
    </>
  );
}

function ForDuty({ me, duty, zone }: { me: Agent; duty: Duty; zone: string }) {
  const say = useSay();
  const { language } = useLanguage();
  const codes = useCodes(me.site);
  const [days, setDays] = useState<string[]>([]);
  const [chosen, choose] = useState<PartnerShown | undefined>();
  const [posting, setPosting] = useState(false);
  const partners = usePartners(me.site, duty.day, days);
  const turn = (day: string) =>
    setDays(days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort());
  return (
    <>
      <Top title={`${dayWords(duty.day, language)} ${duty.shift}`}>
        <ShiftChip code={duty.shift} shift={codes.data?.byCode.get(duty.shift)} />
      </Top>
      <p>
        {hoursOf(duty, zone)} ·{" "}
        {say({ zh: "批准之前, 这个班仍由您上。", en: "It stays yours until the swap is approved." })}
      </p>
      <fieldset className={css.form}>
        <legend>
          {say({
            zh: "我愿意换上这些天的班 (不选: 请人代班)",
            en: "Days I would work instead (none: a cover)",
          })}
        </legend>
        <div className={css.days}>
          {Array.from({ length: 15 }, (_, place) => plusDays(duty.day, place - 7))
            .filter((day) => day > today(zone))
            .map((day) => (
              <button
                key={day}
                type="button"
                aria-pressed={days.includes(day)}
                onClick={() => turn(day)}
                aria-label={dayWords(day, language)}
              >
                {Number(day.slice(8))}
              </button>
            ))}
        </div>
      </fieldset>
      <h2>{say({ zh: "谁可以", en: "Who could" })}</h2>
      {partners.isPending && (
        <Waiting what={say({ zh: "正在按规则逐人检查…", en: "Asking every rule for everybody…" })} />
      )}
      {partners.isError && <Failed fault={partners.error} again={() => partners.refetch()} />}
      {partners.data?.partners.length === 0 && (
        <Note tone="amber">
          {say({
            zh: "没有人能按规则接这个班。可以挂到换班板。",
            en: "Nobody can take it under the rules. You can post it on the board.",
          })}
        </Note>
      )}
      <ul className={css.list} hidden={!partners.data?.partners.length}>
        {partners.data?.partners.map((partner) => (
          <li key={`${partner.number}${partner.returns?.day ?? ""}`}>
            <button type="button" className={css.item} onClick={() => choose(partner)}>
              {partner.returns ? (
                <DateMark day={partner.returns.day} />
              ) : (
                <span className={css.date}>＋</span>
              )}
              <span>
                {partner.name}
                <small>
                  {partner.returns
                    ? say({
                        zh: `换回 ${dayWords(partner.returns.day, language)} ${partner.returns.shift}`,
                        en: `for ${dayWords(partner.returns.day, language)} ${partner.returns.shift}`,
                      })
                    : say({ zh: "代班, 不换回", en: "as a cover" })}
                  {partner.wishes > 0 && say({ zh: " · 合他的意愿", en: " · meets a wish" })}
                </small>
              </span>
              ›
            </button>
          </li>
        ))}
      </ul>
      <Button large onClick={() => setPosting(true)}>
        {say({ zh: "挂到换班板", en: "Post it on the board" })}
      </Button>
      {chosen && <Confirm me={me} duty={duty} partner={chosen} close={() => choose(undefined)} />}
      {posting && <Post me={me} duty={duty} days={days} close={() => setPosting(false)} />}
    </>
  );
}

type Chosen = { me: Agent; duty: Duty; partner: PartnerShown; close: () => void };

function Confirm({ me, duty, partner, close }: Chosen) {
  const say = useSay();
  const [, go] = useLocation();
  const [note, setNote] = useState("");
  const month = duty.day.slice(0, 7);
  const give = { giver: me.number, day: duty.day, shift: duty.shift, taker: partner.number };
  const back = partner.returns && {
    giver: partner.number,
    day: partner.returns.day,
    shift: partner.returns.shift,
    taker: me.number,
  };
  const body = (dry: boolean): NewSwap => ({
    legs: back ? [give, back] : [give],
    note: dry ? "" : note,
    reason: "",
    dry_run: dry,
  });
  const would = useQuery({
    queryKey: ["would", me.site, give, back],
    queryFn: () => sendSwap(me.site, month, body(true)),
  });
  const file = useDeed(
    () => sendSwap(me.site, month, body(false)),
    () => {
      toast(say({ zh: `已发给${partner.name}, 等对方同意`, en: `Sent to ${partner.name} for consent` }));
      go("/me/swaps");
    },
  );
  return (
    <Dialog title={say({ zh: `和${partner.name}换班`, en: `Swap with ${partner.name}` })} close={close}>
      {would.isPending && <Waiting what={say({ zh: "正在计算影响…", en: "Working out the effects…" })} />}
      {would.isError && <Note tone="red">{would.error.message}</Note>}
      {would.data && <SwapFacts swap={would.data} />}
      <Field label={say({ zh: "给对方的话", en: "A word to the partner" })}>
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <Button
        large
        tone="main"
        disabled={!would.data || file.isPending}
        onClick={() => file.mutate(undefined)}
      >
        {say({ zh: "发出请求", en: "Send the request" })}
      </Button>
    </Dialog>
  );
}

type Posting = { me: Agent; duty: Duty; days: string[]; close: () => void };

function Post({ me, duty, days, close }: Posting) {
  const say = useSay();
  const [, go] = useLocation();
  const [note, setNote] = useState("");
  const [cover, setCover] = useState(!days.length);
  const post = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/sites/{site}/rosters/{month}/posts", {
          params: { path: { site: me.site, month: duty.day.slice(0, 7) } },
          body: { day: duty.day, shift: duty.shift, open: false, wanted: { cover, days, shifts: [] }, note },
        }),
      ),
    onSuccess: () => go("/me/swaps/board"),
  });
  return (
    <Dialog title={say({ zh: "挂到换班板", en: "Post it on the board" })} close={close}>
      <p>
        {say({
          zh: "同站点的同事都能看到, 谁愿意就可以来换。",
          en: "Colleagues of the site see it and may answer.",
        })}
      </p>
      <Check
        label={say({ zh: "可以代班, 不必换回", en: "It may be taken for nothing in return" })}
        ticked={cover}
        tick={setCover}
      />
      <Field label={say({ zh: "说明", en: "A word" })}>
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {post.error && <Note tone="red">{post.error.message}</Note>}
      <Button large tone="main" disabled={post.isPending} onClick={() => post.mutate()}>
        {say({ zh: "挂出", en: "Post" })}
      </Button>
    </Dialog>
  );
}
