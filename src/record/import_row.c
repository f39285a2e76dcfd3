/* SPDX-License-Identifier: Apache-2.0
 *
 * import_row.c - the cells of an export's row: each of its kind, and what must agree among them. Nothing here touches the record.
 */
#include "record/import.h"

#include <stdlib.h>

typedef enum kind {
    K_DERIVED, /* follows from others: not read */
    K_TEXT, K_WORD /* no blanks, 120 bytes */, K_HASH, K_NAME, K_COUNTRY, K_TYPE, K_MODES, K_CONTEXTS, K_SECTORS, K_CAMEO, K_DAY, K_MOMENT,
    K_ID, K_AT /* bytes of a page */, K_COUNT, K_REAL, K_ONE_OF, K_OBJECTS, K_OBJECT
} kind;

#define BASES "none|text|published|context"
#define STATUSES "reported|claimed|admitted|denied|disputed|planned|possible|negated"
#define KINDS "state|organisation|person|office|people|unknown"

static const struct column {
    kind kind;
    bool needed;
    const char *one_of;
    double low, high;
} columns[C_N] = {
    [C_ID] = {.kind = K_ID}, [C_EVENT] = {K_WORD, true, NULL, 0, 0}, [C_REVISION] = {K_WORD, true, NULL, 0, 0}, [C_DISPATCH_HASH] = {K_HASH, true, NULL, 0, 0},
    [C_ARTICLE] = {K_COUNT, true, NULL, 0, 0}, [C_INCIDENT] = {.kind = K_ID}, [C_DATE_BEGIN] = {.kind = K_DAY}, [C_DATE_END] = {.kind = K_DAY},
    [C_DATE_BASIS] = {K_ONE_OF, true, BASES, 0, 0}, [C_TYPE] = {K_TYPE, true, NULL, 0, 0}, [C_MODE] = {.kind = K_MODES}, [C_CONTEXT] = {.kind = K_CONTEXTS},
    [C_CAMEO] = {.kind = K_CAMEO}, [C_QUAD] = {K_COUNT, true, NULL, 0, 0}, [C_INTENSITY] = {K_REAL, true, NULL, -10, 10}, [C_STATUS] = {K_ONE_OF, true, STATUSES, 0, 0},
    [C_CONFIDENCE] = {K_REAL, false, NULL, 0, 1},
    [C_SOURCE] = {.kind = K_NAME}, [C_SOURCE_NAME] = {.kind = K_NAME}, [C_SOURCE_KIND] = {K_ONE_OF, false, KINDS, 0, 0}, [C_SOURCE_COUNTRY] = {.kind = K_COUNTRY},
    [C_SOURCE_SECTOR] = {.kind = K_SECTORS}, [C_SOURCE_BEGIN] = {.kind = K_AT}, [C_SOURCE_END] = {.kind = K_AT},
    [C_TARGET] = {.kind = K_NAME}, [C_TARGET_NAME] = {.kind = K_NAME}, [C_TARGET_KIND] = {K_ONE_OF, false, KINDS, 0, 0}, [C_TARGET_COUNTRY] = {.kind = K_COUNTRY},
    [C_TARGET_SECTOR] = {.kind = K_SECTORS}, [C_TARGET_BEGIN] = {.kind = K_AT}, [C_TARGET_END] = {.kind = K_AT},
    [C_PLACE] = {.kind = K_NAME}, [C_PLACE_COUNTRY] = {.kind = K_COUNTRY}, [C_LAT] = {K_REAL, false, NULL, -90, 90}, [C_LON] = {K_REAL, false, NULL, -180, 180},
    [C_DEAD] = {.kind = K_COUNT}, [C_INJURED] = {.kind = K_COUNT}, [C_ARRESTED] = {.kind = K_COUNT}, [C_PROTESTERS] = {.kind = K_COUNT},
    [C_SENTENCE] = {K_COUNT, true, NULL, 0, 0}, [C_EVIDENCE_BEGIN] = {K_AT, true, NULL, 0, 0}, [C_EVIDENCE_END] = {K_AT, true, NULL, 0, 0},
    [C_TRIGGER_BEGIN] = {K_AT, true, NULL, 0, 0}, [C_TRIGGER_END] = {K_AT, true, NULL, 0, 0}, [C_DISPATCH_BEGIN] = {K_AT, true, NULL, 0, 0},
    [C_ASSERTED_BY] = {.kind = K_TEXT}, [C_DENIED_BY] = {.kind = K_TEXT}, [C_PUBLISHER] = {.kind = K_NAME}, [C_PUBLISHED] = {.kind = K_DAY}, [C_URL] = {.kind = K_TEXT},
    [C_RECORDED_UTC] = {K_MOMENT, true, NULL, 0, 0}, [C_ENGINE] = {K_WORD, true, NULL, 0, 0}, [C_DATA] = {K_WORD, true, NULL, 0, 0}, [C_VERDICT] = {K_ONE_OF, false, "right|changed", 0, 0},
    [C_TITLE] = {.kind = K_TEXT}, [C_EVIDENCE] = {.kind = K_TEXT}, [C_DATE_TEXT] = {.kind = K_TEXT}, [C_PLACE_TEXT] = {.kind = K_TEXT},
    [C_SOURCES] = {.kind = K_OBJECTS}, [C_TARGETS] = {.kind = K_OBJECTS}, [C_WITHIN] = {.kind = K_WORD}, [C_CLAIMS] = {.kind = K_OBJECTS}, [C_LINKS] = {.kind = K_OBJECTS},
    [C_STORY] = {.kind = K_OBJECT}, [C_FRAME] = {.kind = K_TEXT}, [C_RULE] = {.kind = K_TEXT},
};

