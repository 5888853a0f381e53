/** Light or dark: as the machine is set, unless the visitor chose. */
import { useEffect, useState } from "react";

export type Scheme = "light" | "dark" | "auto";
const KEPT = "paiban.scheme";

export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, set] = useState<Scheme>(() => {
    const kept = localStorage.getItem(KEPT);
    return kept === "light" || kept === "dark" ? kept : "auto";
  });
  useEffect(() => {
    if (scheme === "auto") delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = scheme;
    localStorage.setItem(KEPT, scheme);
  }, [scheme]);
  return [scheme, set];
}
