/** Who may do what, account by account: the list for the regular review. */
import { useQuery } from "@tanstack/react-query";
import { all } from "@/shared/api/all";
import { answer, api } from "@/shared/api/client";
import page from "@/shared/page.module.css";
import { cardLooks, Failed, figuresLooks, Tag, Waiting } from "@/shared/ui";
import { counted, useSay } from "@/shared/words";
import { ROLES } from "./words";

export function Review() {
  const say = useSay();
  const found = useQuery({
    queryKey: ["rights"],
    queryFn: () =>
      all((next) => answer(api.GET("/api/v1/rights", { params: { query: { limit: 200, ...next } } }))),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed fault={found.error} again={() => found.refetch()} />;
  return (
    <div className={`${cardLooks} ${page.scroll}`}>
      <p className={page.soft}>
        {say({ zh: "查看本表会记入操作记录。", en: "That this list was looked at is written in the log." })}
      </p>
      <table className={figuresLooks}>
        <thead>
          <tr>
            <th scope="col">{say({ zh: "账号", en: "Log-in name" })}</th>
            <th scope="col">{say({ zh: "姓名", en: "Name" })}</th>
            <th scope="col">{say({ zh: "角色", en: "Roles" })}</th>
            <th scope="col">{say({ zh: "可做的事", en: "What he may do" })}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.map((right) => (
            <tr key={right.login}>
              <th scope="row">
                {right.login} {right.disabled && <Tag tone="red">{say({ zh: "已停用", en: "shut" })}</Tag>}
              </th>
              <td>{right.name}</td>
              <td>
                <span className={page.tags}>
                  {right.roles.map((grant) => (
                    <Tag key={`${grant.role} ${grant.site}`}>
                      {say(ROLES[grant.role] ?? { zh: grant.role, en: grant.role })} · {grant.site ?? "*"}
                    </Tag>
                  ))}
                </span>
              </td>
              <td className={page.free}>
                {Object.entries(right.rights).map(([site, actions]) => (
                  <details key={site}>
                    <summary>
                      {site}: {say({ zh: `${actions.length} 项`, en: counted(actions.length, "action") })}
                    </summary>
                    {actions.join(", ")}
                  </details>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
