/** Every text stands in both languages, beside where it is used; a missing one does not compile. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { tell } from "@/shared/api/headers";

export type Language = "zh-CN" | "en";
export type Text = { readonly zh: string; readonly en: string };
export type Say = (text: Text) => string;

const KEPT = "paiban.language";
const Context = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: "zh-CN",
  choose: () => undefined,
});

/** What the visitor chose; else what his account, else his browser speaks. */
export function firstLanguage(account?: Language): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh-CN" || kept === "en") return kept;
  return account ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en");
}

export function Words({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(firstLanguage);
  tell(language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(() => {
    const choose = (chosen: Language) => {
      localStorage.setItem(KEPT, chosen);
      tell(chosen);
      set(chosen);
    };
    return { language, choose };
  }, [language]);
  return <Context value={value}>{children}</Context>;
}

export function useLanguage() {
  return useContext(Context);
}

/** Says a text in the language of the visitor. */
export function useSay(): Say {
  const { language } = useContext(Context);
  return useMemo(() => (text: Text) => (language === "en" ? text.en : text.zh), [language]);
}

/** One or many, as English has it. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
