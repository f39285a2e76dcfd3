/* SPDX-License-Identifier: Apache-2.0
 *
 * user_cameo.c - dictionaries of actors and agents as TABARI and PETRARCH have them, and what CAMEO's codes become.
 * Formats: P. Schrodt, TABARI 0.8 manual (2012), chapters on .actors and .agents; codes: CAMEO 1.1b3 codebook (2012).
 */
#include "actors/user.h"

enum { MAX_CODES = 64, MAX_NAMES = 1024, MAX_EXPANDED = 256, MAX_SETS = 256 };

typedef struct code {
    char country[4];
    uint32_t sectors;
    chy_day from, to;
    uint32_t line;
    chy_slice text;  /* as it is written */
    bool agent, none, prefix;
} code;

typedef struct set {
    chy_slice name, words; /* words between commas */
} set;

typedef struct entry {
    uint32_t line;
    chy_slice name[MAX_NAMES], plural;
    code code[MAX_CODES];
    uint32_t n_names, n_codes;
    bool has_plural;
} entry;

typedef struct reader {
    chy_user_parser *p;
    entry *e;
    bool open;      /* an entry is under way */
    bool comment;   /* inside <!-- --> */
    uint32_t comment_line;
    set sets[MAX_SETS];
    uint32_t n_sets;
} reader;

static int shown(chy_slice s) { return (int)(s.n < 60 ? s.n : 60); }

/* ------------------------------------------------------------------ codes */

typedef struct group {
    char code[4];
    uint32_t sectors;
} group;

/* PLOVER's own codes first where CAMEO means the same; MED is CAMEO's (the media). */
static uint32_t sectors_of_group(const char *g, bool *known)
{
    static const group groups[] = {
        {"GOV", CHY_SEC_GOV}, {"MIL", CHY_SEC_MIL}, {"COP", CHY_SEC_COP}, {"JUD", CHY_SEC_JUD}, {"LEG", CHY_SEC_LEG},
        {"SPY", CHY_SEC_SPY}, {"PTY", CHY_SEC_PTY}, {"OPP", CHY_SEC_OPP}, {"REB", CHY_SEC_REB}, {"PRM", CHY_SEC_PRM},
        {"UAF", CHY_SEC_UAF}, {"CRM", CHY_SEC_CRM}, {"CVL", CHY_SEC_CVL}, {"ELI", CHY_SEC_ELI}, {"REF", CHY_SEC_REF},
        {"LAB", CHY_SEC_LAB}, {"BUS", CHY_SEC_BUS}, {"JRN", CHY_SEC_JRN}, {"EDU", CHY_SEC_EDU}, {"REL", CHY_SEC_REL},
        {"SOC", CHY_SEC_SOC}, {"AGR", CHY_SEC_AGR}, {"PRE", CHY_SEC_PRE},
        {"MED", CHY_SEC_JRN}, {"HLH", CHY_SEC_MED}, {"INS", CHY_SEC_REB}, {"SEP", CHY_SEC_REB}, {"RAD", CHY_SEC_REB},
        {"IMG", CHY_SEC_REB}, {"TOP", CHY_SEC_GOV}, {"MID", CHY_SEC_GOV}, {"NGO", CHY_SEC_SOC}, {"NGM", CHY_SEC_SOC},
        {"HRI", CHY_SEC_SOC}, {"ENV", CHY_SEC_SOC}, {"DEV", CHY_SEC_SOC}, {"MNC", CHY_SEC_BUS}, {"SET", CHY_SEC_CVL},
        {"PPL", CHY_SEC_CVL}, {"CIV", CHY_SEC_CVL},
        {"CHR", CHY_SEC_REL}, {"CTH", CHY_SEC_REL}, {"PRO", CHY_SEC_REL}, {"MUS", CHY_SEC_REL}, {"MOS", CHY_SEC_REL},
        {"SHI", CHY_SEC_REL}, {"SUN", CHY_SEC_REL}, {"JEW", CHY_SEC_REL}, {"BUD", CHY_SEC_REL}, {"HIN", CHY_SEC_REL},
        {"SIK", CHY_SEC_REL}, {"CPT", CHY_SEC_REL}, {"IGO", 0}, {"ISM", 0}, {"MOD", 0}, {"HAR", 0}, {"UIS", 0}, {"UNK", 0},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!memcmp(groups[i].code, g, 3)) return *known = true, groups[i].sectors;
    return *known = false, 0;
}

