/** The month as it is and by a case, side by side in figures as each case has them. */
import type { FiguresShown, JobShown } from "@/shared/api/contract";
import { hours } from "@/shared/time";
import { Button, figuresLooks, Note, Tag } from "@/shared/ui";
import { type Text, useLanguage, useSay } from "@/shared/words";
import css from "../panel.module.css";
import { useTake } from "./candidates";
import type { PanelProps } from "./panel";

type Case = { name: Text; status: string; figures: FiguresShown | null; candidate: number | null };

export function Outcomes({ job, ...props }: PanelProps & { job: JobShown }) {
  const say = useSay();
  const { language } = useLanguage();
  const take = useTake(props);
  const { rosters = [] } = job.result as { rosters?: Case[] };
  const first = rosters[0]?.figures;
  if (job.state !== "done" || !rosters.length) return null;
  const beside = (value: number, now: number | undefined, told: (value: number) => string) => (
    <>
      {told(value)}
      {now !== undefined && value !== now && (
        <small>
          {" "}
          {value > now ? "+" : "−"}
          {told(Math.abs(value - now))}
        </small>
      )}
    </>
  );
  const whole = (value: number) => value.toLocaleString(language);
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  return (
    <div className={css.wide}>
      {take.error && <Note tone="red">{take.error.message}</Note>}
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "假设", en: "Case" })}</th>
            <th scope="col">{say({ zh: "代价", en: "Cost" })}</th>
            <th scope="col">{say({ zh: "需求满足", en: "Need covered" })}</th>
            <th scope="col">{say({ zh: "缺人时", en: "Hours short" })}</th>
            <th scope="col">{say({ zh: "加班", en: "Overtime" })}</th>
            <th scope="col">{say({ zh: "意愿", en: "Wishes" })}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rosters.map(({ name, figures, candidate }, place) => (
            <tr key={name.en}>
              <th scope="row">{say(name)}</th>
              {figures ? (
                <>
                  <td>{beside(figures.score, place ? first?.score : undefined, whole)}</td>
                  <td>{beside(figures.covered, place ? first?.covered : undefined, share)}</td>
                  <td>{beside(figures.short_minutes, place ? first?.short_minutes : undefined, hours)}</td>
                  <td>
                    {beside(figures.overtime_minutes, place ? first?.overtime_minutes : undefined, hours)}
                  </td>
                  <td>
                    {figures.wishes_met}/{figures.wishes}
                  </td>
                </>
              ) : (
                <td colSpan={5}>
                  <Tag tone="red">{say({ zh: "没有可行的排班", en: "no roster can be" })}</Tag>
                </td>
              )}
              <td>
                {candidate !== null && (
                  <Button disabled={take.isPending} onClick={() => take.mutate(candidate)}>
                    {say({ zh: "用作草稿", en: "Make it the draft" })}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
