/** A deed, after which what it touches is read anew; a fault is told. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastFault } from "@/shared/ui/toasts";

/** Who one is does not change by it; what would happen is asked of what is not done yet. */
const STAYS = new Set<unknown>(["me", "would"]);

export function useDeed<T>(deed: (given: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient();
  return useMutation<unknown, Error, T>({
    mutationFn: deed,
    onError: toastFault,
    onSuccess: () => {
      void queries.invalidateQueries({ predicate: (query) => !STAYS.has(query.queryKey[0]) });
      done?.();
    },
  });
}
