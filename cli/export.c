/* SPDX-License-Identifier: Apache-2.0
 *
 * export.c - `chancery export`: events of a record in the layouts that data sets of events have.
 *
 * A layout is a table of fields, each a name, a type and where its value comes from; the same table describes the file in datapackage.json.
 * docs/export.md is the manual.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* How a cell of the record becomes a field: as it is, or as the codes and spellings that other data sets use. */
typedef enum how {
    AS_IS, TEXT /* the publisher's words */, FIPS, COW, GW, EMPTY, ONE,
    YMD, YEAR_MONTH, YEAR, FRACTION, MOMENT, BASE, ROOT, ACTOR, STATE, SECTOR1, SECTOR2, SECTOR3, GEO_TYPE, TENTH, LINK_TYPE, LINK
} how;

typedef struct field {
    const char *name, *type, *from;
    how how;
} field;

/* Chancery's own. */
static const field own[] = {
    {"id", "integer", "id", AS_IS}, {"event", "string", "key", AS_IS}, {"dispatch_hash", "string", "dispatch_hash", AS_IS}, {"article", "integer", "article", AS_IS}, {"incident", "integer", "incident", AS_IS},
    {"date_begin", "date", "date_begin", AS_IS}, {"date_end", "date", "date_end", AS_IS}, {"date_basis", "string", "date_basis", AS_IS},
    {"type", "string", "type", AS_IS}, {"mode", "string", "mode", AS_IS}, {"context", "string", "context", AS_IS}, {"cameo", "string", "cameo", AS_IS},
    {"quad", "integer", "quad", AS_IS}, {"intensity", "number", "intensity", AS_IS}, {"status", "string", "status", AS_IS}, {"confidence", "number", "confidence", AS_IS},
    {"source", "string", "source", AS_IS}, {"source_name", "string", "source_name", AS_IS}, {"source_country", "string", "source_country", AS_IS},
    {"source_cow", "integer", "source_country", COW}, {"source_gw", "integer", "source_country", GW}, {"source_sector", "string", "source_sector", AS_IS},
    {"source_begin", "integer", "source_begin", AS_IS}, {"source_end", "integer", "source_end", AS_IS},
    {"target", "string", "target", AS_IS}, {"target_name", "string", "target_name", AS_IS}, {"target_country", "string", "target_country", AS_IS},
    {"target_cow", "integer", "target_country", COW}, {"target_gw", "integer", "target_country", GW}, {"target_sector", "string", "target_sector", AS_IS},
    {"target_begin", "integer", "target_begin", AS_IS}, {"target_end", "integer", "target_end", AS_IS},
    {"place", "string", "place", AS_IS}, {"place_country", "string", "place_country", AS_IS}, {"place_cow", "integer", "place_country", COW},
    {"place_gw", "integer", "place_country", GW}, {"lat", "number", "lat", AS_IS}, {"lon", "number", "lon", AS_IS},
    {"dead", "integer", "dead", AS_IS}, {"injured", "integer", "injured", AS_IS}, {"arrested", "integer", "arrested", AS_IS}, {"protesters", "integer", "protesters", AS_IS},
    {"evidence_begin", "integer", "evidence_begin", AS_IS}, {"evidence_end", "integer", "evidence_end", AS_IS},
    {"trigger_begin", "integer", "trigger_begin", AS_IS}, {"trigger_end", "integer", "trigger_end", AS_IS}, {"dispatch_begin", "integer", "dispatch_begin", AS_IS},
    {"asserted_by", "string", "asserted_by", TEXT}, {"denied_by", "string", "denied_by", TEXT},
    {"publisher", "string", "publisher", AS_IS}, {"published", "date", "published", AS_IS}, {"url", "string", "url", AS_IS},
    {"recorded_utc", "datetime", "recorded_utc", AS_IS}, {"engine", "string", "engine", AS_IS}, {"data", "string", "data", AS_IS},
    {"title", "string", "title", TEXT}, {"evidence", "string", "evidence", TEXT}, {"date_text", "string", "date_text", TEXT}, {"place_text", "string", "place_text", TEXT},
};

