/* SPDX-License-Identifier: Apache-2.0 */
#include "events/frames.h"

#include <stdlib.h>

/* Open-addressing table from text to a number given in order of arrival. */
typedef struct names {
    struct {
        uint64_t hash;
        uint32_t id; /* CHY_NONE: free */
    } *slot;
    uint32_t n_slots; /* a power of two */
    CHY_VEC(chy_slice) text;
} names;

typedef struct ref {
    uint32_t key; /* word * 4 + pos */
    uint32_t frame;
} ref;

struct chy_frames {
    names words, class_names;
    CHY_VEC(chy_words) classes;
    CHY_VEC(chy_choice) choices;  /* of the classes, for phrases; made when first asked for */
    bool literal;
    CHY_VEC(chy_frame) frames;
    const chy_frame **order;  /* frames, grouped by key */
    uint32_t *first;          /* by word * 4 + pos: where its group begins in `order`; one more at the end */
};

typedef struct parser {
    chy_arena *arena;
    chy_error *err;
    chy_frames *f;
    CHY_VEC(ref) refs;
    CHY_VEC(chy_word) list;   /* scratch: words of a set */
    CHY_VEC(chy_word) spelt;  /* scratch: the same for words in any form */
    CHY_VEC(chy_row) rows;
    chy_slice file;
    uint32_t line;
} parser;

/* ------------------------------------------------------------------ names */

static bool names_grow(chy_arena *a, names *t)
{
    uint32_t n = t->n_slots ? t->n_slots * 2 : 4096;
    void *p = chy_arena_alloc(a, (size_t)n * sizeof *t->slot);
    if (!p) return false;
    names old = *t;
    t->slot = p;
    t->n_slots = n;
    for (uint32_t i = 0; i < n; i++) t->slot[i].id = CHY_NONE;
    for (uint32_t i = 0; i < old.n_slots; i++) {
        if (old.slot[i].id == CHY_NONE) continue;
        uint32_t at = (uint32_t)old.slot[i].hash & (n - 1);
        while (t->slot[at].id != CHY_NONE) at = (at + 1) & (n - 1);
        t->slot[at].hash = old.slot[i].hash;
        t->slot[at].id = old.slot[i].id;
    }
    return true;
}

static uint32_t names_find(const names *t, chy_slice s, uint64_t hash)
{
    if (!t->n_slots) return CHY_NONE;
    for (uint32_t at = (uint32_t)hash & (t->n_slots - 1); t->slot[at].id != CHY_NONE; at = (at + 1) & (t->n_slots - 1))
        if (t->slot[at].hash == hash && chy_slice_eq(t->text.v[t->slot[at].id], s)) return t->slot[at].id;
    return CHY_NONE;
}

static uint32_t names_put(chy_arena *a, names *t, chy_slice s)
{
    uint64_t hash = chy_hash(s.p, s.n, 0);
    uint32_t id = names_find(t, s, hash);
    if (id != CHY_NONE) return id;
    if (t->text.n * 2 >= t->n_slots && !names_grow(a, t)) return CHY_NONE;
    uint32_t at = (uint32_t)hash & (t->n_slots - 1);
    while (t->slot[at].id != CHY_NONE) at = (at + 1) & (t->n_slots - 1);
    if (!CHY_PUSH(a, &t->text, s)) return CHY_NONE;
    t->slot[at].hash = hash;
    t->slot[at].id = t->text.n - 1;
    return t->text.n - 1;
}

/* ---------------------------------------------------------------- parsing */

static chy_status fail(const parser *p, const char *what, chy_slice word)
{
    return chy_fail(p->err, CHY_E_DATA, CHY_STAGE_EVENTS, p->line, "%.*s:%u: %s: %.*s",
                    (int)(p->file.n < 60 ? p->file.n : 60), p->file.p, p->line, what, (int)(word.n < 80 ? word.n : 80), word.p);
}

