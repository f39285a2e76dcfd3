/* SPDX-License-Identifier: Apache-2.0
 *
 * export_plover.c - the record of the PLOVER manual, a line of JSON an event.
 */
#include "export.h"

#include <stdlib.h>
#include <string.h>

static json_t *j_value(const char *type, chy_slice v)
{
    char z[64] = {0}; /* numbers end with a NUL */
    if (v.n && v.n < sizeof z) memcpy(z, v.p, v.n);
    if (strcmp(type, "integer") == 0) return json_integer(strtoll(z, NULL, 10));
    return strcmp(type, "number") == 0 ? json_real(strtod(z, NULL)) : j_slice(v);
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
static json_t *j_entities(exporter *x, unsigned which)
{
    json_t *in = side(x, which), *v = json_array(), *p;
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
    return v;
}

static void set(json_t *v, const exporter *x, const char *name, const char *type, const char *from)
{
    chy_slice c = cell(x, from);
    if (c.n) json_object_set_new(v, name, j_value(type, c));
}

/* PLOVER's record; what it has no field for (status, voices, hash) stands under names of ours. */
static void row(exporter *x)
{
    if (!cell(x, "date_begin").n) {
        x->left_out++;
        return;
    }
    json_t *v = json_object(), *place = json_object(), *info = json_object(), *cite = json_object(), *size = json_object();
    set(v, x, "id", "string", "key");
    json_object_set_new(v, "has_event", json_true());
    set(v, x, "date", "date", "date_begin");
    set(v, x, "enddate", "date", "date_end");
    json_object_set_new(v, "actor", j_entities(x, 0));
    json_object_set_new(v, "recipient", j_entities(x, 1));
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
    out_json(&x->file[0].text, v);
    x->file[0].n_rows++;
}

const layout layout_plover = {.name = "plover", .what = "export", .n_sheets = 1, .row = row, .sheets = {{.file = "plover.jsonl", .form = FORM_LINES}}};
