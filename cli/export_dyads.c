/* SPDX-License-Identifier: Apache-2.0
 *
 * export_dyads.c - layouts with one source and one target a row: an event is as many rows as it has pairs of them.
 *
 * ICEWS: the columns of its yearly files on Harvard Dataverse (doi:10.7910/DVN/28075, events.YYYY.….tab), parted by tabs, with a head.
 * Phoenix: the 26 columns of the Open Event Data Alliance's daily files (events.full.YYYYMMDD.txt), parted by tabs, without a head; there is one
 * row for a day, source, target and code, however often it is told.
 */
#include "export.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PAIRS = 100 };

static const chy_slice none = {NULL, 0};
static chy_slice made(const out *buf) { return buf->n ? (chy_slice){buf->p, buf->n} : none; }

/* The first of the list is the one that the row is about. */
static chy_slice actor_field(exporter *x, const char *from, const char *name)
{
    unsigned which = from[0] == 't';
    const json_t *s = json_object_get(json_array_get(side(x, which), x->first[which]), name);
    return json_is_string(s) ? (chy_slice){json_string_value(s), json_string_length(s)} : none;
}

/* Each pair of a source and a target of the row at hand, numbered so that no other row of the record has the number. */
static void pairs(exporter *x, void (*put)(exporter *x))
{
    size_t sources = json_array_size(side(x, 0)), targets = json_array_size(side(x, 1));
    uint64_t id = strtoull(cell(x, "id").p, NULL, 10);
    if (!cell(x, "date_begin").n || !cell(x, "cameo").n || cell(x, "quad").p[0] == '0' || !sources || !targets) {
        x->left_out++;
        return;
    }
    x->n[0] = x->n[1] = 1;
    size_t k = 0;
    for (size_t i = 0; i < sources; i++)
        for (size_t j = 0; j < targets && k < MAX_PAIRS; j++, k++) {
            x->first[0] = i, x->first[1] = j;
            x->number = id * MAX_PAIRS + k;
            put(x);
        }
}

/* ----------------------------------------------------------------------- ICEWS */

/* What ICEWS calls the sectors, commas between. */
static chy_slice sector_names(exporter *x, const char *from, out *buf)
{
    static const char *const names[][2] = {
        {"GOV", "Government"}, {"MIL", "Military"}, {"COP", "Police"}, {"JUD", "Judicial"}, {"LEG", "Legislative / Parliamentary"}, {"SPY", "Government Intelligence"},
        {"PTY", "Parties"}, {"OPP", "Dissident"}, {"REB", "Rebel"}, {"PRM", "Unidentified Forces"}, {"UAF", "Unidentified Forces"}, {"CRM", "Criminals / Gangs"},
        {"CVL", "General Population / Civilian / Social"}, {"ELI", "Elite"}, {"REF", "Refugees / Displaced"}, {"LAB", "Labor"}, {"BUS", "Business"}, {"JRN", "Media"},
        {"EDU", "Education"}, {"MED", "Medical / Health"}, {"REL", "Religious"}, {"SOC", "Social"}, {"AGR", "Agricultural"}};
    chy_slice list = actor_field(x, from, "sector"), m;
    for (unsigned i = 0; (m = member(list, i)).n; i++)
        for (unsigned k = 0; k < sizeof names / sizeof *names; k++)
            if (m.n == 3 && memcmp(m.p, names[k][0], 3) == 0) out_f(buf, "%s%s", buf->n ? "," : "", names[k][1]);
    return made(buf);
}

static chy_slice side_state_name(exporter *x, const char *from, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, actor_field(x, from, "country"), &c)) out_slice(buf, c.name);
    return made(buf);
}

#define ICEWS_SIDE(name, side)                                                                                         \
    {name " Name", "string", side, side_name}, {name " Sectors", "string", side, sector_names}, {name " Country", "string", side, side_state_name}
static const field icews[] = {
    {"Event ID", "integer", "", number}, {"Event Date", "date", "date_begin", as_is}, ICEWS_SIDE("Source", "source"), {"Event Text", "string", "cameo", cameo_title},
    {"CAMEO Code", "string", "cameo", as_is}, {"Intensity", "number", "cameo", goldstein}, ICEWS_SIDE("Target", "target"), {"Story ID", "integer", "dispatch", as_is},
    {"Sentence Number", "integer", "sentence", as_is}, {"Publisher", "string", "publisher", as_is}, {"City", "string", "place", city}, {"District", "string", "", nothing},
    {"Province", "string", "", nothing}, {"Country", "string", "place_country", state_name}, {"Latitude", "number", "lat", as_is}, {"Longitude", "number", "lon", as_is},
};
static const field codes[] = {CODES_FIELDS("", number)};
enum { N_ICEWS = sizeof icews / sizeof *icews, N_CODES = sizeof codes / sizeof *codes };
_Static_assert(N_ICEWS == 20, "ICEWS's columns");