static chy_status no_memory(const parser *p)
{
    return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The next word of *rest, or n = 0. */
static chy_slice next_word(chy_slice *rest)
{
    size_t i = 0, b;
    while (i < rest->n && blank(rest->p[i])) i++;
    b = i;
    while (i < rest->n && !blank(rest->p[i])) i++;
    chy_slice w = {rest->p + b, i - b};
    *rest = (chy_slice){rest->p + i, rest->n - i};
    return w;
}

/* The next line of *text that is neither blank nor comment; keeps count, and starts anew behind "#file NAME". */
static bool next_line(parser *p, chy_slice *text, chy_slice *line)
{
    while (text->n) {
        const char *nl = memchr(text->p, '\n', text->n);
        size_t n = nl ? (size_t)(nl - text->p) : text->n;
        *line = chy_slice_trim((chy_slice){text->p, n});
        text->p += nl ? n + 1 : n;
        text->n -= nl ? n + 1 : n;
        p->line++;
        if (!line->n) continue;
        if (line->p[0] != '#') return true;
        if (chy_slice_starts(*line, CHY_LIT("#file "))) {
            p->file = chy_slice_trim((chy_slice){line->p + 6, line->n - 6});
            p->line = 0;
        }
    }
    return false;
}

static int ascending(const void *a, const void *b)
{
    chy_word x = *(const chy_word *)a, y = *(const chy_word *)b;
    return x < y ? -1 : x > y;
}

/* Sort the scratch list into a set of its own. */
static bool finish_set(parser *p, chy_words *out)
{
    chy_word *v = chy_arena_alloc(p->arena, (size_t)p->list.n * sizeof *v);
    if (!v) return false;
    uint32_t n = 0;
    if (p->list.n) qsort(p->list.v, p->list.n, sizeof *v, ascending);
    for (uint32_t i = 0; i < p->list.n; i++)
        if (!n || v[n - 1] != p->list.v[i]) v[n++] = p->list.v[i];
    *out = (chy_words){v, n};
    return true;
}

static bool add_word(parser *p, chy_slice s)
{
    chy_word w = names_put(p->arena, &p->f->words, s);
    return w != CHY_NONE && CHY_PUSH(p->arena, &p->list, w);
}

/* NAME: word word … */
static chy_status parse_class(parser *p, chy_slice line)
{
    size_t colon = chy_slice_find(line, CHY_LIT(":"));
    if (colon == SIZE_MAX) return fail(p, "a class is written NAME: word word", line);
    chy_slice name = chy_slice_trim((chy_slice){line.p, colon}), rest = {line.p + colon + 1, line.n - colon - 1}, word;
    if (name.n >= 2 && name.p[0] == '{' && name.p[name.n - 1] == '}') name = (chy_slice){name.p + 1, name.n - 2};
    uint32_t id = names_put(p->arena, &p->f->class_names, name);
    if (id == CHY_NONE) return no_memory(p);
    if (id == p->f->classes.n && (!CHY_PUSH(p->arena, &p->f->classes, (chy_words){NULL, 0}) ||
                                  !CHY_PUSH(p->arena, &p->f->choices, (chy_choice){.n_rows = CHY_NONE})))
        return no_memory(p);
    p->f->choices.v[id].n_rows = CHY_NONE;
    p->list.n = 0;
    for (uint32_t i = 0; i < p->f->classes.v[id].n; i++)
        if (!CHY_PUSH(p->arena, &p->list, p->f->classes.v[id].v[i])) return no_memory(p);
    while ((word = next_word(&rest)).n)
        if (!add_word(p, word)) return no_memory(p);
    return finish_set(p, &p->f->classes.v[id]) ? CHY_OK : no_memory(p);
}

static chy_status parse_classes(parser *p, chy_slice text)
{
    chy_slice line;
    chy_status st = CHY_OK;
    p->file = CHY_LIT("classes");
    p->line = 0;
    while (st == CHY_OK && next_line(p, &text, &line)) st = parse_class(p, line);
    return st;
}

/* "a|b|{class}" → a set. */
static chy_status parse_words(parser *p, chy_slice s, chy_words *out)
{
    chy_slice one;
    p->list.n = 0;
    while (chy_slice_split(&s, '|', &one)) {
        if (one.n >= 2 && one.p[0] == '{' && one.p[one.n - 1] == '}') {
            chy_slice name = {one.p + 1, one.n - 2};
            uint32_t id = names_find(&p->f->class_names, name, chy_hash(name.p, name.n, 0));
            if (id == CHY_NONE) return fail(p, "no such class", one);
            for (uint32_t i = 0; i < p->f->classes.v[id].n; i++)
                if (!CHY_PUSH(p->arena, &p->list, p->f->classes.v[id].v[i])) return no_memory(p);
        } else if (!one.n) {
            return fail(p, "an empty word", s);
        } else if (!add_word(p, one)) {
            return no_memory(p);
        }
    }
    return finish_set(p, out) ? CHY_OK : no_memory(p);
}

static chy_status parse_step(parser *p, chy_slice s, chy_step *out)
{
    static const char *const fns[] = {"subj", "obj", "iobj", "prt", "mod", "poss", "xcomp", "ccomp", "adv", "comp",
                                      "aux", "speaker", "first", "last", "next"};
    *out = (chy_step){CHY_FN_PREP, CHY_NONE};
    for (size_t i = 0; i < sizeof fns / sizeof *fns; i++)
        if (chy_slice_eqz(s, fns[i])) {
            out->fn = (uint8_t)i;
            return CHY_OK;
        }
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_')) return fail(p, "neither a function nor a preposition", s);
    if (!s.n) return fail(p, "a function or preposition is missing", s);
    out->prep = names_put(p->arena, &p->f->words, s);
    return out->prep == CHY_NONE ? no_memory(p) : CHY_OK;
}

static chy_status parse_path(parser *p, chy_slice s, chy_path *out)
{
    *out = (chy_path){.n = 0};
    if (s.n && s.p[s.n - 1] == '!') {
        out->must = true;
        s.n--;
    }
    chy_slice one;
    while (chy_slice_split(&s, '.', &one)) {
        if (out->n == 2) return fail(p, "a path has at most two steps", one);
        chy_status st = parse_step(p, one, &out->step[out->n++]);
        if (st != CHY_OK) return st;
    }
    return CHY_OK;
}

/* Where the next condition of a predicate begins: '+', or '-' that does not stand inside a word ("cease-fire"), i.e.
 * is followed by a function or preposition and ':' or the end. */
static size_t next_cond(chy_slice s, size_t from)
{
    size_t depth = 0;
    for (size_t i = from; i < s.n; i++) {
        if (s.p[i] == '{') depth++;
        if (s.p[i] == '}' && depth) depth--;
        if (depth) continue;
        if (s.p[i] == '+' || s.p[i] == '<' || s.p[i] == '>') return i;
        if (s.p[i] != '-') continue;
        size_t j = i + 1;
        while (j < s.n && s.p[j] >= 'a' && s.p[j] <= 'z') j++;
        chy_slice w = {s.p + i + 1, j - i - 1};
        if (j < s.n && s.p[j] == ':') return i;
        if (chy_slice_in(w, "subj|obj|iobj|prt|mod|poss|xcomp|ccomp|adv|comp|aux|speaker|of|on|with|for|by|to|in|from|at|against|over|"
                            "into|about|between"))
            return i;
    }
    return s.n;
}

/* ---------------------------------------------------------------- phrases */

/* "swiss_franc", "talk/" into the scratch lists; a row is words without anything between. */
static chy_status add_spelt(parser *p, chy_slice s)
{
    CHY_VEC(chy_spelt) row = {0};
    chy_slice one;
    for (chy_slice rest = s; chy_slice_split(&rest, '_', &one);) {
        chy_spelt w = {.any_form = one.n > 1 && one.p[one.n - 1] == '/'};
        if (w.any_form) one.n--;
        if (!one.n) return fail(p, "an empty word", s);
        w.word = names_put(p->arena, &p->f->words, one);
        if (w.word == CHY_NONE || !CHY_PUSH(p->arena, &row, w)) return no_memory(p);
    }
    if (!row.n) return fail(p, "an empty word", s);
    bool ok = row.n > 1          ? CHY_PUSH(p->arena, &p->rows, (chy_row){row.v, row.n})
              : row.v[0].any_form ? CHY_PUSH(p->arena, &p->spelt, row.v[0].word)
                                  : CHY_PUSH(p->arena, &p->list, row.v[0].word);
    return ok ? CHY_OK : no_memory(p);
}

static int by_first_word(const void *a, const void *b)
{
    const chy_row *x = a, *y = b;
    if (x->v[0].word != y->v[0].word) return x->v[0].word < y->v[0].word ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    for (uint32_t i = 0; i < x->n; i++)
        if (x->v[i].word != y->v[i].word) return x->v[i].word < y->v[i].word ? -1 : 1;
    return 0;
}

/* The scratch lists as sets of their own. */
static bool finish_choice(parser *p, chy_choice *out)
{
    chy_row *rows = chy_arena_alloc(p->arena, (size_t)p->rows.n * sizeof *rows);
    if (!rows || !finish_set(p, &out->forms)) return false;
    p->list.n = 0;
    for (uint32_t i = 0; i < p->spelt.n; i++)
        if (!CHY_PUSH(p->arena, &p->list, p->spelt.v[i])) return false;
    if (!finish_set(p, &out->lemmas)) return false;
    if (p->rows.n) {
        memcpy(rows, p->rows.v, p->rows.n * sizeof *rows);
        qsort(rows, p->rows.n, sizeof *rows, by_first_word);
    }
    out->rows = rows, out->n_rows = p->rows.n;
    p->list.n = p->spelt.n = p->rows.n = 0;
    return true;
}

static chy_status choice_of_class(parser *p, uint32_t id, chy_choice *out)
{
    chy_status st = CHY_OK;
    if (p->f->choices.v[id].n_rows == CHY_NONE) {
        chy_words set = p->f->classes.v[id];
        p->list.n = p->spelt.n = p->rows.n = 0;
        for (uint32_t i = 0; st == CHY_OK && i < set.n; i++) st = add_spelt(p, p->f->words.text.v[set.v[i]]);
        if (st == CHY_OK && !finish_choice(p, &p->f->choices.v[id])) st = no_memory(p);
    }
    *out = p->f->choices.v[id];
    return st;
}

static chy_status parse_item(parser *p, chy_slice s, chy_item *out)
{
    static const char *const marks[] = {"@S", "@T", "@B", "@"};
    for (unsigned i = 0; i < 4; i++)
        if (chy_slice_eqz(s, marks[i])) {
            out->kind = (uint8_t)(CHY_ITEM_SOURCE + i);
            return CHY_OK;
        }
    bool whole = s.n >= 3 && s.p[0] == '{' && s.p[s.n - 1] == '}' && !memchr(s.p, '|', s.n);
    if (!whole) {
        p->list.n = p->spelt.n = p->rows.n = 0;
        chy_slice one, rest = s;
        while (chy_slice_split(&rest, '|', &one)) {
            if (memchr(one.p, '{', one.n)) return fail(p, "in a phrase a class stands alone", s);
            chy_status st = add_spelt(p, one);
            if (st != CHY_OK) return st;
        }
        return finish_choice(p, &out->words) ? CHY_OK : no_memory(p);
    }
    chy_slice name = {s.p + 1, s.n - 2};
    uint32_t id = names_find(&p->f->class_names, name, chy_hash(name.p, name.n, 0));
    return id == CHY_NONE ? fail(p, "no such class", s) : choice_of_class(p, id, &out->words);
}

/* "said~would_" (before the predicate) or "_off~talks" (behind it): '_' joins words without anything between, behind '~'
 * others may stand first. */
static chy_status parse_phrase(parser *p, chy_slice s, bool before, chy_phrase *out)
{
    enum { MAX_ITEMS = 24 };
    CHY_VEC(chy_item) items = {0};
    if (out->n) return fail(p, "two phrases on one side of a predicate", s);
    chy_slice all = s;
    bool next = !before && s.n && s.p[0] == '_';
    if (!before && s.n && (s.p[0] == '_' || s.p[0] == '~')) s.p++, s.n--;
    while (s.n) {
        size_t n = 0, depth = 0;
        for (; n < s.n && (depth || (s.p[n] != '_' && s.p[n] != '~')); n++) depth += s.p[n] == '{' ? 1 : s.p[n] == '}' ? (size_t)-1 : 0;
        chy_item item = {.next = before ? n < s.n && s.p[n] == '_' : next};
        if (!n || items.n == MAX_ITEMS) return fail(p, n ? "a phrase has at most 24 words" : "a word of a phrase is missing", all);
        chy_status st = parse_item(p, (chy_slice){s.p, n}, &item);
        if (st != CHY_OK) return st;
        if (!CHY_PUSH(p->arena, &items, item)) return no_memory(p);
        next = n < s.n && s.p[n] == '_';
        bool end = n == s.n || (n + 1 == s.n && before);
        if (n + 1 == s.n && !before) return fail(p, "a phrase ends in a word", all);
        s = end ? (chy_slice){s.p, 0} : (chy_slice){s.p + n + 1, s.n - n - 1};
    }
    if (!items.n) return fail(p, "an empty phrase", all);
    *out = (chy_phrase){items.v, items.n};
    return CHY_OK;
}

static chy_status parse_conds(parser *p, chy_slice s, chy_frame *fr)
{
    CHY_VEC(chy_cond) conds = {0};
    size_t at = 0;
    while (at < s.n) {
        size_t end = next_cond(s, at + 1);
        if (s.p[at] == '<' || s.p[at] == '>') {
            bool before = s.p[at] == '<';
            chy_status st = parse_phrase(p, (chy_slice){s.p + at + 1, end - at - 1}, before, before ? &fr->before : &fr->behind);
            if (st != CHY_OK) return st;
            at = end;
            continue;
        }
        chy_cond c = {.negative = s.p[at] == '-'};
        chy_slice body = {s.p + at + 1, end - at - 1};
        size_t colon = chy_slice_find(body, CHY_LIT(":"));
        chy_slice fn = colon == SIZE_MAX ? body : (chy_slice){body.p, colon};
        chy_status st = parse_path(p, fn, &c.at);
        if (st == CHY_OK && c.at.must) st = fail(p, "a condition takes no !", fn);
        if (st == CHY_OK && colon != SIZE_MAX)
            st = parse_words(p, (chy_slice){body.p + colon + 1, body.n - colon - 1}, &c.words);
        if (st != CHY_OK) return st;
        if (!CHY_PUSH(p->arena, &conds, c)) return no_memory(p);
        at = end;
    }
    fr->conds = conds.v;
    fr->n_conds = conds.n;
    return CHY_OK;
}

/* lemma|lemma/P+cond-cond: the frame's own fields, and a reference a lemma once the frame is stored. */
static chy_status parse_predicate(parser *p, chy_slice s, chy_frame *fr)
{
    size_t slash = chy_slice_find(s, CHY_LIT("/"));
    if (slash == SIZE_MAX || slash + 1 >= s.n) return fail(p, "a predicate is written lemma/V, lemma/N or lemma/A", s);
    switch (s.p[slash + 1]) {
    case 'V': fr->pos = CHY_PRED_VERB; break;
    case 'N': fr->pos = CHY_PRED_NOUN; break;
    case 'A': fr->pos = CHY_PRED_ADJ; break;
    default: return fail(p, "part of speech is V, N or A", s);
    }
    fr->name = s;
    chy_slice conds = {s.p + slash + 2, s.n - slash - 2}, lemmas = {s.p, slash}, one;
    if (conds.n && !memchr("+-<>", conds.p[0], 4)) return fail(p, "conditions begin with + - < or >", conds);
    chy_status st = parse_conds(p, conds, fr);
    while (st == CHY_OK && chy_slice_split(&lemmas, '|', &one)) {
        if (!one.n) return fail(p, "an empty lemma", s);
        chy_word w = names_put(p->arena, &p->f->words, one);
        if (w == CHY_NONE || !CHY_PUSH(p->arena, &p->refs, (ref){w * 4 + fr->pos, p->f->frames.n})) return no_memory(p);
    }
    return st;
}

static chy_status parse_code(parser *p, chy_slice s, chy_frame *fr)
{
    if (chy_slice_eqz(s, "-")) {
        fr->stop = 1;
        return CHY_OK;
    }
    chy_slice contexts = {"", 0}, one;
    size_t at = chy_slice_find(s, CHY_LIT("@"));
    if (at != SIZE_MAX) {
        contexts = (chy_slice){s.p + at + 1, s.n - at - 1};
        s.n = at;
    }
    if (!chy_slice_split(&s, '.', &one)) return fail(p, "a type is missing", s);
    if (chy_slice_eqz(one, "?")) {
        fr->type = CHY_N_TYPE;
        return s.p || contexts.n ? fail(p, "? stands alone", one) : CHY_OK;
    }
    uint32_t type = chy_plover_type(one);
    if (type == CHY_NONE) return fail(p, "no such PLOVER type", one);
    fr->type = (uint8_t)type;
    while (chy_slice_split(&s, '.', &one)) {
        uint32_t m = chy_plover_mode_of((chy_type)type, one);
        if (m == CHY_NONE) return fail(p, "no such mode of this type", one);
        if (fr->n_modes == 4) return fail(p, "more than four modes", one);
        fr->modes[fr->n_modes++] = (uint8_t)m;
    }
    while (contexts.n && chy_slice_split(&contexts, ',', &one)) {
        uint32_t c = chy_plover_context(one);
        if (c == CHY_NONE) return fail(p, "no such PLOVER context", one);
        if (fr->n_contexts == 4) return fail(p, "more than four contexts", one);
        fr->contexts[fr->n_contexts++] = (uint8_t)c;
    }
    return CHY_OK;
}

static chy_status parse_role(parser *p, chy_slice s, chy_frame *fr)
{
    static const char letters[] = "STBCMPI";
    const char *letter = s.n > 2 && s.p[1] == '=' ? strchr(letters, s.p[0]) : NULL;
    if (!letter || !*letter) return fail(p, "a role is written S=path,path (S T B C M P I)", s);
    chy_paths *role = &fr->role[letter - letters];
    if (role->n) return fail(p, "a role given twice", s);
    CHY_VEC(chy_path) paths = {0};
    chy_slice rest = {s.p + 2, s.n - 2}, one;
    while (chy_slice_split(&rest, ',', &one)) {
        chy_path path;
        chy_status st = parse_path(p, one, &path);
        if (st != CHY_OK) return st;
        if (!CHY_PUSH(p->arena, &paths, path)) return no_memory(p);
    }
    *role = (chy_paths){paths.v, paths.n, paths.n && paths.v[paths.n - 1].must};
    return CHY_OK;
}

static chy_status default_roles(parser *p, chy_frame *fr)
{
    if (fr->stop || fr->role[CHY_ROLE_SOURCE].n || fr->role[CHY_ROLE_TARGET].n || fr->role[CHY_ROLE_BOTH].n) return CHY_OK;
    if (fr->pos != CHY_PRED_VERB) return fail(p, "no roles", fr->name);
    static const uint8_t fns[] = {CHY_FN_SUBJ, CHY_FN_FIRST, CHY_FN_OBJ, CHY_FN_NEXT, CHY_FN_LAST};
    chy_path *v = chy_arena_calloc(p->arena, 5, sizeof *v);
    if (!v) return no_memory(p);
    for (unsigned i = 0; i < 5; i++) v[i] = (chy_path){.n = 1, .step = {{fns[i], CHY_NONE}}};
    fr->role[CHY_ROLE_SOURCE] = (chy_paths){v, fr->literal ? 2 : 1, false};
    fr->role[CHY_ROLE_TARGET] = (chy_paths){v + 2, fr->literal ? 3 : 1, false};
    return CHY_OK;
}

/* What only literal frames may have, and what they may not. */
static chy_status check_literal(parser *p, chy_frame *fr)
{
    if (fr->literal) {
        if (fr->pos != CHY_PRED_VERB) return fail(p, "a literal frame is a verb's", fr->name);
        p->f->literal = true;
        return CHY_OK;
    }
    if (fr->type == CHY_N_TYPE) return fail(p, "only a literal frame may be without a type", fr->name);
    if (fr->before.n || fr->behind.n) return fail(p, "only a literal frame takes < and >", fr->name);
    for (unsigned k = 0; k < CHY_N_ROLE; k++)
        for (uint32_t i = 0; i < fr->role[k].n; i++)
            for (unsigned n = 0; n < fr->role[k].v[i].n; n++)
                if (fr->role[k].v[i].step[n].fn >= CHY_FN_FIRST && fr->role[k].v[i].step[n].fn <= CHY_FN_NEXT)
                    return fail(p, "first, last and next are a literal frame's", fr->name);
    return CHY_OK;
}

/* Digits; of a literal frame the user's own code, and behind ':' another for what comes back: 032:033. */
static chy_status parse_cameo(parser *p, chy_slice s, chy_frame *fr)
{
    size_t colon = chy_slice_find(s, CHY_LIT(":"));
    fr->cameo = s;
    if (colon != SIZE_MAX) {
        fr->cameo.n = colon;
        fr->back = (chy_slice){s.p + colon + 1, s.n - colon - 1};
        if (!fr->literal || !fr->back.n) return fail(p, "a code for each side, 032:033, is a literal frame's", s);
    }
    const chy_slice codes[] = {fr->cameo, fr->back};
    for (unsigned k = 0; k < 2; k++)
        for (size_t i = 0; i < codes[k].n; i++) {
            char c = codes[k].p[i];
            bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '?' || c == '.' || c == '-';
            if (!(c >= '0' && c <= '9') && !(fr->literal && letter)) return fail(p, "a CAMEO code is digits", s);
        }
    return CHY_OK;
}

static chy_status parse_frame(parser *p, chy_slice line)
{
    chy_frame fr = {.file = p->file, .line = p->line};
    chy_slice copy = line, first = next_word(&copy);
    if (first.n > 1 && first.p[first.n - 1] == ':') return parse_class(p, line); /* a file may bring its own classes */
    size_t quote = chy_slice_find(line, CHY_LIT("\""));
    if (quote == SIZE_MAX || line.n < quote + 2 || line.p[line.n - 1] != '"')
        return fail(p, "an example in double quotes is missing", line);
    fr.example = (chy_slice){line.p + quote + 1, line.n - quote - 2};
    chy_slice rest = {line.p, quote};
    chy_slice predicate = next_word(&rest), code = next_word(&rest), role;
    chy_slice cameo = next_word(&rest);
    if (!cameo.n) return fail(p, "fields are PREDICATE CODE CAMEO ROLES \"example\"", line);
    chy_status st = parse_code(p, code, &fr);
    while (st == CHY_OK && (role = next_word(&rest)).n) {
        if (chy_slice_eqz(role, "literal")) fr.literal = 1;
        else st = parse_role(p, role, &fr);
    }
    if (st == CHY_OK) st = parse_cameo(p, cameo, &fr);
    if (st == CHY_OK) st = parse_predicate(p, predicate, &fr);
    if (st == CHY_OK) st = check_literal(p, &fr);
    if (st == CHY_OK) st = default_roles(p, &fr);
    if (st == CHY_OK && !CHY_PUSH(p->arena, &p->f->frames, fr)) st = no_memory(p);
    return st;
}

/* ------------------------------------------------------------------ index */

/* A condition that names words says more than one that asks for any, or for none. */
static uint32_t weight(const chy_frame *f)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->n_conds; i++) n += f->conds[i].words.n && !f->conds[i].negative ? 3 : 2;
    return n;
}

