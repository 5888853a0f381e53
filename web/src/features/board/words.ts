/** Words of the board. */
import type { BoardLeave, BoardWish } from "@/shared/api/contract";
import { leaveKind } from "@/shared/leave";
import type { Text } from "@/shared/words";

export function leaveWords(leave: BoardLeave): ReturnType<typeof leaveKind> {
  return leaveKind(leave.leave);
}

export function wishWords(wish: BoardWish): Text {
  if (wish.wish === "off") return { zh: "想休息", en: "wishes to be off" };
  if (wish.wish === "on") return { zh: `想上${wish.shift}`, en: `wishes for ${wish.shift}` };
  return { zh: `不想上${wish.shift}`, en: `wishes to be spared ${wish.shift}` };
}

export function wishMark(wish: BoardWish): string {
  return wish.wish === "off" ? "休" : wish.wish === "on" ? `+${wish.shift}` : `−${wish.shift}`;
}
