/* SPDX-License-Identifier: Apache-2.0
 *
 * export_own.c - Chancery's own layouts: a row an event in CSV, with the first on each side; the same in JSON Lines, with everything.
 */
#include "export.h"

#include <string.h>

#define SIDE_FIELDS(side)                                                                                              \
    {side, "string", side, as_is}, {side "_name", "string", side "_name", as_is}, {side "_kind", "string", side "_kind", as_is}, \
    {side "_country", "string", side "_country", as_is}, {side "_cow", "integer", side "_country", cow}, {side "_gw", "integer", side "_country", gw}, \
    {side "_sector", "string", side "_sector", as_is}, {side "_begin", "integer", side "_begin", as_is}, {side "_end", "integer", side "_end", as_is}
#define FIELDS                                                                                                         \
    {"id", "integer", "id", as_is}, {"event", "string", "key", as_is}, {"revision", "string", "revision", as_is}, \
    {"dispatch_hash", "string", "dispatch_hash", as_is}, {"article", "integer", "article", as_is}, {"incident", "integer", "incident", as_is}, \
    {"date_begin", "date", "date_begin", as_is}, {"date_end", "date", "date_end", as_is}, {"date_basis", "string", "date_basis", as_is}, \
    {"type", "string", "type", as_is}, {"mode", "string", "mode", as_is}, {"context", "string", "context", as_is}, {"cameo", "string", "cameo", as_is}, \
    {"quad", "integer", "quad", as_is}, {"intensity", "number", "intensity", as_is}, {"status", "string", "status", as_is}, {"confidence", "number", "confidence", as_is}, \
    SIDE_FIELDS("source"), SIDE_FIELDS("target"), \
    {"place", "string", "place", as_is}, {"place_country", "string", "place_country", as_is}, {"place_cow", "integer", "place_country", cow}, \
    {"place_gw", "integer", "place_country", gw}, {"lat", "number", "lat", as_is}, {"lon", "number", "lon", as_is}, \
    {"dead", "integer", "dead", as_is}, {"injured", "integer", "injured", as_is}, {"arrested", "integer", "arrested", as_is}, {"protesters", "integer", "protesters", as_is}, \
    {"sentence", "integer", "sentence", as_is}, {"evidence_begin", "integer", "evidence_begin", as_is}, {"evidence_end", "integer", "evidence_end", as_is}, \
    {"trigger_begin", "integer", "trigger_begin", as_is}, {"trigger_end", "integer", "trigger_end", as_is}, {"dispatch_begin", "integer", "dispatch_begin", as_is}, \
    {"asserted_by", "string", "asserted_by", words}, {"denied_by", "string", "denied_by", words}, \
    {"publisher", "string", "publisher", as_is}, {"published", "date", "published", as_is}, {"url", "string", "url", as_is}, \
    {"recorded_utc", "datetime", "recorded_utc", as_is}, {"engine", "string", "engine", as_is}, {"data", "string", "data", as_is}, \
    {"title", "string", "title", words}, {"evidence", "string", "evidence", words}, {"date_text", "string", "date_text", words}, {"place_text", "string", "place_text", words}

/* A list of objects, without what is the publishers' where that is to be left out. */
static chy_slice list(exporter *x, const char *from, out *buf)
{
    static const char *const theirs[] = {"text", "cue", "dateline"};
    chy_slice c = cell(x, from);
    if (!x->o->no_text || !c.n) return c;
    json_t *v = json_loadb(c.p, c.n, 0, NULL), *item;
    size_t i;
    if (json_is_object(v))
        for (unsigned k = 0; k < 3; k++) json_object_del(v, theirs[k]);
    json_array_foreach(v, i, item) for (unsigned k = 0; k < 3; k++) json_object_del(item, theirs[k]);
    out_json(buf, v);
    buf->n--; /* its line feed */
    return (chy_slice){buf->p, buf->n};
}

static const field fields_csv[] = {FIELDS};
static const field fields_jsonl[] = {FIELDS, {"sources", "array", "sources", list}, {"targets", "array", "targets", list}, {"within", "string", "within", as_is},
                                     {"claims", "array", "claims", list}, {"links", "array", "links", as_is}, {"story", "object", "story", list},
                                     {"frame", "string", "frame", as_is}, {"rule", "string", "rule", as_is}};
enum { N_CSV = sizeof fields_csv / sizeof *fields_csv, N_JSONL = sizeof fields_jsonl / sizeof *fields_jsonl };

static void row(exporter *x) { put_row(x, 0); }

const layout layout_csv = {.name = "csv", .what = "export", .n_sheets = 1, .row = row, .sheets = {{"events.csv", fields_csv, N_CSV, FORM_CSV, true}}};
const layout layout_jsonl = {.name = "jsonl", .what = "export all", .n_sheets = 1, .row = row, .sheets = {{"events.jsonl", fields_jsonl, N_JSONL, FORM_LINES, false}}};
