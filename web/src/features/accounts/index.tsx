/** Accounts of the group: who may come in, and with which roles at which sites. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import type { AccountShown } from "@/shared/api/contract";
import { type Me, may } from "@/shared/me";
import page from "@/shared/page.module.css";
import { nameOf, useSites } from "@/shared/sites";
import { Button, cardLooks, Failed, figuresLooks, Tabs, Tag, Waiting } from "@/shared/ui";
import { useSay } from "@/shared/words";
import { AccountCard, NewAccountCard } from "./one";
import { Review } from "./review";
import { ROLES } from "./words";

export default function AccountsPage({ me }: { me: Me }) {
  const say = useSay();
  const manages = may(me, "account.manage", null) === "site";
  const reviews = may(me, "rights.see", null) === "site";
  const [shown, show] = useState(manages ? "accounts" : "review");
  return (
    <>
      <div className={page.head}>
        <h1>{say({ zh: "账号与权限", en: "Accounts and rights" })}</h1>
      </div>
      {manages && reviews && (
        <Tabs
          label={say({ zh: "看什么", en: "What is shown" })}
          tabs={[
            { name: "accounts", label: say({ zh: "账号", en: "Accounts" }) },
            { name: "review", label: say({ zh: "权限复核", en: "Review of rights" }) },
          ]}
          chosen={shown}
          choose={show}
        />
      )}
      {shown === "accounts" ? <Accounts /> : <Review />}
    </>
  );
}

function Accounts() {
  const say = useSay();
  const [opened, open] = useState<AccountShown | "new" | undefined>();
  const found = useQuery({
    queryKey: ["accounts"],
    queryFn: () =>
      all((next) => answer(api.GET("/api/v1/accounts", { params: { query: { limit: 200, ...next } } }))),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  return (
    <div className={cardLooks}>
      <div className={page.head}>
        <span className={page.grow} />
        <Button tone="main" onClick={() => open("new")}>
          {say({ zh: "新建账号…", en: "New account…" })}
        </Button>
      </div>
      <div className={page.scroll}>
        <table className={figuresLooks}>
          <thead>
            <tr>
              <th scope="col">{say({ zh: "账号", en: "Log-in name" })}</th>
              <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
              <th scope="col">{say({ zh: "工号", en: "Number" })}</th>
              <th scope="col">{say({ zh: "角色", en: "Roles" })}</th>
              <th scope="col">{say({ zh: "状态", en: "State" })}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((account) => (
              <tr key={account.id}>
                <th scope="row">
                  <button type="button" className={page.open} onClick={() => open(account)}>
                    {account.login}
                  </button>
                </th>
                <td>{account.name}</td>
                <td>{account.number}</td>
                <td>
                  <Roles account={account} />
                </td>
                <td>
                  <span className={page.tags}>
                    {account.disabled && <Tag tone="red">{say({ zh: "已停用", en: "shut" })}</Tag>}
                    {account.second_factor && (
                      <Tag tone="green">{say({ zh: "双重验证", en: "second factor" })}</Tag>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {opened === "new" && <NewAccountCard close={() => open(undefined)} />}
      {opened && opened !== "new" && <AccountCard account={opened} close={() => open(undefined)} />}
    </div>
  );
}

function Roles({ account }: { account: AccountShown }) {
  const say = useSay();
  const sites = useSites();
  const place = (code: string | null) => {
    const site = sites.data?.find((each) => each.code === code);
    return code === null ? say({ zh: "全集团", en: "whole group" }) : site ? say(nameOf(site)) : code;
  };
  return (
    <span className={page.tags}>
      {account.roles.map((grant) => (
        <Tag key={`${grant.role} ${grant.site}`}>
          {say(ROLES[grant.role] ?? { zh: grant.role, en: grant.role })} · {place(grant.site)}
        </Tag>
      ))}
    </span>
  );
}
