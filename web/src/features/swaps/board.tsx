/** Duties on the board, and the search for the largest set of posted wishes that can be met at once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/shared/api/client";
import type { JobShown, PostShown } from "@/shared/api/contract";
import { JobButton } from "@/shared/job_button";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { dayWords, distance } from "@/shared/time";
import { cardLooks, Failed, Tag } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";

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
  const done = (job: JobShown) => {
    void queries.invalidateQueries({ queryKey: ["swaps", site] });
    const { length = 0 } = (job.result as { swaps?: number[] }).swaps ?? [];
    toast(
      length
        ? say({ zh: `已提议 ${length} 组, 等各人同意`, en: `${length} proposed; those concerned are asked` })
        : say({ zh: "没有可以同时满足的换班", en: "None can be met together" }),
    );
  };
  return (
    <p>
      <JobButton
        site={site}
        month={month}
        body={{ kind: "clear", seconds: 10 }}
        label={say({ zh: "一起撮合", en: "Match them together" })}
        done={done}
      />
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
