/** How much time is given. */
import { Field } from "@/shared/ui";
import { useSay } from "@/shared/words";

const TIMES = [30, 60, 120, 300, 600, 1800];

export function Seconds({ value, set }: { value: number; set: (seconds: number) => void }) {
  const say = useSay();
  return (
    <Field label={say({ zh: "时间", en: "Time" })}>
      <select value={value} onChange={(event) => set(Number(event.target.value))}>
        {TIMES.map((each) => (
          <option key={each} value={each}>
            {each < 60
              ? say({ zh: `${each} 秒`, en: `${each} s` })
              : say({ zh: `${each / 60} 分钟`, en: `${each / 60} min` })}
          </option>
        ))}
      </select>
    </Field>
  );
}
