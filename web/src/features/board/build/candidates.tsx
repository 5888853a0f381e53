/** The rosters that were found, in the numbers that are compared; any becomes the draft at a click. */
import { useMutation } from "@tanstack/react-query";
import type { CandidateShown } from "@/shared/api/contract";
import { distance, hours } from "@/shared/time";
import { Button, figuresLooks, Note, Tag } from "@/shared/ui";
import { toast } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import css from "../panel.module.css";
import { takeCandidate, useCandidates } from "./jobs";
import type { PanelProps } from "./panel";

/** So many of the newest are shown. */
const MOST = 12;

export function useTake({ site, month, desk, close }: PanelProps) {
  const say = useSay();
  return useMutation({
    mutationFn: async (candidate: number) =>
      takeCandidate(site.code, month, candidate, await desk.editor.settled()),
    onSuccess: () => {
      void desk.editor.reload();
      toast(say({ zh: "已成为草稿", en: "It is the draft now" }));
      close();
    },
  });
}

export function Candidates(props: PanelProps) {
  const say = useSay();
  const found = useCandidates(props.site.code, props.month);
  const take = useTake(props);
  const judged = (found.data ?? []).filter((each) => each.figures).slice(0, MOST);
  if (!judged.length) return null;
  const best = Math.min(...judged.filter((each) => each.clean).map((each) => each.score));
  return (
    <section aria-label={say({ zh: "找到的方案", en: "Rosters found" })}>
      <h3>
        {say({
          zh: "找到的方案, 按本站的人和规则衡量",
          en: "Rosters found, by the people and rules as they are",
        })}
      </h3>
      {take.error && <Note tone="red">{take.error.message}</Note>}
      <div className={css.wide}>
        <table className={figuresLooks}>
          <thead>
            <tr>
              <th>{say({ zh: "方案", en: "Roster" })}</th>
              <th>{say({ zh: "代价", en: "Cost" })}</th>
              <th>{say({ zh: "离最优至多", en: "At most from best" })}</th>
              <th>{say({ zh: "需求满足", en: "Need covered" })}</th>
              <th>{say({ zh: "缺人时", en: "Hours short" })}</th>
              <th>{say({ zh: "加班", en: "Overtime" })}</th>
              <th>{say({ zh: "意愿", en: "Wishes" })}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {judged.map((candidate) => (
              <Line key={candidate.id} candidate={candidate} best={best}>
                <Button disabled={take.isPending} onClick={() => take.mutate(candidate.id)}>
                  {say({ zh: "用作草稿", en: "Make it the draft" })}
                </Button>
              </Line>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type LineProps = { candidate: CandidateShown; best: number; children: React.ReactNode };

function Line({ candidate, best, children }: LineProps) {
  const say = useSay();
  const { language } = useLanguage();
  const { score, bound, clean, figures, name } = candidate;
  if (!figures) return null;
  const gap = bound && score ? `${Math.max(0, (100 * (score - bound)) / score).toFixed(1)} %` : "—";
  return (
    <tr>
      <th scope="row">
        {name ? say(name) : say({ zh: "排班", en: "build" })}
        <br />
        <small>{distance(candidate.made_at, language)}</small>
      </th>
      <td>
        <Tag tone={clean ? (score === best ? "green" : "none") : "red"}>{score.toLocaleString(language)}</Tag>
        {!clean && <small> {say({ zh: `${figures.hard} 处硬规则`, en: `${figures.hard} hard` })}</small>}
      </td>
      <td>{gap}</td>
      <td>{(100 * figures.covered).toFixed(1)} %</td>
      <td>{hours(figures.short_minutes)}</td>
      <td>{hours(figures.overtime_minutes)}</td>
      <td>
        {figures.wishes_met}/{figures.wishes}
      </td>
      <td>{children}</td>
    </tr>
  );
}
