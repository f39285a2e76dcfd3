/* SPDX-License-Identifier: Apache-2.0
 *
 * user.c - users' own tables: our columns, and how rows become tables over the built-in ones.
 */
#include "actors/user.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_FINDINGS = 10000, MAX_ERRORS = 1000, MAX_NAMES = 1 << 20 };

void chy_user_find(chy_user_parser *p, uint32_t line, chy_finding_kind kind, const char *fmt, ...)
{
    char buf[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    for (char *c = buf; *c; c++)
        if ((unsigned char)*c < 32) *c = ' ';
    if (kind == CHY_FINDING_ERROR && ++p->f->n_errors >= MAX_ERRORS) p->stop = true;
    if (kind != CHY_FINDING_ERROR && p->f->errors_only) return;
    if (p->f->v.n == MAX_FINDINGS) {
        p->f->more++;
        return;
    }
    CHY_PUSH(p->arena, &p->f->v, (chy_finding){kind, line, chy_arena_copy(p->arena, chy_slice_z(buf))});
}

bool chy_user_country(const chy_user_parser *p, const char *code)
{
    uint32_t n = 0;
    for (int i = 0; i < 3; i++) {
        if (code[i] < 'A' || code[i] > 'Z') return false;
        n = n * 26 + (uint32_t)(code[i] - 'A');
    }
    return p->codes[n];
}

bool chy_user_key(chy_user_parser *p, chy_slice name)
{
    name = chy_slice_trim(name);
    if (p->out->keys.n == MAX_NAMES) {
        if (!p->stop) chy_user_find(p, p->line, CHY_FINDING_ERROR, "more than a million names");
        p->stop = true;
        return false;
    }
    if (name.n > CHY_USER_NAME_BYTES) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "a name is longer than %d bytes: %.40s…", CHY_USER_NAME_BYTES, name.p);
        return false;
    }
    chy_slice key = chy_fold(p->arena, name);
    uint32_t ends = 0;
    bool word = false;
    for (size_t i = 0; i < key.n; i++) {
        unsigned char c = (unsigned char)key.p[i];
        bool letter = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        word |= letter;
        ends += !letter;
    }
    if (!word || ends > 2 * CHY_MAX_PHRASE_TOKENS) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "%s: '%.*s'", word ? "a name has too many words" : "a name without letters",
                      (int)(name.n < 60 ? name.n : 60), name.p);
        return false;
    }
    return CHY_PUSH(p->arena, &p->out->keys, key);
}

void chy_user_push(chy_user_parser *p, chy_user_row row, uint32_t first_key)
{
    row.first_key = first_key;
    row.n_keys = p->out->keys.n - first_key;
    int n = (int)(p->file.n < 100 ? p->file.n : 100);
    if (!row.basis.n) row.basis = chy_arena_printf(p->arena, "%.*s:%u", n, p->file.p, row.line);
    CHY_PUSH(p->arena, &p->out->rows, row);
}

void chy_user_push_code(chy_user_parser *p, chy_user_code code, uint32_t line, uint32_t first_key)
{
    code.first_key = first_key;
    code.n_keys = p->out->keys.n - first_key;
    code.basis = chy_arena_printf(p->arena, "%.*s:%u", (int)(p->file.n < 100 ? p->file.n : 100), p->file.p, line);
    CHY_PUSH(p->arena, &p->out->codes, code);
}

/* ------------------------------------------------------------ our columns */

typedef enum column {
    COL_NAMES, COL_COUNTRY, COL_SECTORS, COL_ROLE, COL_FROM, COL_TO, COL_PERSON, COL_SOURCE, COL_WHAT, COL_NAME, COL_ID,
    COL_CASE, COL_MEMBERS, N_COLUMN
} column;

static const char *const columns[N_COLUMN] = {"names", "country", "sectors", "role", "from", "to", "person", "source",
                                              "what", "name", "id", "case", "members"};

static int shown(chy_slice s) { return (int)(s.n < 60 ? s.n : 60); }