const char chy_import_columns[] =
    "id event revision dispatch_hash article incident date_begin date_end date_basis type mode context cameo quad intensity status confidence "
    "source source_name source_kind source_country source_cow source_gw source_sector source_begin source_end "
    "target target_name target_kind target_country target_cow target_gw target_sector target_begin target_end "
    "place place_country place_cow place_gw lat lon dead injured arrested protesters sentence evidence_begin evidence_end trigger_begin trigger_end dispatch_begin "
    "asserted_by denied_by publisher published url recorded_utc engine data verdict title evidence date_text place_text "
    "sources targets within claims links story frame rule";

/* ----------------------------------------------------------------------- cells */

static bool hexadecimal(chy_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'))) return false;
    return true;
}

static bool word(chy_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f) return false;
    return s.n <= 120;
}

/* All members of a list with commas are names of codes. */
static bool codes(chy_slice list, const char *(*name)(unsigned))
{
    chy_slice one;
    if (list.n > 255) return false;
    while (list.n && chy_slice_split(&list, ',', &one)) {
        unsigned i = 0;
        while (name(i)[0] != '?' && !chy_slice_eqz(one, name(i))) i++;
        if (name(i)[0] == '?') return false;
    }
    return true;
}

static bool country(chy_slice s) { return s.n == 3 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z' && s.p[2] >= 'A' && s.p[2] <= 'Z'; }

/* "YYYY-MM-DDTHH:MM:SSZ". */
static bool moment(chy_slice s)
{
    static const char shape[] = "0000-00-00T00:00:00Z";
    chy_day day;
    if (s.n != sizeof shape - 1 || chy_day_parse((chy_slice){s.p, 10}, &day) != CHY_OK) return false;
    for (size_t i = 0; i < s.n; i++)
        if (shape[i] == '0' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i]) return false;
    return memcmp(s.p + 11, "24", 2) < 0 && s.p[14] < '6' && s.p[17] < '7';
}

static bool integer(chy_slice s, int64_t most, int64_t *out)
{
    *out = 0;
    if (!s.n || s.n > 15) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return *out <= most;
}

static bool real(chy_slice s, double low, double high, double *out)
{
    char z[40], *end;
    if (s.n >= sizeof z) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789+-.eE", s.p[i]) || !s.p[i]) return false;
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    *out = strtod(z, &end);
    return end == z + s.n && *out >= low && *out <= high;
}

static json_t *json(chy_slice s, bool object)
{
    json_t *v = json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES, NULL), *item;
    size_t i;
    bool ok = object ? json_is_object(v) : json_is_array(v);
    if (ok && !object)
        json_array_foreach(v, i, item) ok &= json_is_object(item);
    if (!ok) json_decref(v);
    return ok ? v : NULL;
}

