/** Leave asked for somebody who cannot: it goes the same way as if he had. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { all } from "@/shared/api/all";
import { answer, api, once } from "@/shared/api/client";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { plusDays, today } from "@/shared/time";
import { Button, Dialog, Field, rowLooks } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useSay } from "@/shared/words";

export function AskFor({ site, close }: { site: Site; close: () => void }) {
  const say = useSay();
  const tomorrow = plusDays(today(site.zone), 1);
  const [told, tell] = useState({ number: "", leave: "annual", first: tomorrow, last: tomorrow, note: "" });
  const people = usePeople(site.code);
  const kinds = useKinds(site.code);
  const ask = useDeed(
    () =>
      answer(
        api.POST("/api/v1/sites/{site}/requests", {
          params: { path: { site: site.code } },
          headers: once(),
          body: { kind: "leave", by_phone: false, from_noon: false, until_noon: false, ...told },
        }),
      ),
    () => {
      toast(say({ zh: "已提出", en: "Asked" }));
      close();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(undefined);
  };
  const day = (name: "first" | "last", label: string) => (
    <Field label={label}>
      <input
        type="date"
        required
        value={told[name]}
        onChange={(event) => tell({ ...told, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <Dialog title={say({ zh: "替人请假", en: "Leave for somebody" })} close={close}>
      <form onSubmit={submit} className={page.stack}>
        <div className={page.fields}>
          <Field label={say({ zh: "谁", en: "Who" })}>
            <select
              required
              value={told.number}
              onChange={(event) => tell({ ...told, number: event.target.value })}
            >
              <option value="" />
              {people.map((person) => (
                <option key={person.number} value={person.number}>
                  {person.name} {person.number}
                </option>
              ))}
            </select>
          </Field>
          <Field label={say({ zh: "假别", en: "Kind" })}>
            <select value={told.leave} onChange={(event) => tell({ ...told, leave: event.target.value })}>
              {kinds.map((kind) => (
                <option key={kind.id} value={kind.id}>
                  {kind.label}
                </option>
              ))}
            </select>
          </Field>
          {day("first", say({ zh: "从", en: "From" }))}
          {day("last", say({ zh: "到", en: "Until" }))}
        </div>
        <Field label={say({ zh: "说明", en: "Note" })}>
          <input
            value={told.note}
            maxLength={500}
            onChange={(event) => tell({ ...told, note: event.target.value })}
          />
        </Field>
        <div className={rowLooks}>
          <Button type="submit" tone="main" disabled={ask.isPending}>
            {say({ zh: "提出", en: "Ask" })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function usePeople(site: string) {
  const found = useQuery({
    queryKey: ["people", site],
    queryFn: () =>
      all((next) =>
        answer(
          api.GET("/api/v1/sites/{site}/people", {
            params: { path: { site }, query: { limit: 200, ...next } },
          }),
        ),
      ),
  });
  return found.data ?? [];
}

function useKinds(site: string) {
  const terms = useQuery({
    queryKey: ["leave-terms", site],
    staleTime: 300_000,
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/leave", { params: { path: { site } } })),
  });
  return terms.data?.kinds ?? [];
}
