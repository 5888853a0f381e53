/** What the keys of the grid do. */
import type { KeyboardEvent } from "react";
import { between, type Desk, filled, locked } from "./deeds";
import type { Range } from "./model";
import { NOWHERE, only, type Spot, stepped } from "./selection";

export type Hands = Desk & { range: Range; marked: Spot; mark: (spot: Spot) => void };

export function pressed(event: KeyboardEvent, hands: Hands): void {
  const { chosen, choose, shown, standing } = hands;
  const moves = stepped(chosen, event, shown.length, standing.month.board.days.length);
  if (moves) choose(moves);
  else if (!(event.ctrlKey || event.metaKey ? commanded(event, hands) : acted(event, hands))) return;
  event.preventDefault();
}

function commanded(event: KeyboardEvent, { editor, choose, shown, standing }: Hands): boolean {
  const key = event.key.toLowerCase();
  const last = { row: shown.length - 1, day: standing.month.board.days.length - 1 };
  if (key === "y" || (key === "z" && event.shiftKey)) editor.redo();
  else if (key === "z") editor.undo();
  else if (key === "a") choose({ anchor: { row: 0, day: 0 }, cursor: last });
  else return false;
  return true;
}

const OPENS = new Set(["Enter", "F2", "ContextMenu", " "]);
const CLEARS = new Set(["Delete", "Backspace", "0"]);

function acted(event: KeyboardEvent, hands: Hands): boolean {
  const { editor, chosen, choose, openCell, editable, range, mark } = hands;
  const key = event.key;
  if (event.altKey) return false;
  if (OPENS.has(key)) openCell();
  else if (key === "Escape") {
    mark(NOWHERE);
    choose(only(chosen.cursor));
  } else if (!editable) return false;
  else if (CLEARS.has(key)) editor.do(filled(hands, range, null));
  else if (key.toLowerCase() === "m") carry(hands);
  else if (key.toLowerCase() === "l") editor.pin(locked(hands, range));
  else return typed(key, hands);
  return true;
}

/** The first press marks a cell, the second moves what it holds to where the cursor is by then, or swaps both. */
function carry(hands: Hands): void {
  const { editor, marked, mark, chosen } = hands;
  if (marked.row < 0) mark(chosen.cursor);
  else {
    editor.do(between(hands, marked, chosen.cursor));
    mark(NOWHERE);
  }
}

/** A digit is the place of a shift in the legend, a letter its code; what an input method composes opens the cell. */
function typed(key: string, hands: Hands): boolean {
  const { shifts } = hands.standing.month.board;
  const lower = key.toLowerCase();
  const shift = shifts[Number(key) - 1] ?? shifts.find((each) => each.code.toLowerCase() === lower);
  if (shift) hands.editor.do(filled(hands, hands.range, shift.code));
  else if (key === "Process" || key.length === 1) hands.openCell();
  else return false;
  return true;
}
