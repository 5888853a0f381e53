/** Beside the grid: every breach, by rule; red blocks publishing, amber costs. */
import { dayWords } from "@/shared/time";
import { Button, Tag, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";
import type { Standing } from "./editor";
import type { Breach } from "./model";
import css from "./panel.module.css";

type Props = { standing: Standing; show: (breach: Breach) => void; close: () => void };
/** Of one rule so many are listed. */
const MOST = 60;

export function Findings({ standing, show, close }: Props) {
  const say = useSay();
  const rules = new Map<string, Breach[]>();
  for (const breach of standing.breaches ?? []) {
    const key = `${breach.hard ? 0 : 1}${breach.rule}${breach.title}`;
    rules.set(key, [...(rules.get(key) ?? []), breach]);
  }
  const groups = [...rules].sort(([one], [other]) => one.localeCompare(other));
  return (
    <aside className={css.side} aria-label={say({ zh: "问题", en: "Breaches" })}>
      <h2>
        {say({ zh: "问题", en: "Breaches" })}
        <Button tone="plain" onClick={close} aria-label={say({ zh: "关闭", en: "Close" })}>
          ✕
        </Button>
      </h2>
      {!standing.breaches && (
        <Waiting what={say({ zh: "正在检查每条规则…", en: "Judging by every rule…" })} />
      )}
      {standing.breaches?.length === 0 && <p>{say({ zh: "没有问题。", en: "There are none." })}</p>}
      {groups.map(([key, found]) => (
        <Group key={key} found={found} show={show} />
      ))}
    </aside>
  );
}

function Group({ found, show }: { found: Breach[]; show: (breach: Breach) => void }) {
  const say = useSay();
  const { language } = useLanguage();
  const first = found[0];
  if (!first) return null;
  return (
    <details open={first.hard}>
      <summary>
        <Tag tone={first.hard ? "red" : "amber"}>{found.length}</Tag> {first.title} <br />
        <small>{first.source}</small>
      </summary>
      <ul>
        {found.slice(0, MOST).map((breach) => (
          <li key={breach.words + breach.day}>
            <button type="button" data-hard={breach.hard || undefined} onClick={() => show(breach)}>
              {breach.words}
              <br />
              <small>
                {dayWords(breach.day, language)}
                {!breach.hard && ` · ${say({ zh: "代价", en: "cost" })} ${breach.cost}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST && (
        <p>{say({ zh: `另有 ${found.length - MOST} 条`, en: `${found.length - MOST} more` })}</p>
      )}
    </details>
  );
}
