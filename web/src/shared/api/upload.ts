/** A file on its way to the service: the body is the file itself. */
import { Fault } from "./client";
import { told } from "./headers";

export async function sent<T>(
  method: "POST" | "PUT",
  address: string,
  file: File,
  query: Record<string, string> = {},
): Promise<T> {
  const asked = new URLSearchParams({ name: file.name, ...query });
  const response = await fetch(`${address}?${asked}`, {
    method,
    headers: { ...told(), "Content-Type": "application/octet-stream" },
    body: file,
  });
  const body = await response.json();
  if (!response.ok) throw new Fault(response.status, body);
  return body as T;
}
