/* SPDX-License-Identifier: Apache-2.0
 *
 * export_fields.c - values of fields: as the record has them, or in the codes and spellings that other data sets use.
 */
#include "export.h"

#include <stdlib.h>
#include <string.h>

static const chy_slice none = {NULL, 0};

chy_slice cell(const exporter *x, const char *name)
{
    const char *p = x->columns;
    size_t n = strlen(name);
    for (uint32_t i = 0; i < x->n_cells; i++) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, name, n) == 0) return x->cells[i];
        p += k + (p[k] == ' ');
    }
    return none;
}

json_t *side(exporter *x, unsigned which)
{
    if (!x->side[which]) {
        chy_slice c = cell(x, which ? "targets" : "sources");
        json_t *v = c.n ? json_loadb(c.p, c.n, 0, NULL) : NULL;
        x->side[which] = v ? v : json_array();
    }
    return x->side[which];
}

bool state_codes(const exporter *x, chy_slice country, chy_state_codes *codes)
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

chy_slice member(chy_slice list, unsigned i)
{
    size_t from = 0, to;
    for (;; from = to + 1) {
        const char *comma = from < list.n ? memchr(list.p + from, ',', list.n - from) : NULL;
        to = comma ? (size_t)(comma - list.p) : list.n;
        if (!i--) return from < to ? (chy_slice){list.p + from, to - from} : none;
        if (!comma) return none;
    }
}

static chy_slice made(const out *buf) { return buf->n ? (chy_slice){buf->p, buf->n} : none; }

/* ----------------------------------------------------------------------- cells */

chy_slice as_is(exporter *x, const char *from, out *buf) { return (void)buf, cell(x, from); }
chy_slice words(exporter *x, const char *from, out *buf) { return (void)buf, x->o->no_text ? none : cell(x, from); }
chy_slice nothing(exporter *x, const char *from, out *buf) { return (void)x, (void)from, (void)buf, none; }
chy_slice one(exporter *x, const char *from, out *buf) { return (void)x, (void)from, (void)buf, (chy_slice){"1", 1}; }
chy_slice number(exporter *x, const char *from, out *buf) { return (void)from, out_u(buf, x->number), made(buf); }

chy_slice fips(exporter *x, const char *from, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, cell(x, from), &c)) out_z(buf, c.fips);
    return made(buf);
}

chy_slice cow(exporter *x, const char *from, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, cell(x, from), &c) && c.cow) out_u(buf, c.cow);
    return made(buf);
}

chy_slice gw(exporter *x, const char *from, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, cell(x, from), &c) && c.gw) out_u(buf, c.gw);
    return made(buf);
}

chy_slice state_name(exporter *x, const char *from, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, cell(x, from), &c)) out_slice(buf, c.name);
    return made(buf);
}

/* The digits of a day or moment, from the `skip`-th on, `n` at most. */
static chy_slice digits(exporter *x, const char *from, out *buf, unsigned skip, unsigned n)
{
    chy_slice s = cell(x, from);
    for (size_t i = 0; i < s.n && n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') continue;
        if (skip) skip--;
        else out_put(buf, s.p + i, 1), n--;
    }
    return made(buf);
}

chy_slice ymd(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 0, 8); }
chy_slice year_month(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 0, 6); }
chy_slice year(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 0, 4); }
chy_slice month(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 4, 2); }
chy_slice day(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 6, 2); }
chy_slice moment(exporter *x, const char *from, out *buf) { return digits(x, from, buf, 0, 14); }

/* ----------------------------------------------------------------------- CAMEO */

static chy_slice head_of(chy_slice s, size_t n) { return (chy_slice){s.p, s.n < n ? s.n : n}; }

chy_slice cameo_base(exporter *x, const char *from, out *buf) { return (void)buf, head_of(cell(x, from), 3); }
chy_slice cameo_root(exporter *x, const char *from, out *buf) { return (void)buf, head_of(cell(x, from), 2); }

chy_slice cameo_title(exporter *x, const char *from, out *buf)
{
    chy_cameo c;
    return (void)buf, chy_data_cameo(x->data, cell(x, from), &c) ? c.title : none;
}

chy_slice goldstein(exporter *x, const char *from, out *buf)
{
    chy_cameo c;
    return (void)buf, chy_data_cameo(x->data, cell(x, from), &c) ? c.goldstein : none;
}

/* PLOVER's letters are CAMEO's but for these: MED is the press there and medicine here. */
const char *cameo_role(chy_slice sector)
{
    static const char *const other[][2] = {{"JRN", "MED"}, {"MED", "HLH"}, {"PRM", "UAF"}};
    for (unsigned i = 0; i < 3; i++)
        if (sector.n == 3 && memcmp(sector.p, other[i][0], 3) == 0) return other[i][1];
    return NULL;
}

/* ----------------------------------------------------------------------- sides */

static chy_slice of(const json_t *v, const char *name)
{
    const json_t *s = json_object_get(v, name);
    return json_is_string(s) ? (chy_slice){json_string_value(s), json_string_length(s)} : none;
}