/* Which column each cell is; false, with findings, where the header is not one of ours. */
static bool read_header(chy_user_parser *p, chy_slice line, uint8_t *of, uint32_t *n)
{
    uint32_t seen = 0, errors = p->f->n_errors;
    chy_slice cell;
    for (*n = 0; chy_slice_split(&line, '\t', &cell);) {
        unsigned c = 0;
        cell = chy_slice_trim(cell);
        while (c < N_COLUMN && !chy_slice_eqz(cell, columns[c])) c++;
        if (c == N_COLUMN || (seen & (1u << c)) || *n == N_COLUMN) {
            chy_user_find(p, p->line, CHY_FINDING_ERROR, c == N_COLUMN ? "no such column: '%.*s'" : "a column twice: '%.*s'",
                          shown(cell), cell.p);
            return false;
        }
        seen |= 1u << c;
        of[(*n)++] = (uint8_t)c;
    }
    if (!(seen & (1u << COL_NAMES)) || !(seen & (1u << COL_COUNTRY)))
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "the columns names and country are wanted");
    if (!(seen & (1u << COL_WHAT)) && !(seen & ((1u << COL_ROLE) | (1u << COL_PERSON))))
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "a column what (organisations, places) or role or person (office holders) is wanted");
    return p->f->n_errors == errors;
}

static bool read_sectors(chy_user_parser *p, chy_slice cell, uint32_t *out)
{
    chy_slice one;
    *out = 0;
    while (cell.n && chy_slice_split(&cell, ',', &one)) {
        uint32_t bit = chy_sectors_of(chy_slice_trim(one));
        if (!bit) {
            chy_user_find(p, p->line, CHY_FINDING_ERROR, "no such sector: '%.*s'", shown(one), one.p);
            return false;
        }
        *out |= bit;
    }
    return true;
}

/* A day, a month or a year: its first day, or its last. */
static bool read_day(chy_user_parser *p, chy_slice cell, bool last, chy_day *out)
{
    char full[11] = "0000-01-01";
    *out = last ? INT32_MAX : INT32_MIN;
    if (!cell.n) return true;
    bool ok = cell.n == 4 || cell.n == 7 || cell.n == 10;
    if (ok) memcpy(full, cell.p, cell.n);
    if (ok && last && cell.n == 4) memcpy(full + 5, "12-31", 5);
    ok = ok && chy_day_parse((chy_slice){full, 10}, out) == CHY_OK;
    if (!ok) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "no day (YYYY-MM-DD, YYYY-MM or YYYY): '%.*s'", shown(cell), cell.p);
        return false;
    }
    if (last && cell.n == 7) {
        int y;
        unsigned m, d;
        chy_day_civil(*out, &y, &m, &d);
        *out = chy_day_of(y, m, chy_month_days(y, m));
    }
    return true;
}

