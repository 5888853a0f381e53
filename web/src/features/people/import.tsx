/** People from a file: looked at first, then taken. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Imported } from "@/shared/api/contract";
import { sent } from "@/shared/api/upload";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { today } from "@/shared/time";
import { Dialog, Field, Note, rowLooks } from "@/shared/ui";
import { FileField } from "@/shared/ui/file";
import { toast } from "@/shared/ui/toasts";
import { useSay } from "@/shared/words";

export function ImportPeople({ site, close }: { site: Site; close: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | undefined>();
  const [month, setMonth] = useState(today(site.zone).slice(0, 7));
  const send = useMutation({
    mutationFn: (dry: boolean) =>
      sent<Imported>("POST", `/api/v1/sites/${site.code}/people/import`, file as File, {
        month,
        dry_run: `${dry}`,
      }),
    onSuccess: (found) => {
      if (found.dry_run) return;
      toast(say({ zh: "已导入", en: "Imported" }));
      void queries.invalidateQueries({ queryKey: ["people", site.code] });
      close();
    },
  });
  const found = send.data;
  return (
    <Dialog title={say({ zh: "导入人员", en: "Import people" })} close={close}>
      <p className={page.soft}>
        {say({
          zh: "CSV 或 Excel: 工号、姓名、合同、班组、证书、休假、意愿…",
          en: "CSV or Excel: number, name, contract, team, certificates, leave, wishes…",
        })}
      </p>
      <Field label={say({ zh: "意愿与余额所属月份", en: "Month of wishes and balances" })}>
        <input type="month" value={month} onChange={(event) => setMonth(event.target.value)} />
      </Field>
      <div className={rowLooks}>
        <FileField
          label={say({ zh: "文件", en: "File" })}
          file={file}
          choose={(chosen) => {
            setFile(chosen);
            send.reset();
          }}
          busy={send.isPending}
          seen={send.data?.dry_run === true}
          send={send.mutate}
        />
      </div>
      {send.error && <Note tone="red">{send.error.message}</Note>}
      {found?.dry_run && (
        <Note tone="green">
          {say({
            zh: `${found.rows} 行: 新增 ${found.added.length}, 变更 ${found.changed.length}, 不变 ${found.unchanged}`,
            en: `${found.rows} rows: ${found.added.length} new, ${found.changed.length} changed, ${found.unchanged} as they are`,
          })}
        </Note>
      )}
    </Dialog>
  );
}