static void put_icews(exporter *x) { put_row(x, 0), put_row(x, 1); }
static void row_icews(exporter *x) { pairs(x, put_icews); }

const layout layout_icews = {.name = "icews", .what = "export", .terms = DONE_ONLY, .n_sheets = 2, .row = row_icews,
                             .sheets = {{"events.tab", icews, N_ICEWS, FORM_TABS, true}, {"codes.csv", codes, N_CODES, FORM_CSV, true}}};

/* --------------------------------------------------------------------- Phoenix */

/* A row as far as it is written: its number; the fields that make it one, from behind the number to the code; those up to the sentences; what is
 * gathered of all reports; their rows of codes less the number. */
typedef struct telling {
    uint64_t number;
    char *key, *rest, *sentence, *url, *publisher, *codes;
} telling;

typedef struct day_rows {
    char day[16];
    telling *v;
    size_t n, cap;
} day_rows;

/* What stands before the roles: a state, or a kind of body that CAMEO has too. */
static chy_slice entity(exporter *x, const char *from, out *buf)
{
    chy_slice c = actor_field(x, from, "country");
    chy_state_codes codes_of = {0};
    (void)buf;
    return state_codes(x, c, &codes_of) || (c.n == 3 && (memcmp(c.p, "IGO", 3) == 0 || memcmp(c.p, "NGO", 3) == 0 || memcmp(c.p, "MNC", 3) == 0)) ? c : none;
}

static bool is_primary(const char *role) { return strstr("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL", role) != NULL; }

/* The roles of the actor: the first where it is one of the chief ones, and the others with semicolons between. */
static chy_slice roles(exporter *x, const char *from, out *buf, bool attributes)
{
    chy_slice list = actor_field(x, from, "sector"), m;
    for (unsigned i = 0; i < 3 && (m = member(list, i)).n; i++) {
        char letters[4] = "";
        const char *other = cameo_role(m);
        memcpy(letters, other ? other : m.p, m.n < 3 ? m.n : 3);
        bool primary = !i && is_primary(letters);
        if (primary == attributes) continue;
        if (primary || attributes) out_f(buf, "%s%s", buf->n ? ";" : "", letters);
    }
    return made(buf);
}

static chy_slice primary_role(exporter *x, const char *from, out *buf) { return roles(x, from, buf, false); }
static chy_slice attributes(exporter *x, const char *from, out *buf) { return roles(x, from, buf, true); }

/* Classes of CAMEO's roots: 0 statement, 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict. */
static chy_slice penta(exporter *x, const char *from, out *buf)
{
    static const char class_of[] = "00111222333333443444"; /* of roots 01 to 20 */
    chy_slice c = cell(x, from);
    int root = c.n >= 2 ? (c.p[0] - '0') * 10 + c.p[1] - '0' : 0;
    if (root >= 1 && root <= 20) out_put(buf, class_of + root - 1, 1);
    return made(buf);
}

/* HASH-ARTICLE_SENTENCE. */
static chy_slice sentence_id(exporter *x, const char *from, out *buf)
{
    out_slice(buf, cell(x, "dispatch_hash")), out_z(buf, "-"), out_slice(buf, cell(x, "article")), out_z(buf, "_"), out_slice(buf, cell(x, from));
    return made(buf);
}

#define PHOENIX_SIDE(name, side)                                                                                       \
    {name "ActorFull", "string", side, actor_code}, {name "ActorEntity", "string", side, entity}, {name "ActorRole", "string", side, primary_role}, \
    {name "ActorAttribute", "string", side, attributes}
static const field phoenix[] = {
    {"EventID", "string", "", number}, {"Date", "integer", "date_begin", ymd}, {"Year", "integer", "date_begin", year}, {"Month", "integer", "date_begin", month},
    {"Day", "integer", "date_begin", day}, PHOENIX_SIDE("Source", "source"), PHOENIX_SIDE("Target", "target"), {"EventCode", "string", "cameo", as_is},
    {"EventRootCode", "string", "cameo", cameo_root}, {"PentaClass", "integer", "cameo", penta}, {"GoldsteinScore", "number", "cameo", goldstein},
    {"Issues", "string", "", nothing}, {"Lat", "number", "lat", as_is}, {"Lon", "number", "lon", as_is}, {"LocationName", "string", "place", as_is},
    {"StateName", "string", "", nothing}, {"CountryCode", "string", "place_country", as_is}, {"SentenceID", "string", "sentence", sentence_id},
    {"URLs", "string", "url", as_is}, {"NewsSources", "string", "publisher", as_is},
};
enum { N_PHOENIX = sizeof phoenix / sizeof *phoenix, KEY_END = 14, REST_END = 23 };
_Static_assert(N_PHOENIX == 26, "Phoenix's columns");

