/** Where a visitor begins: at the board who makes rosters, at his own month everybody else. */
import { type Me, may } from "@/shared/me";

export function firstPage(me: Me): string {
  const site = me.rights.find((each) => each.site && each.may["draft.see"] === "site")?.site;
  if (site) return `/sites/${site}/roster`;
  if (me.rights.some((each) => each.site === null && (each.may["draft.see"] || each.may["account.manage"])))
    return may(me, "draft.see", null) ? "/cycle" : "/group/accounts";
  return me.number ? "/me" : "/inbox";
}
