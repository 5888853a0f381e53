/** Wishes for the next month, and leave: what one may ask, what one asked, what became of it. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { answer, api, once } from "@/shared/api/client";
import type { RequestShown } from "@/shared/api/contract";
import { useCodes } from "@/shared/codes";
import { useDeed } from "@/shared/deed";
import { leaveKind } from "@/shared/leave";
import { dayWords, moment, monthWords, plusMonths, today } from "@/shared/time";
import { Button, Check, Field, Note, Tag, type Tone, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { type Text, useLanguage, useSay } from "@/shared/words";
import { type Agent, useRequests, useZone } from "./api";
import { useLeaveTerms } from "./matters";
import { DateMark, Top } from "./parts";
import css from "./phone.module.css";

export default function AskPage({ me, what }: { me: Agent; what: string }) {
  const say = useSay();
  return (
    <>
      <Top title={say({ zh: "申请", en: "Requests" })} />
      <nav className={css.segments} aria-label={say({ zh: "申请", en: "Requests" })}>
        <Link href="/me/ask/wish" aria-current={what === "wish" ? "page" : undefined}>
          {say({ zh: "意愿", en: "Wish" })}
        </Link>
        <Link href="/me/ask/leave" aria-current={what === "leave" ? "page" : undefined}>
          {say({ zh: "请假", en: "Leave" })}
        </Link>
      </nav>
      {what === "leave" ? <LeaveForm me={me} /> : <WishForm me={me} />}
      <Asked me={me} />
    </>
  );
}

function WishForm({ me }: { me: Agent }) {
  const say = useSay();
  const { language } = useLanguage();
  const codes = useCodes(me.site);
  const zone = useZone(me.site);
  const [month, setMonth] = useState(plusMonths(today(zone).slice(0, 7), 1));
  const [day, setDay] = useState(`${month}-01`);
  const [wish, setWish] = useState<"off" | "on" | "avoid">("off");
  const [shift, setShift] = useState("");
  const [weight, setWeight] = useState(1);
  const budget = useQuery({
    queryKey: ["budget", me.site, month],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/wishes/{month}/budget", { params: { path: { site: me.site, month } } }),
      ),
  });
  const code = shift || codes.data?.shifts[0]?.code || "";
  const file = useDeed(
    () =>
      answer(
        api.POST("/api/v1/sites/{site}/requests", {
          params: { path: { site: me.site } },
          headers: once(),
          body: { kind: "wish", day, wish, shift: wish === "off" ? null : code, weight },
        }),
      ),
    () => toast(say({ zh: "意愿已提交", en: "Your wish is filed" })),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    file.mutate(undefined);
  };
  const pick = (chosen: string) => {
    setDay(chosen);
    if (chosen) setMonth(chosen.slice(0, 7));
  };
  return (
    <form className={css.form} onSubmit={send}>
      {budget.data && (
        <Note tone={Date.parse(budget.data.closes_at) < Date.now() ? "amber" : "none"}>
          {say({
            zh: `${monthWords(month, language)}的意愿${moment(budget.data.closes_at, zone, language)}截止; 还可用 ${budget.data.left} 分 (共 ${budget.data.budget + budget.data.credit} 分)。`,
            en: `Wishes for ${monthWords(month, language)} close ${moment(budget.data.closes_at, zone, language)}; ${budget.data.left} of ${budget.data.budget + budget.data.credit} points left.`,
          })}
        </Note>
      )}
      <div className={css.two}>
        <Field label={say({ zh: "日期", en: "Day" })}>
          <input type="date" required value={day} onChange={(event) => pick(event.target.value)} />
        </Field>
        <Field label={say({ zh: "想要", en: "I wish" })}>
          <select value={wish} onChange={(event) => setWish(event.target.value as typeof wish)}>
            <option value="off">{say({ zh: "休息", en: "to be off" })}</option>
            <option value="on">{say({ zh: "上某班", en: "for a shift" })}</option>
            <option value="avoid">{say({ zh: "不上某班", en: "to be spared a shift" })}</option>
          </select>
        </Field>
        {wish !== "off" && (
          <Field label={say({ zh: "班次", en: "Shift" })}>
            <select value={code} onChange={(event) => setShift(event.target.value)}>
              {codes.data?.shifts.map((each) => (
                <option key={each.code} value={each.code}>
                  {each.code} {each.start}–{each.end}
                </option>
              ))}
            </select>
          </Field>
        )}
        <Field label={say({ zh: "看重程度 (1–9 分)", en: "Weight (1–9 points)" })}>
          <input
            type="number"
            min={1}
            max={9}
            value={weight}
            onChange={(event) => setWeight(Number(event.target.value))}
          />
        </Field>
      </div>
      {file.error && <Note tone="red">{file.error.message}</Note>}
      <Button large tone="main" type="submit" disabled={file.isPending}>
        {say({ zh: "提交意愿", en: "File the wish" })}
      </Button>
    </form>
  );
}

function LeaveForm({ me }: { me: Agent }) {
  const say = useSay();
  const terms = useLeaveTerms(me.site);
  const now = today(useZone(me.site));
  const [given, set] = useState({
    first: now,
    last: now,
    leave: "annual",
    from_noon: false,
    until_noon: false,
    note: "",
  });
  const balances = useQuery({
    queryKey: ["balances", me.site, given.first.slice(0, 4)],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/leave/balances", {
          params: {
            path: { site: me.site },
            query: { number: me.number, year: Number(given.first.slice(0, 4)) },
          },
        }),
      ),
  });
  const file = useDeed(
    () =>
      answer(
        api.POST("/api/v1/sites/{site}/requests", {
          params: { path: { site: me.site } },
          headers: once(),
          body: { kind: "leave", ...given, by_phone: false },
        }),
      ),
    () => toast(say({ zh: "请假已提交", en: "Your leave is filed" })),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    file.mutate(undefined);
  };
  if (terms.isPending) return <Waiting />;
  const left = balances.data?.items.find((each) => each.leave === given.leave)?.left;
  return (
    <form className={css.form} onSubmit={send}>
      <Field label={say({ zh: "假别", en: "Kind" })}>
        <select value={given.leave} onChange={(event) => set({ ...given, leave: event.target.value })}>
          {terms.data?.kinds.map((kind) => (
            <option key={kind.id} value={kind.id}>
              {kind.label}
            </option>
          ))}
        </select>
      </Field>
      {left != null && <p>{say({ zh: `还有 ${left} 天`, en: `${left} days left` })}</p>}
      <div className={css.two}>
        <Field label={say({ zh: "从", en: "From" })}>
          <input
            type="date"
            required
            value={given.first}
            onChange={(event) => {
              const first = event.target.value;
              set({ ...given, first, last: later(first, given.last) });
            }}
          />
        </Field>
        <Field label={say({ zh: "到", en: "To" })}>
          <input
            type="date"
            required
            min={given.first}
            value={given.last}
            onChange={(event) => set({ ...given, last: event.target.value })}
          />
        </Field>
        <Check
          label={say({ zh: "首日从中午起", en: "from noon" })}
          ticked={given.from_noon}
          tick={(on) => set({ ...given, from_noon: on })}
        />
        <Check
          label={say({ zh: "末日到中午止", en: "until noon" })}
          ticked={given.until_noon}
          tick={(on) => set({ ...given, until_noon: on })}
        />
      </div>
      <Field label={say({ zh: "说明", en: "Why" })}>
        <input
          value={given.note}
          maxLength={500}
          onChange={(event) => set({ ...given, note: event.target.value })}
        />
      </Field>
      {file.error && <Note tone="red">{file.error.message}</Note>}
      <Button large tone="main" type="submit" disabled={file.isPending}>
        {say({ zh: "提交请假", en: "File the leave" })}
      </Button>
    </form>
  );
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

const STATES: Record<string, Text & { tone: Tone }> = {
  open: { zh: "待处理", en: "open", tone: "amber" },
  approved: { zh: "已批准", en: "approved", tone: "green" },
  declined: { zh: "未批准", en: "declined", tone: "red" },
  withdrawn: { zh: "已撤回", en: "withdrawn", tone: "none" },
  waitlisted: { zh: "候补", en: "waiting list", tone: "amber" },
  told: { zh: "待补办", en: "to be filed", tone: "amber" },
  lapsed: { zh: "未补办", en: "not filed", tone: "red" },
  granted: { zh: "已满足", en: "met", tone: "green" },
  refused: { zh: "未满足", en: "not met", tone: "none" },
};

function Asked({ me }: { me: Agent }) {
  const say = useSay();
  const requests = useRequests(me.site);
  const mine = requests.data?.filter((each) => each.number === me.number) ?? [];
  if (!mine.length) return null;
  return (
    <>
      <h2>{say({ zh: "我的申请", en: "What I asked" })}</h2>
      <ul className={css.list}>
        {mine.map((request) => (
          <li key={request.id}>
            <RequestLine me={me} request={request} />
          </li>
        ))}
      </ul>
    </>
  );
}

function RequestLine({ me, request }: { me: Agent; request: RequestShown }) {
  const say = useSay();
  const { language } = useLanguage();
  const state = STATES[request.state] ?? { zh: request.state, en: request.state, tone: "none" as const };
  const back = useDeed(() =>
    answer(
      api.DELETE("/api/v1/sites/{site}/requests/{request_id}", {
        params: { path: { site: me.site, request_id: request.id } },
      }),
    ),
  );
  const span = request.first === request.last ? "" : ` – ${dayWords(request.last, language)}`;
  return (
    <div className={css.item}>
      <DateMark day={request.first} />
      <span>
        {what(request, say)}
        {span}
        {(request.said || request.reason) && <small>{request.said ?? request.reason}</small>}
      </span>
      <Tag tone={state.tone}>{say(state)}</Tag>
      {["open", "waitlisted"].includes(request.state) && (
        <Button disabled={back.isPending} onClick={() => back.mutate(undefined)}>
          {say({ zh: "撤回", en: "Withdraw" })}
        </Button>
      )}
    </div>
  );
}

function what(request: RequestShown, say: (text: Text) => string): string {
  const { wish, shift, leave } = request.facts as { wish?: string; shift?: string; leave?: string };
  if (request.kind === "leave") return say(leaveKind(leave ?? ""));
  if (wish === "on") return say({ zh: `想上${shift}`, en: `for ${shift}` });
  if (wish === "avoid") return say({ zh: `不上${shift}`, en: `spared ${shift}` });
  return wish ? say({ zh: "想休息", en: "to be off" }) : say({ zh: "不能上班的时间", en: "hours off" });
}