/* Behind GOV these name a ministry's field, not who acts. */
static bool field_of_ministry(const char *g)
{
    return chy_slice_in((chy_slice){g, 3}, "AGR|BUS|DEV|EDU|ENV|HLH|HRI|LAB|REF|REL|MUS|CHR");
}

static bool country_of(const reader *r, const char *g, char out[4])
{
    static const char aliases[][2][4] = {{"ROM", "ROU"}, {"TMP", "TLS"}, {"ZAR", "COD"}, {"KSV", "KOS"}, {"NGM", "NGO"}, {"IMG", "ISM"}};
    char c[4] = {g[0], g[1], g[2], 0};
    if (!chy_user_country(r->p, c))
        for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
            if (!memcmp(c, aliases[i][0], 3)) memcpy(c, aliases[i][1], 4);
    if (!chy_user_country(r->p, c)) return false;
    memcpy(out, c, 4);
    return true;
}

static void map_code(reader *r, chy_slice s, code *c)
{
    chy_user_parser *p = r->p;
    memcpy(c->country, "UNK", 4);
    bool first = true;
    for (size_t i = 0; i + 3 <= s.n; i += 3) {
        char g[4] = {0};
        for (int k = 0; k < 3; k++) g[k] = (char)(s.p[i + k] >= 'a' && s.p[i + k] <= 'z' ? s.p[i + k] - 32 : s.p[i + k]);
        bool known, field = (c->sectors & CHY_SEC_GOV) && field_of_ministry(g);
        uint32_t bits = sectors_of_group(g, &known);
        if (first && !c->agent && country_of(r, g, c->country)) {
            /* NGO, MNC, IMG: both who it is and what it does. */
            if (chy_slice_in((chy_slice){g, 3}, "NGO|NGM|MNC|IMG")) c->sectors |= bits;
        } else if (first && !known && !c->agent) {
            chy_user_find(p, p->line, CHY_FINDING_NOTE, "%s is no country and no sector we know: UNK", g);
        } else if (!field) {
            c->sectors |= bits;
        }
        first = false;
    }
}

static bool read_digits(chy_slice s, chy_day *out)
{
    int v[8] = {0};
    for (size_t i = 0; i < s.n && i < 8; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        v[i] = s.p[i] - '0';
    }
    if (s.n != 6 && s.n != 8) return false;
    const int *t = s.n == 8 ? v + 4 : v + 2;
    int y = s.n == 8 ? v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3] : v[0] * 10 + v[1];
    if (s.n == 6) y += y <= 30 ? 2000 : 1900;
    unsigned m = (unsigned)(t[0] * 10 + t[1]), d = (unsigned)(t[2] * 10 + t[3]);
    if (!chy_day_ok(y, m, d)) return false;
    *out = chy_day_of(y, m, d);
    return true;
}

/* "<D": before D; ">D": from D on; "D1-D2": both inclusive. */
static void read_dates(reader *r, chy_slice s, code *c)
{
    char buf[32];
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < sizeof buf; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t') buf[n++] = s.p[i];
    chy_slice d = {buf, n};
    size_t dash = chy_slice_find(d, CHY_LIT("-"));
    bool ok = false;
    if (n && (buf[0] == '<' || buf[0] == '>')) {
        chy_day day = 0;
        ok = read_digits((chy_slice){buf + 1, n - 1}, &day);
        if (buf[0] == '<') c->to = day - 1;
        else c->from = day;
    } else if (dash != SIZE_MAX) {
        ok = read_digits((chy_slice){buf, dash}, &c->from) && read_digits((chy_slice){buf + dash + 1, n - dash - 1}, &c->to);
    }
    if (!ok) chy_user_find(r->p, r->p->line, CHY_FINDING_ERROR, "no dates (<YYMMDD, >YYMMDD, YYMMDD-YYMMDD, YYYYMMDD): '%.*s'",
                           shown(s), s.p);
    else if (c->from > c->to)
        chy_user_find(r->p, r->p->line, CHY_FINDING_ERROR, "dates end before they begin: '%.*s'", shown(s), s.p);
}

