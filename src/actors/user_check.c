/* SPDX-License-Identifier: Apache-2.0
 *
 * user_check.c - what a person should know of a table before using it: rows that contradict each other, and names that the
 * built-in tables know otherwise.
 */
#include "actors/user.h"

enum { MAX_PAIRS = 64 }; /* rows of one name that are compared with each other */

static bool same_code(const chy_user_row *a, const chy_user_row *b)
{
    return !memcmp(a->country, b->country, 3) && a->sectors == b->sectors;
}

static bool dated(const chy_user_row *r) { return r->from != INT32_MIN || r->to != INT32_MAX; }

/* A day on which one hands over to the other is no overlap. */
static bool overlap(const chy_user_row *a, const chy_user_row *b) { return a->from < b->to && b->from < a->to; }

static void compare_rows(chy_user_parser *p, const chy_user_row *a, const chy_user_row *b, chy_slice key)
{
    bool same = same_code(a, b);
    int n = (int)(key.n < 60 ? key.n : 60);
    if (same && (a->table != CHY_USER_HOLDERS || chy_slice_eq(a->role, b->role))) {
        if (overlap(a, b) && dated(a) == dated(b))
            chy_user_find(p, b->line, CHY_FINDING_NOTE, "%.*s: says what line %u says", n, key.p, a->line);
        return;
    }
    if (dated(a) != dated(b) || !overlap(a, b)) return; /* a code without dates is for all other days */
    bool roles = dated(a) || same;
    chy_user_find(p, b->line, CHY_FINDING_CONFLICT, roles ? "%.*s: a role that overlaps with that of line %u"
                  : "%.*s: another code than line %u gives for the same days", n, key.p, a->line);
}

static chy_slice codes_of(chy_arena *a, const char *country, uint32_t sectors)
{
    chy_slice s = chy_arena_printf(a, "%s", country);
    for (unsigned i = 0; i < CHY_N_SECTOR; i++)
        if (sectors & (1u << i)) s = chy_arena_printf(a, "%.*s %s", (int)s.n, s.p, chy_sector_name(i));
    return s;
}

/* A name of the built-in table under other codes, unless one of its rows agrees. */
static void compare_built_in(chy_user_parser *p, const chy_user_row *r, chy_slice key)
{
    const chy_actors_model *m = p->m;
    const chy_table *t = &m->base[r->table];
    chy_rows rows;
    if (!chy_table_find(t, key, &rows, NULL)) return;
    chy_user_row first = {0};
    for (uint32_t i = 0; i < rows.n; i++) {
        chy_user_row b = {0};
        uint32_t row = rows.row[i];
        if (r->table == CHY_USER_NAMES) {
            memcpy(b.country, m->name[row].country, 4);
            b.sectors = m->name[row].sectors;
        } else if (r->table == CHY_USER_HOLDERS) {
            chy_slice c = chy_table_cell(t, row, m->holder_country);
            if (c.n == 3) memcpy(b.country, c.p, 3);
            b.sectors = chy_sectors_of(chy_table_cell(t, row, m->holder_sectors));
            if (r->sectors == CHY_SEC_ELI) b.sectors = r->sectors; /* out of office: what the dates of the built-in rows come to */
        } else {
            memcpy(b.country, r->country, 4);
            b.sectors = m->office[row].sectors;
        }
        if (same_code(r, &b)) return;
        if (!i) first = b;
    }
    chy_slice was = codes_of(p->arena, first.country, first.sectors), is = codes_of(p->arena, r->country, r->sectors);
    if (r->table == CHY_USER_OFFICES) { /* of any country */
        was = was.n > 4 ? (chy_slice){was.p + 4, was.n - 4} : CHY_LIT("no sector");
        is.p += 4, is.n -= 4;
    }
    chy_user_find(p, r->line, CHY_FINDING_NOTE, "%.*s: the built-in tables have %.*s, this one %.*s", (int)(key.n < 60 ? key.n : 60),
                  key.p, (int)was.n, was.p, (int)is.n, is.p);
}

chy_status chy_user_compare(const chy_actors_model *m, chy_arena *arena, const chy_user *u, chy_slice file, chy_findings *f,
                            chy_error *err)
{
    chy_user_parser p = {.m = m, .arena = arena, .f = f, .file = file};
    uint32_t *met = chy_arena_calloc(arena, (size_t)u->rows.n + 1, sizeof *met); /* the row + 1 last compared with it */
    if (!met) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    for (unsigned table = 0; table < CHY_N_USER_TABLE; table++) {
        chy_table t;
        uint32_t *of;
        chy_status st = chy_user_lay(m, arena, u, table, &t, &of, err);
        if (st != CHY_OK) return st;
        for (uint32_t i = 0; i < t.n_rows; i++) {
            const chy_user_row *r = &u->rows.v[of[i]];
            if (table == CHY_USER_HOLDERS && r->either) continue; /* stands among the names as well */
            for (uint32_t k = 0; k < r->n_keys && !arena->failed; k++) {
                chy_slice key = u->keys.v[r->first_key + k];
                chy_rows rows;
                if (!chy_table_find(&t, key, &rows, NULL)) continue;
                for (uint32_t j = 0; j < rows.n && j < MAX_PAIRS; j++) {
                    uint32_t other = rows.row[j] - m->base[table].n_rows;
                    if (rows.row[j] < m->base[table].n_rows || other >= i) break;
                    uint32_t row = of[other];
                    if (met[row] == i + 1) continue;
                    met[row] = i + 1;
                    compare_rows(&p, &u->rows.v[row], r, key);
                }
                if (k == 0 || table == CHY_USER_NAMES) compare_built_in(&p, r, key);
            }
        }
    }
    return arena->failed ? chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory") : CHY_OK;
}
