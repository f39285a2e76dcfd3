/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.c - the stage's tables: small cells are read once, so that a look-up costs no parsing.
 */
#include "actors/user.h"

#include <stdlib.h>

uint32_t chy_sectors_of(chy_slice cell)
{
    uint32_t bits = 0;
    chy_slice one;
    while (cell.n && chy_slice_split(&cell, ',', &one))
        for (unsigned i = 0; i < CHY_N_SECTOR; i++)
            if (chy_slice_eqz(one, chy_sector_name(i))) bits |= 1u << i;
    return bits;
}

static unsigned name_in(chy_slice s, const char *const *names, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (chy_slice_eqz(s, names[i])) return i;
    return n;
}

static chy_status bad(chy_error *err, const char *table, uint32_t row, chy_slice what)
{
    return chy_fail(err, CHY_E_DATA, CHY_STAGE_ACTORS, row, "table '%s', row %u: '%.*s' is no known kind", table, row,
                    (int)(what.n > 60 ? 60 : what.n), what.p);
}

static uint32_t code_number(const char *c)
{
    uint32_t n = 0;
    for (int i = 0; i < 3; i++) {
        if (c[i] < 'A' || c[i] > 'Z') return 0;
        n = n * 26 + (uint32_t)(c[i] - 'A');
    }
    return n;
}

uint32_t chy_actors_state_row(const chy_actors_model *m, const char *code) { return m->states[code_number(code)] - 1; }

unsigned chy_what_of(chy_slice word)
{
    static const char *const whats[CHY_N_WHAT] = {
        "state", "capital", "seat", "city", "region", "kingdom", "demonym", "ethnic", "continent", "continental",
            "people", "org",
        "group", "armed", "party", "force", "service", "legislature", "agency", "company", "mnc", "ngo"};
    return name_in(word, whats, CHY_N_WHAT);
}

static chy_status read_names(chy_actors_model *m, chy_arena *arena, chy_error *err)
{
    const chy_table *t = &m->names;
    uint32_t what = chy_table_col(t, "what"), country = chy_table_col(t, "country"),
             sectors = chy_table_col(t, "sectors"), letters = chy_table_col(t, "case"), from = chy_table_col(t, "from"),
             to = chy_table_col(t, "to"), members = chy_table_col(t, "members");
    chy_name_row *row = chy_arena_calloc(arena, t->n_rows, sizeof *row);
    uint32_t *states = chy_arena_calloc(arena, 26 * 26 * 26, sizeof *states), id = chy_table_col(t, "id");
    if (!row || !states) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    for (uint32_t i = 0; i < t->n_rows; i++) {
        chy_slice w = chy_table_cell(t, i, what), c = chy_table_cell(t, i, country), l = chy_table_cell(t, i, letters);
        row[i].what = (uint8_t)chy_what_of(w);
        if (row[i].what == CHY_N_WHAT || c.n != 3) return bad(err, "actors", i, w);
        memcpy(row[i].country, c.p, 3);
        row[i].sectors = chy_sectors_of(chy_table_cell(t, i, sectors));
        if (row[i].what == CHY_WHAT_STATE && !states[code_number(row[i].country)] && chy_slice_eq(chy_table_cell(t, i,
            id), c))
            states[code_number(row[i].country)] = i + 1;
        row[i].letters = chy_slice_eqz(l, "caps") ? CHY_CASE_CAPS : chy_slice_eqz(l, "any") ? CHY_CASE_ANY
            : CHY_CASE_CAP;
        row[i].shared = chy_slice_eqz(l, "shared");
        row[i].homes = row[i].what != CHY_WHAT_GROUP && chy_table_cell(t, i, members).n > 0;
        row[i].from = chy_day_cell(chy_table_cell(t, i, from), false, INT32_MIN);
        row[i].to = chy_day_cell(chy_table_cell(t, i, to), true, INT32_MAX);
    }
    m->name = row;
    m->states = states;
    m->name_name = chy_table_col(t, "name");
    m->name_id = chy_table_col(t, "id");
    m->name_members = chy_table_col(t, "members");
    return CHY_OK;
}

