/** Coming in: name and password, the one-time code where it is asked for, a first password of one's own. */
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, Fault } from "@/shared/api/client";
import { forgetOthers, type Me } from "@/shared/me";
import { Button, Field, Note } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { FirstFactor, FirstPassword } from "./first_steps";
import css from "./sign_in.module.css";

export function SignIn({ me }: { me: Me | null }) {
  const say = useSay();
  const { language, choose } = useLanguage();
  return (
    <main className={css.page}>
      <div className={css.card}>
        <header>
          <img src="/icon.svg" alt="" />
          <div>
            <h1>Paiban 排班</h1>
            <p>{say({ zh: "排班与换班", en: "Rosters and shift swaps" })}</p>
          </div>
        </header>
        {!me && <Credentials />}
        {me?.waits_for === "password" && <FirstPassword />}
        {me?.waits_for === "second-factor" && <FirstFactor />}
        <div className={css.foot}>
          <Button tone="plain" onClick={() => choose(language === "en" ? "zh-CN" : "en")}>
            {language === "en" ? "中文" : "English"}
          </Button>
        </div>
      </div>
    </main>
  );
}

function Credentials() {
  const say = useSay();
  const queries = useQueryClient();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault("");
    try {
      const me = await answer(api.POST("/api/v1/session", { body: { login, password, code } }));
      forgetOthers(queries);
      queries.setQueryData(["me"], me);
    } catch (error) {
      if (error instanceof Fault && error.code === "second-factor-needed") setAsksCode(true);
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={enter}>
      <Field label={say({ zh: "账号", en: "Log-in name" })}>
        <input
          autoComplete="username"
          autoCapitalize="none"
          required
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </Field>
      <Field label={say({ zh: "密码", en: "Password" })}>
        <input
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {asksCode && (
        <Field label={say({ zh: "动态验证码", en: "One-time code" })}>
          <input
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
      )}
      {fault && <Note tone="red">{fault}</Note>}
      <Button tone="main" large type="submit" disabled={busy}>
        {say({ zh: "登录", en: "Sign in" })}
      </Button>
    </form>
  );
}
