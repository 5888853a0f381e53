/** Swaps: one's own, the board, a new one, one of them. */
import { Link, Route, Switch } from "wouter";
import { useSay } from "@/shared/words";
import type { Agent } from "../api";
import css from "../phone.module.css";
import { BoardPosts } from "./board";
import { SwapList } from "./list";
import { NewSwapPage } from "./new";
import { SwapPage } from "./one";

export default function SwapPages({ me }: { me: Agent }) {
  return (
    <Switch>
      <Route path="/me/swaps">
        <SwapList me={me} />
      </Route>
      <Route path="/me/swaps/board">
        <BoardPosts me={me} />
      </Route>
      <Route path="/me/swaps/new/:day?">{({ day }) => <NewSwapPage key={day} me={me} day={day} />}</Route>
      <Route path="/me/swaps/:id">{({ id }) => <SwapPage me={me} id={Number(id)} />}</Route>
    </Switch>
  );
}

/** Between one's own swaps and the board. */
export function Segments({ here }: { here: "mine" | "board" }) {
  const say = useSay();
  return (
    <nav className={css.segments} aria-label={say({ zh: "换班", en: "Swaps" })}>
      <Link href="/me/swaps" aria-current={here === "mine" ? "page" : undefined}>
        {say({ zh: "我的换班", en: "My swaps" })}
      </Link>
      <Link href="/me/swaps/board" aria-current={here === "board" ? "page" : undefined}>
        {say({ zh: "换班板", en: "Board" })}
      </Link>
    </nav>
  );
}
