/** The few parts that every page is made of: native elements, so that keyboards and screen readers know them. */
import {
  type ButtonHTMLAttributes,
  type CSSProperties,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from "react";
import { useSay } from "@/shared/words";
import css from "./ui.module.css";

export type Tone = "red" | "amber" | "green" | "blue" | "none";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: "main" | "danger" | "plain" | undefined;
  large?: boolean;
};

export function Button({ tone, large, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      data-tone={tone}
      data-large={large || undefined}
      className={`${css.button} ${className ?? ""}`}
      {...rest}
    />
  );
}

/** The looks of a button, for a link. */
export const buttonLooks = css.button;
export const selectLooks = css.select;
export const cardLooks = css.card;
export const rowLooks = css.row;
export const figuresLooks = css.figures;

export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control comes as a child
    <label className={css.field}>
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  );
}

/** Something to be ticked. */
export function Check({
  label,
  ticked,
  tick,
}: {
  label: string;
  ticked: boolean;
  tick: (on: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={ticked} onChange={(event) => tick(event.target.checked)} /> {label}
    </label>
  );
}

/** A dialog; Escape and the button close it, the browser keeps the focus inside; `data-first` has it first. */
export function Dialog({
  title,
  close,
  wide,
  children,
}: {
  title: string;
  close: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const head = useId();
  const say = useSay();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    shown?.querySelector<HTMLElement>("[data-first]")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      data-wide={wide || undefined}
      aria-labelledby={head}
      onClose={close}
    >
      <header>
        <h2 id={head}>{title}</h2>
        <Button tone="plain" onClick={close} aria-label={say({ zh: "关闭", en: "Close" })}>
          ✕
        </Button>
      </header>
      <div>{children}</div>
    </dialog>
  );
}

/** Which of several things is shown. */
export function Tabs({
  label,
  tabs,
  chosen,
  choose,
}: {
  label: string;
  tabs: readonly { name: string; label: string }[];
  chosen: string;
  choose: (name: string) => void;
}) {
  return (
    <fieldset className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          aria-pressed={tab.name === chosen}
          onClick={() => choose(tab.name)}
        >
          {tab.label}
        </button>
      ))}
    </fieldset>
  );
}

export function Note({ tone = "none", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className={css.note} data-tone={tone} role={tone === "red" ? "alert" : undefined}>
      {children}
    </div>
  );
}

export function Tag({
  tone = "none",
  children,
  title,
}: {
  tone?: Tone;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={css.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

export function Waiting({ what }: { what?: string }) {
  const say = useSay();
  return (
    <div className={css.waiting} role="status">
      {what ?? say({ zh: "正在读取…", en: "Loading…" })}
    </div>
  );
}

/** A fault in the place of what could not be shown, with a way to try again. */
export function Failed({ fault, again }: { fault: unknown; again?: () => void }) {
  const say = useSay();
  return (
    <div className={css.empty} role="alert">
      <strong>{say({ zh: "没能读取", en: "This could not be read" })}</strong>
      <p>{fault instanceof Error ? fault.message : String(fault)}</p>
      {again && <Button onClick={again}>{say({ zh: "重试", en: "Try again" })}</Button>}
    </div>
  );
}

/** A shift's code in its colour; the letters always stand in it. */
export function Chip({
  code,
  back,
  ink,
  title,
}: {
  code: string;
  back: string;
  ink: string;
  title?: string;
}) {
  const style: CSSProperties = { background: `#${back}`, color: `#${ink}` };
  return (
    <span className={css.chip} style={style} title={title}>
      {code}
    </span>
  );
}
