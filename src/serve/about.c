/* SPDX-License-Identifier: Apache-2.0
 *
 * about.c - what record this is, and what the codes in it mean.
 */
#include "serve/rows.h"

#include "actors/actors.h"
#include "data/file.h"
#include "events/plover.h"
#include "serve/store.h"

#include <stdlib.h>

extern const char chy_embedded_values[], chy_embedded_values_end[];

/* ----------------------------------------------------------------------- about */

/* One row of numbers or text. An SQLite code; SQLITE_OK where there is one. */
static int ask_row(chy_serve *serve, const char *sql, sqlite3_stmt **out)
{
    int code = sqlite3_prepare_v2(serve->record->db, sql, -1, out, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(*out);
    return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_OK ? SQLITE_ERROR : code;
}

/* The first day of a row; null where none has a day. */
static json_t *j_day(const chy_columns *c, uint32_t row)
{
    char text[11];
    if (!c->n_dated) return json_null();
    chy_day_format(c->begin[row], text);
    return json_string(text);
}

/* Whatever is done to a record makes one of these larger. */
static const char state_sql[] =
    "SELECT coalesce((SELECT max(id) FROM run), 0), coalesce((SELECT max(id) FROM event), 0), coalesce((SELECT max(id) FROM dispatch), 0),"
    " coalesce((SELECT max(id) FROM incident), 0), (SELECT count(*) FROM forgotten), (SELECT count(*) FROM verdict), coalesce((SELECT max(judged_utc) FROM verdict), '')";

/* Of the record only what columns do not tell: of stories, those that are no more. */
static const char gone_sql[] = "SELECT count(*) FROM dispatch WHERE withdrawn_utc IS NOT NULL";

static int read_state(chy_serve *serve, char hex[17])
{
    sqlite3_stmt *s = NULL;
    char text[200];
    size_t n = 0;
    int code = ask_row(serve, state_sql, &s);
    for (int i = 0; code == SQLITE_OK && i < 7; i++) {
        const char *p = (const char *)sqlite3_column_text(s, i);
        size_t k = p ? strlen(p) : 0;
        if (n + k + 1 < sizeof text) memcpy(text + n, p, k), n += k, text[n++] = ' ';
    }
    sqlite3_finalize(s);
    chy_hex16(chy_hash(text, n, 0), hex);
    return code;
}

chy_status chy_serve_about(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    (void)ask;
    const chy_columns *c = NULL;
    sqlite3_stmt *s = NULL;
    char state[17];
    chy_status st = chy_store_hold(serve->store, &c, err);
    if (st != CHY_OK) return st;
    int code = read_state(serve, state);
    if (code == SQLITE_OK) code = ask_row(serve, gone_sql, &s);
    if (code != SQLITE_OK) {
        st = chy_record_fail(serve->record, code, "counting", err);
        sqlite3_finalize(s);
        chy_store_release(serve->store, c);
        return st;
    }
    const char *slash = strrchr(serve->path, '/');
    json_t *v = answer->json = json_object();
    json_object_set_new(v, "version", json_string(CHY_VERSION));
    json_object_set_new(v, "data", json_string(chy_data_hash(serve->data)));
    json_object_set_new(v, "codebook", json_string("PLOVER 2.0, as docs/codebook applies it"));
    json_object_set_new(v, "record", chy_json_text(chy_slice_z(slash ? slash + 1 : serve->path)));
    json_object_set_new(v, "state", json_string(state));
    json_object_set_new(v, "writable", json_boolean(serve->token != NULL));
    json_object_set_new(v, "token", serve->token ? json_string(serve->token) : json_null());
    json_object_set_new(v, "n_dispatches", json_integer(c->dispatches.n - sqlite3_column_int64(s, 0)));
    json_object_set_new(v, "n_events", json_integer(c->n));
    json_object_set_new(v, "n_incidents", json_integer(c->incidents.n));
    json_object_set_new(v, "n_actors", json_integer(c->actors.n));
    json_object_set_new(v, "first", j_day(c, 0));
    json_object_set_new(v, "last", j_day(c, c->n_dated - 1));
    chy_store_release(serve->store, c);
    sqlite3_finalize(s);
    return CHY_OK;
}

/* ---------------------------------------------------------------------- values */

static void add(json_t *list, const char *key, chy_slice name, const char *other, json_t *value)
{
    json_t *v = json_object();
    json_object_set_new(v, key, json_stringn(name.p, name.n));
    json_object_set_new(v, other, value);
    json_array_append_new(list, v);
}

/* The lines of values.tsv, in its order. */
static void add_defined(json_t *types, json_t *statuses, json_t *sectors, json_t *countries)
{
    chy_slice rest = {chy_embedded_values, (size_t)(chy_embedded_values_end - chy_embedded_values)}, line, kind, name;
    while (chy_slice_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !chy_slice_split(&line, '\t', &kind) || !chy_slice_split(&line, '\t', &name) || !line.p) continue;
        json_t *text = json_stringn(line.p, line.n);
        if (chy_slice_eqz(kind, "country")) {
            add(countries, "code", name, "name", text);
            continue;
        }
        json_t *list = chy_slice_eqz(kind, "type") ? types : chy_slice_eqz(kind, "status") ? statuses : sectors;
        add(list, "name", name, "definition", text);
        uint32_t type = list == types ? chy_plover_type(name) : CHY_NONE;
        if (type != CHY_NONE) json_object_set_new(json_array_get(types, json_array_size(types) - 1), "quad", json_integer(chy_type_quad((chy_type)type)));
    }
}

