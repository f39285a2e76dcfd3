/* SPDX-License-Identifier: Apache-2.0
 *
 * code.c - `chancery code`: the events, for programs (jsonl, csv) and for people (table, timeline).
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ jsonl */

static void jsonl_event(job *j, const chy_page *page, uint32_t dispatch, uint32_t event, const char *id)
{
    char *line;
    chy_error err;
    if (chy_event_json(page, dispatch, event, (chy_slice){id, strlen(id)}, j->data_hash, &line, &err) != CHY_OK) {
        job_error(j, "%s", err.message);
        return;
    }
    out_z(&j->text, line);
    out_z(&j->text, "\n");
    free(line);
}

/* One day for those who want one: the last that the range allows, where it is not wider than a year. */
static chy_day one_day(const chy_dispatch *d)
{
    return (int64_t)d->published.end - d->published.begin <= 366 ? d->published.end : CHY_NO_DAY;
}

/* -------------------------------------------------------------------- csv */

static const char csv_head[] =
    "event,dispatch,article,published,type,mode,cameo,quad,intensity,status,date_begin,date_end,source,source_country,"
    "source_sector,target,target_country,target_sector,place,place_country,lat,lon,by,trigger,begin,end,sentence,"
    "dead,injured,arrested,protesters\n";

static void csv_join(out *o, const chy_page *page, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    out text = {0}, country = {0}, sector = {0};
    for (uint32_t i = 0; i < n; i++) {
        const chy_participant *p = &d->participants[first + i];
        const chy_actor *a = &d->actors[p->actor];
        if (i) out_z(&text, "; "), out_z(&country, "; "), out_z(&sector, "; ");
        if (p->mention != CHY_NONE) out_line(&text, cut(page, d->mentions[p->mention].at), 0);
        else out_slice(&text, a->name);
        out_z(&country, a->country);
        const char *sep = "";
        for (unsigned b = 0; b < CHY_N_SECTOR; b++) {
            if (!(p->sectors >> b & 1)) continue;
            out_f(&sector, "%s%s", sep, chy_sector_name(b));
            sep = " ";
        }
    }
    out *parts[] = {&text, &country, &sector};
    for (int i = 0; i < 3; i++) {
        out_z(o, ",");
        out_csv(o, (chy_slice){parts[i]->p, parts[i]->n});
        out_free(parts[i]);
    }
}

static void csv_day(out *o, chy_day d)
{
    char buf[11] = "";
    if (d != CHY_NO_DAY) chy_day_format(d, buf);
    out_f(o, ",%s", buf);
}

static void csv_event(out *o, const chy_page *page, const chy_dispatch *d, const chy_event *e, const char *id)
{
    json_t *raw = json_loads(id, JSON_DECODE_ANY, NULL);
    const char *plain = json_is_string(raw) ? json_string_value(raw) : id;
    out_slice(o, e->id);
    out_z(o, ",");
    out_csv(o, (chy_slice){plain, strlen(plain)});
    json_decref(raw);
    out_f(o, ",%u", d->article);
    csv_day(o, one_day(d));
    out_f(o, ",%s,", e->type < CHY_N_TYPE ? chy_type_name(e->type) : "");
    for (uint32_t i = 0; i < e->n_modes; i++) out_f(o, "%s%s", i ? " " : "", chy_mode_name(e->modes[i]));
    out_z(o, ",");
    out_slice(o, e->cameo);
    out_f(o, ",%d,%.1f,%s", chy_type_quad((chy_type)e->type), (double)e->intensity, chy_event_status_name(e->status));
    csv_day(o, e->days.begin);
    csv_day(o, e->days.end);
    csv_join(o, page, d, e->first_source, e->n_sources);
    csv_join(o, page, d, e->first_target, e->n_targets);
    if (e->place != CHY_NONE) {
        const chy_place *p = &d->places[e->place];
        out_z(o, ",");
        out_csv(o, p->name);
        out_f(o, ",%s,%.4f,%.4f,", p->country, (double)p->lat, (double)p->lon);
    } else {
        out_z(o, ",,,,,");
    }
    out by = {0};
    for (uint32_t i = 0; i < e->n_claims; i++) {
        const chy_claim *c = &d->claims[e->first_claim + i];
        out_f(&by, "%s%s ", i ? "; " : "", chy_stance_name(c->stance));
        out_slice(&by, c->actor != CHY_NONE ? d->actors[c->actor].name : c->agency);
    }
    out_csv(o, (chy_slice){by.p, by.n});
    out_free(&by);
    out_z(o, ",");
    out_csv(o, cut(page, e->trigger));
    out_f(o, ",%u,%u,", e->trigger.begin, e->trigger.end);
    out line = {0};
    out_line(&line, cut(page, e->evidence), 0);
    out_csv(o, (chy_slice){line.p, line.n});
    out_free(&line);
    const uint32_t sizes[] = {e->size.dead, e->size.injured, e->size.arrested, e->size.protesters};
    for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        out_z(o, ",");
        if (sizes[i]) out_u(o, sizes[i]);
    }
    out_z(o, "\n");
}

