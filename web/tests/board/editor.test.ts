import { expect, test, vi } from "vitest";
import { Editor, type Service } from "@/features/board/editor";
import { type Change, setTo } from "@/features/board/model";
import { Fault } from "@/shared/api/client";
import type { Board, NewNote } from "@/shared/api/contract";
import { board, codes, duty } from "./month";

const settled = () => new Promise((done) => setTimeout(done, 0));

/** A service that keeps a draft, as the real one does: stale tags are refused. */
class Draft implements Service {
  now: Board;
  tag = 1;
  edits: Change[][] = [];
  notes: NewNote[] = [];
  refuses: Fault | undefined;

  constructor(now: Board) {
    this.now = now;
  }

  read = async () => ({ data: this.now, tag: `${this.tag}` });
  edit = async (changes: Change[], tag: string) => {
    if (this.refuses) throw this.refuses;
    if (tag !== `${this.tag}`) throw new Fault(412, { code: "stale" });
    this.edits.push(changes);
    this.tag += 1;
    const data = { revision: this.tag, allowed: true, cost: 0, broken: [], healed: [], totals: [] };
    return { data: { ...data, strips: { cover: [], floor: [] } }, tag: `${this.tag}` };
  };
  note = async (note: NewNote) => {
    this.notes.push(note);
    this.tag += 1;
    const month = {
      month: "2026-12",
      published: null,
      versions: 0,
      requirement: null,
      planned: null,
      changed_at: "",
    };
    return { data: { ...month, revision: this.tag }, tag: `${this.tag}` };
  };
  pin = async () => {
    throw new Fault(500, {});
  };
  report = async () => ({ revision: this.tag, clean: true, score: 0, breaches: [], certificate: {} });
}

function begun(first = board([duty("A", 0, "早")])) {
  const draft = new Draft(first);
  const told = vi.fn();
  const editor = new Editor({ data: first, tag: "1" }, draft, told);
  const put = (row: number, day: number, code: string | null) =>
    editor.do(setTo(editor.current().month, row, day, code));
  return { draft, told, editor, put, shown: () => codes(editor.current().month) };
}

test("an edit shows at once and is sent", async () => {
  const { editor, draft, put, shown } = begun();
  put(1, 1, "中");
  expect(shown()[1]).toBe(". 中 . .");
  expect(editor.current().saving).toBe(1);
  await settled();
  expect(draft.edits).toHaveLength(1);
  expect(editor.current()).toMatchObject({ saving: 0, revision: 2, undos: 1 });
  editor.close();
});

test("edits go one after the other, each with the tag of the one before", async () => {
  const { editor, draft, put, told } = begun();
  for (let day = 0; day < 4; day++) put(2, day, "早");
  await settled();
  expect(draft.edits).toHaveLength(4);
  expect(told).not.toHaveBeenCalled();
  editor.close();
});

test("undo and redo go as deep as edits did", async () => {
  const { editor, put, shown } = begun();
  put(0, 0, "中");
  put(0, 1, "夜");
  editor.undo();
  editor.undo();
  expect(shown()[0]).toBe("早 . . .");
  editor.redo();
  expect(shown()[0]).toBe("中 . . .");
  put(0, 2, "早");
  expect(editor.current().redos).toBe(0);
  await settled();
  editor.close();
});

test("an edit that is refused is taken back and told", async () => {
  const { editor, draft, put, shown, told } = begun();
  draft.refuses = new Fault(422, { detail: "no" });
  put(0, 0, null);
  await settled();
  expect(shown()[0]).toBe("早 . . .");
  expect(told).toHaveBeenCalledOnce();
  expect(editor.current().undos).toBe(0);
  editor.close();
});

test("another editor elsewhere: both edits stand", async () => {
  const { editor, draft, put, shown, told } = begun();
  draft.now = board([duty("A", 0, "早"), duty("C", 3, "夜", "emergency")]);
  draft.tag = 7;
  put(1, 1, "中");
  await settled();
  expect(told).not.toHaveBeenCalled();
  expect(shown()).toEqual(["早 . . .", ". 中 . .", ". . . 夜"]);
  editor.close();
});

test("another editor in the same cell: his stands, and one is told", async () => {
  const { editor, draft, put, shown, told } = begun();
  draft.now = board([duty("A", 0, "中")]);
  draft.tag = 7;
  put(0, 0, "夜");
  await settled();
  expect(told).toHaveBeenCalledOnce();
  expect(shown()[0]).toBe("中 . . .");
  editor.close();
});

test("a note stands on its cell at once, and the edit after it does not collide with it", async () => {
  const { editor, draft, put, told } = begun();
  const day = editor.current().month.board.days[1]?.day ?? "";
  editor.note({ agent: "B", day, words: "培训", by: "" });
  put(1, 1, "中");
  expect(editor.current().month.rows[1]?.cells[1]).toMatchObject({ note: { words: "培训" } });
  await settled();
  expect(draft.notes).toEqual([{ agent: "B", day, words: "培训" }]);
  expect(draft.edits).toHaveLength(1);
  expect(told).not.toHaveBeenCalled();
  editor.note({ agent: "B", day, words: "", by: "" });
  expect(editor.current().month.rows[1]?.cells[1]?.note).toBeUndefined();
  editor.close();
});