/* GDELT 2.0 Event Database, Data Format Codebook V2.0 (19 February 2015): 61 columns. An event of theirs is an incident of ours. */
#define ACTOR_FIELDS(n, side)                                                                                          \
    {"Actor" n "Code", "string", side, ACTOR}, {"Actor" n "Name", "string", side "_name", AS_IS}, {"Actor" n "CountryCode", "string", side "_country", STATE},           \
    {"Actor" n "KnownGroupCode", "string", "", EMPTY}, {"Actor" n "EthnicCode", "string", "", EMPTY}, {"Actor" n "Religion1Code", "string", "", EMPTY},                 \
    {"Actor" n "Religion2Code", "string", "", EMPTY}, {"Actor" n "Type1Code", "string", side "_sector", SECTOR1}, {"Actor" n "Type2Code", "string", side "_sector", SECTOR2}, \
    {"Actor" n "Type3Code", "string", side "_sector", SECTOR3}
#define NO_GEO_FIELDS(who)                                                                                             \
    {who "Geo_Type", "integer", "", EMPTY}, {who "Geo_FullName", "string", "", EMPTY}, {who "Geo_CountryCode", "string", "", EMPTY}, {who "Geo_ADM1Code", "string", "", EMPTY}, \
    {who "Geo_ADM2Code", "string", "", EMPTY}, {who "Geo_Lat", "number", "", EMPTY}, {who "Geo_Long", "number", "", EMPTY}, {who "Geo_FeatureID", "string", "", EMPTY}
static const field gdelt_events[] = {
    {"GlobalEventID", "integer", "incident", AS_IS}, {"Day", "integer", "date_begin", YMD}, {"MonthYear", "integer", "date_begin", YEAR_MONTH},
    {"Year", "integer", "date_begin", YEAR}, {"FractionDate", "number", "date_begin", FRACTION},
    ACTOR_FIELDS("1", "source"), ACTOR_FIELDS("2", "target"),
    {"IsRootEvent", "integer", "", EMPTY}, {"EventCode", "string", "cameo", AS_IS}, {"EventBaseCode", "string", "cameo", BASE}, {"EventRootCode", "string", "cameo", ROOT},
    {"QuadClass", "integer", "quad", AS_IS}, {"GoldsteinScale", "number", "intensity", AS_IS},
    {"NumMentions", "integer", "incident_events", AS_IS}, {"NumSources", "integer", "incident_publishers", AS_IS}, {"NumArticles", "integer", "incident_dispatches", AS_IS},
    {"AvgTone", "number", "", EMPTY},
    NO_GEO_FIELDS("Actor1"), NO_GEO_FIELDS("Actor2"),
    {"ActionGeo_Type", "integer", "place", GEO_TYPE}, {"ActionGeo_FullName", "string", "place", AS_IS}, {"ActionGeo_CountryCode", "string", "place_country", FIPS},
    {"ActionGeo_ADM1Code", "string", "", EMPTY}, {"ActionGeo_ADM2Code", "string", "", EMPTY}, {"ActionGeo_Lat", "number", "lat", AS_IS},
    {"ActionGeo_Long", "number", "lon", AS_IS}, {"ActionGeo_FeatureID", "string", "", EMPTY},
    {"DATEADDED", "integer", "incident_recorded_utc", MOMENT}, {"SOURCEURL", "string", "url", LINK},
};
static const field gdelt_mentions[] = {
    {"GlobalEventID", "integer", "incident", AS_IS}, {"EventTimeDate", "integer", "incident_recorded_utc", MOMENT}, {"MentionTimeDate", "integer", "recorded_utc", MOMENT},
    {"MentionType", "integer", "url", LINK_TYPE}, {"MentionSourceName", "string", "publisher", AS_IS}, {"MentionIdentifier", "string", "url", LINK},
    {"SentenceID", "integer", "", EMPTY}, {"Actor1CharOffset", "integer", "source_char", AS_IS}, {"Actor2CharOffset", "integer", "target_char", AS_IS},
    {"ActionCharOffset", "integer", "trigger_char", AS_IS}, {"InRawText", "integer", "", ONE}, {"Confidence", "integer", "confidence", TENTH},
    {"MentionDocLen", "integer", "dispatch_chars", AS_IS}, {"MentionDocTone", "number", "", EMPTY}, {"MentionDocTranslationInfo", "string", "", EMPTY},
    {"Extras", "string", "", EMPTY},
};
enum { N_OWN = sizeof own / sizeof *own, N_EVENTS = sizeof gdelt_events / sizeof *gdelt_events, N_MENTIONS = sizeof gdelt_mentions / sizeof *gdelt_mentions };
_Static_assert(N_EVENTS == 61 && N_MENTIONS == 16, "GDELT's columns");

