/* SPDX-License-Identifier: Apache-2.0
 *
 * own.c - Chancery's own layouts of events: a line an event in CSV, with the first on each side; the same in JSON Lines, with everything.
 */
#include "record/record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

/* How a field is come by from its column: as it is; the publishers' words; a list with such words in it; codes of the state. */
typedef enum how { AS_IS, WORDS, LIST, COW, GW } how;

typedef struct source {
    const char *from;
    how how;
} source;

typedef struct field {
    chy_export_field is;
    source of;
} field;

#define AS(name, type) {{name, type}, {name, AS_IS}}
#define CODES(side, country) {{side "_cow", "integer"}, {country, COW}}, {{side "_gw", "integer"}, {country, GW}}
#define SIDE(side)                                                                                                     \
    AS(side, "string"), AS(side "_name", "string"), AS(side "_kind", "string"), AS(side "_country", "string"), CODES(side, side "_country"),           \
    AS(side "_sector", "string"), AS(side "_begin", "integer"), AS(side "_end", "integer")
#define WORDS_OF(name) {{name, "string"}, {name, WORDS}}
#define BOTH                                                                                                           \
    AS("id", "integer"), {{"event", "string"}, {"key", AS_IS}}, AS("revision", "string"), AS("dispatch_hash", "string"), AS("article", "integer"),       \
    AS("incident", "integer"), AS("date_begin", "date"), AS("date_end", "date"), AS("date_basis", "string"), AS("type", "string"), AS("mode", "string"), \
    AS("context", "string"), AS("cameo", "string"), AS("quad", "integer"), AS("intensity", "number"), AS("status", "string"), AS("confidence", "number"),  \
    SIDE("source"), SIDE("target"), AS("place", "string"), AS("place_country", "string"), CODES("place", "place_country"), AS("lat", "number"),          \
    AS("lon", "number"), AS("dead", "integer"), AS("injured", "integer"), AS("arrested", "integer"), AS("protesters", "integer"), AS("sentence", "integer"), \
    AS("evidence_begin", "integer"), AS("evidence_end", "integer"), AS("trigger_begin", "integer"), AS("trigger_end", "integer"),                        \
    AS("dispatch_begin", "integer"), WORDS_OF("asserted_by"), WORDS_OF("denied_by"), AS("publisher", "string"), AS("published", "date"), AS("url", "string"), \
    AS("recorded_utc", "datetime"), AS("engine", "string"), AS("data", "string"), AS("verdict", "string"), WORDS_OF("title"), WORDS_OF("evidence"), WORDS_OF("date_text"),        \
    WORDS_OF("place_text")

static const field csv[] = {BOTH};
static const field jsonl[] = {BOTH, {{"sources", "array"}, {"sources", LIST}}, {{"targets", "array"}, {"targets", LIST}}, AS("within", "string"),
                              {{"claims", "array"}, {"claims", LIST}}, AS("links", "array"), {{"story", "object"}, {"story", LIST}}, AS("frame", "string"), AS("rule", "string")};
enum { N_CSV = sizeof csv / sizeof *csv, N_JSONL = sizeof jsonl / sizeof *jsonl };

struct chy_export {
    const chy_data *data;
    const field *fields;
    uint32_t n, column[N_JSONL], day; /* where the cells are */
    bool json, no_text, failed;
    char *p;                          /* the line at hand */
    size_t used, cap;
};

/* ----------------------------------------------------------------------- bytes */

static void put(chy_export *x, const char *p, size_t n)
{
    if (n > x->cap - x->used) {
        size_t cap = x->cap ? x->cap : 4096;
        while (cap - x->used < n) cap *= 2;
        char *more = realloc(x->p, cap);
        if (!more) {
            x->failed = true;
            return;
        }
        x->p = more;
        x->cap = cap;
    }
    if (n) memcpy(x->p + x->used, p, n);
    x->used += n;
}

static void put_z(chy_export *x, const char *z) { put(x, z, strlen(z)); }

/* RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe before it, and so does what begins with one or more and then so, that it can be
 * told from ours. */
static void put_csv(chy_export *x, chy_slice s, bool text)
{
    size_t first = 0;
    while (text && first < s.n && s.p[first] == '\'') first++;
    bool formula = text && first < s.n && memchr("=+-@\t\r", s.p[first], 6), quoted = false;
    for (size_t i = 0; i < s.n && !quoted; i++) quoted = memchr("\",\r\n", s.p[i], 4) != NULL;
    if (quoted) put(x, "\"", 1);
    if (formula) put(x, "'", 1);
    for (size_t i = 0; i < s.n; i++) put(x, s.p[i] == '"' ? "\"\"" : s.p + i, s.p[i] == '"' ? 2 : 1);
    if (quoted) put(x, "\"", 1);
}