static void read_row(chy_user_parser *p, chy_slice *cell, bool names)
{
    chy_user_row row = {.line = p->line, .table = names ? CHY_USER_NAMES : CHY_USER_HOLDERS};
    chy_slice c = cell[COL_COUNTRY], l = cell[COL_CASE], one;
    uint32_t first = p->out->keys.n, errors = p->f->n_errors;
    if (c.n != 3 || !chy_user_country(p, c.p))
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "no country we know (ISO 3166-1 alpha-3, IGO NGO MNC ISM UNK): '%.*s'", shown(c), c.p);
    else memcpy(row.country, c.p, 3);
    read_sectors(p, cell[COL_SECTORS], &row.sectors);
    if (read_day(p, cell[COL_FROM], false, &row.from) && read_day(p, cell[COL_TO], true, &row.to) && row.from > row.to)
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "ends (%.*s) before it begins (%.*s)", shown(cell[COL_TO]), cell[COL_TO].p,
                      shown(cell[COL_FROM]), cell[COL_FROM].p);
    chy_slice all = cell[COL_NAMES];
    while (chy_slice_split(&all, '|', &one)) {
        one = chy_slice_trim(one);
        if (!chy_user_key(p, one)) break;
        if (!row.name.n) row.name = one;
    }
    if (names) {
        row.what = (uint8_t)chy_what_of(cell[COL_WHAT]);
        if (row.what == CHY_N_WHAT)
            chy_user_find(p, p->line, CHY_FINDING_ERROR, "no such kind: '%.*s'", shown(cell[COL_WHAT]), cell[COL_WHAT].p);
        if (l.n && !chy_slice_in(l, "caps|any|shared"))
            chy_user_find(p, p->line, CHY_FINDING_ERROR, "case is caps, any, shared or empty: '%.*s'", shown(l), l.p);
        row.letters = chy_slice_eqz(l, "caps") ? CHY_CASE_CAPS : chy_slice_eqz(l, "any") ? CHY_CASE_ANY : CHY_CASE_CAP;
        row.flags = chy_slice_eqz(l, "shared");
        row.id = cell[COL_ID], row.members = cell[COL_MEMBERS];
        chy_slice members = row.members;
        while (members.n && chy_slice_split(&members, ' ', &one))
            if (one.n && (one.n != 3 || !chy_user_country(p, one.p)))
                chy_user_find(p, p->line, CHY_FINDING_ERROR, "no country we know: '%.*s'", shown(one), one.p);
        if (cell[COL_NAME].n) row.name = cell[COL_NAME];
    } else {
        row.role = cell[COL_ROLE];
        if (cell[COL_PERSON].n) row.name = cell[COL_PERSON];
    }
    if (p->f->n_errors != errors) return;
    chy_user_push(p, row, first);
    chy_user_code code = {.sectors = row.sectors, .from = row.from, .to = row.to};
    memcpy(code.country, row.country, 4);
    code.code = chy_arena_copy(p->arena, chy_slice_z(row.country));
    for (unsigned i = 0; i < CHY_N_SECTOR; i++)
        if (row.sectors & (1u << i)) code.code = chy_arena_printf(p->arena, "%.*s%s", (int)code.code.n, code.code.p, chy_sector_name(i));
    chy_user_push_code(p, code, row.line, first);
}

static void read_tsv(chy_user_parser *p, chy_slice text)
{
    uint8_t of[N_COLUMN];
    uint32_t n = 0;
    bool names = false;
    chy_slice line;
    for (p->line = 1; chy_slice_split(&text, '\n', &line) && !p->arena->failed && !p->stop; p->line++) {
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!chy_slice_trim(line).n || line.p[0] == '#') continue;
        if (!n) {
            if (!read_header(p, line, of, &n)) return;
            for (uint32_t i = 0; i < n; i++) names |= of[i] == COL_WHAT;
            continue;
        }
        chy_slice cells[N_COLUMN], one;
        uint32_t k = 0;
        for (unsigned i = 0; i < N_COLUMN; i++) cells[i] = (chy_slice){"", 0};
        for (; chy_slice_split(&line, '\t', &one); k++)
            if (k < n) cells[of[k]] = chy_slice_trim(one);
        if (k > n) chy_user_find(p, p->line, CHY_FINDING_ERROR, "%u cells under %u columns", k, n);
        else read_row(p, cells, names);
    }
}

/* ------------------------------------------------------------------- text */

/* Is it a table of ours? Its first line that is no comment names the columns. */
static bool is_tsv(chy_slice text)
{
    chy_slice line, cell;
    while (chy_slice_split(&text, '\n', &line)) {
        chy_slice t = chy_slice_trim(line);
        if (!t.n || t.p[0] == '#' || t.p[0] == ';') continue;
        if (!memchr(t.p, '\t', t.n)) return false;
        while (chy_slice_split(&t, '\t', &cell))
            if (chy_slice_eqz(chy_slice_trim(cell), "names")) return true;
        return false;
    }
    return false;
}

/* NULs, other charsets and lines without end are not looked into any further. */
static bool is_text(chy_user_parser *p, chy_slice text)
{
    const char *what = chy_lines_fault(text, &p->line);
    if (what) chy_user_find(p, p->line, CHY_FINDING_ERROR, "%s", what);
    return !what;
}

