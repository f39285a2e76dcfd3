/* SPDX-License-Identifier: Apache-2.0
 *
 * tenures.c - what the tables know of an actor by itself, apart from any text: the offices that a person has held, the names of states.
 */
#include "actors/run.h"

#include <stdlib.h>

/* The next byte of a name as ids have it (chy_actors_slug) at *i; 0 at its end. The name is folded. */
static char slug_byte(chy_slice folded, size_t *i, char last)
{
    while (*i < folded.n) {
        char c = folded.p[(*i)++];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80) return c;
        if (last && last != '-' && c != '\'' && c != '.') return '-';
    }
    return 0;
}

/* Does a name become this slug? */
static bool slugs_to(chy_slice folded, chy_slice slug)
{
    size_t i = 0, n = 0;
    char last = 0, c;
    while ((c = slug_byte(folded, &i, last))) {
        if (n < slug.n ? slug.p[n] != c : c != '-') return false;
        n++, last = c;
    }
    return n == slug.n || (n == slug.n + 1 && last == '-');
}

static int newest_first(const void *a, const void *b)
{
    const chy_tenure *x = a, *y = b;
    if (x->days.begin != y->days.begin) return x->days.begin > y->days.begin ? -1 : 1;
    if (x->days.end != y->days.end) return x->days.end == CHY_NO_DAY || (y->days.end != CHY_NO_DAY && x->days.end > y->days.end) ? -1 : 1;
    size_t n = x->role.n < y->role.n ? x->role.n : y->role.n;
    int c = n ? memcmp(x->role.p, y->role.p, n) : 0;
    return c ? c : x->role.n < y->role.n ? -1 : x->role.n > y->role.n;
}

/* Several spellings of a name are rows of their own. */
static bool told(const chy_tenure *list, uint32_t n, const chy_tenure *t)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i].days.begin == t->days.begin && list[i].days.end == t->days.end && chy_slice_eq(list[i].role, t->role) && !memcmp(list[i].country, t->country, 4)) return true;
    return false;
}

uint32_t chy_actors_tenures(const chy_actors_model *m, chy_slice id, chy_tenure *out, uint32_t max)
{
    const chy_table *t = &m->holders;
    uint32_t n = 0, rows = t->n_rows + (t->under ? t->under->n_rows : 0);
    chy_arena arena;
    if (id.n < 5 || id.p[3] != '.') return 0;
    chy_slice slug = {id.p + 4, id.n - 4};
    chy_arena_init(&arena);
    for (uint32_t i = 0; i < rows && n < max; i++) {
        chy_slice country = chy_table_cell(t, i, m->holder_country), person = chy_table_cell(t, i, m->holder_person);
        /* Who heads a body of states is known by his own one, and the other way round. */
        if (country.n != 3 || (memcmp(country.p, id.p, 3) && memcmp(country.p, "IGO", 3) && memcmp(id.p, "IGO", 3))) continue;
        chy_slice folded = chy_fold(&arena, person);
        if (!folded.p || !slugs_to(folded, slug)) continue;
        chy_tenure made = {.role = chy_table_cell(t, i, m->holder_role), .sectors = chy_sectors_of(chy_table_cell(t, i, m->holder_sectors))};
        memcpy(made.country, country.p, 3);
        made.days.begin = chy_day_cell(chy_table_cell(t, i, m->holder_from), false, CHY_NO_DAY);
        made.days.end = chy_day_cell(chy_table_cell(t, i, m->holder_to), true, CHY_NO_DAY);
        if (!told(out, n, &made)) out[n++] = made;
    }
    chy_arena_free(&arena);
    if (n) qsort(out, n, sizeof *out, newest_first);
    return n;
}

uint32_t chy_actors_states(const chy_actors_model *m, chy_state *out, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < 26 * 26 * 26; k++) {
        if (!m->states[k]) continue;
        if (n < max) {
            chy_state_codes codes;
            out[n] = (chy_state){{(char)('A' + k / 676), (char)('A' + k / 26 % 26), (char)('A' + k % 26), 0}, chy_table_cell(&m->names, m->states[k] - 1, m->name_name)};
            /* A state's territories stand under its code too, and names() may have met them first. */
            if (chy_actors_codes(m, out[n].code, CHY_NO_DAY, &codes) && codes.name.n) out[n].name = codes.name;
        }
        n++;
    }
    return n;
}

bool chy_actors_state_called(const chy_actors_model *m, chy_slice name, char code[4])
{
    chy_arena arena;
    chy_rows rows;
    bool found = false;
    chy_arena_init(&arena);
    chy_slice key = chy_fold(&arena, name);
    if (key.p && chy_table_find(&m->names, key, &rows, NULL))
        for (uint32_t i = 0; i < rows.n && !found; i++)
            if ((found = m->name[rows.row[i]].what == CHY_WHAT_STATE)) memcpy(code, m->name[rows.row[i]].country, 4);
    chy_arena_free(&arena);
    return found;
}