/* A field of each of the side's actors that the row is about, `; ` between. */
static chy_slice each(exporter *x, const char *from, out *buf, void (*put)(exporter *x, const json_t *actor, out *buf))
{
    unsigned which = from[0] == 't';
    json_t *v = side(x, which);
    for (size_t i = x->first[which]; i < json_array_size(v) && i - x->first[which] < x->n[which]; i++) {
        size_t at = buf->n;
        put(x, json_array_get(v, i), buf);
        if (buf->n == at || !at) continue;
        out_put(buf, "  ", 2); /* make room, then move the blank before what was put */
        memmove(buf->p + at + 2, buf->p + at, buf->n - at - 2);
        memcpy(buf->p + at, "; ", 2);
    }
    return made(buf);
}

static void put_name(exporter *x, const json_t *a, out *buf) { (void)x, out_slice(buf, of(a, "name")); }
static void put_words(exporter *x, const json_t *a, out *buf) { (void)x, out_slice(buf, of(a, "text")); }
static void put_country(exporter *x, const json_t *a, out *buf) { (void)x, out_slice(buf, of(a, "country")); }
static void put_office(exporter *x, const json_t *a, out *buf) { (void)x, out_slice(buf, of(a, "office")); }
static void put_sectors(exporter *x, const json_t *a, out *buf) { (void)x, out_slice(buf, of(a, "sector")); }

static void put_state(exporter *x, const json_t *a, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, of(a, "country"), &c)) out_slice(buf, of(a, "country"));
}

static void put_cow(exporter *x, const json_t *a, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, of(a, "country"), &c) && c.cow) out_u(buf, c.cow);
}

static void put_gw(exporter *x, const json_t *a, out *buf)
{
    chy_state_codes c = {0};
    if (state_codes(x, of(a, "country"), &c) && c.gw) out_u(buf, c.gw);
}

/* The state's code, or that of a kind of body, and the roles behind it. */
static void put_code(exporter *x, const json_t *a, out *buf)
{
    (void)x;
    chy_slice country = of(a, "country"), sector = of(a, "sector"), m;
    if (country.n == 3 && memcmp(country.p, "UNK", 3) != 0) out_slice(buf, country);
    for (unsigned i = 0; i < 3 && (m = member(sector, i)).n; i++) {
        const char *role = cameo_role(m);
        if (role) out_z(buf, role);
        else out_slice(buf, m);
    }
}

chy_slice side_name(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_name); }
chy_slice side_words(exporter *x, const char *from, out *buf) { return x->o->no_text ? none : each(x, from, buf, put_words); }
chy_slice side_country(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_country); }
chy_slice side_office(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_office); }
chy_slice side_sectors(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_sectors); }
chy_slice side_state(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_state); }
chy_slice side_cow(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_cow); }
chy_slice side_gw(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_gw); }
chy_slice actor_code(exporter *x, const char *from, out *buf) { return each(x, from, buf, put_code); }

/* ---------------------------------------------------------------------- places */

bool whole_country(const exporter *x)
{
    chy_state_codes c = {0};
    chy_slice name = cell(x, "place");
    return name.n && state_codes(x, cell(x, "place_country"), &c) && c.name.n == name.n && memcmp(c.name.p, name.p, name.n) == 0;
}

chy_slice city(exporter *x, const char *from, out *buf) { return (void)buf, whole_country(x) ? none : cell(x, from); }

/* ------------------------------------------------------------------------ rows */

void out_json_value(out *o, const char *type, chy_slice v)
{
    if (!v.n) {
        out_z(o, "null");
        return;
    }
    if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 || strcmp(type, "array") == 0 || strcmp(type, "object") == 0) {
        out_slice(o, v); /* JSON as SQLite writes it */
        return;
    }
    out_z(o, "\"");
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c == '"' || c == '\\') out_put(o, "\\", 1), out_put(o, v.p + i, 1);
        else if (c == '\n') out_z(o, "\\n");
        else if (c < ' ') out_f(o, "\\u%04X", c);
        else out_put(o, v.p + i, 1);
    }
    out_z(o, "\"");
}

void put_row(exporter *x, unsigned k)
{
    const sheet *s = &x->layout->sheets[k];
    out *o = &x->file[k].text;
    for (unsigned i = 0; i < s->n; i++) {
        x->buf.n = 0;
        chy_slice v = s->fields[i].how(x, s->fields[i].from, &x->buf);
        if (s->form == FORM_LINES) {
            out_f(o, "%s\"%s\":", i ? "," : "{", s->fields[i].name);
            out_json_value(o, s->fields[i].type, v);
        } else if (s->form == FORM_CSV) {
            if (i) out_z(o, ",");
            if (strcmp(s->fields[i].type, "string") == 0) out_csv_safe(o, v);
            else out_csv(o, v);
        } else { /* no marks of quotation: a tab or line feed inside a field becomes a blank */
            if (i) out_z(o, "\t");
            for (size_t c = 0; c < v.n; c++) out_put(o, v.p[c] == '\t' || v.p[c] == '\n' || v.p[c] == '\r' ? " " : v.p + c, 1);
        }
    }
    out_z(o, s->form == FORM_LINES ? "}\n" : s->form == FORM_CSV ? "\r\n" : "\n");
    x->file[k].n_rows++;
}
