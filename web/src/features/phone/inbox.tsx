/** What waits for one's answer, and what one should know. */
import { useState } from "react";
import { Link } from "wouter";
import { answer, api } from "@/shared/api/client";
import type { NoticeShown, WaitingShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import { useInbox } from "@/shared/inbox";
import { distance } from "@/shared/time";
import { Button, Dialog, Empty, Failed, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, useNotices } from "./api";
import { CallIn, Filing } from "./matters";
import { DateMark, Top } from "./parts";
import css from "./phone.module.css";

export default function InboxPage({ me }: { me: Agent }) {
  const say = useSay();
  const inbox = useInbox();
  const notices = useNotices();
  const [opened, open] = useState<WaitingShown | undefined>();
  if (inbox.isPending || notices.isPending) return <Waiting />;
  if (inbox.isError) return <Failed fault={inbox.error} again={() => inbox.refetch()} />;
  const close = () => open(undefined);
  return (
    <>
      <Top title={say({ zh: "消息", en: "Inbox" })} />
      {inbox.data.length > 0 && <h2>{say({ zh: "等您答复", en: "Waiting for you" })}</h2>}
      <ul className={css.list} hidden={!inbox.data.length}>
        {inbox.data.map((item) => (
          <li key={item.matter + item.id}>
            <Matter item={item} open={() => open(item)} />
          </li>
        ))}
      </ul>
      <h2>{say({ zh: "通知", en: "Notices" })}</h2>
      {notices.data?.length === 0 && <Empty title={say({ zh: "没有通知", en: "No notices" })} />}
      <ul className={css.list} hidden={!notices.data?.length}>
        {notices.data?.map((notice) => (
          <li key={notice.id}>
            <Notice notice={notice} />
          </li>
        ))}
      </ul>
      {opened?.matter === "call-in" && <CallIn me={me} item={opened} close={close} />}
      {opened?.matter === "filing" && <Filing me={me} item={opened} close={close} />}
    </>
  );
}

function Matter({ item, open }: { item: WaitingShown; open: () => void }) {
  const { language } = useLanguage();
  const inside = (
    <>
      <DateMark day={item.day} />
      <span>
        {item.said}
        <small>
          {item.about.join(", ")}
          {item.due_at && ` · ${distance(item.due_at, language)}`}
        </small>
      </span>
      ›
    </>
  );
  if (item.matter === "answer" || item.matter === "swap")
    return (
      <Link href={`/me/swaps/${item.id}`} className={css.item}>
        {inside}
      </Link>
    );
  return (
    <button type="button" className={css.item} onClick={open}>
      {inside}
    </button>
  );
}

function Notice({ notice }: { notice: NoticeShown }) {
  const say = useSay();
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const read = useDeed(() =>
    answer(api.POST("/api/v1/me/notices/{notice_id}/read", { params: { path: { notice_id: notice.id } } })),
  );
  const show = () => {
    setOpen(true);
    if (!notice.read_at) read.mutate(undefined);
  };
  return (
    <>
      <button type="button" className={css.item} data-past={notice.read_at ? true : undefined} onClick={show}>
        <span className={css.date}>
          <small>{distance(notice.made_at, language)}</small>
        </span>
        <span>
          {notice.read_at ? notice.subject : <b>{notice.subject}</b>}
          {!notice.read_at && <span className="unseen">{say({ zh: "未读", en: "unread" })}</span>}
        </span>
      </button>
      {open && (
        <Dialog title={notice.subject} close={() => setOpen(false)}>
          <p className={css.words}>{notice.body}</p>
          <Button onClick={() => setOpen(false)}>{say({ zh: "知道了", en: "Seen" })}</Button>
        </Dialog>
      )}
    </>
  );
}
