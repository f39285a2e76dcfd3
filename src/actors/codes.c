/* SPDX-License-Identifier: Apache-2.0
 *
 * codes.c - facts about states and actors that other data sets ask for, each as of a day: the members of a group, the groups
 * of a state, its codes in other schemes, an actor's Wikidata item.
 */
#include "actors/run.h"

enum { MAX_ID = 120 };

/* Tables are looked up by folded keys; an id is folded but for the capitals of its country. */
static chy_slice fold_id(chy_slice id, char buf[MAX_ID])
{
    if (id.n > MAX_ID) return (chy_slice){"", 0};
    for (size_t i = 0; i < id.n; i++) buf[i] = id.p[i] >= 'A' && id.p[i] <= 'Z' ? (char)(id.p[i] | 32) : id.p[i];
    return (chy_slice){buf, id.n};
}

/* Is the row valid on that day; without a day, still? */
static bool valid(const chy_table *t, uint32_t row, uint32_t from, uint32_t to, chy_day on)
{
    chy_slice b = chy_table_cell(t, row, from), e = chy_table_cell(t, row, to);
    if (on == CHY_NO_DAY) return !e.n;
    return on >= chy_day_cell(b, false, INT32_MIN) && on <= chy_day_cell(e, true, INT32_MAX);
}

uint32_t chy_actors_members(const chy_actors_model *m, uint32_t row, chy_day on, char out[][4], uint32_t max)
{
    chy_slice cell = chy_table_cell(&m->names, row, m->name_members), one, id = chy_table_cell(&m->names, row, m->name_id);
    chy_rows rows;
    char buf[MAX_ID];
    uint32_t n = 0;
    while (cell.n && n < max && chy_slice_split(&cell, ' ', &one))
        if (one.n == 3) memcpy(out[n], one.p, 3), out[n++][3] = 0;
    if (n || !chy_table_find(&m->members, fold_id(id, buf), &rows, NULL)) return n;
    for (uint32_t i = 0; i < rows.n && n < max; i++) {
        chy_slice states = chy_table_cell(&m->members, rows.row[i], m->member_states);
        if (!chy_slice_eq(chy_table_cell(&m->members, rows.row[i], m->member_group), id) ||
            !valid(&m->members, rows.row[i], m->member_from, m->member_to, on))
            continue;
        while (n < max && chy_slice_split(&states, '|', &one))
            if (one.n == 3) memcpy(out[n], one.p, 3), out[n++][3] = 0;
    }
    return n;
}

uint32_t chy_actors_groups(const chy_actors_model *m, const char *country, chy_day on, chy_slice *out, uint32_t max)
{
    chy_rows rows;
    char buf[MAX_ID];
    uint32_t n = 0;
    if (!chy_table_find(&m->members, fold_id(chy_slice_z(country), buf), &rows, NULL)) return 0;
    for (uint32_t i = 0; i < rows.n; i++) {
        if (!valid(&m->members, rows.row[i], m->member_from, m->member_to, on)) continue;
        if (n < max) out[n] = chy_table_cell(&m->members, rows.row[i], m->member_group);
        n++;
    }
    return n;
}

static uint32_t number(chy_slice s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && i < 6 && s.p[i] >= '0' && s.p[i] <= '9'; i++) n = n * 10 + (uint32_t)(s.p[i] - '0');
    return n;
}

static void letters(chy_slice s, char *out, size_t size)
{
    if (s.n < size) memcpy(out, s.n ? s.p : "", s.n);
}

bool chy_actors_codes(const chy_actors_model *m, const char *country, chy_day on, chy_state_codes *out)
{
    chy_rows rows;
    char buf[MAX_ID];
    const chy_table *t = &m->codes;
    *out = (chy_state_codes){.cow = 0};
    if (!chy_table_find(t, fold_id(chy_slice_z(country), buf), &rows, NULL)) return false;
    uint32_t from = chy_table_col(t, "from"), to = chy_table_col(t, "to");
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t row = rows.row[i];
        chy_slice scheme = chy_table_cell(t, row, m->code_scheme), code = chy_table_cell(t, row, m->code_code);
        if (!valid(t, row, from, to, on)) continue;
        if (chy_slice_eqz(scheme, "iso2")) letters(code, out->iso2, sizeof out->iso2);
        else if (chy_slice_eqz(scheme, "fips")) letters(code, out->fips, sizeof out->fips);
        else if (chy_slice_eqz(scheme, "isonum")) out->iso_numeric = number(code);
        else if (chy_slice_eqz(scheme, "cow")) out->cow = number(code);
        else if (chy_slice_eqz(scheme, "cowabb")) letters(code, out->cow_letters, sizeof out->cow_letters);
        else if (chy_slice_eqz(scheme, "gw")) out->gw = number(code);
        else if (chy_slice_eqz(scheme, "name")) out->name = code;
    }
    return true;
}

chy_slice chy_actors_item(const chy_actors_model *m, chy_slice id)
{
    chy_rows rows;
    char buf[MAX_ID];
    if (!id.n || !chy_table_find(&m->items, fold_id(id, buf), &rows, NULL)) return (chy_slice){"", 0};
    return chy_table_cell(&m->items, rows.row[0], m->item_item);
}

bool chy_actors_epithet(const chy_actors_model *m, const chy_token *t, uint32_t begin, uint32_t end, chy_day on,
                        chy_slice *states, uint32_t *n_tokens)
{
    chy_rows rows;
    *n_tokens = chy_table_longest(&m->epithets, t, begin, end, &rows);
    for (uint32_t i = 0; *n_tokens && i < rows.n; i++)
        if (valid(&m->epithets, rows.row[i], m->epithet_from, m->epithet_to, on)) {
            *states = chy_table_cell(&m->epithets, rows.row[i], m->epithet_states);
            return true;
        }
    return false;
}
