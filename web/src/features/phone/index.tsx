/** The phone of an agent: light pages for what one does between two calls. */
import { lazy, Suspense } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { useInbox } from "@/shared/inbox";
import type { Me } from "@/shared/me";
import { Empty, Waiting } from "@/shared/ui";
import { Calendar, House, Inbox, Person, Swap } from "@/shared/ui/icons";
import { type Text, useSay } from "@/shared/words";
import type { Agent } from "./api";
import { Home } from "./home";
import { MonthPage } from "./month";
import { useOffline } from "./offline";
import css from "./phone.module.css";

const AskPage = lazy(() => import("./ask"));
const SwapPages = lazy(() => import("./swaps"));
const InboxPage = lazy(() => import("./inbox"));
const MorePage = lazy(() => import("./more"));

const TABS: { path: string; label: Text; icon: typeof House }[] = [
  { path: "/me", label: { zh: "首页", en: "Home" }, icon: House },
  { path: "/me/month", label: { zh: "班表", en: "Shifts" }, icon: Calendar },
  { path: "/me/swaps", label: { zh: "换班", en: "Swaps" }, icon: Swap },
  { path: "/me/inbox", label: { zh: "消息", en: "Inbox" }, icon: Inbox },
  { path: "/me/more", label: { zh: "我的", en: "Me" }, icon: Person },
];

export default function Phone({ me }: { me: Me }) {
  const say = useSay();
  useOffline();
  if (!me.number || !me.site)
    return (
      <Empty title={say({ zh: "这个账号不在任何站点排班", en: "This account is not on any roster" })}>
        <Link href="/">{say({ zh: "去工作台", en: "To the desk" })}</Link>
      </Empty>
    );
  const agent: Agent = { ...me, number: me.number, site: me.site };
  return (
    <div className={css.frame}>
      <main className={css.main}>
        <Suspense fallback={<Waiting />}>
          <Pages me={agent} />
        </Suspense>
      </main>
      <Tabs />
    </div>
  );
}

function Pages({ me }: { me: Agent }) {
  return (
    <Switch>
      <Route path="/me">
        <Home me={me} />
      </Route>
      <Route path="/me/month/:month?">{({ month }) => <MonthPage me={me} month={month} />}</Route>
      <Route path="/me/ask/:what?">{({ what }) => <AskPage me={me} what={what ?? "wish"} />}</Route>
      <Route path="/me/swaps/*?">
        <SwapPages me={me} />
      </Route>
      <Route path="/me/inbox">
        <InboxPage me={me} />
      </Route>
      <Route path="/me/more">
        <MorePage me={me} />
      </Route>
    </Switch>
  );
}

function Tabs() {
  const say = useSay();
  const [at] = useLocation();
  const waiting = useInbox().data?.length ?? 0;
  return (
    <nav className={css.tabs} aria-label={say({ zh: "页面", en: "Pages" })}>
      {TABS.map(({ path, label, icon: Icon }) => {
        const here = path === "/me" ? at === "/me" || at.startsWith("/me/ask") : at.startsWith(path);
        return (
          <Link key={path} href={path} aria-current={here ? "page" : undefined}>
            <Icon />
            {say(label)}
            {path === "/me/inbox" && waiting > 0 && <span className={css.dot}>{waiting}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
