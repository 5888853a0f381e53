/** Call records: looked at before they are taken, and taken back as a whole. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import type { ApiDemandFormsBatchShown as BatchShown } from "@/shared/api/contract";
import { sent } from "@/shared/api/upload";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { dayWords } from "@/shared/time";
import { Button, cardLooks, Failed, Note } from "@/shared/ui";
import { FileField } from "@/shared/ui/file";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";

export function Calls({ site, editable }: { site: Site; editable: boolean }) {
  const say = useSay();
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["batches", site.code],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/calls", {
            params: { path: { site: site.code }, query: { limit: 20 } },
          }),
        )
      ).items,
  });
  const remove = useDeed((batch: number) =>
    answer(
      api.DELETE("/api/v1/sites/{site}/calls/{batch_id}", {
        params: { path: { site: site.code, batch_id: batch } },
      }),
    ),
  );
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: "来电记录", en: "Call records" })}</h2>
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      <ul className={page.rows}>
        {found.data?.map((batch) => (
          <li key={batch.id}>
            <span>
              {batch.name}
              <br />
              <small className={page.soft}>
                {batchWords(batch, say)} · {dayWords(batch.first, language)} {batch.first.slice(0, 4)} –{" "}
                {dayWords(batch.last, language)} {batch.last.slice(0, 4)}
              </small>
            </span>
            {editable && (
              <Button tone="danger" disabled={remove.isPending} onClick={() => remove.mutate(batch.id ?? 0)}>
                {say({ zh: "撤回", en: "Take back" })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editable && <Import site={site} />}
    </section>
  );
}

function batchWords(batch: BatchShown, say: ReturnType<typeof useSay>): string {
  return say({
    zh: `${batch.rows} 行, ${batch.calls} 个来电`,
    en: `${batch.rows} rows, ${batch.calls} calls`,
  });
}

function Import({ site }: { site: Site }) {
  const say = useSay();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | undefined>();
  const send = useMutation({
    mutationFn: (dry: boolean) =>
      sent<BatchShown>("POST", `/api/v1/sites/${site.code}/calls`, file as File, { dry_run: `${dry}` }),
    onSuccess: (batch) => {
      if (batch.id === null) return;
      toast(
        batch.fresh
          ? say({ zh: "已导入", en: "Imported" })
          : say({ zh: "内容相同, 此前已导入", en: "The same content was imported before" }),
      );
      setFile(undefined);
      send.reset();
      void queries.invalidateQueries();
    },
  });
  return (
    <>
      <div className={page.head}>
        <FileField
          label={say({ zh: "文件(CSV 或 Excel)", en: "File (CSV or Excel)" })}
          hint={say({
            zh: "逐条: 时间; 或按时段: 时间、来电数",
            en: "single calls: start; or counts: start, calls",
          })}
          file={file}
          choose={(chosen) => {
            setFile(chosen);
            send.reset();
          }}
          busy={send.isPending}
          seen={send.data !== undefined}
          send={send.mutate}
        />
      </div>
      {send.error && <Note tone="red">{send.error.message}</Note>}
      {send.data?.id === null && <Note tone="green">{batchWords(send.data, say)}</Note>}
    </>
  );
}