typedef struct table {
    const char *file;
    const field *fields;
    unsigned n;
    FILE *f;
    out text;
    uint64_t n_rows;
} table;

typedef struct exporter {
    const options *o;
    chy_data *data;
    const char *columns;
    const chy_slice *cells;
    uint32_t n_cells;
    table t[2];
    unsigned n_tables;
    unsigned char *seen; /* incidents that have a row */
    size_t n_seen;
    char made_by[16][80]; /* "ENGINE DATA" of the rows */
    unsigned n_made_by;
    uint64_t left_out;
    bool broken;
} exporter;

/* ---------------------------------------------------------------------- fields */

static chy_slice cell(const exporter *x, const char *name)
{
    const char *p = x->columns;
    size_t n = strlen(name);
    for (uint32_t i = 0; i < x->n_cells; i++) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, name, n) == 0) return x->cells[i];
        p += k + (p[k] == ' ');
    }
    return (chy_slice){NULL, 0};
}

static bool state_codes(const exporter *x, chy_slice country, chy_state_codes *codes)
{
    char iso[8];
    chy_slice d = cell(x, "date_begin");
    chy_day on = CHY_NO_DAY;
    if (!country.n || country.n >= sizeof iso) return false;
    memcpy(iso, country.p, country.n);
    iso[country.n] = 0;
    if (d.n) (void)chy_day_parse(d, &on);
    return chy_data_state_codes(x->data, iso, on, codes) != 0;
}

/* The i-th member of a list with commas between. */
static chy_slice member(chy_slice list, unsigned i)
{
    size_t from = 0, to;
    for (;; from = to + 1) {
        const char *comma = from < list.n ? memchr(list.p + from, ',', list.n - from) : NULL;
        to = comma ? (size_t)(comma - list.p) : list.n;
        if (!i--) return from < to ? (chy_slice){list.p + from, to - from} : (chy_slice){NULL, 0};
        if (!comma) return (chy_slice){NULL, 0};
    }
}

static chy_slice head_of(chy_slice s, size_t n) { return (chy_slice){s.p, s.n < n ? s.n : n}; }

