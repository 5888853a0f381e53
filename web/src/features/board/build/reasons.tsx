/** Why no roster keeps every hard rule: what must be missing, the smallest clash, and the easiest ways out. */
import type { JobShown } from "@/shared/api/contract";
import { Button, Note, Tag } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import css from "../panel.module.css";
import { useTake } from "./candidates";
import { isOver } from "./jobs";
import type { PanelProps } from "./panel";
import { StartForm } from "./start_form";

type Demand = { rule: Text; source: Text; people: string[]; days: Text[] };
type Way = { name: Text; weight: number; candidate: number | null };
type Found = {
  least?: boolean;
  missing?: Text[];
  state?: "clash" | "solvable" | "undecided";
  irreducible?: boolean;
  demands?: Demand[];
  rosters?: Way[];
};
const MOST_SHOWN = 12;

export function WhyForm(props: PanelProps) {
  return (
    <StartForm
      {...props}
      about={{
        zh: "排不出来时: 找出互相冲突的最小一组要求, 以及最省事的办法, 每个办法都重新求解验证。",
        en: "Where no roster can be: the smallest set of demands that clash, and the easiest ways out, each solved again.",
      }}
      button={{ zh: "查找原因", en: "Find out why" }}
      usual={60}
      body={(seconds) => ({ kind: "explain", seconds })}
    />
  );
}

export function Reasons({ job, ...props }: PanelProps & { job: JobShown }) {
  const say = useSay();
  const found = (isOver(job) ? job.result : job.progress) as Found;
  if (found.state === "solvable")
    return (
      <Note tone="green">
        {say({
          zh: "要求并不冲突: 可以排出满足全部硬规则的排班。",
          en: "Nothing clashes: a roster that keeps every hard rule can be.",
        })}
      </Note>
    );
  return (
    <>
      {found.missing && <Missing found={found} />}
      {found.state === "undecided" && (
        <Note tone="amber">
          {say({
            zh: "时间内未能确定哪些要求冲突, 请给更多时间。",
            en: "Which demands clash was not decided in time; give it more.",
          })}
        </Note>
      )}
      {found.demands && found.demands.length > 0 && <Clash found={found} />}
      {found.rosters && found.rosters.length > 0 && <Ways ways={found.rosters} {...props} />}
    </>
  );
}

function Missing({ found: { missing = [], least } }: { found: Found }) {
  const say = useSay();
  if (!missing.length) return null;
  return (
    <section>
      <h3>
        {least
          ? say({ zh: "至少要缺这些(已证明最少)", en: "At least this must be missing (proven least)" })
          : say({ zh: "最少缺这些", en: "The least found to be missing" })}
      </h3>
      <ul className={css.list}>
        {missing.slice(0, MOST_SHOWN).map((words) => (
          <li key={words.en}>{say(words)}</li>
        ))}
      </ul>
      {missing.length > MOST_SHOWN && (
        <small>
          {say({
            zh: `另有 ${missing.length - MOST_SHOWN} 处`,
            en: `and ${missing.length - MOST_SHOWN} more`,
          })}
        </small>
      )}
    </section>
  );
}

function Clash({ found: { demands = [], irreducible } }: { found: Found }) {
  const say = useSay();
  return (
    <section>
      <h3>
        {irreducible
          ? say({
              zh: "互相冲突的最小一组要求(缺任一条即可排出)",
              en: "The smallest clash (without any one of these the rest can be met)",
            })
          : say({ zh: "互相冲突的要求", en: "Demands that clash" })}
      </h3>
      <ul className={css.list}>
        {demands.map((demand) => (
          <li key={demand.rule.en + demand.people.join()}>
            <b>{say(demand.rule)}</b>{" "}
            {[...demand.people.slice(0, MOST_SHOWN), ...demand.days.slice(0, MOST_SHOWN).map(say)].join(
              say({ zh: "、", en: ", " }),
            )}
            <br />
            <small>{say(demand.source)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ways({ ways, ...props }: PanelProps & { ways: Way[] }) {
  const say = useSay();
  const take = useTake(props);
  return (
    <section>
      <h3>{say({ zh: "办法, 由易到难", en: "Ways out, the easiest first" })}</h3>
      {take.error && <Note tone="red">{take.error.message}</Note>}
      <ol className={css.list}>
        {ways.map(({ name, candidate }) => (
          <li key={name.en} className={css.candidate}>
            <span>{say(name)}</span>
            {candidate === null ? (
              <Tag>{say({ zh: "时间内未排完", en: "not built in time" })}</Tag>
            ) : (
              <Button disabled={take.isPending} onClick={() => take.mutate(candidate)}>
                {say({ zh: "就这样排", en: "Take this way" })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
