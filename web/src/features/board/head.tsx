/** Over the grid: month, state, who is looked for, and what can be done with the whole of it. */
import type { Other } from "@/shared/api/contract";
import { type Me, may } from "@/shared/me";
import { MonthHead } from "@/shared/month_head";
import type { Site } from "@/shared/sites";
import { moment } from "@/shared/time";
import { Button, buttonLooks, Tag } from "@/shared/ui";
import { toastFault } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import type { Desk } from "./deeds";
import { type Only, type Sight, teamsOf } from "./filters";
import { differs } from "./model";
import css from "./panel.module.css";
import { dropPublication } from "./service";

export type Opened = "cell" | "compare" | "solve" | "publish" | "help" | undefined;
type Props = {
  desk: Desk;
  others: readonly Other[];
  site: Site;
  month: string;
  me: Me;
  sight: Sight;
  look: (sight: Sight) => void;
  open: (opened: Opened) => void;
  side: boolean;
  setSide: (side: boolean) => void;
};

export function Head({ desk, others, site, month, me, sight, look, open, side, setSide }: Props) {
  const say = useSay();
  const { editor, standing, editable } = desk;
  const files = `/api/v1/sites/${site.code}/rosters/${month}`;
  return (
    <div className={css.head}>
      <MonthHead month={month} to={(to) => `/sites/${site.code}/roster/${to}`} />
      <State desk={desk} />
      <Planned desk={desk} site={site} month={month} />
      <Present others={others} />
      <Looking desk={desk} sight={sight} look={look} />
      <span className={css.grow} />
      {editable && (
        <>
          <Button disabled={!standing.undos} onClick={() => editor.undo()} title="Ctrl+Z">
            ↶ {say({ zh: "撤销", en: "Undo" })}
          </Button>
          <Button disabled={!standing.redos} onClick={() => editor.redo()} title="Ctrl+Y">
            ↷ {say({ zh: "重做", en: "Redo" })}
          </Button>
        </>
      )}
      <BreachCount desk={desk} pressed={side} press={() => setSide(!side)} />
      <a className={buttonLooks} href={`${files}/workbook`}>
        Excel
      </a>
      <a className={buttonLooks} href={`${files}/paper?of=draft`}>
        PDF
      </a>
      {standing.month.board.published !== null && (
        <Button onClick={() => open("compare")}>{say({ zh: "版本…", en: "Versions…" })}</Button>
      )}
      {may(me, "job.run", site.code) && (
        <Button onClick={() => open("solve")}>{say({ zh: "自动排班…", en: "Build…" })}</Button>
      )}
      {may(me, "roster.publish", site.code) && (
        <Button tone="main" onClick={() => open("publish")}>
          {say({ zh: "发布…", en: "Publish…" })}
        </Button>
      )}
      <Button tone="plain" onClick={() => open("help")} aria-label={say({ zh: "快捷键", en: "Keys" })}>
        ?
      </Button>
    </div>
  );
}

/** When it will be published by itself, and a way to take that back. */
function Planned({ desk, site, month }: Pick<Props, "desk" | "site" | "month">) {
  const say = useSay();
  const { language } = useLanguage();
  const { planned } = desk.standing.month.board;
  if (!planned) return null;
  const at = moment(planned, site.zone, language);
  const drop = async () => {
    try {
      await dropPublication(site.code, month);
    } catch (fault) {
      toastFault(fault);
    }
    void desk.editor.reload();
  };
  return (
    <>
      <Tag tone="amber">{say({ zh: `定于 ${at} 发布`, en: `to be published ${at}` })}</Tag>
      {desk.editable && (
        <Button tone="plain" onClick={drop}>
          {say({ zh: "取消定时", en: "Not then" })}
        </Button>
      )}
    </>
  );
}

/** Who else works on it. */
function Present({ others }: { others: readonly Other[] }) {
  const say = useSay();
  if (!others.length) return null;
  const names = others.map((other) => other.name);
  return (
    <span role="status">
      <Tag tone="amber">
        {say({ zh: `${names.join("、")} 也在编辑`, en: `${names.join(", ")} here too` })}
      </Tag>
    </span>
  );
}

/** Draft or published, and whether the one has left the other. */
function State({ desk: { standing } }: { desk: Desk }) {
  const say = useSay();
  const { board, rows } = standing.month;
  if (board.published === null)
    return <Tag tone="blue">{say({ zh: "草稿 · 未发布", en: "draft · not published" })}</Tag>;
  const changed = rows.reduce((sum, row) => sum + row.cells.filter(differs).length, 0);
  return changed ? (
    <Tag tone="blue">
      {say({
        zh: `已发布第 ${board.published} 版 · 草稿改动 ${changed} 格`,
        en: `published v${board.published} · ${changed} cells differ`,
      })}
    </Tag>
  ) : (
    <Tag tone="green">
      {say({ zh: `已发布第 ${board.published} 版`, en: `published v${board.published}` })}
    </Tag>
  );
}

function Looking({ desk, sight, look }: Pick<Props, "desk" | "sight" | "look">) {
  const say = useSay();
  const teams = teamsOf(desk.standing.month);
  return (
    <>
      <input
        type="search"
        size={12}
        value={sight.words}
        onChange={(event) => look({ ...sight, words: event.target.value })}
        placeholder={say({ zh: "找人", en: "Find a person" })}
        aria-label={say({ zh: "按姓名、工号、班组查找", en: "Find by name, number or team" })}
      />
      {teams.length > 1 && (
        <select
          value={sight.team}
          onChange={(event) => look({ ...sight, team: event.target.value })}
          aria-label={say({ zh: "班组", en: "Team" })}
        >
          <option value="">{say({ zh: "全部班组", en: "All teams" })}</option>
          {teams.map((team) => (
            <option key={team}>{team}</option>
          ))}
        </select>
      )}
      <select
        value={sight.only}
        onChange={(event) => look({ ...sight, only: event.target.value as Only })}
        aria-label={say({ zh: "筛选", en: "Filter" })}
      >
        <option value="all">{say({ zh: "所有人", en: "Everybody" })}</option>
        <option value="breaches">{say({ zh: "有问题的", en: "With breaches" })}</option>
        <option value="wishes">{say({ zh: "意愿未满足", en: "Wishes not met" })}</option>
        <option value="leave">{say({ zh: "有假期", en: "With leave" })}</option>
        <option value="changed">{say({ zh: "与已发布不同", en: "Not as published" })}</option>
      </select>
    </>
  );
}

function BreachCount({
  desk: { standing },
  pressed,
  press,
}: {
  desk: Desk;
  pressed: boolean;
  press: () => void;
}) {
  const say = useSay();
  const all = standing.breaches;
  const hard = all?.filter((breach) => breach.hard).length ?? 0;
  const words = all
    ? say({ zh: `问题 ${hard} 红 · ${all.length - hard} 黄`, en: `${hard} red · ${all.length - hard} amber` })
    : say({ zh: "正在检查…", en: "checking…" });
  return (
    <Button aria-pressed={pressed} onClick={press}>
      <Tag tone={!all ? "none" : hard ? "red" : all.length ? "amber" : "green"}>{words}</Tag>
    </Button>
  );
}
