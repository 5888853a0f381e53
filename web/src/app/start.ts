/** Where a visitor begins: at the board who makes rosters, at his own month who is rostered, at the cycle everybody else. */
import type { Me } from "@/shared/me";

export function firstPage(me: Me): string {
  const site = me.rights.find((each) => each.site && each.may["draft.see"] === "site")?.site;
  if (site) return `/sites/${site}/roster`;
  if (me.number) return "/me";
  return me.rights.some((each) => each.may["account.manage"]) ? "/accounts" : "/cycle";
}