/* Stop frames first, then the most particular, then the order of the files; literal ones before all, in their own order. */
static bool before(const chy_frame *a, const chy_frame *b)
{
    if (a->literal != b->literal) return a->literal;
    if (a->literal) return a < b;
    uint32_t x = weight(a), y = weight(b);
    if (a->stop != b->stop) return a->stop;
    return x != y ? x > y : a < b;
}

static int in_order(const void *a, const void *b)
{
    const chy_frame *x = *(const chy_frame *const *)a, *y = *(const chy_frame *const *)b;
    return before(x, y) ? -1 : before(y, x);
}

static chy_status build_index(parser *p)
{
    chy_frames *f = p->f;
    uint32_t n_keys = f->words.text.n * 4;
    f->first = chy_arena_calloc(p->arena, (size_t)n_keys + 1, sizeof *f->first);
    f->order = chy_arena_alloc(p->arena, (size_t)p->refs.n * sizeof *f->order);
    uint32_t *at = chy_arena_alloc(p->arena, ((size_t)n_keys + 1) * sizeof *at);
    if (!f->first || !f->order || !at) return no_memory(p);
    for (uint32_t i = 0; i < p->refs.n; i++) f->first[p->refs.v[i].key + 1]++;
    for (uint32_t k = 0; k < n_keys; k++) f->first[k + 1] += f->first[k];
    memcpy(at, f->first, ((size_t)n_keys + 1) * sizeof *at);
    for (uint32_t i = 0; i < p->refs.n; i++) f->order[at[p->refs.v[i].key]++] = &f->frames.v[p->refs.v[i].frame];
    for (uint32_t k = 0; k < n_keys; k++)
        if (f->first[k + 1] - f->first[k] > 1) qsort(f->order + f->first[k], f->first[k + 1] - f->first[k], sizeof *f->order, in_order);
    return CHY_OK;
}

