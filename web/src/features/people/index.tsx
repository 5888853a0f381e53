/** The people of a site: who they are, what they may do and until when. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import type { PersonShown } from "@/shared/api/contract";
import { useWorkName } from "@/shared/codes";
import { type Me, may } from "@/shared/me";
import page from "@/shared/page.module.css";
import type { Site } from "@/shared/sites";
import { dayWords, plusDays, plusMonths, today } from "@/shared/time";
import { Button, buttonLooks, cardLooks, Empty, Failed, figuresLooks, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import { ImportPeople } from "./import";
import { PersonCard } from "./person";

/** A certificate that ends within so many days is told. */
const SOON = 60;

export default function PeoplePage({ site, me }: { site: Site; me: Me }) {
  const say = useSay();
  const [words, look] = useState("");
  const [team, setTeam] = useState("");
  const [opened, open] = useState<PersonShown | "new" | "import" | undefined>();
  const editable = may(me, "people.edit", site.code) === "site";
  const people = useQuery({
    queryKey: ["people", site.code],
    queryFn: () =>
      all((next) =>
        answer(
          api.GET("/api/v1/sites/{site}/people", {
            params: { path: { site: site.code }, query: { limit: 200, ...next } },
          }),
        ),
      ),
  });
  if (people.isPending) return <Waiting />;
  if (people.isError) return <Failed fault={people.error} again={() => people.refetch()} />;
  const teams = [...new Set(people.data.map((person) => person.team).filter(Boolean))].sort();
  const wanted = words.trim().toLowerCase();
  const shown = people.data.filter(
    (person) =>
      (!team || person.team === team) &&
      (!wanted || `${person.name} ${person.number}`.toLowerCase().includes(wanted)),
  );
  const close = () => open(undefined);
  return (
    <>
      <div className={page.head}>
        <h1>{say({ zh: "人员", en: "People" })}</h1>
        <input
          type="search"
          value={words}
          onChange={(event) => look(event.target.value)}
          placeholder={say({ zh: "找人", en: "Find a person" })}
          aria-label={say({ zh: "按姓名或工号查找", en: "Find by name or number" })}
        />
        {teams.length > 1 && (
          <select
            value={team}
            onChange={(event) => setTeam(event.target.value)}
            aria-label={say({ zh: "班组", en: "Team" })}
          >
            <option value="">{say({ zh: "全部班组", en: "All teams" })}</option>
            {teams.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
        <span className={page.grow} />
        <a className={buttonLooks} href={exported(site)}>
          Excel
        </a>
        {editable && (
          <>
            <Button onClick={() => open("import")}>{say({ zh: "导入…", en: "Import…" })}</Button>
            <Button tone="main" onClick={() => open("new")}>
              {say({ zh: "新增人员…", en: "Add somebody…" })}
            </Button>
          </>
        )}
      </div>
      <div className={page.columns}>
        <People site={site} people={shown} open={open} />
        {editable && <Expiring site={site} />}
      </div>
      {opened === "import" && <ImportPeople site={site} close={close} />}
      {opened && opened !== "import" && (
        <PersonCard
          site={site}
          number={opened === "new" ? undefined : opened.number}
          teams={teams}
          editable={editable}
          close={close}
        />
      )}
    </>
  );
}

/** The month that runs, the one before and the next, as a workbook. */
function exported(site: Site): string {
  const month = today(site.zone).slice(0, 7);
  const last = plusDays(`${plusMonths(month, 2)}-01`, -1);
  return `/api/v1/sites/${site.code}/people.xlsx?first=${plusMonths(month, -1)}-01&last=${last}`;
}

type Listed = { site: Site; people: PersonShown[]; open: (person: PersonShown) => void };

function People({ site, people, open }: Listed) {
  const say = useSay();
  const now = today(site.zone);
  const label = useWorkName(site.code);
  if (!people.length) return <Empty title={say({ zh: "没有这样的人", en: "There is nobody like that" })} />;
  return (
    <div className={`${cardLooks} ${page.scroll}`}>
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "工号", en: "Number" })}</th>
            <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
            <th scope="col">{say({ zh: "班组", en: "Team" })}</th>
            <th scope="col">{say({ zh: "合同", en: "Contract" })}</th>
            <th scope="col">{say({ zh: "证书", en: "Certificates" })}</th>
            <th scope="col">{say({ zh: "电话", en: "Phone" })}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.number}>
              <td>{person.number}</td>
              <th scope="row">
                <button type="button" className={page.open} onClick={() => open(person)}>
                  {person.name}
                </button>
                {person.left_on && person.left_on < now && (
                  <>
                    {" "}
                    <Tag>{say({ zh: "已离职", en: "left" })}</Tag>
                  </>
                )}
              </th>
              <td>{person.team}</td>
              <td>{person.contract}</td>
              <td>
                <Held person={person} now={now} label={label} />
              </td>
              <td>{person.phone ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What somebody may do: red once it ended, amber where it ends soon. */
function Held({
  person,
  now,
  label,
}: {
  person: PersonShown;
  now: string;
  label: (skill: string) => string;
}) {
  const say = useSay();
  return (
    <span className={page.tags}>
      {person.certificates.map(({ skill, last }) => (
        <Tag
          key={skill + last}
          tone={!last ? "none" : last < now ? "red" : last < plusDays(now, SOON) ? "amber" : "none"}
        >
          {label(skill)}
          {last && ` · ${say({ zh: `至 ${last}`, en: `until ${last}` })}`}
        </Tag>
      ))}
    </span>
  );
}

function Expiring({ site }: { site: Site }) {
  const say = useSay();
  const { language } = useLanguage();
  const label = useWorkName(site.code);
  const found = useQuery({
    queryKey: ["expiring", site.code],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/certificates/expiring", {
            params: { path: { site: site.code }, query: { within: SOON } },
          }),
        )
      ).items,
  });
  return (
    <section className={cardLooks}>
      <h2>{say({ zh: `${SOON} 天内到期的证书`, en: `Certificates that end within ${SOON} days` })}</h2>
      {found.isError && <Failed fault={found.error} again={() => found.refetch()} />}
      {found.data?.length === 0 && <p className={page.soft}>{say({ zh: "没有", en: "There are none" })}</p>}
      <ul className={page.rows}>
        {found.data?.map((each) => (
          <li key={each.number + each.skill}>
            <span>
              {each.name} <small className={page.soft}>{each.number}</small>
            </span>
            <Tag tone="amber">
              {label(each.skill)} · {dayWords(each.last, language)}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