/* The digits of a day or moment, `n` at most. */
static chy_slice digits(chy_slice s, size_t n, char buf[64])
{
    size_t k = 0;
    for (size_t i = 0; i < s.n && k < n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') buf[k++] = s.p[i];
    return (chy_slice){buf, k};
}

static chy_slice link_of(const exporter *x, char buf[64])
{
    chy_slice url = cell(x, "url"), hash = cell(x, "dispatch_hash"), article = cell(x, "article");
    if (url.n) return url;
    int n = snprintf(buf, 64, "%.*s#%.*s", (int)hash.n, hash.p, (int)article.n, article.p);
    return (chy_slice){buf, n > 0 && n < 64 ? (size_t)n : 0};
}

/* A field's value; `buf` holds it where it is made. */
static chy_slice value(const exporter *x, const field *f, char buf[64])
{
    const chy_slice none = {NULL, 0}, c = f->from[0] ? cell(x, f->from) : none;
    chy_state_codes codes = {0};
    char side[32];
    int n = -1;
    switch (f->how) {
    case AS_IS: return c;
    case TEXT: return x->o->no_text ? none : c;
    case FIPS: n = state_codes(x, c, &codes) ? snprintf(buf, 64, "%s", codes.fips) : -1; break;
    case COW: n = state_codes(x, c, &codes) && codes.cow ? snprintf(buf, 64, "%u", codes.cow) : -1; break;
    case GW: n = state_codes(x, c, &codes) && codes.gw ? snprintf(buf, 64, "%u", codes.gw) : -1; break;
    case EMPTY: return none;
    case ONE: return (chy_slice){"1", 1};
    case YMD: return digits(c, 8, buf);
    case YEAR_MONTH: return digits(c, 6, buf);
    case YEAR: return digits(c, 4, buf);
    case MOMENT: return digits(c, 14, buf);
    case FRACTION: /* as GDELT has it: the year, and (30 × month + day) ÷ 365 of it */
        if (c.n == 10) {
            int of = ((c.p[5] - '0') * 10 + c.p[6] - '0') * 30 + (c.p[8] - '0') * 10 + c.p[9] - '0';
            n = snprintf(buf, 64, "%.4s.%04d", c.p, of > 364 ? 9999 : of * 10000 / 365);
        }
        break;
    case BASE: return head_of(c, 3);
    case ROOT: return head_of(c, 2);
    case ACTOR: { /* the state's code, then those of the sectors, as CAMEO composes them */
        snprintf(side, sizeof side, "%s_country", f->from);
        chy_slice country = cell(x, side);
        if (country.n == 3 && memcmp(country.p, "UNK", 3) == 0) country = none;
        snprintf(side, sizeof side, "%s_sector", f->from);
        chy_slice sector = cell(x, side), a = member(sector, 0), b = member(sector, 1), d = member(sector, 2);
        n = snprintf(buf, 64, "%.*s%.*s%.*s%.*s", (int)country.n, country.p ? country.p : "", (int)a.n, a.p ? a.p : "", (int)b.n, b.p ? b.p : "", (int)d.n, d.p ? d.p : "");
        break;
    }
    case STATE: return state_codes(x, c, &codes) ? c : none;
    case SECTOR1: return member(c, 0);
    case SECTOR2: return member(c, 1);
    case SECTOR3: return member(c, 2);
    case GEO_TYPE: { /* 1 a country, 3 a place in the United States, 4 a place elsewhere, 0 none */
        chy_slice state = cell(x, "place_state"), country = cell(x, "place_country");
        bool whole = c.n && state.n == c.n && memcmp(c.p, state.p, c.n) == 0, us = country.n == 3 && memcmp(country.p, "USA", 3) == 0;
        n = snprintf(buf, 64, "%d", !c.n ? 0 : whole ? 1 : us ? 3 : 4);
        break;
    }
    case TENTH: /* per cent, by tens, from 10 */
        if (c.n) {
            int tens = (int)(strtod(c.p, NULL) * 10 + 0.5);
            n = snprintf(buf, 64, "%d", tens < 1 ? 10 : tens > 10 ? 100 : tens * 10);
        }
        break;
    case LINK_TYPE: n = snprintf(buf, 64, "%d", c.n ? 1 : 2); break; /* 1 the web, 2 a citation */
    case LINK: return link_of(x, buf);
    }
    return n > 0 && n < 64 ? (chy_slice){buf, (size_t)n} : none;
}

/* ------------------------------------------------------------------------ rows */

static void csv_row(exporter *x, table *t)
{
    char buf[64];
    for (unsigned i = 0; i < t->n; i++) {
        chy_slice v = value(x, &t->fields[i], buf);
        if (i) out_z(&t->text, ",");
        if (strcmp(t->fields[i].type, "string") == 0) out_csv_safe(&t->text, v);
        else out_csv(&t->text, v);
    }
    out_z(&t->text, "\r\n");
}

/* No marks of quotation: a tab or line feed inside a field becomes a blank. */
static void tab_row(exporter *x, table *t)
{
    char buf[64];
    for (unsigned i = 0; i < t->n; i++) {
        chy_slice v = value(x, &t->fields[i], buf);
        if (i) out_z(&t->text, "\t");
        for (size_t k = 0; k < v.n; k++) out_put(&t->text, v.p[k] == '\t' || v.p[k] == '\n' || v.p[k] == '\r' ? " " : v.p + k, 1);
    }
    out_z(&t->text, "\n");
}

static json_t *j_value(const char *type, chy_slice v)
{
    if (!v.n) return json_null();
    if (strcmp(type, "integer") == 0) return json_integer(strtoll(v.p, NULL, 10));
    return strcmp(type, "number") == 0 ? json_real(strtod(v.p, NULL)) : j_slice(v);
}

static void json_row(exporter *x, table *t)
{
    char buf[64];
    json_t *v = json_object();
    for (unsigned i = 0; i < t->n; i++) {
        chy_slice s = value(x, &t->fields[i], buf);
        char z[64] = {0};
        if (s.n && s.n < sizeof z) memcpy(z, s.p, s.n), s.p = z; /* numbers end with a NUL */
        json_object_set_new(v, t->fields[i].name, j_value(t->fields[i].type, s));
    }
    out_json(&t->text, v);
}

static json_t *j_list(chy_slice list)
{
    json_t *v = json_array();
    for (unsigned i = 0; list.n; i++) {
        chy_slice m = member(list, i);
        if (!m.n) break;
        json_array_append_new(v, j_slice(m));
    }
    return v;
}

/* Actors or recipients as PLOVER's entities. */
static json_t *j_entities(const exporter *x, const char *side)
{
    chy_slice c = cell(x, side);
    json_t *in = c.n ? json_loadb(c.p, c.n, 0, NULL) : NULL, *v = json_array(), *p;
    size_t i;
    json_array_foreach(in, i, p)
    {
        const char *sector = json_string_value(json_object_get(p, "sector"));
        json_t *e = json_object();
        json_object_set(e, "code", json_object_get(p, "country"));
        json_object_set_new(e, "sector", j_list((chy_slice){sector ? sector : "", sector ? strlen(sector) : 0}));
        json_object_set(e, "identifier_id", json_object_get(p, "id"));
        json_object_set(e, "identifier_text", json_object_get(p, "name"));
        json_object_set(e, "office", json_object_get(p, "office"));
        if (!x->o->no_text) json_object_set(e, "entity_text", json_object_get(p, "text"));
        chy_state_codes codes = {0};
        chy_slice country = {json_string_value(json_object_get(p, "country")), json_string_length(json_object_get(p, "country"))};
        if (state_codes(x, country, &codes)) {
            if (codes.cow) json_object_set_new(e, "cow", json_integer(codes.cow));
            if (codes.gw) json_object_set_new(e, "gw", json_integer(codes.gw));
        }
        json_array_append_new(v, e);
    }
    json_decref(in);
    return v;
}

static void set(json_t *v, const exporter *x, const char *name, const char *type, const char *from)
{
    chy_slice c = cell(x, from);
    if (c.n) json_object_set_new(v, name, j_value(type, c));
}

/* PLOVER's record; what it has no field for (status, voices, hash) stands under names of ours. */
static void plover_row(exporter *x, table *t)
{
    json_t *v = json_object(), *place = json_object(), *info = json_object(), *cite = json_object(), *size = json_object();
    set(v, x, "id", "string", "key");
    json_object_set_new(v, "has_event", json_true());
    set(v, x, "date", "date", "date_begin");
    set(v, x, "enddate", "date", "date_end");
    json_object_set_new(v, "actor", j_entities(x, "sources"));
    json_object_set_new(v, "recipient", j_entities(x, "targets"));
    json_object_set_new(v, "event", j_list(cell(x, "type")));
    json_object_set_new(v, "mode", j_list(cell(x, "mode")));
    json_object_set_new(v, "context", j_list(cell(x, "context")));
    set(v, x, "quad_code", "integer", "quad");
    set(v, x, "event_scale", "number", "intensity");
    if (!x->o->no_text) set(place, x, "extracted_place", "string", "place_text");
    set(place, x, "resolved_place", "string", "place");
    set(place, x, "lat", "number", "lat");
    set(place, x, "lon", "number", "lon");
    set(place, x, "country_code", "string", "place_country");
    json_object_set_new(v, "event_loc", place);
    set(size, x, "dead", "integer", "dead");
    set(size, x, "injured", "integer", "injured");
    set(size, x, "arrested", "integer", "arrested");
    json_object_set_new(v, "size", size);
    if (!x->o->no_text) set(v, x, "text", "string", "evidence");
    set(info, x, "start", "integer", "evidence_begin");
    set(info, x, "end", "integer", "evidence_end");
    json_object_set_new(v, "text_info", info);
    set(cite, x, "url", "string", "url");
    set(cite, x, "publication", "string", "publisher");
    if (!x->o->no_text) set(cite, x, "title", "string", "title");
    json_object_set_new(cite, "coder", json_string("Chancery"));
    json_object_set_new(cite, "codebook", json_string("PLOVER"));
    set(cite, x, "version", "string", "engine");
    json_object_set_new(v, "cite_info", cite);
    set(v, x, "coded_date", "datetime", "recorded_utc");
    set(v, x, "status", "string", "status");
    if (!x->o->no_text) set(v, x, "asserted_by", "string", "asserted_by"), set(v, x, "denied_by", "string", "denied_by");
    set(v, x, "dispatch_hash", "string", "dispatch_hash");
    set(v, x, "article", "integer", "article");
    set(v, x, "engine", "string", "engine");
    set(v, x, "data", "string", "data");
    out_json(&t->text, v);
}

/* Is this the incident's first row? */
static bool first_row(exporter *x)
{
    chy_slice c = cell(x, "incident");
    size_t i = c.n ? (size_t)strtoull(c.p, NULL, 10) : 0;
    if (i >= x->n_seen) {
        size_t n = (i + 1) * 2;
        x->seen = xrealloc(x->seen, n);
        memset(x->seen + x->n_seen, 0, n - x->n_seen);
        x->n_seen = n;
    }
    bool first = !x->seen[i];
    x->seen[i] = 1;
    return first;
}

static void note_maker(exporter *x)
{
    char made[80];
    chy_slice e = cell(x, "engine"), d = cell(x, "data");
    snprintf(made, sizeof made, "%.*s %.*s", (int)e.n, e.p, (int)d.n, d.p);
    for (unsigned i = 0; i < x->n_made_by; i++)
        if (strcmp(made, x->made_by[i]) == 0) return;
    if (x->n_made_by < 16) memcpy(x->made_by[x->n_made_by++], made, sizeof made);
}

static void flush(exporter *x, table *t)
{
    if (t->text.n) x->broken |= fwrite(t->text.p, 1, t->text.n, t->f) != t->text.n;
    t->text.n = 0;
}

static int no_row(void *ctx, const chy_slice *cells, uint32_t n)
{
    (void)ctx, (void)cells, (void)n;
    return 1;
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    exporter *x = ctx;
    x->cells = cells, x->n_cells = n;
    table *t = &x->t[0];
    switch (x->o->format[0]) {
    case 'c': csv_row(x, t), t->n_rows++; break;
    case 'j': json_row(x, t), t->n_rows++; break;
    case 'p':
        if (!cell(x, "date_begin").n) return x->left_out++, 0;
        plover_row(x, t), t->n_rows++;
        break;
    default:
        if (!cell(x, "date_begin").n || !cell(x, "cameo").n || !cell(x, "incident").n || cell(x, "quad").p[0] == '0') return x->left_out++, 0;
        if (first_row(x)) tab_row(x, t), t->n_rows++;
        tab_row(x, &x->t[1]), x->t[1].n_rows++;
    }
    note_maker(x);
    for (unsigned i = 0; i < x->n_tables; i++)
        if (x->t[i].text.n > 1 << 16) flush(x, &x->t[i]);
    return x->broken;
}

/* --------------------------------------------------------------------- package */

static json_t *j_resource(const exporter *x, const table *t)
{
    json_t *v = json_object(), *fields = json_array(), *schema = json_object();
    bool lines = x->o->format[0] == 'j' || x->o->format[0] == 'p', tabs = x->o->format[0] == 'g';
    char name[32];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(t->file, "."), t->file);
    json_object_set_new(v, "name", json_string(name));
    json_object_set_new(v, "path", json_string(t->file));
    json_object_set_new(v, "format", json_string(lines ? "jsonl" : tabs ? "tsv" : "csv"));
    json_object_set_new(v, "encoding", json_string("utf-8"));
    if (tabs) json_object_set_new(v, "dialect", json_pack("{s:s, s:b, s:b}", "delimiter", "\t", "header", 0, "doubleQuote", 0));
    for (unsigned i = 0; i < t->n; i++) json_array_append_new(fields, json_pack("{s:s, s:s}", "name", t->fields[i].name, "type", t->fields[i].type));
    if (t->n) json_object_set_new(schema, "fields", fields), json_object_set_new(v, "schema", schema);
    else json_decref(fields), json_decref(schema);
    json_object_set_new(v, "rows", json_integer((json_int_t)t->n_rows));
    return v;
}

