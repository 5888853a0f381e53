/** One's account with the roster, calendars, being told, and this device. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Preferences, SignOut } from "@/app/account_menu";
import { answer, api } from "@/shared/api/client";
import type { FeedShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import { may } from "@/shared/me";
import { distance } from "@/shared/time";
import { Button, buttonLooks, cardLooks, figuresLooks, Note, Tag, Waiting } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import type { Agent } from "./api";
import { Top } from "./parts";
import css from "./phone.module.css";
import { Push } from "./push";

export default function MorePage({ me }: { me: Agent }) {
  const say = useSay();
  return (
    <>
      <Top title={me.name}>
        <Tag>{me.number}</Tag>
      </Top>
      <Ledger me={me} />
      <Feeds />
      <Push />
      <section className={`${cardLooks} ${css.form}`}>
        <Preferences />
        {may(me, "draft.see", me.site) === "site" && (
          <a className={buttonLooks} href="/">
            {say({ zh: "工作台", en: "To the desk" })}
          </a>
        )}
        <SignOut />
      </section>
    </>
  );
}

const ACCOUNTS: Record<string, Text> = {
  nights: { zh: "夜班", en: "nights" },
  weekends: { zh: "周末班", en: "weekend duties" },
  holidays: { zh: "法定节假日班", en: "statutory holidays" },
  early: { zh: "早班", en: "early duties" },
  late: { zh: "晚班", en: "late duties" },
  "call-ins": { zh: "应召", en: "call-ins" },
  wishes: { zh: "意愿", en: "wishes" },
};

/** What one carried above one's share over the months, and each booking's reason. */
function Ledger({ me }: { me: Agent }) {
  const say = useSay();
  const { language } = useLanguage();
  const params = { path: { site: me.site } };
  const balance = useQuery({
    queryKey: ["ledger", me.site],
    queryFn: async () =>
      (await answer(api.GET("/api/v1/sites/{site}/ledger", { params }))).items.find(
        (each) => each.number === me.number,
      ),
  });
  const bookings = useQuery({
    queryKey: ["ledger", me.site, me.number],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/ledger/{number}", {
            params: { path: { site: me.site, number: me.number }, query: { limit: 20 } },
          }),
        )
      ).items,
  });
  if (balance.isPending) return <Waiting />;
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "公平账", en: "Fairness account" })}</h2>
      <p>
        {say({
          zh: "比应分担的多 (+) 或少 (−), 排下个月时会补回来。",
          en: "Above (+) or below (−) one's share; the next months make up for it.",
        })}
      </p>
      <table className={figuresLooks}>
        <tbody>
          {Object.entries(balance.data?.accounts ?? {}).map(([account, amount]) => (
            <tr key={account}>
              <th scope="row">{say(ACCOUNTS[account] ?? { zh: account, en: account })}</th>
              <td>
                <b>{amount > 0 ? `+${amount}` : amount}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {bookings.data && bookings.data.length > 0 && (
        <details>
          <summary>{say({ zh: "最近的记账", en: "Latest bookings" })}</summary>
          <ul>
            {bookings.data.map((entry) => (
              <li key={entry.id}>
                {entry.month} {say(ACCOUNTS[entry.account] ?? { zh: entry.account, en: entry.account })}{" "}
                {entry.amount > 0 ? `+${entry.amount}` : entry.amount} · {entry.said} ·{" "}
                {distance(entry.made_at, language)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** One's calendars on other devices. */
function Feeds() {
  const say = useSay();
  const { language } = useLanguage();
  const [made, setMade] = useState<FeedShown | undefined>();
  const feeds = useQuery({
    queryKey: ["feeds"],
    queryFn: async () => (await answer(api.GET("/api/v1/me/feeds"))).items,
  });
  const make = useDeed(async () => {
    const name = say({ zh: "我的手机", en: "my phone" });
    setMade(
      await answer(
        api.POST("/api/v1/me/feeds", { body: { name, scope: "own", swaps: true, language, alarm: 60 } }),
      ),
    );
  });
  const renew = useDeed(async (id: number) =>
    setMade(
      await answer(api.POST("/api/v1/me/feeds/{feed_id}/renewal", { params: { path: { feed_id: id } } })),
    ),
  );
  const end = useDeed((id: number) =>
    answer(api.DELETE("/api/v1/me/feeds/{feed_id}", { params: { path: { feed_id: id } } })),
  );
  return (
    <section className={`${cardLooks} ${css.form}`}>
      <h2>{say({ zh: "日历订阅", en: "Calendar subscription" })}</h2>
      <p>
        {say({
          zh: "班表自动出现在手机或电脑的日历里。地址是私密的, 不要转发。",
          en: "Your shifts appear in your calendar by themselves. The address is secret: do not pass it on.",
        })}
      </p>
      {made?.links && (
        <Note tone="green">
          <a href={made.links.webcal}>{say({ zh: "加到本机日历", en: "Add to this device" })}</a>
          <br />
          <a href={made.links.page}>
            {say({ zh: "二维码与各种日历的步骤", en: "QR code, and steps for each calendar" })}
          </a>
          <br />
          <span className={css.code}>{made.links.https}</span>
        </Note>
      )}
      {feeds.data?.map((feed) => (
        <div key={feed.id} className={css.pair}>
          <span>
            {feed.name}
            <br />
            <small>
              {feed.used_at
                ? say({
                    zh: `${feed.used_by} ${distance(feed.used_at, language)}读取`,
                    en: `read ${distance(feed.used_at, language)} by ${feed.used_by}`,
                  })
                : say({ zh: "还没有读取过", en: "not read yet" })}
            </small>
          </span>
          <Button onClick={() => renew.mutate(feed.id)}>{say({ zh: "换新地址", en: "Renew" })}</Button>
          <Button tone="danger" onClick={() => end.mutate(feed.id)}>
            {say({ zh: "停用", en: "End" })}
          </Button>
        </div>
      ))}
      <Button tone="main" large disabled={make.isPending} onClick={() => make.mutate(undefined)}>
        {say({ zh: "新的订阅", en: "New subscription" })}
      </Button>
    </section>
  );
}
