/* A calendar as libical reads it (Evolution, KDE), strictly and by the zones of the file alone: a line of JSON an event.
   Ends with 1 where libical finds anything wrong, with 2 where there is no calendar. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static icalcomponent *calendar;
static int wrong;

static void fault(const char *what, const char *where) {
    fprintf(stderr, "%s: %s\n", what, where ? where : "");
    wrong = 1;
}

/* Every X-LIC-ERROR, at any depth: faults of parsing are told nowhere else. */
static void faults(icalcomponent *component) {
    icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; p; p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        fault("property", icalproperty_get_xlicerror(p));
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) faults(inner);
}

static void words(const char *name, const char *said) {
    printf("\"%s\": \"", name);
    for (; said && *said; said++) {
        if (*said == '"' || *said == '\\') printf("\\%c", *said);
        else if ((unsigned char)*said < 32) printf("\\u%04x", *said);
        else putchar(*said);
    }
    printf("\", ");
}

static void moment(const char *name, icalproperty *property) {
    struct icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
    icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    char said[32];
    if (time.is_date) {
        snprintf(said, sizeof said, "%04d-%02d-%02d", time.year, time.month, time.day);
    } else {
        icaltimezone *here = zone ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(zone)) : NULL;
        if (!here) { fault("zone is not here", zone ? icalparameter_get_tzid(zone) : "floating"); return; }
        time = icaltime_convert_to_zone(icaltime_set_timezone(&time, here), icaltimezone_get_utc_timezone());
        snprintf(said, sizeof said, "%04d-%02d-%02dT%02d:%02d:%02dZ", time.year, time.month, time.day, time.hour,
                 time.minute, time.second);
    }
    words(name, said);
}

static void event(icalcomponent *component) {
    icalproperty *start = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    icalproperty *end = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
    icalproperty *status = icalcomponent_get_first_property(component, ICAL_STATUS_PROPERTY);
    icalproperty *sequence = icalcomponent_get_first_property(component, ICAL_SEQUENCE_PROPERTY);
    if (!start || !end || !status || !sequence) { fault("event without a time, status or sequence", ""); return; }
    putchar('{');
    words("uid", icalcomponent_get_uid(component));
    moment("start", start);
    moment("end", end);
    words("summary", icalcomponent_get_summary(component));
    words("status", icalproperty_status_to_string(icalproperty_get_status(status)));
    printf("\"sequence\": %d}\n", icalproperty_get_sequence(sequence));
}

int main(int count, char **told) {
    FILE *file = count == 2 ? fopen(told[1], "rb") : NULL;
    if (!file) { perror("open"); return 2; }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    if (fread(text, 1, size, file) != (size_t)size) return 2;
    icalerror_set_errors_are_fatal(0);
    icalerror_clear_errno();
    calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) { fault("no calendar", ""); return 2; }
    if (!icalrestriction_check(calendar)) fault("restrictions", "");
    faults(calendar);
    icalcomponent *each = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; each; each = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) event(each);
    if (icalerrno != ICAL_NO_ERROR) fault("libical", icalerror_perror());
    return wrong;
}
