/** What was done, in words. */
import type { Text } from "@/shared/words";

/** Kinds of deeds, by what their names begin with. */
export const AREAS: Record<string, Text> = {
  draft: { zh: "草稿", en: "draft" },
  roster: { zh: "排班", en: "roster" },
  swap: { zh: "换班", en: "swap" },
  post: { zh: "换班板", en: "board" },
  request: { zh: "申请", en: "request" },
  leave: { zh: "假期", en: "leave" },
  callout: { zh: "紧急叫班", en: "call-in" },
  attendance: { zh: "出勤", en: "attendance" },
  person: { zh: "人员", en: "person" },
  people: { zh: "人员表", en: "people" },
  plan: { zh: "规则", en: "rules" },
  calls: { zh: "来电记录", en: "call records" },
  forecast: { zh: "预测", en: "forecast" },
  layer: { zh: "预测调整", en: "adjustment" },
  requirement: { zh: "人力需求", en: "need" },
  "special-day": { zh: "特殊日", en: "special day" },
  job: { zh: "任务", en: "job" },
  decisions: { zh: "委托", en: "delegation" },
  account: { zh: "账号", en: "account" },
  publication: { zh: "定时发布", en: "planned publication" },
  feed: { zh: "日历订阅", en: "calendar link" },
  hook: { zh: "外部通知", en: "hook" },
  channel: { zh: "通知渠道", en: "channel" },
  "sheet-key": { zh: "表格对照", en: "sheet key" },
  line: { zh: "线路", en: "line" },
};

const DEEDS: Record<string, Text> = {
  added: { zh: "新增", en: "added" },
  answered: { zh: "已答复", en: "answered" },
  asked: { zh: "发起", en: "asked for" },
  behalf: { zh: "代为提出", en: "asked on behalf" },
  bound: { zh: "绑定", en: "bound" },
  cancelled: { zh: "取消", en: "cancelled" },
  changed: { zh: "更改", en: "changed" },
  decided: { zh: "裁定", en: "decided" },
  done: { zh: "完成", en: "done" },
  edited: { zh: "编辑", en: "edited" },
  ended: { zh: "结束", en: "ended" },
  excused: { zh: "免记", en: "excused" },
  failed: { zh: "失败", en: "failed" },
  forgotten: { zh: "删除", en: "forgotten" },
  gap: { zh: "缺人", en: "unattended" },
  granted: { zh: "给予额度", en: "granted" },
  imported: { zh: "导入", en: "imported" },
  kept: { zh: "保存", en: "kept" },
  lent: { zh: "委托他人", en: "lent" },
  made: { zh: "建立", en: "made" },
  marked: { zh: "记录", en: "marked" },
  moved: { zh: "状态变化", en: "moved on" },
  "moved-up": { zh: "候补递补", en: "moved up" },
  noted: { zh: "备注", en: "noted" },
  offered: { zh: "提出", en: "offered" },
  opened: { zh: "开始", en: "opened" },
  dropped: { zh: "取消", en: "taken back" },
  planned: { zh: "约定", en: "planned" },
  pinned: { zh: "锁定", en: "locked" },
  proved: { zh: "证明应急底线", en: "proved" },
  refused: { zh: "被拒", en: "refused" },
  removed: { zh: "移除", en: "removed" },
  renewed: { zh: "更换", en: "renewed" },
  resent: { zh: "重发", en: "sent again" },
  reset: { zh: "重置", en: "reset" },
  started: { zh: "开始", en: "started" },
  stopped: { zh: "停止", en: "stopped" },
  taken: { zh: "取用方案", en: "taken" },
  "taken-back": { zh: "收回", en: "taken back" },
  tried: { zh: "测试", en: "tried" },
  turned: { zh: "转交", en: "turned over" },
  version: { zh: "新版本", en: "new version" },
  withdrawn: { zh: "撤回", en: "withdrawn" },
};

/** `draft.edited` as people say it. */
export function actionWords(action: string): Text {
  const [area = "", deed = ""] = action.split(".");
  const of = AREAS[area] ?? { zh: area, en: area };
  const did = DEEDS[deed] ?? { zh: deed, en: deed };
  return { zh: `${of.zh}${did.zh && ` · ${did.zh}`}`, en: `${of.en} ${did.en}`.trim() };
}
