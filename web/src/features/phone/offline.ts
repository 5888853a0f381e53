/** The service worker: it keeps the pages and one's own duties for when there is no network. */
import { useEffect, useSyncExternalStore } from "react";

/** Let this browser keep what it needs offline. */
export function useOffline(): void {
  useEffect(() => {
    if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }, []);
}

/** Whether there is a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine,
  );
}
