/** A button that starts a job, tells how far it is, and says when it is over. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { ClearJob, ForecastJob, JobShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import { Button } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";

type Props = {
  site: string;
  month: string;
  body: ForecastJob | ClearJob;
  label: string;
  done: (job: JobShown) => void;
};
const BUSY = new Set(["waiting", "running"]);
const EVERY = 700;

export function JobButton({ site, month, body, label, done }: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const [id, setId] = useState<number | undefined>();
  const told = useRef(done);
  told.current = done;
  const job = useQuery({
    queryKey: ["job", site, id],
    enabled: id !== undefined,
    refetchInterval: (query) => (BUSY.has(query.state.data?.state ?? "waiting") ? EVERY : false),
    queryFn: () =>
      answer(api.GET("/api/v1/sites/{site}/jobs/{job_id}", { params: { path: { site, job_id: id ?? 0 } } })),
  });
  const start = useDeed(async () => {
    const params = { path: { site, month } };
    const made = await answer(
      api.POST("/api/v1/sites/{site}/months/{month}/jobs", { params, headers: once(), body }),
    );
    setId(made.id);
  });
  const { data } = job;
  useEffect(() => {
    if (!data || BUSY.has(data.state)) return;
    const { detail, detail_zh } = data.result as { detail?: string; detail_zh?: string };
    if (data.state === "failed")
      toast((language === "en" ? detail : detail_zh) ?? say({ zh: "没有完成", en: "It was not done" }));
    else told.current(data);
    setId(undefined);
  }, [data, language, say]);
  const busy = start.isPending || (id !== undefined && BUSY.has(data?.state ?? "waiting"));
  const words = {
    waiting: say({ zh: "排队中…", en: "waiting…" }),
    running: say({ zh: "进行中…", en: "at work…" }),
  };
  return (
    <>
      <Button disabled={busy} onClick={() => start.mutate(undefined)}>
        {label}
      </Button>
      {busy && <span role="status">{words[data?.state === "running" ? "running" : "waiting"]}</span>}
    </>
  );
}
