/** Why this duty and no other: every alternative of a cell with what it breaks, heals and costs, each a click. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/shared/api/client";
import type { AlternativeShown } from "@/shared/api/contract";
import { Button, Failed, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Desk } from "./deeds";
import { type Cell, shiftOf } from "./model";
import css from "./panel.module.css";

type Props = Desk & {
  at: { site: string; month: string };
  close: () => void;
  agent: string;
  day: string;
  cell: Cell;
};
/** So many alternatives are shown at first. */
const MOST = 8;

export function WhyCell(props: Props) {
  const say = useSay();
  const [opened, open] = useState(false);
  return (
    <details className={css.why} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>
        {say({ zh: "为什么这样排? 还能怎样?", en: "Why so, and what else could stand here?" })}
      </summary>
      {opened && <Alternatives {...props} />}
    </details>
  );
}

function Alternatives(props: Props) {
  const say = useSay();
  const { language } = useLanguage();
  const { at, agent, day, standing } = props;
  const found = useQuery({
    queryKey: ["why", at.site, at.month, agent, day, standing.revision, language],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/rosters/{month}/draft/why", {
          params: { path: at, query: { agent, day } },
        }),
      ),
  });
  if (found.error) return <Failed fault={found.error} again={() => found.refetch()} />;
  if (!found.data) return <Waiting what={say({ zh: "正在逐一试算…", en: "Trying each…" })} />;
  return (
    <>
      {found.data.best && (
        <p>
          {say({
            zh: "单独改这一格不会更好。",
            en: "No change of this cell alone would make the roster better.",
          })}
        </p>
      )}
      <ul className={css.list}>
        {found.data.alternatives.slice(0, MOST).map((other) => (
          <Alternative key={`${other.duty?.shift} ${other.duty?.work}`} other={other} {...props} />
        ))}
      </ul>
    </>
  );
}

function Alternative({ other, ...props }: Props & { other: AlternativeShown }) {
  const say = useSay();
  const { editor, editable, standing, cell, agent, day, close } = props;
  const { duty, allowed, cost } = other;
  const shift = duty && shiftOf(standing.month, duty.shift);
  const work = standing.month.board.works.find((each) => each.id === duty?.work);
  const put = () => {
    const [first] = cell.duties;
    const form = (one: typeof duty | undefined) =>
      one ? { shift: one.shift, work: one.work, breaks: one.breaks } : null;
    editor.do([{ agent, day, old: form(first), new: form(duty) }]);
    close();
  };
  const words = shift
    ? `${duty?.shift} ${say(shift.label)} ${work ? say(work.label) : ""}`
    : say({ zh: "休", en: "free" });
  return (
    <li className={css.candidate}>
      <span>
        {words}{" "}
        <Tag tone={!allowed ? "red" : cost < 0 ? "green" : "none"}>
          {allowed
            ? say({ zh: `代价 ${cost > 0 ? "+" : ""}${cost}`, en: `cost ${cost > 0 ? "+" : ""}${cost}` })
            : say({ zh: "违反硬规则", en: "breaks a hard rule" })}
        </Tag>
        {other.breaks_rules[0] && (
          <>
            <br />
            <small>{other.breaks_rules[0]}</small>
          </>
        )}
      </span>
      {editable && cell.duties.length < 2 && (
        <Button onClick={put}>{say({ zh: "改成这样", en: "Put it here" })}</Button>
      )}
    </li>
  );
}
