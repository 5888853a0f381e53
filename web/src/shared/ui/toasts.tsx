/** Short messages over the page; screen readers are told them, too. */
import { useEffect, useState } from "react";
import { useSay } from "@/shared/words";
import css from "./ui.module.css";

type Toast = { id: number; words: string };
let next = 1;
let show: (toast: Toast) => void = () => undefined;
const LASTS = 7000;

/** Tell the visitor something that has happened. */
export function toast(words: string): void {
  show({ id: next++, words });
}

/** Tell the visitor what went wrong. */
export function toastFault(fault: unknown): void {
  toast(fault instanceof Error ? fault.message : String(fault));
}

export function Toasts() {
  const [toasts, set] = useState<Toast[]>([]);
  const say = useSay();
  useEffect(() => {
    show = (toast) => {
      set((shown) => [...shown.slice(-2), toast]);
      setTimeout(() => set((shown) => shown.filter((each) => each.id !== toast.id)), LASTS);
    };
  }, []);
  const close = (id: number) => set((shown) => shown.filter((each) => each.id !== id));
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {toasts.map((each) => (
        <div key={each.id} className={css.toast}>
          <span>{each.words}</span>
          <button type="button" onClick={() => close(each.id)} aria-label={say({ zh: "关闭", en: "Close" })}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
