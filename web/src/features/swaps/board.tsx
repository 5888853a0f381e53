/** Duties on the board, and the search for the largest set of posted wishes that can be met at once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { PostShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { dayWords, distance } from "@/shared/time";
import { Button, cardLooks, Failed, Tag } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";

type Props = { site: Site; month: string; clears: boolean };

export function Board({ site, month, clears }: Props) {
  const say = useSay();
  const posts = useQuery({
    queryKey: ["posts", site.code, month],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/posts", {
            params: { path: { site: site.code }, query: { month, state: "open", limit: 200 } },
          }),
        )
      ).items,
  });
  const names = useNames(site.code, month);
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "换班板", en: "The board" })}</h2>
      {posts.isError && <Failed fault={posts.error} again={() => posts.refetch()} />}
      {posts.data?.length === 0 && (
        <p className={page.soft}>{say({ zh: "板上没有班", en: "The board is empty" })}</p>
      )}
      <ul className={page.rows}>
        {posts.data?.map((post) => (
          <PostLine
            key={post.id}
            post={post}
            name={post.giver ? (names.get(post.giver) ?? post.giver) : null}
          />
        ))}
      </ul>
      {clears && (posts.data?.length ?? 0) > 1 && <Clearing site={site.code} month={month} />}
    </section>
  );
}

function PostLine({ post, name }: { post: PostShown; name: string | null }) {
  const say = useSay();
  const { language } = useLanguage();
  const days = (post.wanted.days ?? []) as string[];
  return (
    <li>
      <span>
        <b>
          {dayWords(post.day, language)} {post.shift}
        </b>{" "}
        {name ?? <Tag tone="amber">{say({ zh: "空班", en: "open" })}</Tag>}
        <br />
        <small className={page.soft}>
          {days.length
            ? say({
                zh: `愿换 ${days.map((day) => dayWords(day, language)).join("、")}`,
                en: `for ${days.map((day) => dayWords(day, language)).join(", ")}`,
              })
            : say({ zh: "请人代班", en: "a cover is wanted" })}
          {post.note && ` · ${post.note}`}
        </small>
      </span>
      <small className={page.soft}>{distance(post.expires_at, language)}</small>
    </li>
  );
}

/** Exchanges and rings among the posts: found together, then proposed to those concerned. */
function Clearing({ site, month }: { site: string; month: string }) {
  const say = useSay();
  const queries = useQueryClient();
  const [id, setId] = useState<number | undefined>();
  const job = useQuery({
    queryKey: ["job", site, id],
    enabled: id !== undefined,
    refetchInterval: (query) =>
      ["waiting", "running"].includes(query.state.data?.state ?? "waiting") ? 700 : false,
    queryFn: () =>
      answer(api.GET("/api/v1/sites/{site}/jobs/{job_id}", { params: { path: { site, job_id: id ?? 0 } } })),
  });
  const start = useDeed(async () => {
    const made = await answer(
      api.POST("/api/v1/sites/{site}/months/{month}/jobs", {
        params: { path: { site, month } },
        headers: once(),
        body: { kind: "clear", seconds: 10 },
      }),
    );
    setId(made.id);
  });
  const state = job.data?.state;
  useEffect(() => {
    if (state === "done") void queries.invalidateQueries({ queryKey: ["swaps", site] });
  }, [state, site, queries]);
  const proposed = (job.data?.result as { swaps?: number[] } | undefined)?.swaps;
  const words: Record<string, Text> = {
    waiting: { zh: "排队等待中…", en: "waiting for its turn…" },
    running: { zh: "正在找最大的一组…", en: "looking for the largest set…" },
    failed: { zh: "没有完成", en: "it was not done" },
    cancelled: { zh: "已取消", en: "cancelled" },
    done: {
      zh: proposed?.length ? `已提议 ${proposed.length} 组, 等各人同意` : "没有可以同时满足的换班",
      en: proposed?.length
        ? `${proposed.length} proposed; those concerned are asked`
        : "none can be met together",
    },
  };
  return (
    <p>
      <Button disabled={start.isPending || state === "running"} onClick={() => start.mutate(undefined)}>
        {say({ zh: "一起撮合", en: "Match them together" })}
      </Button>{" "}
      {state && <span role="status">{say(words[state] ?? { zh: state, en: state })}</span>}
    </p>
  );
}

/** The names of those in the published month. */
function useNames(site: string, month: string): Map<string, string> {
  const found = useQuery({
    queryKey: ["in-force", site, month],
    queryFn: () =>
      answer(api.GET("/api/v1/sites/{site}/rosters/{month}/duties", { params: { path: { site, month } } })),
    retry: false,
  });
  return new Map(found.data?.people.map((person) => [person.number, person.name]));
}