/* ------------------------------------------------------------------ dyads */

static const char dyads_head[] = "date,source,target,cameo,type,quad,status,event,dispatch\n";

/* The actor's code: the user's own, else country and sectors as CAMEO strings them together. */
static void code_of(out *o, const chy_actor *a, uint32_t sectors)
{
    if (a->code.n) {
        out_slice(o, a->code);
        return;
    }
    out_z(o, a->country[0] ? a->country : "UNK");
    for (unsigned b = 0; b < CHY_N_SECTOR; b++)
        if (sectors >> b & 1) out_z(o, chy_sector_name(b));
}

static void dyad(out *o, const chy_dispatch *d, const chy_event *e, const chy_participant *from, const chy_participant *to, const char *id)
{
    char day[11] = "";
    out parts[2] = {{0}, {0}};
    if (e->days.end != CHY_NO_DAY || d->published.end != CHY_NO_DAY)
        chy_day_format(e->days.end != CHY_NO_DAY ? e->days.end : d->published.end, day);
    code_of(&parts[0], &d->actors[from->actor], from->sectors), code_of(&parts[1], &d->actors[to->actor], to->sectors);
    out_z(o, day);
    for (unsigned i = 0; i < 2; i++) {
        out_z(o, ",");
        out_csv(o, (chy_slice){parts[i].p, parts[i].n});
        out_free(&parts[i]);
    }
    out_f(o, ",%.*s,%s,%d,%s,%.*s,", (int)e->cameo.n, e->cameo.p, e->type < CHY_N_TYPE ? chy_type_name(e->type) : "",
          chy_type_quad((chy_type)e->type), chy_event_status_name(e->status), (int)e->id.n, e->id.p);
    json_t *raw = json_loads(id, JSON_DECODE_ANY, NULL);
    const char *plain = json_is_string(raw) ? json_string_value(raw) : id;
    out_csv(o, (chy_slice){plain, strlen(plain)});
    json_decref(raw);
    out_z(o, "\n");
}

/* Every source with every target; who acts together without a target acts upon each other. */
static void dyads_event(out *o, const chy_dispatch *d, const chy_event *e, const char *id)
{
    uint32_t first = e->n_targets ? e->first_target : e->first_source, n = e->n_targets ? e->n_targets : e->n_sources;
    for (uint32_t i = 0; i < e->n_sources; i++)
        for (uint32_t k = 0; k < n; k++) {
            const chy_participant *from = &d->participants[e->first_source + i], *to = &d->participants[first + k];
            if (from->actor != to->actor) dyad(o, d, e, from, to, id);
        }
}

/* --------------------------------------------------------- table, timeline */

static void names(out *o, const chy_dispatch *d, uint32_t first, uint32_t n)
{
    if (!n) out_z(o, "-");
    for (uint32_t i = 0; i < n; i++) {
        const chy_actor *a = &d->actors[d->participants[first + i].actor];
        if (i) out_z(o, ", ");
        out_line(o, a->name, 40);
        if (a->kind != CHY_ACTOR_STATE) out_f(o, " (%s)", a->country);
    }
}

static void days(out *o, chy_interval i)
{
    char a[11], b[11];
    if (i.begin == CHY_NO_DAY || i.end == CHY_NO_DAY) {
        out_z(o, "undated");
        return;
    }
    chy_day_format(i.begin, a);
    chy_day_format(i.end, b);
    out_z(o, a);
    if (i.begin != i.end) out_f(o, " … %s", b);
}

