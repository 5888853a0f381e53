/** The board: what is looked at, the grid, and beside it whatever was opened. */
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { type Me, may } from "@/shared/me";
import type { Site } from "@/shared/sites";
import { today } from "@/shared/time";
import { BuildPanel } from "./build/panel";
import { CellCard } from "./cell";
import { Compare } from "./compare";
import { DayCard } from "./day";
import type { Desk } from "./deeds";
import type { Editor, Standing } from "./editor";
import { EVERYBODY, type Sight, seen } from "./filters";
import { Findings } from "./findings";
import { Foot } from "./foot";
import { Grid } from "./grid";
import grid from "./grid.module.css";
import { Head, type Opened } from "./head";
import { Help } from "./help";
import { useMarks } from "./marks";
import { type Breach, placeOf } from "./model";
import { useOthers } from "./others";
import css from "./panel.module.css";
import { PublishWizard } from "./publish";
import { only, type Selection } from "./selection";

type Props = { editor: Editor; standing: Standing; site: Site; month: string; me: Me };
const START = only({ row: 0, day: 0 });

export function Table({ editor, standing, site, month, me }: Props) {
  const [sight, look] = useState<Sight>(EVERYBODY);
  const [chosen, choose] = useState<Selection>(START);
  const [opened, open] = useState<Opened>(undefined);
  const [side, setSide] = useState(false);
  const [day, setDay] = useState<string | undefined>();
  const scroll = useRef<HTMLDivElement>(null);
  const marks = useMarks(standing.breaches);
  const wanted = useDeferredValue(sight);
  const filtering = wanted.only === "all" ? undefined : standing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of people stay while cells change, unless cells are looked for
  const shown = useMemo(() => seen(standing.month, wanted, marks), [standing.month.board, wanted, filtering]);
  const openCell = useCallback(() => open("cell"), []);
  const close = useCallback(() => {
    open(undefined);
    scroll.current?.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
  }, []);
  const desk: Desk = {
    editor,
    standing,
    shown,
    editable: Boolean(may(me, "draft.edit", site.code)),
    chosen,
    choose,
    openCell,
  };
  const others = useOthers(site.code, month, desk);
  const show = (breach: Breach) => {
    const agent = breach.agent ?? breach.duties[0]?.agent;
    const place = standing.month.places.get(agent ?? "") ?? 0;
    const day = Math.max(0, placeOf(standing.month, breach.day));
    look(EVERYBODY);
    choose(only({ row: place, day }));
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`td[data-row="${place}"][data-day="${day}"]`)?.focus(),
    );
  };
  const openAt = (row: number, at: number) => {
    if (at < 0) return;
    choose(only({ row, day: at }));
    setDay(undefined);
    open("cell");
  };
  return (
    <>
      <Head {...{ desk, others, site, month, me, sight, look, open, side, setSide }} />
      <div className={css.body} data-side={side || undefined}>
        <div ref={scroll} className={`${grid.scroll} ${css.window}`}>
          <Grid {...desk} today={today(site.zone)} openDay={setDay} marks={marks} others={others} />
        </div>
        {side && <Findings standing={standing} show={show} close={() => setSide(false)} />}
      </div>
      <Foot desk={desk} />
      {opened === "cell" && (
        <CellCard
          {...desk}
          at={{ site: site.code, month }}
          close={close}
          breaches={breachesAt(desk, marks)}
        />
      )}
      {day && <DayCard desk={desk} day={day} close={() => setDay(undefined)} openAt={openAt} />}
      {opened === "compare" && <Compare desk={desk} site={site} month={month} close={close} />}
      {opened === "solve" && <BuildPanel desk={desk} site={site} month={month} close={close} />}
      {opened === "publish" && <PublishWizard desk={desk} site={site} month={month} me={me} close={close} />}
      {opened === "help" && <Help close={close} />}
    </>
  );
}

function breachesAt(
  { chosen, shown, standing }: Desk,
  marks: ReturnType<typeof useMarks>,
): readonly Breach[] {
  const { row, day } = chosen.cursor;
  const number = standing.month.rows[shown[row] ?? -1]?.person.number ?? "";
  return marks.get(number)?.get(`${number} ${standing.month.board.days[day]?.day}`) ?? [];
}