chy_slice chy_serve_kind_of_country(chy_slice code)
{
    chy_slice rest = {chy_embedded_values, (size_t)(chy_embedded_values_end - chy_embedded_values)}, line, kind, name;
    while (chy_slice_split(&rest, '\n', &line))
        if (chy_slice_split(&line, '\t', &kind) && chy_slice_eqz(kind, "country") && chy_slice_split(&line, '\t', &name) && chy_slice_eq(name, code)) return line;
    return (chy_slice){NULL, 0};
}

static int by_name(const void *a, const void *b)
{
    const chy_state *x = a, *y = b;
    size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
    int c = memcmp(x->name.p, y->name.p, n);
    return c ? c : x->name.n < y->name.n ? -1 : x->name.n > y->name.n;
}

/* States by name; dissolved ones too. */
static chy_status add_states(const chy_data *data, json_t *countries, chy_error *err)
{
    enum { MAX = 512 };
    chy_state *all = calloc(MAX, sizeof *all);
    if (!all) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    uint32_t n = chy_data_states(data, all, MAX);
    if (n > MAX) n = MAX;
    qsort(all, n, sizeof *all, by_name);
    for (uint32_t i = 0; i < n; i++) add(countries, "code", chy_slice_z(all[i].code), "name", json_stringn(all[i].name.p, all[i].name.n));
    free(all);
    return CHY_OK;
}

chy_status chy_serve_values(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)
{
    static const char *const keys[] = {"types", "modes", "contexts", "statuses", "sectors", "countries"};
    (void)ask;
    json_t *v = answer->json = json_object(), *list[6];
    for (unsigned i = 0; i < 6; i++) json_object_set_new(v, keys[i], list[i] = json_array());
    chy_status st = add_states(serve->data, list[5], err);
    add_defined(list[0], list[3], list[4], list[5]);
    for (uint32_t i = 0; i < CHY_N_MODE; i++)
        add(list[1], "name", chy_slice_z(chy_plover_modes[i].name), "type", json_string(chy_type_name(chy_plover_modes[i].type)));
    for (uint32_t i = 0; i < CHY_N_CONTEXT; i++) json_array_append_new(list[2], json_string(chy_context_name(i)));
    return st;
}
