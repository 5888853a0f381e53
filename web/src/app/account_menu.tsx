/** The visitor's own corner: language, light or dark, going out. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { answer, api } from "@/shared/api/client";
import { forgetOthers, type Me } from "@/shared/me";
import { type Scheme, useScheme } from "@/shared/scheme";
import { Button, buttonLooks, Field } from "@/shared/ui";
import { toastFault } from "@/shared/ui/toasts";
import { type Language, useLanguage, useSay } from "@/shared/words";
import css from "./desk.module.css";

export function AccountMenu({ me }: { me: Me }) {
  const say = useSay();
  return (
    <details className={css.menu}>
      <summary aria-label={say({ zh: `账号 ${me.name}`, en: `Account ${me.name}` })}>{me.name} ▾</summary>
      <div>
        <Preferences />
        {me.number && (
          <Link href="/me" className={buttonLooks}>
            {say({ zh: "我的班表", en: "My own shifts" })}
          </Link>
        )}
        <SignOut />
      </div>
    </details>
  );
}

export function Preferences() {
  const say = useSay();
  const queries = useQueryClient();
  const { language, choose } = useLanguage();
  const [scheme, setScheme] = useScheme();
  const speak = (chosen: Language) => {
    choose(chosen);
    queries.invalidateQueries();
  };
  return (
    <>
      <Field label={say({ zh: "语言 Language", en: "Language 语言" })}>
        <select value={language} onChange={(event) => speak(event.target.value as Language)}>
          <option value="zh-CN">中文</option>
          <option value="en">English</option>
        </select>
      </Field>
      <Field label={say({ zh: "外观", en: "Appearance" })}>
        <select value={scheme} onChange={(event) => setScheme(event.target.value as Scheme)}>
          <option value="auto">{say({ zh: "跟随系统", en: "As the system" })}</option>
          <option value="light">{say({ zh: "浅色", en: "Light" })}</option>
          <option value="dark">{say({ zh: "深色", en: "Dark" })}</option>
        </select>
      </Field>
    </>
  );
}

export function SignOut() {
  const say = useSay();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const leave = async () => {
    try {
      await answer(api.DELETE("/api/v1/session"));
    } catch (fault) {
      toastFault(fault);
    }
    queries.setQueryData(["me"], null);
    go("/sign-in");
    requestAnimationFrame(() => forgetOthers(queries)); // once no page is left that would ask again
  };
  return <Button onClick={leave}>{say({ zh: "退出登录", en: "Sign out" })}</Button>;
}