static chy_status read_offices(chy_actors_model *m, chy_arena *arena, chy_error *err)
{
    static const char *const kinds[CHY_N_OFFICE_KIND] = {"person", "people", "body", "counterpart", "state", "side"};
    const chy_table *t = &m->offices;
    uint32_t kind = chy_table_col(t, "kind"), sectors = chy_table_col(t, "sectors"), flag = chy_table_col(t, "flag");
    chy_office_row *row = chy_arena_calloc(arena, t->n_rows, sizeof *row);
    if (!row) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    for (uint32_t i = 0; i < t->n_rows; i++) {
        chy_slice k = chy_table_cell(t, i, kind), f = chy_table_cell(t, i, flag);
        row[i].kind = (uint8_t)name_in(k, kinds, CHY_N_OFFICE_KIND);
        if (row[i].kind == CHY_N_OFFICE_KIND) return bad(err, "offices", i, k);
        row[i].sectors = chy_sectors_of(chy_table_cell(t, i, sectors));
        row[i].flags = chy_slice_eqz(f, "head")    ? CHY_OFFICE_HEAD
                       : chy_slice_eqz(f, "elect") ? CHY_OFFICE_ELECT
                       : chy_slice_eqz(f, "weak")  ? CHY_OFFICE_WEAK
                                                   : 0;
        if (f.n == 6 && !memcmp(f.p, "of:", 3)) memcpy(row[i].country, f.p + 3, 3);
    }
    m->office = row;
    m->office_words = chy_table_col(t, "words");
    return CHY_OK;
}

chy_status chy_actors_open(const chy_file *file, chy_arena *arena, const chy_actors_model **out, chy_error *err)
{
    chy_actors_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    chy_status st = chy_file_table(file, "actors", &m->names, err);
    if (st == CHY_OK) st = chy_file_table(file, "offices", &m->offices, err);
    if (st == CHY_OK) st = chy_file_table(file, "holders", &m->holders, err);
    if (st == CHY_OK) st = chy_file_table(file, "cities", &m->cities, err);
    if (st == CHY_OK) st = chy_file_table(file, "women", &m->women, err);
    if (st == CHY_OK) st = chy_file_table(file, "members", &m->members, err);
    if (st == CHY_OK) st = chy_file_table(file, "state-codes", &m->codes, err);
    if (st == CHY_OK) st = chy_file_table(file, "wikidata", &m->items, err);
    if (st == CHY_OK) st = chy_file_table(file, "epithets", &m->epithets, err);
    if (st == CHY_OK) st = chy_file_table(file, "places", &m->places, err);
    if (st == CHY_OK) st = chy_file_table(file, "name_states", &m->name_states, err);
    chy_table weights;
    if (st == CHY_OK) st = chy_file_table(file, "refer", &weights, err);
    if (st == CHY_OK) st = chy_actors_weights(&weights, m, err);
    if (st == CHY_OK) st = read_names(m, arena, err);
    if (st == CHY_OK) st = read_offices(m, arena, err);
    if (st != CHY_OK) return st;
    m->holder_country = chy_table_col(&m->holders, "country");
    m->holder_sectors = chy_table_col(&m->holders, "sectors");
    m->holder_role = chy_table_col(&m->holders, "role");
    m->holder_from = chy_table_col(&m->holders, "from");
    m->holder_to = chy_table_col(&m->holders, "to");
    m->holder_person = chy_table_col(&m->holders, "person");
    m->city_country = chy_table_col(&m->cities, "country");
    m->member_group = chy_table_col(&m->members, "group"), m->member_states = chy_table_col(&m->members, "states");
    m->member_from = chy_table_col(&m->members, "from"), m->member_to = chy_table_col(&m->members, "to");
    m->code_scheme = chy_table_col(&m->codes, "scheme"), m->code_code = chy_table_col(&m->codes, "code");
    m->item_item = chy_table_col(&m->items, "wikidata");
    m->epithet_states = chy_table_col(&m->epithets, "states");
    m->epithet_from = chy_table_col(&m->epithets, "from"), m->epithet_to = chy_table_col(&m->epithets, "to");
    m->place_country = chy_table_col(&m->places, "country");
    chy_table *base = chy_arena_calloc(arena, 3, sizeof *base);
    if (!base) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    base[CHY_USER_NAMES] = m->names, base[CHY_USER_HOLDERS] = m->holders, base[CHY_USER_OFFICES] = m->offices;
    for (unsigned i = 0; i < 3; i++) m->n_base[i] = base[i].n_rows;
    m->base = base;
    *out = m;
    return CHY_OK;
}