static bool write_package(exporter *x, const char *path, const char *expression)
{
    json_t *v = json_object(), *resources = json_array(), *made = json_array();
    for (unsigned i = 0; i < x->n_tables; i++) json_array_append_new(resources, j_resource(x, &x->t[i]));
    for (unsigned i = 0; i < x->n_made_by; i++) {
        char *blank = strchr(x->made_by[i], ' ');
        json_array_append_new(made, json_pack("{s:s%, s:s}", "engine", x->made_by[i], blank ? (size_t)(blank - x->made_by[i]) : 0, "data", blank ? blank + 1 : ""));
    }
    json_object_set_new(v, "profile", json_string(x->o->format[0] == 'c' || x->o->format[0] == 'g' ? "tabular-data-package" : "data-package"));
    json_object_set_new(v, "name", json_string("chancery-events"));
    json_object_set_new(v, "version", json_string("1"));
    json_object_set_new(v, "layout", json_string(x->o->format));
    json_object_set_new(v, "exported_by", json_pack("{s:s, s:s}", "engine", CHY_VERSION, "data", chy_data_hash(x->data)));
    json_object_set_new(v, "coded_by", made);
    json_object_set_new(v, "codebook", json_pack("{s:s, s:s}", "name", "PLOVER, as docs/codebook applies it", "version", CHY_VERSION));
    json_object_set_new(v, "expression", json_string(expression));
    json_object_set_new(v, "as_of", x->o->as_of ? json_string(x->o->as_of) : json_null());
    json_object_set_new(v, "text", json_boolean(!x->o->no_text));
    json_object_set_new(v, "resources", resources);
    bool ok = json_dump_file(v, path, JSON_INDENT(2)) == 0;
    json_decref(v);
    return ok;
}