static void put_json(chy_export *x, const char *type, chy_slice v)
{
    bool bare = strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 || strcmp(type, "array") == 0 || strcmp(type, "object") == 0;
    if (!v.n || bare) {
        put(x, v.n ? v.p : "null", v.n ? v.n : 4); /* as SQLite writes it */
        return;
    }
    put(x, "\"", 1);
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        char hex[8];
        if (c == '"' || c == '\\') put(x, "\\", 1), put(x, v.p + i, 1);
        else if (c == '\n') put(x, "\\n", 2);
        else if (c < ' ') put(x, hex, (size_t)snprintf(hex, sizeof hex, "\\u%04X", c));
        else put(x, v.p + i, 1);
    }
    put(x, "\"", 1);
}

/* ---------------------------------------------------------------------- values */

/* A state's number in a scheme on the day of the event; buf holds it. */
static chy_slice number_of(const chy_export *x, const chy_slice *cells, chy_slice country, how scheme, char buf[16])
{
    chy_state_codes codes = {0};
    chy_day on = CHY_NO_DAY;
    char iso[8] = "";
    if (!country.n || country.n >= sizeof iso) return (chy_slice){NULL, 0};
    memcpy(iso, country.p, country.n);
    if (cells[x->day].n) (void)chy_day_parse(cells[x->day], &on);
    uint32_t v = chy_data_state_codes(x->data, iso, on, &codes) ? scheme == COW ? codes.cow : codes.gw : 0;
    return v ? (chy_slice){buf, (size_t)snprintf(buf, 16, "%u", v)} : (chy_slice){NULL, 0};
}

/* A list of objects, or one, without what is the publishers'. To be freed. */
static char *without_words(chy_slice cell)
{
    static const char *const theirs[] = {"text", "cue", "dateline"};
    json_t *v = json_loadb(cell.p, cell.n, 0, NULL), *item;
    size_t i;
    for (unsigned k = 0; k < 3; k++) {
        if (json_is_object(v)) json_object_del(v, theirs[k]);
        json_array_foreach(v, i, item) json_object_del(item, theirs[k]);
    }
    char *text = json_dumps(v, JSON_COMPACT);
    json_decref(v);
    return text;
}

static void put_value(chy_export *x, const chy_slice *cells, uint32_t i)
{
    const field *f = &x->fields[i];
    chy_slice v = cells[x->column[i]];
    char buf[16], *made = NULL;
    if (f->of.how == COW || f->of.how == GW) v = number_of(x, cells, v, f->of.how, buf);
    if (f->of.how == WORDS && x->no_text) v = (chy_slice){NULL, 0};
    if (f->of.how == LIST && x->no_text && v.n) v = chy_slice_z(made = without_words(v));
    if (x->json) put_json(x, f->is.type, v);
    else put_csv(x, v, strcmp(f->is.type, "string") == 0);
    free(made);
}

/* --------------------------------------------------------------------- layouts */

static const field *layout(const char *name, uint32_t *n)
{
    bool lines = strcmp(name, "jsonl") == 0;
    *n = lines ? N_JSONL : strcmp(name, "csv") == 0 ? N_CSV : 0;
    return lines ? jsonl : csv;
}

int chy_export_field_at(const char *name, uint32_t i, chy_export_field *out)
{
    uint32_t n;
    const field *f = layout(name, &n);
    if (i < n) *out = f[i].is;
    return i < n;
}

static uint32_t column(const char *list, const char *name)
{
    uint32_t i = chy_selection_column(list, name);
    return i == CHY_NONE ? 0 : i;
}

const char *chy_export_selection(const char *name) { return strcmp(name, "jsonl") == 0 ? "export all" : "export"; }

chy_status chy_export_new(const chy_data *data, const char *name, unsigned flags, chy_export **out, chy_error *err)
{
    *out = NULL;
    uint32_t n;
    const field *fields = layout(name, &n);
    if (!n) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "no such layout: %.40s", name);
    chy_export *x = calloc(1, sizeof *x);
    if (!x) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    const char *columns = chy_record_columns(chy_export_selection(name));
    x->data = data;
    x->fields = fields;
    x->n = n;
    x->json = fields == jsonl;
    x->no_text = flags & CHY_EXPORT_NO_TEXT;
    x->day = column(columns, "date_begin");
    for (uint32_t i = 0; i < n; i++) x->column[i] = column(columns, fields[i].of.from);
    *out = x;
    return CHY_OK;
}

void chy_export_free(chy_export *x)
{
    if (!x) return;
    free(x->p);
    free(x);
}

chy_status chy_export_head(chy_export *x, chy_slice *out, chy_error *err)
{
    x->used = 0;
    for (uint32_t i = 0; !x->json && i < x->n; i++) put_z(x, i ? "," : ""), put_z(x, x->fields[i].is.name);
    if (!x->json) put(x, "\r\n", 2);
    *out = (chy_slice){x->p, x->used};
    return x->failed ? chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory") : CHY_OK;
}

chy_status chy_export_line(chy_export *x, const chy_slice *cells, chy_slice *out, chy_error *err)
{
    x->used = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        if (x->json) put_z(x, i ? ",\"" : "{\""), put_z(x, x->fields[i].is.name), put(x, "\":", 2);
        else put_z(x, i ? "," : "");
        put_value(x, cells, i);
    }
    put_z(x, x->json ? "}\n" : "\r\n");
    *out = (chy_slice){x->p, x->used};
    return x->failed ? chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory") : CHY_OK;
}