/* Fields from..to of the row at hand, each behind a tab. */
static char *fields_text(exporter *x, unsigned from, unsigned to)
{
    out text = {0};
    out_put(&text, "", 0);
    for (unsigned i = from; i < to; i++) {
        x->buf.n = 0;
        chy_slice v = phoenix[i].how(x, phoenix[i].from, &x->buf);
        out_z(&text, "\t");
        for (size_t c = 0; c < v.n; c++) out_put(&text, v.p[c] == '\t' || v.p[c] == '\n' || v.p[c] == '\r' ? " " : v.p + c, 1);
    }
    return text.p;
}

static void put_phoenix(exporter *x)
{
    day_rows *d = x->held;
    if (d->n == d->cap) d->v = xrealloc(d->v, (d->cap = d->cap * 2 + 64) * sizeof *d->v);
    out *o = &x->file[1].text;
    size_t had = o->n;
    put_row(x, 1);
    const char *behind = o->p + had + strcspn(o->p + had, ",");
    char *row = xrealloc(NULL, strlen(behind) + 1);
    strcpy(row, behind);
    o->n = had;
    d->v[d->n++] = (telling){x->number, fields_text(x, 1, KEY_END), fields_text(x, KEY_END, REST_END), fields_text(x, REST_END, REST_END + 1),
                             fields_text(x, REST_END + 1, REST_END + 2), fields_text(x, REST_END + 2, N_PHOENIX), row};
}

static int by_key(const void *a, const void *b)
{
    const telling *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    return c ? c : x->number < y->number ? -1 : x->number > y->number;
}

static int by_number(const void *a, const void *b)
{
    const telling *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* `more` behind `to`, a semicolon between, unless it is there already. Both begin with a tab. */
static void gather(char **to, char *more)
{
    size_t n = strlen(*to), k = strlen(more + 1);
    bool there = !k;
    for (const char *p = *to + 1; !there && *p; p += strcspn(p, ";"), p += *p == ';') there = strcspn(p, ";") == k && memcmp(p, more + 1, k) == 0;
    if (!there) {
        *to = xrealloc(*to, n + k + 2);
        if (n > 1) (*to)[n++] = ';';
        memcpy(*to + n, more + 1, k + 1);
    }
    free(more);
}

/* A day's rows: those of one key as one, in the order of their first. */
static void flush_day(exporter *x)
{
    day_rows *d = x->held;
    size_t n = 0;
    if (d->n) qsort(d->v, d->n, sizeof *d->v, by_key);
    for (size_t i = 0; i < d->n; i++) {
        if (n && strcmp(d->v[n - 1].key, d->v[i].key) == 0) {
            telling *t = &d->v[n - 1], *u = &d->v[i];
            gather(&t->sentence, u->sentence), gather(&t->url, u->url), gather(&t->publisher, u->publisher);
            size_t had = strlen(t->codes), more = strlen(u->codes);
            t->codes = xrealloc(t->codes, had + more + 1);
            memcpy(t->codes + had, u->codes, more + 1);
            free(u->key), free(u->rest), free(u->codes);
        } else {
            d->v[n++] = d->v[i];
        }
    }
    if (n) qsort(d->v, n, sizeof *d->v, by_number);
    for (size_t i = 0; i < n; i++) {
        telling *t = &d->v[i];
        out *o = &x->file[0].text;
        out_u(o, t->number), out_z(o, t->key), out_z(o, t->rest), out_z(o, t->sentence), out_z(o, t->url), out_z(o, t->publisher), out_z(o, "\n");
        x->file[0].n_rows++;
        for (const char *p = t->codes; *p; p += strcspn(p, "\n") + 1) { /* no line feed stands inside a cell of codes */
            out_u(&x->file[1].text, t->number);
            out_put(&x->file[1].text, p, strcspn(p, "\n") + 1);
        }
        free(t->key), free(t->rest), free(t->sentence), free(t->url), free(t->publisher), free(t->codes);
    }
    d->n = 0;
}

static void row_phoenix(exporter *x)
{
    chy_slice date = cell(x, "date_begin");
    if (!x->held) {
        x->held = xrealloc(NULL, sizeof(day_rows));
        *(day_rows *)x->held = (day_rows){.n = 0};
    }
    day_rows *d = x->held;
    if (date.n && (strlen(d->day) != date.n || memcmp(d->day, date.p, date.n) != 0)) {
        flush_day(x);
        snprintf(d->day, sizeof d->day, "%.*s", (int)date.n, date.p);
    }
    pairs(x, put_phoenix);
}

static void end_phoenix(exporter *x)
{
    day_rows *d = x->held;
    if (!d) return;
    flush_day(x);
    free(d->v);
}

const layout layout_phoenix = {.name = "phoenix", .what = "export", .terms = DONE_ONLY, .n_sheets = 2, .row = row_phoenix, .end = end_phoenix,
                               .sheets = {{"events.full.txt", phoenix, N_PHOENIX, FORM_TABS, false}, {"codes.csv", codes, N_CODES, FORM_CSV, true}}};
