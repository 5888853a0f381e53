/** What waits for one's decision: each with what it does, decided one by one or together. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { ApiApprovalsFormsBatchShown, WaitingShown } from "@/shared/api/contract";
import { useInbox } from "@/shared/inbox";
import { SwapFacts } from "@/shared/swaps/facts";
import { readSwap } from "@/shared/swaps/swap";
import { dayWords, distance } from "@/shared/time";
import { Button, cardLooks, Empty, Failed, Field, Note, rowLooks, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { counted, useLanguage, useSay } from "@/shared/words";
import { LeaveEffect } from "./effect";
import css from "./inbox.module.css";

/** What can be decided here; the rest waits for an answer of one's own, on one's phone pages. */
const DECIDED = new Set(["swap", "leave", "hours"]);
type Decided = "swap" | "leave" | "hours";

export default function InboxPage() {
  const say = useSay();
  const inbox = useInbox();
  const [chosen, choose] = useState<string | undefined>();
  if (inbox.isPending) return <Waiting />;
  if (inbox.isError) return <Failed fault={inbox.error} again={() => inbox.refetch()} />;
  const matters = inbox.data.filter((item) => DECIDED.has(item.matter));
  const opened = matters.find((item) => keyOf(item) === chosen) ?? matters[0];
  if (!opened)
    return (
      <>
        <h1>{say({ zh: "待批", en: "Inbox" })}</h1>
        <Empty title={say({ zh: "没有待批事项", en: "Nothing waits for your decision" })}>
          <p>
            {say({
              zh: "换班、请假到了这里会显示影响。",
              en: "Swaps and leave come here with their effects.",
            })}
          </p>
        </Empty>
      </>
    );
  return (
    <div className={css.two}>
      <h1 className="unseen">{say({ zh: "待批", en: "Inbox" })}</h1>
      <Matters matters={matters} opened={opened} choose={choose} />
      <Matter key={keyOf(opened)} item={opened} />
    </div>
  );
}

function keyOf(item: WaitingShown): string {
  return `${item.site} ${item.matter} ${item.id}`;
}

type Listed = { matters: WaitingShown[]; opened: WaitingShown; choose: (key: string) => void };

function Matters({ matters, opened, choose }: Listed) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <nav className={css.list} aria-label={say({ zh: "待批事项", en: "Matters" })}>
      {matters.map((item) => (
        <button
          key={keyOf(item)}
          type="button"
          aria-current={item === opened}
          className={css.item}
          onClick={() => choose(keyOf(item))}
        >
          <b>{item.about.join(" ⇄ ")}</b>
          <span>{item.said}</span>
          <small>
            {item.site} · {item.due_at ? distance(item.due_at, language) : dayWords(item.day, language)}
          </small>
        </button>
      ))}
    </nav>
  );
}

function Matter({ item }: { item: WaitingShown }) {
  const say = useSay();
  const { language } = useLanguage();
  return (
    <section className={cardLooks}>
      <h2>
        {item.about.join(" ⇄ ")} · {dayWords(item.day, language)}
      </h2>
      <p>{item.said}</p>
      {item.due_at && (
        <p>
          {say({ zh: "处理期限", en: "due" })} {distance(item.due_at, language)}
        </p>
      )}
      {item.matter === "swap" ? <SwapOf item={item} /> : <LeaveEffect site={item.site} id={item.id} />}
      <Verdict item={item} />
    </section>
  );
}

function SwapOf({ item }: { item: WaitingShown }) {
  const found = useQuery({
    queryKey: ["swaps", item.site, item.id],
    queryFn: () => readSwap(item.site, item.id),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  return <SwapFacts swap={found.data.data} />;
}

function Verdict({ item }: { item: WaitingShown }) {
  const say = useSay();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const decide = useMutation({
    mutationFn: (state: "approved" | "declined"): Promise<ApiApprovalsFormsBatchShown> =>
      answer(
        api.POST("/api/v1/sites/{site}/decisions", {
          params: { path: { site: item.site } },
          headers: once(),
          body: {
            items: [{ matter: item.matter as Decided, id: item.id }],
            state,
            reason,
            all_or_nothing: true,
            dry_run: false,
          },
        }),
      ),
    onSuccess: (told, state) => {
      if (!told.items.every((each) => each.done)) return;
      toast(
        state === "approved" ? say({ zh: "已批准", en: "approved" }) : say({ zh: "已拒绝", en: "declined" }),
      );
      void queries.invalidateQueries({ queryKey: ["inbox"] });
    },
  });
  const failed = decide.data?.items.filter((each) => !each.done) ?? [];
  return (
    <div className={css.verdict}>
      <Field label={say({ zh: "理由", en: "Reason" })}>
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {decide.error && <Note tone="red">{decide.error.message}</Note>}
      {failed.map((each) => (
        <Note key={each.id} tone="red">
          {each.detail ?? each.code ?? counted(1, "problem")}
        </Note>
      ))}
      <div className={rowLooks}>
        <Button tone="main" disabled={decide.isPending} onClick={() => decide.mutate("approved")}>
          {say({ zh: "批准", en: "Approve" })}
        </Button>
        <Button tone="danger" disabled={decide.isPending} onClick={() => decide.mutate("declined")}>
          {say({ zh: "拒绝", en: "Decline" })}
        </Button>
      </div>
    </div>
  );
}