/* NULL, or what a cell that is not empty is not. */
static const char *check(chy_col c, chy_slice s, chy_import_cells *out)
{
    const struct column *k = &columns[c];
    chy_day day;
    size_t bad;
    if (!chy_utf8_valid(s, &bad) || memchr(s.p, 0, s.n)) return "is no text in UTF-8";
    switch (k->kind) {
    case K_DERIVED:
    case K_TEXT: return NULL;
    case K_NAME: return s.n <= 1000 ? NULL : "is too long for a name";
    case K_WORD: return word(s) ? NULL : "is no key";
    case K_HASH: return s.n == 32 && hexadecimal(s) ? NULL : "is no hash (32 hexadecimal digits)";
    case K_COUNTRY: return country(s) ? NULL : "is no country's code (three capitals)";
    case K_TYPE: return chy_slice_eqz(s, "?") || codes(s, chy_type_name) ? NULL : "is no type of PLOVER";
    case K_MODES: return codes(s, chy_mode_name) ? NULL : "is no list of PLOVER's modes";
    case K_CONTEXTS: return codes(s, chy_context_name) ? NULL : "is no list of PLOVER's contexts";
    case K_SECTORS: return codes(s, chy_sector_name) ? NULL : "is no list of PLOVER's sectors";
    case K_CAMEO: return s.n <= 8 && word(s) ? NULL : "is no code of CAMEO";
    case K_DAY: return chy_day_parse(s, &day) == CHY_OK ? NULL : "is no day (YYYY-MM-DD)";
    case K_MOMENT: return moment(s) ? NULL : "is no moment (YYYY-MM-DDTHH:MM:SSZ)";
    case K_ID: return integer(s, CHY_IMPORT_MAX_ID, &out->integer[c]) && out->integer[c] ? NULL : "is no number of a row";
    case K_AT: return integer(s, CHY_IMPORT_MAX_AT, &out->integer[c]) ? NULL : "is no place in a page";
    case K_COUNT: return integer(s, UINT32_MAX, &out->integer[c]) ? NULL : "is no number";
    case K_REAL: return real(s, k->low, k->high, &out->real[c]) ? NULL : "is no number in range";
    case K_ONE_OF: return chy_slice_in(s, k->one_of) ? NULL : k->one_of;
    case K_OBJECTS: return (out->list[c] = json(s, false)) ? NULL : "is no list of objects";
    case K_OBJECT: return (out->list[c] = json(s, true)) ? NULL : "is no object";
    }
    return NULL;
}

/* --------------------------------------------------------------------- objects */

chy_slice chy_import_text(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    return json_is_string(v) ? (chy_slice){json_string_value(v), json_string_length(v)} : (chy_slice){"", 0};
}

int64_t chy_import_number(const json_t *object, const char *name) { return json_integer_value(json_object_get(object, name)); }

/* A member is a string (or, where it is not needed, null) that passes. */
static bool string_is(const json_t *o, const char *name, bool needed, const char *one_of)
{
    const json_t *v = json_object_get(o, name);
    if (!json_is_string(v)) return !needed && (!v || json_is_null(v));
    return !one_of || chy_slice_in(chy_import_text(o, name), one_of);
}

static bool at_is(const json_t *o, const char *begin, const char *end)
{
    int64_t b = chy_import_number(o, begin), e = chy_import_number(o, end);
    return json_is_integer(json_object_get(o, begin)) && json_is_integer(json_object_get(o, end)) && b >= 0 && b <= e && e <= CHY_IMPORT_MAX_AT;
}

static const char *check_actors(const json_t *list)
{
    json_t *o;
    size_t i;
    if (json_array_size(list) > 1000) return "has too many members";
    json_array_foreach(list, i, o)
    {
        if (!chy_import_text(o, "id").n || !string_is(o, "name", true, NULL) || !string_is(o, "kind", true, KINDS)) return "has an actor without id, name or kind (" KINDS ")";
        if (!country(chy_import_text(o, "country")) || !string_is(o, "sector", true, NULL) || !codes(chy_import_text(o, "sector"), chy_sector_name)) return "has an actor without country or sector";
        if (!string_is(o, "office", false, NULL) || !string_is(o, "text", false, NULL) || !at_is(o, "begin", "end")) return "has an actor whose words stand nowhere";
    }
    return NULL;
}

