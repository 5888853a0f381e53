/** Roles, in words. */
import type { Text } from "@/shared/words";

export const ROLES: Record<string, Text> = {
  agent: { zh: "坐席", en: "agent" },
  leader: { zh: "班长", en: "shift leader" },
  scheduler: { zh: "排班员", en: "scheduler" },
  manager: { zh: "主管", en: "manager" },
  administration: { zh: "行政", en: "administration" },
  general: { zh: "总经理", en: "general manager" },
  auditor: { zh: "审计", en: "auditor" },
  admin: { zh: "管理员", en: "administrator" },
};
