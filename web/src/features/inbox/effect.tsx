/** What a leave does: who else is away, which duties it touches, what is left of the balance. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, Fault } from "@/shared/api/client";
import { leaveKind } from "@/shared/leave";
import { dayWords } from "@/shared/time";
import { Failed, Note, Waiting } from "@/shared/ui";
import { useLanguage, useSay } from "@/shared/words";

export function LeaveEffect({ site, id }: { site: string; id: number }) {
  const say = useSay();
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["effect", site, id],
    queryFn: () =>
      answer(
        api.GET("/api/v1/sites/{site}/requests/{request_id}/effect", {
          params: { path: { site, request_id: id } },
        }),
      ),
  });
  if (found.isPending) return <Waiting />;
  if (found.error instanceof Fault && found.error.status === 404) return null;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  const { days, duties, balances } = found.data;
  return (
    <>
      <ul>
        {days.map((day) => (
          <li key={day.day}>
            {dayWords(day.day, language)}:{" "}
            {say({
              zh: `已有 ${day.away} 人休假, 名额 ${day.places}`,
              en: `${day.away} away already, ${day.places} places`,
            })}
          </li>
        ))}
        {balances.map((balance) => (
          <li key={balance.leave + balance.year}>
            {say(leaveKind(balance.leave))} {balance.year}:{" "}
            {balance.left === null
              ? say({ zh: "未登记额度", en: "no balance told" })
              : say({ zh: `剩 ${balance.left} 天`, en: `${balance.left} days left` })}
          </li>
        ))}
      </ul>
      {duties.map((each) => (
        <Note key={each.duty.day} tone={each.floor ? "red" : each.broken.length ? "amber" : "none"}>
          {dayWords(each.duty.day, language)} {each.duty.shift}:{" "}
          {each.floor
            ? say({ zh: "没有此人应急底线不成立", en: "the emergency floor falls without this duty" })
            : say({ zh: "应急底线不受影响", en: "the emergency floor holds" })}
          {" · "}
          {say({ zh: `${each.stand_ins} 人可以顶班`, en: `${each.stand_ins} could stand in` })}
          {each.broken.map((breach) => `\n${breach.words}`)}
        </Note>
      ))}
    </>
  );
}
