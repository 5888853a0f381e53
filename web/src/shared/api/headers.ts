/** What every request tells of the visitor. */
let language = "zh-CN";

/** From now on requests ask for this language. */
export function tell(chosen: string): void {
  language = chosen;
}

/** The headers of a request of this client: pages of other sites cannot send the second. */
export function told(): Record<string, string> {
  return { "Accept-Language": language, "X-Paiban-Client": "web" };
}
