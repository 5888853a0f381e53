/** Jobs on a month: asked for, followed as they go on, and what they found. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api, once } from "@/shared/api/client";
import type { ChooseJob, ExplainJob, JobShown, RepairJob, SolveJob, WhatIfJob } from "@/shared/api/contract";

export type NewJob = SolveJob | ChooseJob | WhatIfJob | ExplainJob | RepairJob;
export type Kind = NewJob["kind"];
/** A moment of a solve: how good the best is, and how good any could be. */
export type Point = { seconds: number; objective: number | undefined; bound: number | undefined };
const OVER = new Set(["done", "failed", "cancelled"]);

export function isOver(job: JobShown | undefined | null): boolean {
  return !job || OVER.has(job.state);
}

export function pointOf(job: JobShown): Point {
  const { seconds, objective, bound } = job.progress as Record<string, number | undefined>;
  return { seconds: seconds ?? 0, objective, bound };
}

/** Asks for a job of a month. */
export function useStart(site: string, month: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewJob) =>
      answer(
        api.POST("/api/v1/sites/{site}/months/{month}/jobs", {
          params: { path: { site, month } },
          headers: once(),
          body,
        }),
      ),
    onSuccess: (job) =>
      queries.setQueryData<JobShown[]>(["jobs", site, month], (known = []) => [job, ...known]),
  });
}

/** End a job: with the best so far, or with nothing. */
export function stopJob(site: string, id: number, wish: "take" | "cancel"): Promise<JobShown> {
  return answer(
    api.POST("/api/v1/sites/{site}/jobs/{job_id}/stop", {
      params: { path: { site, job_id: id } },
      body: { wish },
    }),
  );
}

/** The jobs of a month, the newest first. */
export function useJobs(site: string, month: string) {
  return useQuery({
    queryKey: ["jobs", site, month],
    queryFn: async () => {
      const { items } = await answer(
        api.GET("/api/v1/sites/{site}/jobs", { params: { path: { site }, query: { limit: 100 } } }),
      );
      return items.filter((job) => job.month === month);
    },
  });
}

export function useCandidates(site: string, month: string) {
  return useQuery({
    queryKey: ["candidates", site, month],
    queryFn: async () =>
      (
        await answer(
          api.GET("/api/v1/sites/{site}/rosters/{month}/candidates", { params: { path: { site, month } } }),
        )
      ).items,
  });
}

/** A job as it goes on (server-sent events), with every moment that was told. */
export function useFollowed(
  site: string,
  first: JobShown | undefined,
): { job: JobShown | undefined; run: Point[] } {
  const queries = useQueryClient();
  const [told, setTold] = useState<{ job: JobShown; run: Point[] } | undefined>();
  const id = isOver(first) ? undefined : first?.id;
  useEffect(() => {
    if (id === undefined) return;
    const source = new EventSource(`/api/v1/sites/${site}/jobs/${id}/events`);
    const hear = (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as JobShown;
      setTold((known) => ({ job, run: [...(known?.job.id === job.id ? known.run : []), pointOf(job)] }));
      if (!isOver(job)) return;
      source.close();
      void queries.invalidateQueries({ queryKey: ["candidates", site] });
      void queries.invalidateQueries({ queryKey: ["jobs", site] });
    };
    source.addEventListener("progress", hear);
    source.addEventListener("end", hear);
    return () => source.close();
  }, [site, id, queries]);
  const known = told && first && told.job.id === first.id ? told : undefined;
  return { job: known?.job ?? first, run: known?.run ?? [] };
}

/** Make a candidate the draft. */
export function takeCandidate(site: string, month: string, candidate: number, tag: string) {
  return answer(
    api.POST("/api/v1/sites/{site}/rosters/{month}/draft/take", {
      params: { path: { site, month } },
      headers: { "If-Match": tag },
      body: { candidate },
    }),
  );
}
