/** The law pack of a site, article by article. */
import type { RuleBook } from "@/shared/api/contract";
import page from "@/shared/page.module.css";
import { cardLooks, Field, Note } from "@/shared/ui";
import { useSay } from "@/shared/words";

type Props = { book: RuleBook; chosen: string; editable: boolean; choose: (law: string) => void };

export function Law({ book, chosen, editable, choose }: Props) {
  const say = useSay();
  const law = book.laws.find((each) => each.id === chosen);
  return (
    <section className={`${cardLooks} ${page.stack}`}>
      <h2>{say({ zh: "法规包", en: "Law pack" })}</h2>
      <Field label={say({ zh: "适用", en: "Holds here" })}>
        <select value={chosen} disabled={!editable} onChange={(event) => choose(event.target.value)}>
          {book.laws.map((each) => (
            <option key={each.id} value={each.id}>
              {say(each.title)}
            </option>
          ))}
        </select>
      </Field>
      {law && law.articles.length > 0 && (
        <ul className={page.rows}>
          {law.articles.map((article) => (
            <li key={article.place + article.says.en}>
              <span>
                {say(article.says)}
                <br />
                <small className={page.soft}>{article.place}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {law && law.open.length > 0 && (
        <Note tone="amber">
          {say({ zh: "法律还要求, 须由人核对:", en: "The law also demands, and people must look after:" })}
          {law.open.map((words) => `\n· ${say(words)}`)}
        </Note>
      )}
    </section>
  );
}
