/** Being told on this device, by the browser's own push. */
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import { Button, cardLooks, Note } from "@/shared/ui";
import { useSay } from "@/shared/words";
import css from "./phone.module.css";

export function Push() {
  const say = useSay();
  const [on, setOn] = useState(false);
  const able = "serviceWorker" in navigator && "PushManager" in window;
  const subscribe = useDeed(async () => {
    const { key } = await answer(api.GET("/api/v1/me/push-key"));
    const worker = await navigator.serviceWorker.ready;
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = made.toJSON();
    const push = { endpoint: endpoint ?? "", p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" };
    const name = say({ zh: "这台设备", en: "this device" });
    await answer(
      api.POST("/api/v1/me/channels", {
        body: { kind: "push", name, address: "", secret: "", push, topics: [] },
      }),
    );
    setOn(true);
  });
  return (
    <section className={`${cardLooks} ${css.form}`}>
      <h2>{say({ zh: "推送提醒", en: "Push notices" })}</h2>
      {!able && <p>{say({ zh: "这个浏览器不支持推送。", en: "This browser has no push." })}</p>}
      {on && <Note tone="green">{say({ zh: "这台设备会收到提醒。", en: "This device will be told." })}</Note>}
      {able && !on && (
        <Button large disabled={subscribe.isPending} onClick={() => subscribe.mutate(undefined)}>
          {say({ zh: "在这台设备上提醒我", en: "Tell me on this device" })}
        </Button>
      )}
    </section>
  );
}
