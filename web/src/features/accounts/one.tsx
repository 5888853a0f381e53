/** One account: its roles, whether it may come in, and a new first password; or a new account. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, once, tagged } from "@/shared/api/client";
import type { AccountShown, NewAccount, NewGrant } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import { nameOf, useSites } from "@/shared/sites";
import { Button, Check, Dialog, Failed, Field, rowLooks, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { ROLES } from "./words";

type Role = NewGrant["role"];

export function AccountCard({ account, close }: { account: AccountShown; close: () => void }) {
  const params = { path: { account_id: account.id } };
  const found = useQuery({
    queryKey: ["accounts", account.id],
    queryFn: () => tagged(api.GET("/api/v1/accounts/{account_id}", { params })),
  });
  return (
    <Dialog title={`${account.login} · ${account.name}`} close={close}>
      {found.isPending && <Waiting />}
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {found.data && (
        <>
          <Change account={found.data.data} tag={found.data.tag} close={close} />
          <Reset id={account.id} factor={account.second_factor} close={close} />
        </>
      )}
    </Dialog>
  );
}

function Change({ account, tag, close }: { account: AccountShown; tag: string; close: () => void }) {
  const say = useSay();
  const [name, setName] = useState(account.name);
  const [disabled, setDisabled] = useState(account.disabled);
  const [roles, setRoles] = useState<NewGrant[]>(account.roles as NewGrant[]);
  const save = useDeed(
    () =>
      answer(
        api.PUT("/api/v1/accounts/{account_id}", {
          params: { path: { account_id: account.id } },
          headers: { "If-Match": tag },
          body: { name, language: account.language, disabled, roles },
        }),
      ),
    () => {
      toast(say({ zh: "已保存", en: "Saved" }));
      close();
    },
  );
  return (
    <div className={page.stack}>
      <Field label={say({ zh: "姓名", en: "Name" })}>
        <input value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Grants roles={roles} change={setRoles} />
      <Check
        label={say({ zh: "停用这个账号", en: "shut this account" })}
        ticked={disabled}
        tick={setDisabled}
      />
      <div className={rowLooks}>
        <Button tone="main" disabled={save.isPending || !name.trim()} onClick={() => save.mutate(undefined)}>
          {say({ zh: "保存", en: "Save" })}
        </Button>
      </div>
    </div>
  );
}

/** Roles by site; those who look after the group may have theirs everywhere. */
function Grants({ roles, change }: { roles: NewGrant[]; change: (roles: NewGrant[]) => void }) {
  const say = useSay();
  const sites = useSites();
  const put = (place: number, told: Partial<NewGrant>) =>
    change(roles.map((each, at) => (at === place ? { ...each, ...told } : each)));
  return (
    <section>
      <h3>{say({ zh: "角色", en: "Roles" })}</h3>
      <ul className={page.rows}>
        {roles.map((grant, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are chosen
          <li key={place}>
            <Field label={say({ zh: "角色", en: "Role" })}>
              <select
                value={grant.role}
                onChange={(event) => put(place, { role: event.target.value as Role })}
              >
                {Object.entries(ROLES).map(([role, words]) => (
                  <option key={role} value={role}>
                    {say(words)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={say({ zh: "站点", en: "Site" })}>
              <select
                value={grant.site ?? ""}
                onChange={(event) => put(place, { site: event.target.value || null })}
              >
                <option value="">{say({ zh: "全集团", en: "whole group" })}</option>
                {sites.data?.map((site) => (
                  <option key={site.code} value={site.code}>
                    {say(nameOf(site))}
                  </option>
                ))}
              </select>
            </Field>
            <Button
              aria-label={say({ zh: "去掉这个角色", en: "Take this role away" })}
              onClick={() => change(roles.filter((_, at) => at !== place))}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => change([...roles, { role: "agent", site: sites.data?.[0]?.code ?? null }])}>
        {say({ zh: "添加角色", en: "Add a role" })}
      </Button>
    </section>
  );
}

function Reset({ id, factor, close }: { id: number; factor: boolean; close: () => void }) {
  const say = useSay();
  const [password, setPassword] = useState("");
  const [forget, setForget] = useState(false);
  const reset = useDeed(
    () =>
      answer(
        api.POST("/api/v1/accounts/{account_id}/reset", {
          params: { path: { account_id: id } },
          body: { password, forget_second_factor: forget },
        }),
      ),
    () => {
      toast(say({ zh: "已重置, 首次登录须修改密码", en: "Reset; it must be changed at the next log-in" }));
      close();
    },
  );
  return (
    <details>
      <summary>{say({ zh: "忘记密码", en: "The password was forgotten" })}</summary>
      <div className={page.stack}>
        <Field label={say({ zh: "新的初始密码", en: "A new first password" })}>
          <input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {factor && (
          <Check
            label={say({ zh: "同时取消双重验证", en: "take the lost second factor away, too" })}
            ticked={forget}
            tick={setForget}
          />
        )}
        <div className={rowLooks}>
          <Button
            tone="danger"
            disabled={!password || reset.isPending}
            onClick={() => reset.mutate(undefined)}
          >
            {say({ zh: "重置", en: "Reset" })}
          </Button>
        </div>
      </div>
    </details>
  );
}

export function NewAccountCard({ close }: { close: () => void }) {
  const say = useSay();
  const { language } = useLanguage();
  const [told, tell] = useState({ login: "", name: "", number: "", password: "" });
  const [roles, setRoles] = useState<NewGrant[]>([]);
  const make = useDeed(
    () => {
      const body: NewAccount = {
        login: told.login,
        name: told.name,
        number: told.number || null,
        password: told.password || null,
        language,
        roles,
      };
      return answer(api.POST("/api/v1/accounts", { headers: once(), body }));
    },
    () => {
      toast(say({ zh: "已建立", en: "It is made" }));
      close();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined);
  };
  const input = (name: keyof typeof told, label: string, required: boolean, type = "text", hint?: string) => (
    <Field label={label} {...(hint && { hint })}>
      <input
        type={type}
        required={required}
        autoComplete={type === "password" ? "new-password" : "off"}
        value={told[name]}
        onChange={(event) => tell({ ...told, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <Dialog title={say({ zh: "新建账号", en: "New account" })} close={close}>
      <form onSubmit={submit} className={page.stack}>
        <div className={page.fields}>
          {input("login", say({ zh: "账号", en: "Log-in name" }), true)}
          {input("name", say({ zh: "姓名", en: "Name" }), true)}
          {input("number", say({ zh: "工号(坐席)", en: "Number (of agents)" }), false)}
          {input(
            "password",
            say({ zh: "初始密码", en: "First password" }),
            false,
            "password",
            say({ zh: "空 = 只用统一登录", en: "empty: single sign-on alone" }),
          )}
        </div>
        <Grants roles={roles} change={setRoles} />
        <div className={rowLooks}>
          <Button type="submit" tone="main" disabled={make.isPending}>
            {say({ zh: "建立", en: "Make it" })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