static const char *check_claims(const json_t *list)
{
    json_t *o;
    size_t i;
    if (json_array_size(list) > 1000) return "has too many members";
    json_array_foreach(list, i, o)
    {
        const json_t *via = json_object_get(o, "via");
        bool actor = chy_import_text(o, "actor").n != 0;
        if (!string_is(o, "actor", false, NULL) || (actor && (!string_is(o, "name", true, NULL) || !string_is(o, "kind", true, KINDS)))) return "has a voice without id, name or kind";
        if (!string_is(o, "source", false, NULL) || !string_is(o, "country", false, NULL) || !string_is(o, "sector", false, NULL) || !string_is(o, "office", false, NULL)) return "has a voice that is nobody's";
        if (!string_is(o, "stance", true, "asserts|denies|admits|doubts")) return "has a voice without stance (asserts|denies|admits|doubts)";
        if (!string_is(o, "text", false, NULL) || !string_is(o, "cue", false, NULL) || !at_is(o, "cue_begin", "cue_end")) return "has a voice whose cue stands nowhere";
        if (chy_import_number(o, "quote") != 0 && chy_import_number(o, "quote") != 1) return "has a voice whose quote is neither 0 nor 1";
        if (via && !json_is_null(via) && (!json_is_integer(via) || json_integer_value(via) < 0 || (size_t)json_integer_value(via) >= json_array_size(list))) return "has a voice by way of none";
    }
    return NULL;
}

static const char *check_links(const json_t *list)
{
    json_t *o;
    size_t i;
    json_array_foreach(list, i, o)
    {
        chy_slice hash = chy_import_text(o, "dispatch_hash");
        if (!chy_import_text(o, "kind").n || !chy_import_text(o, "event").n || hash.n != 32 || !hexadecimal(hash) || chy_import_number(o, "article") < 0) return "has a link to nowhere";
    }
    return NULL;
}

static const char *check_story(const json_t *o)
{
    const json_t *agencies = json_object_get(o, "agencies"), *copy = json_object_get(o, "copy_of"), *agency;
    chy_slice begin = chy_import_text(o, "published_begin");
    chy_day day;
    size_t i;
    if (!string_is(o, "kind", true, "text|html")) return "has no kind (text|html)";
    if (!string_is(o, "published_basis", true, "none|given|stated|inferred")) return "has no published_basis (none|given|stated|inferred)";
    if (begin.n && chy_day_parse(begin, &day) != CHY_OK) return "has a published_begin that is no day";
    if (agencies && !json_is_array(agencies)) return "has agencies that are no list";
    json_array_foreach(agencies, i, agency) if (!json_is_string(agency) || !json_string_length(agency)) return "has an agency without a name";
    if (copy && !json_is_null(copy)) {
        chy_slice hash = chy_import_text(copy, "dispatch_hash");
        double share = json_number_value(json_object_get(copy, "share"));
        if (hash.n != 32 || !hexadecimal(hash) || chy_import_number(copy, "article") < 0 || !(share >= 0 && share <= 1)) return "is a copy of nothing";
    }
    return NULL;
}

/* ------------------------------------------------------------------------ rows */

static chy_status fault(uint32_t *wrong, chy_col c, chy_slice cell, const char *what, chy_error *err)
{
    *wrong = c;
    size_t bad;
    if (!cell.n || !chy_utf8_valid(cell, &bad)) return chy_fail(err, CHY_E_FORMAT, CHY_STAGE_RECORD, 0, "%s", what);
    const char *is = strchr(what, '|') && what[0] != 'h' && what[0] != 'i' ? "is none of " : "";
    size_t n = cell.n > 40 ? 40 : cell.n;
    while (n && n < cell.n && ((unsigned char)cell.p[n] & 0xC0) == 0x80) n--;
    return chy_fail(err, CHY_E_FORMAT, CHY_STAGE_RECORD, 0, "'%.*s'%s %s%s", (int)n, cell.p, n < cell.n ? "…" : "", is, what);
}

/* What a side says, told by columns (CSV); a list of it has been checked by itself. */
static const char *check_side(const chy_import_cells *row, chy_col id)
{
    enum { NAME = 1, KIND, COUNTRY, SECTOR = 6, BEGIN, END };
    const chy_slice *c = row->cell + id;
    if (!c->n) return c[NAME].n || c[COUNTRY].n || c[SECTOR].n || c[BEGIN].n ? "is empty, but what is said of it is not" : NULL;
    if (!c[NAME].n || !c[KIND].n || !c[COUNTRY].n) return "has no name, kind or country";
    return row->integer[id + BEGIN] <= row->integer[id + END] ? NULL : "has words that end before they begin";
}