/* How the export is to be cited: CITATION.cff of the project, with the versions of engine and data. */
static bool write_citation(const exporter *x, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) return false;
    fprintf(f, "cff-version: 1.2.0\nmessage: Please cite Chancery with the versions of engine and data, and the publishers of the dispatches.\n"
               "title: Chancery, political events coded from news\ntype: dataset\nauthors:\n  - name: The Chancery authors\nversion: \"engine %s, data %s\"\n",
            CHY_VERSION, chy_data_hash(x->data));
    return fclose(f) == 0;
}

/* ------------------------------------------------------------------------- run */

static bool open_tables(exporter *x)
{
    switch (x->o->format[0]) {
    case 'c': x->t[0] = (table){.file = "events.csv", .fields = own, .n = N_OWN}, x->n_tables = 1; break;
    case 'j': x->t[0] = (table){.file = "events.jsonl", .fields = own, .n = N_OWN}, x->n_tables = 1; break;
    case 'p': x->t[0] = (table){.file = "plover.jsonl"}, x->n_tables = 1; break;
    default:
        x->t[0] = (table){.file = "export.CSV", .fields = gdelt_events, .n = N_EVENTS};
        x->t[1] = (table){.file = "mentions.CSV", .fields = gdelt_mentions, .n = N_MENTIONS};
        x->n_tables = 2;
    }
    if (mkdir(x->o->out, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "chancery: %s: %s\n", x->o->out, strerror(errno));
        return false;
    }
    for (unsigned i = 0; i < x->n_tables; i++) {
        out path = {0};
        out_f(&path, "%s/%s", x->o->out, x->t[i].file);
        x->t[i].f = fopen(path.p, "w");
        if (!x->t[i].f) fprintf(stderr, "chancery: %s: %s\n", path.p, strerror(errno));
        out_free(&path);
        if (!x->t[i].f) return false;
    }
    if (x->o->format[0] == 'c') {
        for (unsigned i = 0; i < N_OWN; i++) out_f(&x->t[0].text, "%s%s", i ? "," : "", own[i].name);
        out_z(&x->t[0].text, "\r\n");
    }
    return true;
}