/* ------------------------------------------------------------ users' rows */

static bool join(chy_arena *a, chy_user *all, const chy_user *more)
{
    uint32_t shift = all->keys.n;
    for (uint32_t i = 0; i < more->keys.n; i++)
        if (!CHY_PUSH(a, &all->keys, more->keys.v[i])) return false;
    for (uint32_t i = 0; i < more->rows.n; i++) {
        chy_user_row r = more->rows.v[i];
        r.first_key += shift;
        if (!CHY_PUSH(a, &all->rows, r)) return false;
    }
    for (uint32_t i = 0; i < more->codes.n; i++) {
        chy_user_code c = more->codes.v[i];
        c.first_key += shift;
        if (!CHY_PUSH(a, &all->codes, c)) return false;
    }
    return true;
}

/* The small cells of all rows, the user's behind the built-in ones. */
static bool read_user(chy_actors_model *m, const chy_actors_model *was, chy_arena *a, uint32_t *const rows[3])
{
    const chy_user *u = m->user;
    uint32_t n = m->names.n_rows, h = m->holders.n_rows, o = m->offices.n_rows;
    chy_name_row *name = chy_arena_calloc(a, (size_t)m->n_base[CHY_USER_NAMES] + n, sizeof *name);
    chy_office_row *office = chy_arena_calloc(a, (size_t)m->n_base[CHY_USER_OFFICES] + o, sizeof *office);
    chy_slice *name_basis = chy_arena_calloc(a, (size_t)n + 1, sizeof *name_basis);
    chy_slice *holder_basis = chy_arena_calloc(a, (size_t)h + 1, sizeof *holder_basis);
    if (!name || !office || !name_basis || !holder_basis) return false;
    memcpy(name, was->name, m->n_base[CHY_USER_NAMES] * sizeof *name);
    memcpy(office, was->office, m->n_base[CHY_USER_OFFICES] * sizeof *office);
    for (uint32_t i = 0; i < n; i++) {
        const chy_user_row *r = &u->rows.v[rows[CHY_USER_NAMES][i]];
        chy_name_row *x = &name[m->n_base[CHY_USER_NAMES] + i];
        *x = (chy_name_row){.sectors = r->sectors, .what = r->what, .letters = r->letters, .shared = r->flags,
                            .either = r->either, .from = r->from, .to = r->to};
        memcpy(x->country, r->country, 4);
        name_basis[i] = r->basis;
    }
    for (uint32_t i = 0; i < h; i++) holder_basis[i] = u->rows.v[rows[CHY_USER_HOLDERS][i]].basis;
    for (uint32_t i = 0; i < o; i++) {
        const chy_user_row *r = &u->rows.v[rows[CHY_USER_OFFICES][i]];
        office[m->n_base[CHY_USER_OFFICES] + i] = (chy_office_row){.sectors = r->sectors, .kind = r->kind, .flags = r->flags};
    }
    m->name = name, m->office = office;
    m->name_basis = name_basis, m->holder_basis = holder_basis;
    return true;
}