/* What the list of a side says of the first is what the columns say. */
static bool agrees(const chy_import_cells *row, chy_col id, chy_col list)
{
    return !row->list[list] || chy_slice_eq(chy_import_text(json_array_get(row->list[list], 0), "id"), row->cell[id].n ? row->cell[id] : CHY_LIT(""));
}

static const char *check_row(const chy_import_cells *row, chy_col *at)
{
    const chy_slice *c = row->cell;
    const char *why = NULL;
    if (chy_slice_eqz(c[C_VERDICT], "changed")) return *at = C_VERDICT, "is what a person made of it, not what was coded: import the export without --corrected";
    if (!c[C_DATE_BEGIN].n != !c[C_DATE_END].n) return *at = C_DATE_END, "is there, or is empty, where date_begin is not";
    if (c[C_DATE_BEGIN].n && memcmp(c[C_DATE_BEGIN].p, c[C_DATE_END].p, 10) > 0) return *at = C_DATE_END, "is before date_begin";
    int quad = 0;
    for (unsigned i = 0; i < CHY_N_TYPE; i++)
        if (chy_slice_eqz(c[C_TYPE], chy_type_name(i))) quad = chy_type_quad((chy_type)i);
    if (row->integer[C_QUAD] != quad) return *at = C_QUAD, "is not the class of the type";
    if (row->integer[C_EVIDENCE_BEGIN] > row->integer[C_EVIDENCE_END]) return *at = C_EVIDENCE_END, "is before evidence_begin";
    if (row->integer[C_TRIGGER_BEGIN] > row->integer[C_TRIGGER_END]) return *at = C_TRIGGER_END, "is before trigger_begin";
    if (row->integer[C_DISPATCH_BEGIN] > row->integer[C_EVIDENCE_BEGIN]) return *at = C_DISPATCH_BEGIN, "is behind the evidence";
    if (c[C_PLACE].n && (!c[C_LAT].n || !c[C_LON].n)) return *at = C_PLACE, "has no lat and lon";
    if ((why = check_side(row, C_SOURCE))) return *at = C_SOURCE, why;
    if ((why = check_side(row, C_TARGET))) return *at = C_TARGET, why;
    if (row->list[C_SOURCES] && (why = check_actors(row->list[C_SOURCES]))) return *at = C_SOURCES, why;
    if (row->list[C_TARGETS] && (why = check_actors(row->list[C_TARGETS]))) return *at = C_TARGETS, why;
    if (!agrees(row, C_SOURCE, C_SOURCES)) return *at = C_SOURCE, "is not the first of sources";
    if (!agrees(row, C_TARGET, C_TARGETS)) return *at = C_TARGET, "is not the first of targets";
    if (row->list[C_CLAIMS] && (why = check_claims(row->list[C_CLAIMS]))) return *at = C_CLAIMS, why;
    if (row->list[C_LINKS] && (why = check_links(row->list[C_LINKS]))) return *at = C_LINKS, why;
    if (row->list[C_STORY] && (why = check_story(row->list[C_STORY]))) return *at = C_STORY, why;
    return NULL;
}

chy_status chy_import_check(const chy_slice *cells, chy_import_cells *out, uint32_t *wrong, chy_error *err)
{
    *out = (chy_import_cells){.cell = cells};
    for (chy_col c = 0; c < C_N; c++) {
        if (!cells[c].n) {
            if (columns[c].needed) return fault(wrong, c, (chy_slice){"", 0}, "is empty", err);
            continue;
        }
        const char *what = check(c, cells[c], out);
        if (what) return fault(wrong, c, columns[c].kind == K_OBJECTS || columns[c].kind == K_OBJECT ? (chy_slice){"", 0} : cells[c], what, err);
    }
    chy_col at = C_ID;
    const char *what = check_row(out, &at);
    return what ? fault(wrong, at, columns[at].kind == K_OBJECTS || columns[at].kind == K_OBJECT ? (chy_slice){"", 0} : cells[at], what, err) : CHY_OK;
}

void chy_import_cells_free(chy_import_cells *row)
{
    for (chy_col c = 0; c < C_N; c++) json_decref(row->list[c]);
}
