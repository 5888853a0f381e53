// A calendar as node-ical reads it: a line of JSON an event. Whole days are at local midnight there.
import ical from "node-ical";

const two = (number) => String(number).padStart(2, "0");
const text = (value) => value?.val ?? value ?? null;
const instant = (moment) =>
  moment.dateOnly
    ? `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
    : moment.toISOString().replace(".000", "");

for (const event of Object.values(ical.sync.parseFile(process.argv[2]))) {
  if (event.type !== "VEVENT") continue;
  const told = { uid: event.uid, start: instant(event.start), end: instant(event.end), summary: text(event.summary) };
  console.log(JSON.stringify({ ...told, status: event.status, sequence: Number(event.sequence) }));
}
