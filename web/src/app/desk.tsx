/** The desk of schedulers, managers and auditors: one bar over all pages, what one may not do is not in it. */
import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { useInbox } from "@/shared/inbox";
import { type Me, may } from "@/shared/me";
import { nameOf, type Site, useSites } from "@/shared/sites";
import { Empty, selectLooks, Waiting } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import { AccountMenu } from "./account_menu";
import css from "./desk.module.css";

const Accounts = lazy(() => import("@/features/accounts"));
const Audit = lazy(() => import("@/features/audit"));
const Board = lazy(() => import("@/features/board"));
const Cycle = lazy(() => import("@/features/cycle"));
const Demand = lazy(() => import("@/features/demand"));
const InboxPage = lazy(() => import("@/features/inbox"));
const Leave = lazy(() => import("@/features/leave"));
const People = lazy(() => import("@/features/people"));
const Rules = lazy(() => import("@/features/rules"));
const Swaps = lazy(() => import("@/features/swaps"));

type AreaProps = { site: Site; month: string | undefined; me: Me };
type Area = { name: string; label: Text; needs: string; Page: ComponentType<AreaProps> };
/** What there is at a site, and the right that each needs over the whole of it. */
const AREAS: Area[] = [
  { name: "roster", label: { zh: "排班", en: "Roster" }, needs: "draft.see", Page: Board },
  { name: "demand", label: { zh: "需求", en: "Demand" }, needs: "demand.see", Page: Demand },
  { name: "swaps", label: { zh: "换班", en: "Swaps" }, needs: "swap.see", Page: Swaps },
  { name: "leave", label: { zh: "假期", en: "Leave" }, needs: "request.see", Page: Leave },
  { name: "people", label: { zh: "人员", en: "People" }, needs: "people.see", Page: People },
  { name: "rules", label: { zh: "规则", en: "Rules" }, needs: "rules.see", Page: Rules },
  { name: "audit", label: { zh: "记录", en: "Log" }, needs: "audit.see", Page: Audit },
];
/** These show one's own where one may not see the whole site. */
const OWN = new Set(["audit"]);

function areasOf(me: Me, site: string): Area[] {
  return AREAS.filter(({ name, needs }) => {
    const reach = may(me, needs, site);
    return reach === "site" || (reach && OWN.has(name));
  });
}

export default function Desk({ me }: { me: Me }) {
  const say = useSay();
  const [at] = useLocation();
  const site = at.startsWith("/sites/") ? at.split("/")[2] : undefined;
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        {say({ zh: "跳到内容", en: "Skip to content" })}
      </a>
      <header className={css.bar}>
        <Link href="/" aria-label="Paiban 排班">
          <img src="/icon.svg" alt="" />
        </Link>
        <Sites chosen={site} />
        <nav className={css.links} aria-label={say({ zh: "页面", en: "Pages" })}>
          {site &&
            areasOf(me, site).map((area) => (
              <Link
                key={area.name}
                href={`/sites/${site}/${area.name}`}
                aria-current={at.startsWith(`/sites/${site}/${area.name}`) ? "page" : undefined}
              >
                {say(area.label)}
              </Link>
            ))}
          <Link href="/cycle" aria-current={at === "/cycle" ? "page" : undefined}>
            {say({ zh: "进度", en: "Cycle" })}
          </Link>
          <InboxLink here={at === "/inbox"} />
          {(may(me, "account.manage", null) || may(me, "rights.see", null)) && (
            <Link href="/accounts" aria-current={at === "/accounts" ? "page" : undefined}>
              {say({ zh: "账号", en: "Accounts" })}
            </Link>
          )}
        </nav>
        <AccountMenu me={me} />
      </header>
      <main className={css.main} id="main">
        <Suspense fallback={<Waiting />}>
          <Pages me={me} />
        </Suspense>
      </main>
    </div>
  );
}

function Pages({ me }: { me: Me }) {
  const say = useSay();
  return (
    <Switch>
      {AREAS.map(({ name, Page }) => (
        <Route key={name} path={`/sites/:site/${name}/:month?`}>
          {({ site, month }: { site: string; month?: string }) => (
            <AtSite code={site}>{(found) => <Page site={found} month={month} me={me} />}</AtSite>
          )}
        </Route>
      ))}
      <Route path="/accounts">
        <Accounts me={me} />
      </Route>
      <Route path="/cycle">
        <Cycle />
      </Route>
      <Route path="/inbox">
        <InboxPage />
      </Route>
      <Route path="/sites/:site">
        {({ site }) => {
          const first = areasOf(me, site)[0];
          if (first) return <Redirect to={`/sites/${site}/${first.name}`} replace />;
          return (
            <Empty
              title={say({
                zh: "这个站点没有您要处理的事",
                en: "There is nothing for you to do at this site",
              })}
            />
          );
        }}
      </Route>
      <Route>
        <Empty title={say({ zh: "没有这个页面", en: "There is no such page" })}>
          <Link href="/">{say({ zh: "回到首页", en: "Back to the start" })}</Link>
        </Empty>
      </Route>
    </Switch>
  );
}

function InboxLink({ here }: { here: boolean }) {
  const say = useSay();
  const inbox = useInbox();
  const waiting = inbox.data?.length ?? 0;
  return (
    <Link href="/inbox" aria-current={here ? "page" : undefined}>
      {say({ zh: "待批", en: "Inbox" })}
      {waiting > 0 && <span className={css.count}>{waiting}</span>}
    </Link>
  );
}

/** A page of a site that there is. */
function AtSite({ code, children }: { code: string; children: (site: Site) => ReactNode }) {
  const say = useSay();
  const sites = useSites();
  if (sites.isPending) return <Waiting />;
  const found = sites.data?.find((each) => each.code === code);
  if (found) return children(found);
  return <Empty title={say({ zh: "没有这个站点", en: "There is no such site" })} />;
}

function Sites({ chosen }: { chosen: string | undefined }) {
  const say = useSay();
  const sites = useSites();
  const [at, go] = useLocation();
  const area = at.split("/")[3] ?? "";
  return (
    <select
      className={selectLooks}
      aria-label={say({ zh: "站点", en: "Site" })}
      value={chosen ?? ""}
      onChange={(event) => go(`/sites/${event.target.value}/${area}`)}
    >
      {!chosen && <option value="">{say({ zh: "选择站点", en: "Choose a site" })}</option>}
      {sites.data?.map((site) => (
        <option key={site.code} value={site.code}>
          {say(nameOf(site))}
        </option>
      ))}
    </select>
  );
}
