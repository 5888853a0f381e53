/** A deed, after which what it touches is read anew; a fault is told. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastFault } from "@/shared/ui/toasts";

export function useDeed<T>(deed: (given: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient();
  return useMutation<unknown, Error, T>({
    mutationFn: deed,
    onError: toastFault,
    onSuccess: () => {
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "me" });
      done?.();
    },
  });
}