chy_status chy_user_parse(const chy_actors_model *m, chy_arena *arena, chy_slice text, chy_slice file, chy_user *out,
                          chy_findings *f, chy_error *err)
{
    uint8_t *codes = chy_arena_calloc(arena, 26 * 26 * 26, 1);
    if (!codes) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    chy_user_parser p = {.m = m, .arena = arena, .out = out, .f = f, .file = file, .codes = codes};
    for (uint32_t i = 0; i < m->n_base[CHY_USER_NAMES]; i++) {
        const char *c = m->name[i].country;
        codes[(c[0] - 'A') * 676 + (c[1] - 'A') * 26 + (c[2] - 'A')] = 1;
    }
    static const char others[] = "IGONGOMNCISMUNK";
    for (const char *c = others; *c; c += 3) codes[(c[0] - 'A') * 676 + (c[1] - 'A') * 26 + (c[2] - 'A')] = 1;
    if (chy_slice_starts(text, CHY_LIT("\xEF\xBB\xBF"))) text.p += 3, text.n -= 3;
    if (is_text(&p, text)) {
        if (is_tsv(text)) read_tsv(&p, text);
        else chy_user_dictionary(&p, text);
        if (!out->rows.n && !f->n_errors) chy_user_find(&p, 1, CHY_FINDING_ERROR, "no entry at all");
    }
    return arena->failed ? chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory") : CHY_OK;
}

/* ----------------------------------------------------------------- tables */

static chy_slice sectors_cell(chy_arena *a, uint32_t bits)
{
    chy_slice s = {"", 0};
    for (unsigned i = 0; i < CHY_N_SECTOR; i++)
        if (bits & (1u << i)) s = chy_arena_printf(a, "%.*s%s%s", (int)s.n, s.p, s.n ? "," : "", chy_sector_name(i));
    return s;
}

static chy_slice day_cell(chy_arena *a, chy_day d)
{
    char buf[11];
    if (d == INT32_MIN || d == INT32_MAX) return (chy_slice){"", 0};
    chy_day_format(d, buf);
    return chy_arena_copy(a, chy_slice_z(buf));
}

static void fill(const chy_actors_model *m, chy_arena *a, const chy_user_row *r, chy_slice *cell)
{
    switch (r->table) {
    case CHY_USER_NAMES:
        cell[m->name_name] = r->name, cell[m->name_id] = r->id, cell[m->name_members] = r->members;
        break;
    case CHY_USER_HOLDERS:
        cell[m->holder_country] = chy_slice_z(r->country);
        cell[m->holder_sectors] = sectors_cell(a, r->sectors);
        cell[m->holder_role] = r->role, cell[m->holder_person] = r->name;
        cell[m->holder_from] = day_cell(a, r->from), cell[m->holder_to] = day_cell(a, r->to);
        break;
    default: cell[m->office_words] = r->name;
    }
}

chy_status chy_user_lay(const chy_actors_model *m, chy_arena *arena, const chy_user *u, unsigned table, chy_table *out,
                        uint32_t **rows, chy_error *err)
{
    const chy_table *base = table == CHY_USER_NAMES ? m->base : table == CHY_USER_HOLDERS ? m->base + 1 : m->base + 2;
    uint32_t n = 0;
    uint64_t n_keys = 0;
    for (uint32_t i = 0; i < u->rows.n; i++)
        if (u->rows.v[i].table == table) n++, n_keys += u->rows.v[i].n_keys;
    if (n > (1u << 20) || n_keys > (1u << 20)) return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_ACTORS, 0, "more than a million rows");
    chy_slice *cells = chy_arena_calloc(arena, (size_t)n * base->n_cols + 1, sizeof *cells);
    chy_overlay_key *keys = chy_arena_calloc(arena, n_keys + 1, sizeof *keys);
    *rows = chy_arena_calloc(arena, (size_t)n + 1, sizeof **rows);
    if (!cells || !keys || !*rows) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_ACTORS, 0, "out of memory");
    uint32_t k = 0, row = 0;
    for (uint32_t i = 0; i < u->rows.n; i++) {
        const chy_user_row *r = &u->rows.v[i];
        if (r->table != table) continue;
        fill(m, arena, r, cells + (size_t)row * base->n_cols);
        for (uint32_t j = 0; j < r->n_keys; j++) keys[k++] = (chy_overlay_key){u->keys.v[r->first_key + j], row};
        (*rows)[row++] = i;
    }
    return chy_table_lay(base, arena, cells, n, keys, k, out, err);
}
