#!/bin/sh
# vdirsyncer's filter_hook: keeps UID and SEQUENCE where khal can print them (LOCATION, URL), for it knows neither.
sed -e ':a' -e 'N' -e '$!ba' -e 's/\r//g; s/\n[ \t]//g' |
sed -E -e '/^(LOCATION|URL)[;:]/d' -e 's/^UID:(.*)/&\nLOCATION:\1/' -e 's/^SEQUENCE:(.*)/&\nURL:\1/'
