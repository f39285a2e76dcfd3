/* SPDX-License-Identifier: Apache-2.0
 *
 * export_polecat.c - POLECAT: the columns of its files on Harvard Dataverse (doi:10.7910/DVN/AJGVIT), parted by tabs, with a head. What there is
 * nothing for reads None; several actors stand in one row, `; ` between.
 */
#include "export.h"

#include <string.h>

static chy_slice or_none(chy_slice v) { return v.n ? v : (chy_slice){"None", 4}; }

/* The ways of the other layouts, with None. */
#define WITH_NONE(name, way)                                                                                           \
    static chy_slice name(exporter *x, const char *from, out *buf) { return or_none(way(x, from, buf)); }
WITH_NONE(cell_or, as_is)
WITH_NONE(words_or, words)
WITH_NONE(city_or, city)
WITH_NONE(name_or, side_name)
WITH_NONE(raw_or, side_words)
WITH_NONE(country_or, side_country)
WITH_NONE(cow_or, side_cow)
WITH_NONE(office_or, side_office)

static chy_slice unknown(exporter *x, const char *from, out *buf) { return (void)x, (void)from, (void)buf, or_none((chy_slice){NULL, 0}); }
static chy_slice english(exporter *x, const char *from, out *buf) { return (void)x, (void)from, (void)buf, (chy_slice){"en", 2}; }

/* DAY-NUMBER-KEY: of the shape of theirs. */
static chy_slice id(exporter *x, const char *from, out *buf)
{
    (void)ymd(x, "date_begin", buf);
    out_z(buf, "-"), out_slice(buf, cell(x, from)), out_z(buf, "-"), out_slice(buf, cell(x, "key"));
    return (chy_slice){buf->p, buf->n};
}

/* A list with commas between as one with `; `. */
static chy_slice list(exporter *x, const char *from, out *buf)
{
    chy_slice c = cell(x, from);
    for (size_t i = 0; i < c.n; i++) out_put(buf, c.p[i] == ',' ? "; " : c.p + i, c.p[i] == ',' ? 2 : 1);
    return or_none((chy_slice){buf->p, buf->n});
}

static chy_slice quad(exporter *x, const char *from, out *buf)
{
    static const char *const names[] = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
    out_z(buf, names[cell(x, from).p[0] - '1']);
    return (chy_slice){buf->p, buf->n};
}

/* The sectors of all on the side, each once; or the first of them. */
static chy_slice sectors(exporter *x, const char *from, out *buf)
{
    json_t *v = side(x, from[0] == 't'), *p;
    size_t i;
    json_array_foreach(v, i, p)
    {
        chy_slice all = {json_string_value(json_object_get(p, "sector")), json_string_length(json_object_get(p, "sector"))}, m;
        for (unsigned k = 0; (m = member(all, k)).n; k++) {
            bool there = false;
            for (size_t at = 0; m.n == 3 && at + 3 <= buf->n; at += 5) there |= memcmp(buf->p + at, m.p, 3) == 0;
            if (there || m.n != 3) continue;
            out_z(buf, buf->n ? "; " : ""), out_slice(buf, m);
        }
    }
    return or_none((chy_slice){buf->p, buf->n});
}

static chy_slice first_sector(exporter *x, const char *from, out *buf)
{
    chy_slice v = sectors(x, from, buf);
    const char *end = memchr(v.p, ';', v.n);
    return (chy_slice){v.p, end ? (size_t)(end - v.p) : v.n};
}

/* GeoNames' code of a sovereign state; of other places the kind is not on record. */
static chy_slice feature(exporter *x, const char *from, out *buf) { return (void)from, (void)buf, or_none(whole_country(x) ? (chy_slice){"PCLI", 4} : (chy_slice){NULL, 0}); }

static chy_slice version(exporter *x, const char *from, out *buf)
{
    out_z(buf, "Chancery "), out_slice(buf, cell(x, from)), out_z(buf, " "), out_slice(buf, cell(x, "data"));
    return (chy_slice){buf->p, buf->n};
}

#define SIDE(name, side)                                                                                               \
    {name " Name", "string", side, name_or}, {name " Country", "string", side, country_or}, {name " COW", "string", side, cow_or}, \
    {"Primary " name " Sector", "string", side, first_sector}, {name " Sectors", "string", side, sectors}, {name " Title", "string", side, office_or}, \
    {name " Name Raw", "string", side, raw_or}, {"Wikipedia " name " ID", "string", "", unknown}
static const field fields[] = {
    {"Event ID", "string", "id", id}, {"Event Date", "date", "date_begin", as_is}, {"Event Type", "string", "type", as_is}, {"Event Mode", "string", "mode", list},
    {"Event Intensity", "number", "intensity", as_is}, {"Quad Code", "string", "quad", quad}, {"Contexts", "string", "context", list},
    SIDE("Actor", "source"), SIDE("Recipient", "target"),
    {"Placename", "string", "place", cell_or}, {"City", "string", "place", city_or}, {"District", "string", "", unknown}, {"Province", "string", "", unknown},
    {"Country", "string", "place_country", cell_or}, {"Latitude", "string", "lat", cell_or}, {"Longitude", "string", "lon", cell_or}, {"GeoNames ID", "string", "", unknown},
    {"Raw Placename", "string", "place_text", words_or}, {"Feature Type", "string", "", feature}, {"Source", "string", "publisher", cell_or},
    {"Publication Date", "string", "published", cell_or}, {"Story People", "string", "", unknown}, {"Story Organizations", "string", "", unknown},
    {"Story Locations", "string", "", unknown}, {"Language", "string", "", english}, {"Version", "string", "engine", version},
};
static const field codes[] = {CODES_FIELDS("id", id)};
enum { N_FIELDS = sizeof fields / sizeof *fields, N_CODES = sizeof codes / sizeof *codes };
_Static_assert(N_FIELDS == 40, "POLECAT's columns");

static void row(exporter *x)
{
    if (!cell(x, "date_begin").n || cell(x, "quad").p[0] == '0') {
        x->left_out++;
        return;
    }
    x->n[0] = x->n[1] = SIZE_MAX;
    put_row(x, 0), put_row(x, 1);
}

const layout layout_polecat = {.name = "polecat", .what = "export", .terms = DONE_ONLY, .n_sheets = 2, .row = row,
                               .sheets = {{"polecat.txt", fields, N_FIELDS, FORM_TABS, true}, {"codes.csv", codes, N_CODES, FORM_CSV, true}}};