/* What stands between brackets: CODE, ~CODE, CODE~, each with dates or without. */
static void read_code(reader *r, chy_slice s)
{
    chy_user_parser *p = r->p;
    entry *e = r->e;
    code c = {.from = INT32_MIN, .to = INT32_MAX, .line = p->line};
    chy_slice all = s = chy_slice_trim(s);
    size_t n = 0;
    if (s.n && s.p[0] == '~') {
        c.agent = true;
        s = chy_slice_trim((chy_slice){s.p + 1, s.n - 1});
    }
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t' && s.p[n] != '<' && s.p[n] != '>') n++;
    chy_slice word = {s.p, n}, dates = chy_slice_trim((chy_slice){s.p + n, s.n - n});
    if (word.n && word.p[word.n - 1] == '~') c.agent = c.prefix = true, word.n--;
    if (chy_slice_eqz(dates, "~")) c.agent = c.prefix = true, dates.n = 0;
    c.text = word;
    c.none = chy_slice_in(word, "---|###|+++");
    size_t k = 0;
    /* Of several codes ("GAL/ELR") the first counts. */
    for (; k < word.n && word.p[k] != '/' && word.p[k] != ':' && !c.none; k++) {
        char x = word.p[k];
        if (!((x >= 'A' && x <= 'Z') || (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9')) || k == 60) break;
    }
    if (!c.none && (!k || (k < word.n && word.p[k] != '/' && word.p[k] != ':'))) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "no CAMEO code: [%.*s]", shown(all), all.p);
        return;
    }
    if (!c.none) map_code(r, (chy_slice){word.p, k}, &c);
    if (k < word.n && !c.none) chy_user_find(p, p->line, CHY_FINDING_NOTE, "of several codes the first is taken: [%.*s]", shown(all), all.p);
    if (dates.n) read_dates(r, dates, &c);
    if (e->n_codes == MAX_CODES) chy_user_find(p, p->line, CHY_FINDING_ERROR, "more than %d codes of one entry", MAX_CODES);
    else e->code[e->n_codes++] = c;
}

/* ------------------------------------------------------------------ names */

/* "PIET_VAN_DAM_" as it is said: blanks for underscores; in capitals throughout, words get back their small letters. */
static chy_slice spoken(reader *r, chy_slice s, bool small)
{
    char *v = chy_arena_alloc(r->p->arena, s.n + 1);
    if (!v) return (chy_slice){"", 0};
    bool lower = false;
    for (size_t i = 0; i < s.n; i++) lower |= s.p[i] >= 'a' && s.p[i] <= 'z';
    size_t n = 0, begin = 0;
    for (size_t i = 0; i <= s.n; i++) {
        bool blank = i == s.n || s.p[i] == '_' || s.p[i] == ' ' || s.p[i] == '\t';
        if (!blank) {
            v[n++] = s.p[i];
            continue;
        }
        for (size_t k = begin; k < n && !lower; k++) {
            bool keep = !small && (k == begin || v[k - 1] == '-' || v[k - 1] == '.' || (n - begin <= 3 && n == s.n));
            if (!keep && v[k] >= 'A' && v[k] <= 'Z') v[k] = (char)(v[k] + 32);
        }
        if (n && i < s.n && v[n - 1] != ' ') v[n++] = ' ';
        begin = n;
    }
    while (n && v[n - 1] == ' ') n--;
    return (chy_slice){v, n};
}

static const set *set_of(const reader *r, chy_slice name)
{
    for (uint32_t i = 0; i < r->n_sets; i++)
        if (chy_slice_eq(r->sets[i].name, name)) return &r->sets[i];
    return NULL;
}

/* The names that come of one by writing each word of a set for its !SET!, left to right; *sets is set where there was one.
 * 0, with a finding, where there is no such set or there are too many names. */
static uint32_t expand(reader *r, chy_slice s, chy_slice *out, bool *sets)
{
    uint32_t n = 1;
    out[0] = s;
    for (uint32_t i = 0; i < n;) {
        chy_slice t = out[i], one;
        const char *a = memchr(t.p, '!', t.n), *z = a ? memchr(a + 1, '!', t.n - (size_t)(a + 1 - t.p)) : NULL;
        if (!a) {
            i++;
            continue;
        }
        const set *w = z ? set_of(r, (chy_slice){a, (size_t)(z - a) + 1}) : NULL;
        chy_slice words = w ? w->words : (chy_slice){NULL, 0};
        bool set_of_name = w != NULL;
        uint32_t first = i; /* the first word takes the name's own place */
        while (w && n < MAX_EXPANDED && chy_slice_split(&words, ',', &one)) {
            one = chy_slice_trim(one);
            chy_slice made = chy_arena_printf(r->p->arena, "%.*s%.*s%.*s", (int)(a - t.p), t.p, (int)one.n, one.p,
                                              (int)(t.p + t.n - z - 1), z + 1);
            if (!made.p || memchr(one.p, '!', one.n) || made.n > CHY_USER_NAME_BYTES) w = NULL;
            else out[first == i ? i : n++] = made, first = n;
        }
        if (!w || words.p) {
            chy_user_find(r->p, r->e->line, CHY_FINDING_ERROR, "%s: %.*s", set_of_name ? "too many or too long names come of the sets" : "no such set",
                          shown(s), s.p);
            return 0;
        }
        *sets = true;
    }
    return n;
}

static chy_slice regular_plural(reader *r, chy_slice s)
{
    chy_slice last2 = s.n > 1 ? (chy_slice){s.p + s.n - 2, 2} : s;
    char z = s.n ? s.p[s.n - 1] : 'x';
    bool vowel = s.n > 1 && memchr("aeiou", s.p[s.n - 2], 5);
    if (z == 'y' && !vowel) return chy_arena_printf(r->p->arena, "%.*sies", (int)s.n - 1, s.p);
    bool es = z == 's' || z == 'x' || z == 'z' || chy_slice_in(last2, "ch|sh");
    return chy_arena_printf(r->p->arena, "%.*s%s", (int)s.n, s.p, es ? "es" : "s");
}

/* ---------------------------------------------------------------- entries */

/* An office of the same last word says what kind of actor it is: "ministry" a body, "worker" a person. */
static void office_kind(const reader *r, chy_slice key, chy_user_row *row)
{
    const chy_actors_model *m = r->p->m;
    chy_rows rows;
    row->kind = CHY_OFFICE_PERSON;
    for (int whole = 1; whole >= 0; whole--) {
        size_t b = key.n;
        while (!whole && b && key.p[b - 1] != ' ') b--;
        if (whole) b = 0;
        if (!chy_table_find(&m->base[2], (chy_slice){key.p + b, key.n - b}, &rows, NULL)) continue;
        const chy_office_row *o = &m->office[rows.row[0]];
        if (o->kind > CHY_OFFICE_BODY) continue;
        row->kind = o->kind;
        if (whole) row->flags = o->flags;
        return;
    }
}

/* The names of the entry and their plurals; false, with a finding, where one is none. *title is the first. */
static bool agent_keys(reader *r, chy_slice *title)
{
    entry *e = r->e;
    chy_slice names[MAX_EXPANDED], one;
    bool sets = false;
    *title = (chy_slice){"", 0};
    for (uint32_t i = 0; i < e->n_names; i++) {
        uint32_t n = expand(r, e->name[i], names, &sets);
        for (uint32_t k = 0; k < n; k++) {
            chy_slice s = spoken(r, names[k], true);
            if (!chy_user_key(r->p, s)) return false;
            if (!title->n) *title = s;
            if (!sets && !e->has_plural && !chy_user_key(r->p, regular_plural(r, s))) return false;
        }
    }
    chy_slice plurals = e->plural;
    while (plurals.n && chy_slice_split(&plurals, ',', &one))
        if (chy_slice_trim(one).n && !chy_user_key(r->p, spoken(r, chy_slice_trim(one), true))) return false;
    return true;
}

static void push_agent(reader *r, const code *c)
{
    chy_user_parser *p = r->p;
    entry *e = r->e;
    uint32_t first = p->out->keys.n;
    if (c->from != INT32_MIN || c->to != INT32_MAX)
        chy_user_find(p, c->line, CHY_FINDING_NOTE, "an agent's dates are not kept");
    chy_user_row row = {.line = e->line, .table = CHY_USER_OFFICES, .sectors = c->sectors, .from = INT32_MIN, .to = INT32_MAX};
    memcpy(row.country, "UNK", 4);
    if (!agent_keys(r, &row.name)) return;
    if (p->out->keys.n == first) return;
    office_kind(r, p->out->keys.v[first], &row);
    if (!row.sectors) {
        chy_user_find(p, e->line, CHY_FINDING_NOTE, "no sector we know, left out: %.*s", shown(row.name), row.name.p);
        return;
    }
    chy_user_push(p, row, first);
}

/* A name of a country alone: what the built-in tables take it for, else another name of the state. */
static uint8_t kind_of_place(const reader *r, chy_slice key)
{
    const chy_actors_model *m = r->p->m;
    chy_rows rows;
    if (chy_table_find(&m->base[0], key, &rows, NULL) && m->name[rows.row[0]].what <= CHY_WHAT_PEOPLE)
        return m->name[rows.row[0]].what;
    return chy_table_find(&m->cities, key, &rows, NULL) ? CHY_WHAT_CITY : CHY_WHAT_STATE;
}

static uint8_t kind_of_org(const reader *r, const code *c, chy_slice key, chy_user_row *row)
{
    const chy_actors_model *m = r->p->m;
    chy_rows rows;
    if (chy_table_find(&m->base[0], key, &rows, NULL) && chy_what_is_org(m->name[rows.row[0]].what) &&
        !memcmp(m->name[rows.row[0]].country, c->country, 3)) {
        const chy_name_row *n = &m->name[rows.row[0]];
        row->name = chy_table_cell(&m->base[0], rows.row[0], m->name_name);
        row->id = chy_table_cell(&m->base[0], rows.row[0], m->name_id);
        row->members = chy_table_cell(&m->base[0], rows.row[0], m->name_members);
        row->letters = n->letters;
        return n->what;
    }
    if (!memcmp(c->country, "NGO", 3)) return CHY_WHAT_NGO;
    if (!memcmp(c->country, "MNC", 3)) return CHY_WHAT_MNC;
    return CHY_WHAT_ORG;
}

static bool one_word(chy_slice s) { return !memchr(s.p, ' ', s.n); }

/* Names of states each have a row of their own, for "Ruritania" and "Ruritanian" are of different kinds. A dated role of two
 * words or more is a person's; what else has a sector may be a person's or an organisation's, as the name tags have it. */
static void push_actor(reader *r, const code *c)
{
    chy_user_parser *p = r->p;
    entry *e = r->e;
    static const char others[] = "IGO|NGO|MNC|ISM|UNK";
    bool state = !chy_slice_in((chy_slice){c->country, 3}, others), place = state && !c->sectors;
    bool dated = c->from != INT32_MIN || c->to != INT32_MAX;
    chy_user_row made = {.line = c->line, .sectors = c->sectors, .from = c->from, .to = c->to};
    memcpy(made.country, c->country, 4);
    chy_slice title = spoken(r, e->name[0], false);
    uint32_t first_all = p->out->keys.n, n_rows = p->out->rows.n;
    bool person = dated && !place && c->sectors && !one_word(title);
    for (uint32_t i = 0; i < e->n_names; i++) {
        uint32_t first = p->out->keys.n;
        chy_slice s = spoken(r, e->name[i], false);
        if (!chy_user_key(p, s)) return;
        chy_slice key = p->out->keys.v[first];
        if (person) continue;
        chy_user_row row = made;
        row.table = CHY_USER_NAMES;
        row.name = place ? s : title;
        row.letters = one_word(key) && key.n <= 3 ? CHY_CASE_CAPS : CHY_CASE_CAP;
        row.what = place ? kind_of_place(r, key) : kind_of_org(r, c, key, &row);
        if (place && row.what != CHY_WHAT_CITY && row.what != CHY_WHAT_REGION) {
            uint32_t st = chy_actors_state_row(p->m, c->country);
            row.id = chy_arena_copy(p->arena, chy_slice_z(c->country));
            if (st != CHY_NONE) row.name = chy_table_cell(&p->m->base[0], st, p->m->name_name);
        }
        row.either = !place && !one_word(key);
        chy_user_push(p, row, first);
    }
    if (person || (n_rows < p->out->rows.n && p->out->rows.v[n_rows].either)) {
        chy_user_row row = made;
        row.table = CHY_USER_HOLDERS;
        row.name = title;
        row.either = !person;
        uint32_t first = first_all;
        if (!person) {
            /* Copies, for keys of a row stand together. */
            uint32_t end = p->out->keys.n;
            first = end;
            for (uint32_t k = first_all; k < end; k++)
                if (!one_word(p->out->keys.v[k])) CHY_PUSH(p->arena, &p->out->keys, p->out->keys.v[k]);
        }
        chy_user_push(p, row, first);
    }
}

/* The entry as it stands, beside the rows that were made of it: its names once more, with all its codes. */
static void push_codes(reader *r, bool agent)
{
    chy_user_parser *p = r->p;
    entry *e = r->e;
    uint32_t first = p->out->keys.n;
    chy_slice title;
    if (agent && !agent_keys(r, &title)) return;
    for (uint32_t i = 0; !agent && i < e->n_names; i++)
        if (!chy_user_key(p, spoken(r, e->name[i], false))) return;
    if (p->out->keys.n == first) return;
    for (int open = 0; open < 2; open++)
        for (uint32_t i = 0; i < e->n_codes; i++) {
            const code *c = &e->code[i];
            if (c->agent != agent || (c->from == INT32_MIN && c->to == INT32_MAX) != open) continue;
            chy_user_code made = {.code = c->text, .sectors = c->sectors, .from = c->from, .to = c->to, .agent = agent,
                                  .prefix = c->prefix, .none = c->none};
            memcpy(made.country, c->country, 4);
            chy_user_push_code(p, made, c->line, first);
        }
}

static void finish(reader *r)
{
    entry *e = r->e;
    uint32_t line = r->p->line, errors = r->p->f->n_errors;
    bool agents = false, actors = false;
    if (!r->open) return;
    r->open = false;
    r->p->line = e->line;
    if (!e->n_codes)
        chy_user_find(r->p, e->line, CHY_FINDING_ERROR, "an entry without [CODE]: %.*s", shown(e->name[0]), e->name[0].p);
    /* Codes without dates last, for they yield. */
    for (int open = 0; open < 2; open++)
        for (uint32_t i = 0; i < e->n_codes && !r->p->stop; i++) {
            const code *c = &e->code[i];
            if (c->none || (c->from == INT32_MIN && c->to == INT32_MAX) != open) continue;
            if (c->agent) push_agent(r, c);
            else push_actor(r, c);
        }
    for (uint32_t i = 0; i < e->n_codes; i++) *(e->code[i].agent ? &agents : &actors) = true;
    if (agents && r->p->f->n_errors == errors) push_codes(r, true);
    if (actors && r->p->f->n_errors == errors) push_codes(r, false);
    r->p->line = line;
}

/* ------------------------------------------------------------------ lines */

/* {…} and […] behind a name, in any order. */
static void read_tail(reader *r, chy_slice s)
{
    chy_user_parser *p = r->p;
    for (s = chy_slice_trim(s); s.n; s = chy_slice_trim(s)) {
        char open = s.p[0], close = open == '{' ? '}' : ']';
        const char *z = open == '{' || open == '[' ? memchr(s.p, close, s.n) : NULL;
        if (!z) {
            bool bracket = open == '{' || open == '[';
            chy_user_find(p, p->line, CHY_FINDING_ERROR, "%s: %.*s", bracket ? "a bracket is never closed" : "expected [CODE]", shown(s), s.p);
            return;
        }
        chy_slice body = {s.p + 1, (size_t)(z - s.p) - 1};
        if (memchr(body.p, open, body.n)) {
            chy_user_find(p, p->line, CHY_FINDING_ERROR, "a bracket inside a bracket: %.*s", shown(s), s.p);
            return;
        }
        if (open == '[') read_code(r, body);
        else r->e->plural = body, r->e->has_plural = true; /* of an actor: a comment, and nobody asks for it */
        s = (chy_slice){z + 1, s.n - (size_t)(z - s.p) - 1};
    }
}

static void read_set(reader *r, chy_slice name, chy_slice words)
{
    if (r->n_sets == MAX_SETS) chy_user_find(r->p, r->p->line, CHY_FINDING_ERROR, "more than %d sets", MAX_SETS);
    else if (!chy_slice_trim(words).n) chy_user_find(r->p, r->p->line, CHY_FINDING_ERROR, "a set without words");
    else r->sets[r->n_sets++] = (set){name, chy_slice_trim(words)};
}

static void read_name(reader *r, chy_slice s, bool synonym)
{
    chy_user_parser *p = r->p;
    size_t n = 0;
    while (n < s.n && s.p[n] != '[' && s.p[n] != '{') n++;
    chy_slice name = chy_slice_trim((chy_slice){s.p, n}), tail = {s.p + n, s.n - n};
    if (synonym && !r->open) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, "a synonym of nothing: +%.*s", shown(name), name.p);
        return;
    }
    if (!synonym) {
        finish(r);
        r->e->line = p->line, r->e->n_names = r->e->n_codes = 0;
        r->e->plural = (chy_slice){"", 0}, r->e->has_plural = false;
        r->open = true;
    }
    if (!name.n || r->e->n_names == MAX_NAMES) {
        chy_user_find(p, p->line, CHY_FINDING_ERROR, name.n ? "more than %d names of one entry" : "a name is missing", MAX_NAMES);
        if (!r->e->n_names) r->open = false;
        return;
    }
    r->e->name[r->e->n_names++] = name;
    read_tail(r, tail);
}