static chy_status reserve_kinds(parser *p)
{
    bool ok = names_put(p->arena, &p->f->words, CHY_LIT("PERSON")) == CHY_WORD_PERSON &&
              names_put(p->arena, &p->f->words, CHY_LIT("PEOPLE")) == CHY_WORD_PEOPLE && names_put(p->arena, &p->f->words, CHY_LIT("STATE")) == CHY_WORD_STATE;
    for (unsigned b = 0; ok && b < CHY_N_SECTOR; b++)
        ok = names_put(p->arena, &p->f->words, chy_slice_z(chy_sector_name(b))) == CHY_WORD_SECTOR + b;
    return ok ? CHY_OK : no_memory(p);
}

chy_status chy_frames_parse(chy_arena *arena, chy_slice text, chy_slice classes, const chy_frames **out, chy_error *err)
{
    *out = NULL;
    parser p = {.arena = arena, .err = err};
    p.f = chy_arena_calloc(arena, 1, sizeof *p.f);
    if (!p.f) return no_memory(&p);
    chy_status st = reserve_kinds(&p);
    if (st != CHY_OK) return st;
    /* What the grammar itself asks for, whether a frame does or not. */
    static const char *const own[] = {"of", "by", "between", "to", "on", "against", "with", "*"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (names_put(arena, &p.f->words, chy_slice_z(own[i])) == CHY_NONE) return no_memory(&p);
    st = parse_classes(&p, classes);
    p.file = CHY_LIT("frames");
    p.line = 0;
    chy_slice line;
    while (st == CHY_OK && next_line(&p, &text, &line)) st = parse_frame(&p, line);
    if (st == CHY_OK) st = build_index(&p);
    if (st == CHY_OK) *out = p.f;
    return st;
}

chy_word chy_frames_word(const chy_frames *f, chy_slice lemma)
{
    return names_find(&f->words, lemma, chy_hash(lemma.p, lemma.n, 0));
}

chy_frame_list chy_frames_of(const chy_frames *f, chy_word word, unsigned pos)
{
    if (word >= f->words.text.n || pos > CHY_PRED_ADJ) return (chy_frame_list){NULL, 0};
    uint32_t key = word * 4 + pos, n = f->first[key + 1] - f->first[key], own = 0;
    const chy_frame *const *v = f->order + f->first[key];
    while (f->literal && own < n && v[own]->literal) own++;
    return (chy_frame_list){v + own, n - own};
}

chy_frame_list chy_frames_literal_of(const chy_frames *f, chy_word word)
{
    if (!f->literal || word >= f->words.text.n) return (chy_frame_list){NULL, 0};
    uint32_t key = word * 4 + CHY_PRED_VERB, all = f->first[key + 1] - f->first[key], n = 0;
    const chy_frame *const *v = f->order + f->first[key];
    while (n < all && v[n]->literal) n++;
    return (chy_frame_list){v, n};
}

chy_words chy_frames_class(const chy_frames *f, const char *name)
{
    uint32_t id = names_find(&f->class_names, chy_slice_z(name), chy_hash(name, strlen(name), 0));
    return id == CHY_NONE ? (chy_words){NULL, 0} : f->classes.v[id];
}

bool chy_frames_literal(const chy_frames *f) { return f->literal; }

const chy_frame *chy_frames_all(const chy_frames *f, uint32_t *n)
{
    *n = f->frames.n;
    return f->frames.v;
}

bool chy_words_have(chy_words set, chy_word word)
{
    uint32_t lo = 0, hi = set.n;
    if (word == CHY_NONE) return false;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (set.v[mid] == word) return true;
        if (set.v[mid] < word) lo = mid + 1;
        else hi = mid;
    }
    return false;
}
