// A calendar as ical.js reads it (Thunderbird, Nextcloud), by the zones of the file alone: a line of JSON an event.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const calendar = ICAL.Component.fromString(readFileSync(process.argv[2], "utf8"));
const UTC = ICAL.Timezone.utcTimezone;

const instant = (time) => {
  if (time.isDate) return `${time}`;
  if (time.zone !== UTC && time.zone.component?.parent !== calendar) throw new Error(`zone ${time.zone.tzid} is not here`);
  return `${time.convertToZone(UTC)}`;
};

for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const [start, end] = [instant(event.startDate), instant(event.endDate)];
  const status = component.getFirstPropertyValue("status");
  console.log(JSON.stringify({ uid: event.uid, start, end, summary: event.summary, status, sequence: event.sequence }));
}