static void read_line(reader *r, chy_slice s)
{
    size_t n = 0;
    int depth = 0;
    for (; n < s.n; n++) { /* a comment, but not inside brackets */
        if (s.p[n] == '[' || s.p[n] == '{') depth++;
        if ((s.p[n] == ']' || s.p[n] == '}') && depth) depth--;
        if (s.p[n] == ';' || s.p[n] == '#') {
            if (!depth || !memchr(s.p + n, ']', s.n - n)) break;
        }
    }
    s = chy_slice_trim((chy_slice){s.p, n});
    if (!s.n) return;
    const char *z = s.p[0] == '!' ? memchr(s.p + 1, '!', s.n - 1) : NULL;
    chy_slice behind = z ? chy_slice_trim((chy_slice){z + 1, s.n - (size_t)(z - s.p) - 1}) : s;
    if (z && behind.n && behind.p[0] == '=') {
        finish(r);
        read_set(r, (chy_slice){s.p, (size_t)(z - s.p) + 1}, (chy_slice){behind.p + 1, behind.n - 1});
    } else if (s.p[0] == '+') {
        read_name(r, (chy_slice){s.p + 1, s.n - 1}, true);
    } else if (s.p[0] == '[' || s.p[0] == '{') {
        if (r->open) read_tail(r, s);
        else chy_user_find(r->p, r->p->line, CHY_FINDING_ERROR, "a code of nothing: %.*s", shown(s), s.p);
    } else {
        read_name(r, s, false);
    }
}

/* <!-- … --> over lines, as PETRARCH's files have it. */
static chy_slice outside_comment(reader *r, chy_slice line)
{
    line = chy_slice_trim(line);
    if (!r->comment && chy_slice_starts(line, CHY_LIT("<!"))) r->comment = true, r->comment_line = r->p->line;
    if (!r->comment) return line;
    size_t end = chy_slice_find(line, CHY_LIT("-->"));
    if (end == SIZE_MAX) return (chy_slice){"", 0};
    r->comment = false;
    return (chy_slice){line.p + end + 3, line.n - end - 3};
}

void chy_user_dictionary(chy_user_parser *p, chy_slice text)
{
    reader *r = chy_arena_calloc(p->arena, 1, sizeof *r);
    entry *e = chy_arena_calloc(p->arena, 1, sizeof *e);
    if (!r || !e) return;
    r->p = p, r->e = e;
    chy_slice line;
    for (p->line = 1; chy_slice_split(&text, '\n', &line) && !p->arena->failed && !p->stop; p->line++)
        read_line(r, outside_comment(r, line));
    p->line--;
    finish(r);
    if (r->comment) chy_user_find(p, r->comment_line, CHY_FINDING_ERROR, "a comment <!-- is never closed");
}
