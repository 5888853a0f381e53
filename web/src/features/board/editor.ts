/** The draft under somebody's hands: an edit shows at once, goes to the service in turn, and comes back judged. */
import { Fault } from "@/shared/api/client";
import type {
  Board,
  BoardNote,
  EditShown,
  NewNote,
  PinForm,
  ReportShown,
  RosterShown,
} from "@/shared/api/contract";
import {
  applied,
  type Breach,
  type Change,
  fits,
  inverse,
  judged,
  type Month,
  monthOf,
  moved,
  noted,
  pinned,
} from "./model";

export type Tagged<T> = { data: T; tag: string };

/** What the editor asks of the service. */
export type Service = {
  read: () => Promise<Tagged<Board>>;
  edit: (changes: Change[], tag: string) => Promise<Tagged<EditShown>>;
  pin: (pins: PinForm[], tag: string) => Promise<Tagged<RosterShown>>;
  note: (note: NewNote) => Promise<Tagged<RosterShown>>;
  report: () => Promise<ReportShown>;
};

/** The draft as it stands on the screen. */
export type Standing = {
  readonly month: Month;
  readonly revision: number;
  readonly breaches: readonly Breach[] | undefined;
  readonly report: ReportShown | undefined;
  readonly verdict: EditShown | undefined;
  readonly saving: number;
  readonly undos: number;
  readonly redos: number;
};

/** So long after the last edit the whole roster is judged anew. */
const QUIET = 2500;

export class Editor {
  private standing: Standing;
  private listeners = new Set<() => void>();
  private tail: Promise<void> = Promise.resolve();
  private done: Change[][] = [];
  private undone: Change[][] = [];
  private turn = 0;
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(
    first: Tagged<Board>,
    private readonly service: Service,
    private readonly tell: (fault: unknown) => void,
  ) {
    this.tag = first.tag;
    this.standing = {
      month: monthOf(first.data),
      revision: first.data.revision,
      breaches: undefined,
      report: undefined,
      verdict: undefined,
      saving: 0,
      undos: 0,
      redos: 0,
    };
  }

  private tag: string;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Standing => this.standing;

  /** Change cells. */
  do(changes: Change[]): void {
    if (!changes.length) return;
    this.done.push(changes);
    this.undone = [];
    this.send(changes);
  }

  undo(): void {
    const changes = this.done.pop();
    if (!changes) return;
    this.undone.push(changes);
    this.send(inverse(changes));
  }

  redo(): void {
    const changes = this.undone.pop();
    if (!changes) return;
    this.done.push(changes);
    this.send(changes);
  }

  /** Fix cells for solves to come, or let go of them. */
  pin(pins: PinForm[]): void {
    this.show({ month: pinned(this.standing.month, pins) });
    this.queue(async () => {
      const { data, tag } = await this.service.pin(pins, this.tag);
      this.tag = tag;
      this.show({ revision: data.revision });
    });
  }

  /** Write a note on a cell, or take it away. */
  note(note: BoardNote): void {
    this.show({ month: noted(this.standing.month, note) });
    this.queue(async () => {
      const { agent, day, words } = note;
      const { data, tag } = await this.service.note({ agent, day, words });
      this.tag = tag;
      this.show({ revision: data.revision });
    });
  }

  /** Judge the whole roster by every rule. */
  async judge(): Promise<void> {
    const turn = this.turn;
    try {
      const report = await this.service.report();
      if (turn === this.turn && !this.standing.saving) this.show({ report, breaches: report.breaches });
    } catch (fault) {
      this.tell(fault);
    }
  }

  /** Read everything anew: somebody else was here. */
  async reload(): Promise<void> {
    const { data, tag } = await this.service.read();
    this.adopt(data, tag);
    this.rest(0);
  }

  /** The tag of the draft once everything is saved, for what is done with the whole of it. */
  async settled(): Promise<string> {
    await this.tail;
    return this.tag;
  }

  /** Stop what waits. */
  close(): void {
    clearTimeout(this.quiet);
    this.turn += 1;
  }

  private send(changes: Change[]): void {
    this.show({ month: applied(this.standing.month, changes) });
    this.queue(async () => {
      const { data, tag } = await this.accepted(changes);
      this.tag = tag;
      const { month, breaches } = this.standing;
      const known = breaches && judged(breaches, data);
      this.show({ month: moved(month, data), revision: data.revision, verdict: data, breaches: known });
    });
  }

  /** Sends changes; if another editor was quicker, but elsewhere, they go on top of his. */
  private async accepted(changes: Change[]): Promise<Tagged<EditShown>> {
    try {
      return await this.service.edit(changes, this.tag);
    } catch (fault) {
      if (!(fault instanceof Fault) || fault.status !== 412) throw fault;
      const fresh = await this.service.read();
      if (!fits(monthOf(fresh.data), changes)) throw fault;
      const edited = await this.service.edit(changes, fresh.tag);
      this.show({ month: applied(monthOf(fresh.data), changes) });
      return edited;
    }
  }

  /** One after the other; what follows a failure is dropped, for it was made on what is not so. */
  private queue(deed: () => Promise<void>): void {
    const turn = this.turn;
    this.show({ saving: this.standing.saving + 1 });
    this.tail = this.tail.then(async () => {
      try {
        if (turn === this.turn) await deed();
      } catch (fault) {
        await this.fallBack(fault);
      } finally {
        this.show({ saving: this.standing.saving - 1 });
        this.rest(QUIET);
      }
    });
  }

  private async fallBack(fault: unknown): Promise<void> {
    this.turn += 1;
    this.tell(fault);
    try {
      const { data, tag } = await this.service.read();
      this.adopt(data, tag);
    } catch (second) {
      this.tell(second);
    }
  }

  private adopt(board: Board, tag: string): void {
    this.tag = tag;
    this.done = [];
    this.undone = [];
    this.show({ month: monthOf(board), revision: board.revision, verdict: undefined });
  }

  private rest(after: number): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => void this.judge(), after);
  }

  private show(now: Partial<Standing>): void {
    const counts = { undos: this.done.length, redos: this.undone.length };
    this.standing = { ...this.standing, ...now, ...counts };
    for (const listener of this.listeners) listener();
  }
}
