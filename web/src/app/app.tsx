/** Which page an address is; the desk and the phone are loaded apart, so that a phone never fetches the grid. */
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { useMe } from "@/shared/me";
import { useScheme } from "@/shared/scheme";
import { Failed, Waiting } from "@/shared/ui";
import { Toasts } from "@/shared/ui/toasts";
import { SignIn } from "./sign_in";
import { firstPage } from "./start";

const Desk = lazy(() => import("./desk"));
const Phone = lazy(() => import("@/features/phone"));

export function App() {
  useScheme();
  const me = useMe();
  const [at] = useLocation();
  if (me.isPending) return <Waiting />;
  if (me.isError) return <Failed fault={me.error} again={() => me.refetch()} />;
  if (!me.data || me.data.waits_for) return <SignIn me={me.data} />;
  const visitor = me.data;
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/">
          <Redirect to={firstPage(visitor)} replace />
        </Route>
        <Route path="/sign-in">
          <Redirect to={firstPage(visitor)} replace />
        </Route>
        <Route path="/me/*?">
          <Phone me={visitor} />
        </Route>
        <Route>
          <Desk me={visitor} key={at.split("/")[2]} />
        </Route>
      </Switch>
      <Toasts />
    </Suspense>
  );
}
