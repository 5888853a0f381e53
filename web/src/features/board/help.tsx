/** What the keys do. */
import { Dialog } from "@/shared/ui";
import { type Text, useSay } from "@/shared/words";
import css from "./panel.module.css";

const KEYS: [string, Text][] = [
  [
    "1 … 9, A … Z",
    { zh: "填入班次: 图例中的序号, 或班次代码", en: "set a shift: its place in the legend, or its code" },
  ],
  ["Del, 0", { zh: "清空", en: "clear" }],
  [
    "Enter, F2",
    {
      zh: "打开单元格: 输入中文代码, 选工作, 看问题",
      en: "open the cell: type a code, choose the work, see breaches",
    },
  ],
  ["←↑→↓, Home, End, PgUp, PgDn", { zh: "移动", en: "move" }],
  ["Shift + …", { zh: "选择区域", en: "choose a range" }],
  [
    "Ctrl+C, Ctrl+X, Ctrl+V",
    { zh: "复制、剪切、粘贴, 与 Excel 互通", en: "copy, cut, paste; from and to Excel, too" },
  ],
  [
    "M … M",
    { zh: "第一次标记, 第二次移到光标处或互换", en: "mark, then move here or swap with what is here" },
  ],
  ["L", { zh: "锁定或解锁, 求解时保持不变", en: "lock or unlock for solves" }],
  ["Ctrl+Z, Ctrl+Y", { zh: "撤销、重做", en: "undo, redo" }],
  ["Ctrl+A, Esc", { zh: "全选、取消", en: "choose all, let go" }],
];

export function Help({ close }: { close: () => void }) {
  const say = useSay();
  return (
    <Dialog title={say({ zh: "快捷键", en: "Keys" })} close={close}>
      <dl className={css.keys}>
        {KEYS.map(([keys, words]) => (
          <div key={keys} className={css.pair}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
      <p>
        {say({
          zh: "鼠标: 点选后再拖动, 可把班移到另一格或互换; 直接拖动选择区域; 右键打开单元格。",
          en: "Pointer: drag a cell that is chosen to move or swap its duty; drag any other to choose a range; right-click opens the cell.",
        })}
      </p>
      <p>
        {say({
          zh: "虚线加条纹的班是草稿, 与已发布的不同; 角上的三角表示第二种工作; 红色角标阻止发布, 黄色只计代价。",
          en: "Dashes and stripes: draft, not as published. A corner: the second kind of work. Red blocks publishing, amber costs.",
        })}
      </p>
    </Dialog>
  );
}
