/** What must be set up before a role counts: a password of one's own, and the second factor. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { answer, api } from "@/shared/api/client";
import { Button, Field, Note } from "@/shared/ui";
import { useSay } from "@/shared/words";

export function FirstPassword() {
  const say = useSay();
  const queries = useQueryClient();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useMutation({
    mutationFn: () => answer(api.PUT("/api/v1/me/password", { body: { old, new: fresh } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={send}>
      <p>{say({ zh: "请先设置自己的密码。", en: "Please set a password of your own first." })}</p>
      <Field label={say({ zh: "现在的密码", en: "Present password" })}>
        <input
          type="password"
          autoComplete="current-password"
          value={old}
          onChange={(e) => setOld(e.target.value)}
        />
      </Field>
      <Field
        label={say({ zh: "新密码", en: "New password" })}
        hint={say({ zh: "至少10个字符", en: "10 characters or more" })}
      >
        <input
          type="password"
          autoComplete="new-password"
          value={fresh}
          onChange={(e) => setFresh(e.target.value)}
        />
      </Field>
      {change.error && <Note tone="red">{change.error.message}</Note>}
      <Button tone="main" large type="submit" disabled={change.isPending}>
        {say({ zh: "保存", en: "Save" })}
      </Button>
    </form>
  );
}

export function FirstFactor() {
  const say = useSay();
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const begin = useMutation({ mutationFn: () => answer(api.POST("/api/v1/me/second-factor")) });
  const confirm = useMutation({
    mutationFn: () => answer(api.PUT("/api/v1/me/second-factor", { body: { code } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
  });
  const { mutate } = begin;
  useEffect(() => mutate(), [mutate]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form onSubmit={send}>
      <p>
        {say({
          zh: "您的岗位需要第二重验证。请在验证器应用中添加下面的密钥, 再输入它显示的验证码。",
          en: "Your role asks for a second factor. Add this key to an authenticator app, then enter the code it shows.",
        })}
      </p>
      {begin.data && (
        <Note>
          <a href={begin.data.address}>{say({ zh: "在验证器中打开", en: "Open in the authenticator" })}</a>
          <br />
          <code>{begin.data.secret}</code>
        </Note>
      )}
      <Field label={say({ zh: "验证码", en: "Code" })}>
        <input
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(e) => setCode(e.target.value)}
        />
      </Field>
      {(begin.error || confirm.error) && <Note tone="red">{(begin.error ?? confirm.error)?.message}</Note>}
      <Button tone="main" large type="submit" disabled={confirm.isPending}>
        {say({ zh: "确认", en: "Confirm" })}
      </Button>
    </form>
  );
}
