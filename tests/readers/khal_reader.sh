#!/bin/bash
# khal_reader.sh BIN FILE.ics FIRST LAST: a calendar as khal reads it after vdirsyncer fetched it over HTTP.
set -euo pipefail
bin=$1 ics=$(realpath "$2") here=$(realpath "$(dirname "$0")") work=$(mktemp -d)
mkdir "$work/calendar"
"$bin/python" -u -m http.server 0 --bind 127.0.0.1 --directory "$(dirname "$ics")" >"$work/http.log" 2>&1 &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
until port=$(grep -soP '127.0.0.1 port \K\d+' "$work/http.log"); do sleep 0.05; done
cat >"$work/vdirsyncer.conf" <<CONF
[general]
status_path = "$work/status"
[pair feed]
a = "web"
b = "folder"
collections = null
[storage web]
type = "http"
url = "http://127.0.0.1:$port/$(basename "$ics")"
filter_hook = "$here/khal_hook.sh"
[storage folder]
type = "filesystem"
path = "$work/calendar"
fileext = ".ics"
CONF
cat >"$work/khal.conf" <<CONF
[calendars]
[[feed]]
path = $work/calendar
readonly = True
[sqlite]
path = $work/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%SZ
longdatetimeformat = %Y-%m-%dT%H:%M:%SZ
CONF
"$bin/vdirsyncer" -v WARNING -c "$work/vdirsyncer.conf" discover >&2
"$bin/vdirsyncer" -v WARNING -c "$work/vdirsyncer.conf" sync >&2
fields=()
for field in start end title status all-day location url; do fields+=(--json "$field"); done
"$bin/khal" -c "$work/khal.conf" list --once "${fields[@]}" "$3" "$4"
