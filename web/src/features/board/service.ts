/** What the board asks of the service. */
import { answer, api, once, tagged } from "@/shared/api/client";
import type { VersionShown } from "@/shared/api/contract";
import type { Service } from "./editor";

export function serviceOf(site: string, month: string): Service {
  const path = { site, month };
  return {
    read: () => tagged(api.GET("/api/v1/sites/{site}/rosters/{month}/board", { params: { path } })),
    edit: (changes, tag) =>
      tagged(
        api.PATCH("/api/v1/sites/{site}/rosters/{month}/draft", {
          params: { path },
          headers: { "If-Match": tag },
          body: { changes },
        }),
      ),
    pin: (pins, tag) =>
      tagged(
        api.PUT("/api/v1/sites/{site}/rosters/{month}/pins", {
          params: { path },
          headers: { "If-Match": tag },
          body: { pins },
        }),
      ),
    note: (note) =>
      tagged(
        api.PUT("/api/v1/sites/{site}/rosters/{month}/notes", {
          params: { path },
          body: note,
        }),
      ),
    report: () => answer(api.GET("/api/v1/sites/{site}/rosters/{month}/draft/report", { params: { path } })),
  };
}

/** Begin to work on a month. */
export function openRoster(site: string, month: string) {
  return answer(api.POST("/api/v1/sites/{site}/rosters", { params: { path: { site } }, body: { month } }));
}

type Publication = { note: string; waivers: { rule: string; reason: string }[] };

/** Have the draft put in force at a moment. */
export function planPublication(
  site: string,
  month: string,
  tag: string,
  body: Publication & { at: string },
) {
  return answer(
    api.PUT("/api/v1/sites/{site}/rosters/{month}/publications/planned", {
      params: { path: { site, month } },
      headers: { "If-Match": tag, ...once() },
      body,
    }),
  );
}

/** Take back that it is. */
export function dropPublication(site: string, month: string) {
  return answer(
    api.DELETE("/api/v1/sites/{site}/rosters/{month}/publications/planned", {
      params: { path: { site, month } },
    }),
  );
}

/** Put the draft in force. */
export function publish(site: string, month: string, tag: string, body: Publication): Promise<VersionShown> {
  return answer(
    api.POST("/api/v1/sites/{site}/rosters/{month}/publications", {
      params: { path: { site, month } },
      headers: { "If-Match": tag, ...once() },
      body,
    }),
  );
}
