/** The service, typed by its contract; what it refuses is thrown as a `Fault`. */
import createClient from "openapi-fetch";
import type { paths } from "./contract";
import { told } from "./headers";

export const api = createClient<paths>({ baseUrl: "" });
api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(told())) request.headers.set(name, value);
    return request;
  },
});

type Problem = {
  title?: string;
  detail?: string;
  code?: string;
  errors?: { detail?: string; pointer?: string }[];
};

/** A request that was not done, with its reason in the visitor's words (RFC 9457). */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Record<string, unknown>;

  constructor(status: number, problem: Problem) {
    const fields = (problem.errors ?? []).map((each) => `${each.pointer ?? ""} ${each.detail ?? ""}`.trim());
    super([problem.detail || problem.title || `HTTP ${status}`, ...fields].join("\n"));
    this.status = status;
    this.code = problem.code ?? "";
    this.facts = problem as Record<string, unknown>;
  }
}

type Told<T> = { data?: T; error?: unknown; response: Response };

/** The answer of a request with its headers, or its `Fault`. */
async function opened<T>(asked: Promise<Told<T>>): Promise<{ data: T; headers: Headers }> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new Fault(response.status, (error ?? {}) as Problem);
  return { data: data as T, headers: response.headers };
}

/** The answer of a request, or its `Fault`. */
export async function answer<T>(asked: Promise<Told<T>>): Promise<T> {
  return (await opened(asked)).data;
}

/** The same with the tag of what was answered, for `If-Match`. */
export async function tagged<T>(asked: Promise<Told<T>>): Promise<{ data: T; tag: string }> {
  const { data, headers } = await opened(asked);
  return { data, tag: headers.get("etag") ?? "" };
}

/** The same with the moment at which it was said: what was kept for offline is older than it is read. */
export async function dated<T>(asked: Promise<Told<T>>): Promise<{ data: T; at: number }> {
  const { data, headers } = await opened(asked);
  return { data, at: Date.parse(headers.get("date") ?? "") || Date.now() };
}

/** One name for one deed, so that a repeated request does it once. */
export function once(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}