/* Tables of a size that no file of names has. */
static chy_status too_many(chy_slice file, chy_error *err)
{
    return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_ACTORS, 0, "%.*s: more than a million names and beginnings of names",
                    (int)(file.n < 100 ? file.n : 100), file.p);
}

chy_status chy_actors_add(const chy_actors_model *was, chy_arena *arena, chy_slice text, chy_slice name,
                          const chy_actors_model **out, chy_error *err)
{
    chy_findings f = {.errors_only = true};
    chy_user *u = chy_arena_calloc(arena, 1, sizeof *u);
    chy_actors_model *m = chy_arena_calloc(arena, 1, sizeof *m);
    text = chy_arena_copy(arena, text), name = chy_arena_copy(arena, name);
    if (!u || !m || !text.p || !name.p) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    chy_status st = chy_user_parse(was, arena, text, name, u, &f, err);
    if (st != CHY_OK) return st;
    for (uint32_t i = 0; f.n_errors && i < f.v.n; i++)
        if (f.v.v[i].kind == CHY_FINDING_ERROR)
            return chy_fail(err, CHY_E_DATA, CHY_STAGE_ACTORS, f.v.v[i].line, "%.*s:%u: %.*s", (int)(name.n < 100 ? name.n : 100),
                            name.p, f.v.v[i].line, (int)f.v.v[i].text.n, f.v.v[i].text.p);
    if (was->user && !join(arena, u, was->user)) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    *m = *was;
    m->user = u;
    uint32_t *rows[3];
    st = chy_user_lay(m, arena, u, CHY_USER_NAMES, &m->names, &rows[CHY_USER_NAMES], err);
    if (st == CHY_OK) st = chy_user_lay(m, arena, u, CHY_USER_HOLDERS, &m->holders, &rows[CHY_USER_HOLDERS], err);
    if (st == CHY_OK) st = chy_user_lay(m, arena, u, CHY_USER_OFFICES, &m->offices, &rows[CHY_USER_OFFICES], err);
    if (st == CHY_OK && !read_user(m, was, arena, rows)) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    if (st == CHY_OK && m->only_own) st = chy_actors_dictionary(m, arena, &m->dictionary, err);
    if (st == CHY_OK) *out = m;
    return st == CHY_E_LIMIT ? too_many(name, err) : st;
}

chy_status chy_actors_only_own(const chy_actors_model *was, chy_arena *arena, const chy_actors_model **out, chy_error *err)
{
    chy_actors_model *m = chy_arena_alloc(arena, sizeof *m);
    if (!m) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    *m = *was;
    m->only_own = true;
    chy_status st = chy_actors_dictionary(m, arena, &m->dictionary, err);
    if (st == CHY_OK) *out = m;
    return st;
}

static int by_line(const void *a, const void *b)
{
    const chy_finding *x = a, *y = b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : x->text.p < y->text.p ? -1 : 1;
}

chy_status chy_actors_check(const chy_actors_model *m, chy_slice text, chy_slice name,
                            void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_error *err)
{
    chy_arena arena;
    chy_arena_init(&arena);
    chy_findings f = {0};
    chy_user u = {0};
    chy_status st = CHY_OK;
    text = chy_arena_copy(&arena, text);
    if (!text.p) st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    if (st == CHY_OK) st = chy_user_parse(m, &arena, text, name, &u, &f, err);
    if (st == CHY_OK) st = chy_user_compare(m, &arena, &u, name, &f, err);
    if (st == CHY_OK) {
        if (f.v.n) qsort(f.v.v, f.v.n, sizeof *f.v.v, by_line);
        for (uint32_t i = 0; i < f.v.n; i++) each(ctx, &f.v.v[i]);
        chy_finding more = {CHY_FINDING_NOTE, 0, {0}};
        more.text = chy_arena_printf(&arena, "%u findings more", f.more);
        if (f.more) each(ctx, &more);
    }
    chy_arena_free(&arena);
    return st == CHY_E_LIMIT ? too_many(name, err) : st;
}