static const char *status_color(uint32_t status)
{
    switch (status) {
    case CHY_REPORTED: case CHY_ADMITTED: return "\033[32m";
    case CHY_DENIED: case CHY_DISPUTED: case CHY_NEGATED: return "\033[31m";
    default: return "\033[33m";
    }
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Three lines an event: what; by whose word; the words. */
static void table_event(out *t, const options *o, const chy_page *page, const chy_dispatch *d, const chy_event *e)
{
    out when = {0};
    days(&when, e->days);
    out_f(t, "%-10s  ", when.p ? when.p : "");
    out_free(&when);
    out_f(t, "%s%-9s%s ", color_on(o, "\033[1m"), chy_type_name(e->type), color_off(o));
    for (uint32_t i = 0; i < e->n_modes; i++) out_f(t, "%s ", chy_mode_name(e->modes[i]));
    names(t, d, e->first_source, e->n_sources);
    out_z(t, " → ");
    names(t, d, e->first_target, e->n_targets);
    out_f(t, "  %s[%s]%s", color_on(o, status_color(e->status)), chy_event_status_name(e->status), color_off(o));
    if (e->place != CHY_NONE) {
        out_z(t, " at ");
        out_slice(t, d->places[e->place].name);
    }
    out_z(t, "\n");
    for (uint32_t i = 0; i < e->n_claims; i++) {
        const chy_claim *c = &d->claims[e->first_claim + i];
        out_z(t, i ? "; " : "    ");
        out_line(t, c->actor != CHY_NONE ? d->actors[c->actor].name : c->agency, 40);
        out_f(t, " %s", chy_stance_name(c->stance));
    }
    if (e->n_claims) out_z(t, "\n");
    /* The sentence with the trigger marked. */
    chy_slice s = cut(page, e->evidence);
    uint32_t b = e->trigger.begin - e->evidence.begin, f = e->trigger.end - e->evidence.begin;
    uint32_t from = b > 60 ? b - 60 : 0;
    while (from && from < b && ((unsigned char)s.p[from] & 0xC0) == 0x80) from++;
    out_z(t, from ? "    “…" : "    “");
    out_line(t, (chy_slice){s.p + from, b - from}, 0);
    if (b > from && is_space(s.p[b - 1])) out_z(t, " ");
    out_z(t, color_on(o, "\033[4m"));
    if (!o->color) out_z(t, "[");
    out_line(t, (chy_slice){s.p + b, f - b}, 0);
    if (!o->color) out_z(t, "]");
    out_z(t, color_off(o));
    if (f < s.n && is_space(s.p[f])) out_z(t, " ");
    out_line(t, (chy_slice){s.p + f, s.n - f}, 70);
    out_z(t, "”\n");
}

/* One entry of the timeline: a sort key in front, unit and record separators between. */
static void timeline_event(out *t, const options *o, const chy_page *page, const chy_dispatch *d, const chy_event *e)
{
    bool contested = e->status == CHY_DISPUTED || e->status == CHY_DENIED;
    long key = e->days.begin == CHY_NO_DAY ? 9999999 : (long)e->days.begin + 1000000;
    out_f(t, "%07ld%c", key, contested ? '!' : ' ');
    table_event(t, o, page, d, e);
    out_z(t, "\036");
}

static int by_key(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    int c = strncmp(x, y, 7);
    return c ? c : x < y ? -1 : x > y;
}

static void finish_timeline(out *text, const options *o)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < text->n; i++) n += text->p[i] == '\036';
    char **entry = xrealloc(NULL, (n + 1) * sizeof *entry);
    for (char *p = text->p; k < n;) {
        entry[k++] = p;
        char *e = strchr(p, '\036');
        *e = 0;
        p = e + 1;
    }
    if (n) qsort(entry, n, sizeof *entry, by_key);
    out t = {0};
    out_f(&t, "%sTimeline%s: %zu events\n\n", color_on(o, "\033[1m"), color_off(o), n);
    for (size_t i = 0; i < n; i++) out_z(&t, entry[i] + 8);
    size_t contested = 0;
    for (size_t i = 0; i < n; i++) contested += entry[i][7] == '!';
    out_f(&t, "\n%sContested%s: %zu events that somebody denies\n\n", color_on(o, "\033[1m"), color_off(o), contested);
    for (size_t i = 0; i < n; i++)
        if (entry[i][7] == '!') out_z(&t, entry[i] + 8);
    free(entry);
    out_free(text);
    *text = t;
}

static bool gathers(const options *o) { return strcmp(o->format, "timeline") == 0; }

/* -------------------------------------------------------------------- all */

static void begin_code(out *t, const options *o)
{
    if (strcmp(o->format, "csv") == 0) out_z(t, csv_head);
    if (strcmp(o->format, "dyads") == 0) out_z(t, dyads_head);
}

static void print_code(job *j, const options *o, const chy_page *page, const char *id)
{
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_events; i++, j->n_items++) {
            const chy_event *e = &d->events[i];
            if (o->format[0] == 'j') jsonl_event(j, page, k, i, id);
            else if (o->format[0] == 'c') csv_event(&j->text, page, d, e, id);
            else if (o->format[0] == 'd') dyads_event(&j->text, d, e, id);
            else if (gathers(o)) timeline_event(&j->text, o, page, d, e);
            else table_event(&j->text, o, page, d, e);
        }
    }
}

const command cmd_code = {
    .name = "code", .summary = "code the events: who did what to whom, when, where, who says so",
    .formats = "jsonl csv dyads table timeline", .inputs = "text html jsonl", .options = "unknown judge", .upto = CHY_STAGE_CLAIMS, .print = print_code,
    .begin = begin_code, .gathers = gathers, .finish = finish_timeline,
    .help = "jsonl: one object a line (see chancery-events(5)). csv: one row an event. dyads: one row for each source and target,\n"
            "with their codes, as event data sets have it. table: for people, in the order of the input. timeline: all events by\n"
            "day, then those that somebody denies.\n"
            "--unknown prints lemma, part of speech, count and an example of each (jsonl, csv or table).\n",
};