static bool close_tables(exporter *x)
{
    for (unsigned i = 0; i < x->n_tables; i++) {
        if (x->t[i].f) {
            flush(x, &x->t[i]);
            x->broken |= fclose(x->t[i].f) != 0;
        }
        out_free(&x->t[i].text);
    }
    return !x->broken;
}

static int run_export(const options *o)
{
    chy_record *r = NULL;
    chy_error err = {0};
    exporter x = {.o = o, .columns = chy_record_columns("export")};
    if (!o->out) {
        fputs("chancery export: --out DIR is wanted\n", stderr);
        return EXIT_USAGE;
    }
    out expression = words_of(o), path = {0};
    out asked = {0};
    /* These layouts cannot say that something was denied, is planned or did not happen. */
    out_f(&asked, "%s%s", expression.p, o->format[0] == 'g' ? " status:reported,claimed,admitted" : "");
    out_f(&path, "%s/datapackage.json", o->out);
    chy_status st = chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK) st = chy_data_open(o->data, &x.data, &err);
    /* Nothing is written for an expression that is wrong. */
    if (st == CHY_OK) st = chy_record_select(r, "export", (chy_slice){asked.p, asked.n}, o->as_of, 1, no_row, NULL, &err);
    if (st == CHY_OK && !open_tables(&x)) st = CHY_E_IO;
    if (st == CHY_OK) st = chy_record_select(r, "export", (chy_slice){asked.p, asked.n}, o->as_of, 0, row, &x, &err);
    if (!close_tables(&x) && st == CHY_OK) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", o->out);
    if (st == CHY_OK && !write_package(&x, path.p, asked.p)) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", path.p);
    path.n = 0, out_f(&path, "%s/CITATION.cff", o->out);
    if (st == CHY_OK && !write_citation(&x, path.p)) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", path.p);
    if (st != CHY_OK && err.message[0]) fprintf(stderr, "chancery: %s\n", err.message);
    if (st == CHY_OK && x.left_out && !o->quiet) fprintf(stderr, "chancery: %llu events left out: no day, or no code\n", (unsigned long long)x.left_out);
    if (st == CHY_OK && !o->quiet) fprintf(stderr, "chancery: %llu rows in %s/%s\n", (unsigned long long)x.t[0].n_rows, o->out, x.t[0].file);
    free(x.seen);
    out_free(&expression), out_free(&asked), out_free(&path);
    if (x.data) chy_data_close(x.data);
    if (r) chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

const command cmd_export = {
    .name = "export", .summary = "write a record's events in the layout of CSV, JSON Lines, PLOVER or GDELT",
    .formats = "csv jsonl plover gdelt", .inputs = "", .options = "out no-text as-of", .record = true, .rest = " [TERM…]", .run = run_export,
    .help = "TERMs are those of `chancery query`. DIR gets the events and datapackage.json, which tells their columns and what they were coded by\n"
            "(docs/export.md).\n\n"
            "    chancery export record.db from:2022 --format gdelt --out gdelt\n"
            "    chancery export record.db dyad:IRN-UKR --no-text --out replication\n",
};
