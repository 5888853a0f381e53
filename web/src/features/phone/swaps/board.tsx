/** The board: duties that somebody would give, and duties that nobody has. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { answer, api } from "@/shared/api/client";
import type { NewSwap, PostShown } from "@/shared/api/contract";
import { useCodes } from "@/shared/codes";
import { useDeed } from "@/shared/deed";
import { SwapFacts } from "@/shared/swaps/facts";
import { sendSwap } from "@/shared/swaps/swap";
import { daysOf, dayWords, today } from "@/shared/time";
import { Button, Dialog, Empty, Failed, Note, Tag, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { type Agent, useDuties, useZone } from "../api";
import { DateMark, ShiftChip, Top } from "../parts";
import css from "../phone.module.css";
import { Segments } from ".";

export function BoardPosts({ me }: { me: Agent }) {
  const say = useSay();
  const codes = useCodes(me.site);
  const [chosen, choose] = useState<PostShown | undefined>();
  const posts = useQuery({
    queryKey: ["posts", me.site],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/posts", { params: { path: { site: me.site } } }))).items,
  });
  return (
    <>
      <Top title={say({ zh: "换班", en: "Swaps" })} />
      <Segments here="board" />
      {posts.isPending && <Waiting />}
      {posts.isError && <Failed fault={posts.error} again={() => posts.refetch()} />}
      {posts.data?.length === 0 && <Empty title={say({ zh: "板上没有班", en: "The board is empty" })} />}
      <ul className={css.list} hidden={!posts.data?.length}>
        {posts.data?.map((post) => (
          <li key={post.id}>
            <button type="button" className={css.item} onClick={() => choose(post)}>
              <DateMark day={post.day} />
              <span>
                {post.giver === null ? (
                  say({ zh: "空班, 可认领", en: "open, to be claimed" })
                ) : (
                  <Wanted post={post} />
                )}
                {post.note && <small>{post.note}</small>}
              </span>
              {post.giver === me.number && <Tag tone="blue">{say({ zh: "我的", en: "mine" })}</Tag>}
              <ShiftChip code={post.shift} shift={codes.data?.byCode.get(post.shift)} />
            </button>
          </li>
        ))}
      </ul>
      {chosen && <PostCard me={me} post={chosen} close={() => choose(undefined)} />}
    </>
  );
}

function Wanted({ post }: { post: PostShown }) {
  const say = useSay();
  const { language } = useLanguage();
  const days = (post.wanted.days ?? []) as string[];
  const told = days.map((day) => dayWords(day, language)).join(", ");
  if (!days.length) return say({ zh: "请人代班", en: "a cover is wanted" });
  return say({ zh: `愿换 ${told}`, en: `for ${told}` });
}

function PostCard({ me, post, close }: { me: Agent; post: PostShown; close: () => void }) {
  const say = useSay();
  const { language } = useLanguage();
  const remove = useDeed(
    () =>
      answer(
        api.DELETE("/api/v1/sites/{site}/posts/{post_id}", {
          params: { path: { site: me.site, post_id: post.id } },
        }),
      ),
    close,
  );
  return (
    <Dialog title={`${dayWords(post.day, language)} ${post.shift}`} close={close}>
      {post.giver === me.number ? (
        <Button large tone="danger" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {say({ zh: "从板上取下", en: "Take it off the board" })}
        </Button>
      ) : (
        <Answer me={me} post={post} close={close} />
      )}
    </Dialog>
  );
}

/** Taking a posted duty, for nothing or for one of one's own. */
function Answer({ me, post, close }: { me: Agent; post: PostShown; close: () => void }) {
  const say = useSay();
  const { language } = useLanguage();
  const [, go] = useLocation();
  const days = (post.wanted.days ?? []) as string[];
  const own = useDuties(today(useZone(me.site)), daysOf(post.month).at(-1) ?? post.day);
  const [back, setBack] = useState("");
  const mine = own.data?.items.filter((duty) => days.includes(duty.day)) ?? [];
  const returned = mine.find((duty) => duty.day === back);
  const body = (dry: boolean): NewSwap => ({
    legs: [
      { giver: post.giver, day: post.giver ? post.day : null, taker: me.number, post: post.id },
      ...(returned && post.giver ? [{ giver: me.number, day: returned.day, taker: post.giver }] : []),
    ],
    note: "",
    reason: "",
    dry_run: dry,
  });
  const may = post.giver === null || post.wanted.cover === true || Boolean(returned);
  const would = useQuery({
    queryKey: ["would", "post", post.id, back],
    enabled: may,
    queryFn: () => sendSwap(me.site, post.month, body(true)),
  });
  const send = useDeed(
    () => sendSwap(me.site, post.month, body(false)),
    () => {
      toast(say({ zh: "已提交", en: "Sent" }));
      go("/me/swaps");
    },
  );
  return (
    <>
      {mine.length > 0 && (
        <div className={css.days}>
          {mine.map((duty) => (
            <button
              key={duty.day}
              type="button"
              aria-pressed={back === duty.day}
              onClick={() => setBack(back === duty.day ? "" : duty.day)}
            >
              {dayWords(duty.day, language)} {duty.shift}
            </button>
          ))}
        </div>
      )}
      {!may && (
        <Note>
          {say({
            zh: "对方要换回班: 请选一个您的班。",
            en: "A duty is wanted in return: choose one of yours.",
          })}
        </Note>
      )}
      {would.isError && <Note tone="red">{would.error.message}</Note>}
      {would.data && <SwapFacts swap={would.data} />}
      <Button
        large
        tone="main"
        disabled={!would.data || send.isPending}
        onClick={() => send.mutate(undefined)}
      >
        {say({ zh: "我来上这个班", en: "I take it" })}
      </Button>
      <Button onClick={close}>{say({ zh: "不了", en: "No" })}</Button>
    </>
  );
}
