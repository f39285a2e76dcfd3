/* SPDX-License-Identifier: Apache-2.0
 *
 * tables.c - the stage's tables: small cells are read once, so that a look-up costs no parsing.
 */
#include "actors/run.h"

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

static chy_status read_names(chy_actors_model *m, chy_arena *arena, chy_error *err)
{
    static const char *const whats[CHY_N_WHAT] = {
        "state", "capital", "seat", "city", "region", "kingdom", "demonym", "ethnic", "continent", "continental",
            "people", "org",
        "group", "armed", "party", "force", "service", "legislature", "agency", "company", "mnc", "ngo"};
    const chy_table *t = &m->names;
    uint32_t what = chy_table_col(t, "what"), country = chy_table_col(t, "country"),
             sectors = chy_table_col(t, "sectors"), letters = chy_table_col(t, "case");
    chy_name_row *row = chy_arena_calloc(arena, t->n_rows, sizeof *row);
    uint32_t *states = chy_arena_calloc(arena, 26 * 26 * 26, sizeof *states), id = chy_table_col(t, "id");
    if (!row || !states) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    for (uint32_t i = 0; i < t->n_rows; i++) {
        chy_slice w = chy_table_cell(t, i, what), c = chy_table_cell(t, i, country), l = chy_table_cell(t, i, letters);
        row[i].what = (uint8_t)name_in(w, whats, CHY_N_WHAT);
        if (row[i].what == CHY_N_WHAT || c.n != 3) return bad(err, "actors", i, w);
        memcpy(row[i].country, c.p, 3);
        row[i].sectors = chy_sectors_of(chy_table_cell(t, i, sectors));
        if (row[i].what == CHY_WHAT_STATE && !states[code_number(row[i].country)] && chy_slice_eq(chy_table_cell(t, i,
            id), c))
            states[code_number(row[i].country)] = i + 1;
        row[i].letters = chy_slice_eqz(l, "caps") ? CHY_CASE_CAPS : chy_slice_eqz(l, "any") ? CHY_CASE_ANY
            : CHY_CASE_CAP;
        row[i].shared = chy_slice_eqz(l, "shared");
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
    *out = m;
    return CHY_OK;
}
