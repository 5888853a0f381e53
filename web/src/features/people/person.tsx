/** One person: looked at, changed, or added. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api, once, tagged } from "@/shared/api/client";
import type { CertificateForm, PersonForm, PersonShown } from "@/shared/api/contract";
import { useDeed } from "@/shared/deed";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { Button, Dialog, Failed, Field, rowLooks, Waiting } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { type Text, useSay } from "@/shared/words";

type Props = {
  site: Site;
  number: string | undefined;
  teams: string[];
  editable: boolean;
  close: () => void;
};
const NOBODY: PersonShown = {
  number: "",
  name: "",
  contract: "",
  team: "",
  phone: "",
  email: "",
  joined_on: null,
  left_on: null,
  certificates: [],
  protections: null,
};

export function PersonCard(props: Props) {
  const say = useSay();
  const { site, number } = props;
  const found = useQuery({
    queryKey: ["people", site.code, number],
    enabled: number !== undefined,
    queryFn: () =>
      tagged(
        api.GET("/api/v1/sites/{site}/people/{number}", {
          params: { path: { site: site.code, number: number ?? "" } },
        }),
      ),
  });
  const title = found.data?.data.name ?? say({ zh: "新增人员", en: "Add somebody" });
  return (
    <Dialog title={title} close={props.close}>
      {number !== undefined && found.isPending && <Waiting />}
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {number === undefined && <PersonFields {...props} person={NOBODY} tag="" />}
      {found.data && <PersonFields {...props} person={found.data.data} tag={found.data.tag} />}
    </Dialog>
  );
}

function PersonFields({
  site,
  number,
  teams,
  editable,
  close,
  person,
  tag,
}: Props & { person: PersonShown; tag: string }) {
  const say = useSay();
  const [told, tell] = useState(person);
  const contracts = useContracts(site.code);
  const save = useDeed(
    () => saved(site.code, number, told, tag),
    () => {
      toast(say({ zh: "已保存", en: "Saved" }));
      close();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  const text = (name: "number" | "name" | "team" | "phone" | "email", label: Text, required = false) => (
    <Field label={say(label)}>
      <input
        value={told[name] ?? ""}
        required={required}
        readOnly={!editable}
        list={name === "team" ? "teams" : undefined}
        onChange={(event) => tell({ ...told, [name]: event.target.value })}
      />
    </Field>
  );
  const day = (name: "joined_on" | "left_on", label: Text) => (
    <Field label={say(label)}>
      <input
        type="date"
        value={told[name] ?? ""}
        readOnly={!editable}
        onChange={(event) => tell({ ...told, [name]: event.target.value || null })}
      />
    </Field>
  );
  return (
    <form onSubmit={submit} className={page.stack}>
      <div className={page.fields}>
        {number === undefined && text("number", { zh: "工号", en: "Number" }, true)}
        {text("name", { zh: "姓名", en: "Name" }, true)}
        {text("team", { zh: "班组", en: "Team" })}
        <Field label={say({ zh: "合同", en: "Contract" })}>
          <select
            value={told.contract}
            required
            disabled={!editable}
            onChange={(event) => tell({ ...told, contract: event.target.value })}
          >
            <option value="" />
            {[...new Set([...contracts, ...(told.contract ? [told.contract] : [])])].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </Field>
        {text("phone", { zh: "电话", en: "Phone" })}
        {text("email", { zh: "邮箱", en: "Mail" })}
        {day("joined_on", { zh: "入职", en: "Joined" })}
        {day("left_on", { zh: "离职", en: "Left" })}
      </div>
      <datalist id="teams">
        {teams.map((team) => (
          <option key={team} value={team} />
        ))}
      </datalist>
      <Certificates
        held={told.certificates}
        editable={editable}
        change={(certificates) => tell({ ...told, certificates })}
      />
      {editable && (
        <div className={rowLooks}>
          <Button type="submit" tone="main" disabled={save.isPending}>
            {say({ zh: "保存", en: "Save" })}
          </Button>
        </div>
      )}
    </form>
  );
}

type Held = { held: CertificateForm[]; editable: boolean; change: (held: CertificateForm[]) => void };

function Certificates({ held, editable, change }: Held) {
  const say = useSay();
  const put = (place: number, told: Partial<CertificateForm>) =>
    change(held.map((each, at) => (at === place ? { ...each, ...told } : each)));
  return (
    <section>
      <h3>{say({ zh: "证书", en: "Certificates" })}</h3>
      <ul className={page.rows}>
        {held.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
          <li key={place}>
            <Field label={say({ zh: "可做", en: "Skill" })}>
              <input
                value={each.skill}
                required
                readOnly={!editable}
                onChange={(event) => put(place, { skill: event.target.value })}
              />
            </Field>
            <Field label={say({ zh: "从", en: "From" })}>
              <input
                type="date"
                value={each.first ?? ""}
                readOnly={!editable}
                onChange={(event) => put(place, { first: event.target.value || null })}
              />
            </Field>
            <Field label={say({ zh: "到", en: "Until" })}>
              <input
                type="date"
                value={each.last ?? ""}
                readOnly={!editable}
                onChange={(event) => put(place, { last: event.target.value || null })}
              />
            </Field>
            {editable && (
              <Button
                aria-label={say({ zh: `删除 ${each.skill}`, en: `Remove ${each.skill}` })}
                onClick={() => change(held.filter((_, at) => at !== place))}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editable && (
        <Button onClick={() => change([...held, { skill: "", first: null, last: null }])}>
          {say({ zh: "添加证书", en: "Add a certificate" })}
        </Button>
      )}
    </section>
  );
}

function saved(site: string, number: string | undefined, told: PersonShown, tag: string) {
  const { number: own, ...known } = told;
  const body: PersonForm = { ...known, phone: told.phone ?? "", email: told.email ?? "" };
  if (number === undefined)
    return answer(
      api.POST("/api/v1/sites/{site}/people", {
        params: { path: { site } },
        headers: once(),
        body: { ...body, number: own },
      }),
    );
  return answer(
    api.PUT("/api/v1/sites/{site}/people/{number}", {
      params: { path: { site, number } },
      headers: { "If-Match": tag },
      body,
    }),
  );
}

/** The contracts of the site's plan, where the visitor may see it. */
function useContracts(site: string): string[] {
  const plan = useQuery({
    queryKey: ["plan", site],
    queryFn: () => answer(api.GET("/api/v1/sites/{site}/plan", { params: { path: { site } } })),
  });
  const document = plan.data?.document as { contracts?: { id: string }[] } | undefined;
  return document?.contracts?.map((each) => each.id) ?? [];
}
