/* SPDX-License-Identifier: Apache-2.0
 *
 * import_write.c - a verb dictionary that has been read, as frames and classes.
 */
#include "events/import_run.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_TEXT = 2000, MAX_OUT = 32 << 20, MAX_LINKS = 18, MAX_DEPTH = 16 };

/* A phrase in the making: the words before and behind the verb as frames have them. */
typedef struct phrase {
    char v[MAX_TEXT + 1];
    size_t n;
} phrase;

typedef struct sides {
    phrase before, behind; /* before ends in '_' where it is joined to the verb; behind begins so */
    const char *why;       /* what cannot be carried over, or NULL */
} sides;

struct chy_import_scratch {
    sides own, pattern;
    phrase forms, all;
};

static int shown(chy_slice s) { return (int)(s.n < 70 ? s.n : 70); }

/* -------------------------------------------------------------------- sets */

static uint32_t slot_of(const chy_import *im, chy_slice name)
{
    uint32_t mask = im->n_slots - 1, i = (uint32_t)chy_hash(name.p, name.n, 0) & mask;
    while (im->slots[i] && !chy_slice_eq(im->sets.v[im->slots[i] - 1].name, name)) i = (i + 1) & mask;
    return i;
}

uint32_t chy_import_synset(const chy_import *im, chy_slice name)
{
    uint32_t i = im->n_slots ? im->slots[slot_of(im, name)] : 0;
    return i ? i - 1 : CHY_NONE;
}

bool chy_import_index(chy_import *im)
{
    if (im->sets.n * 2 >= im->n_slots) {
        im->n_slots = im->n_slots ? im->n_slots * 2 : 256;
        im->slots = chy_arena_calloc(im->arena, im->n_slots, sizeof *im->slots);
        for (uint32_t i = 0; im->slots && i < im->sets.n; i++) im->slots[slot_of(im, im->sets.v[i].name)] = i + 1;
        return im->slots != NULL;
    }
    im->slots[slot_of(im, im->sets.v[im->sets.n - 1].name)] = im->sets.n;
    return true;
}

/* ----------------------------------------------------------------- writing */

static void put(chy_import *im, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void put(chy_import *im, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    while (n >= 0 && !im->arena->failed && im->out.cap - im->out.n < (uint32_t)n + 1)
        if (!chy_vec_grow(im->arena, (void **)&im->out.v, &im->out.cap, 1)) break;
    if (n >= 0 && !im->arena->failed) {
        vsnprintf(im->out.v + im->out.n, (size_t)n + 1, fmt, again);
        im->out.n += (uint32_t)n;
    }
    va_end(again);
    if (im->out.n > MAX_OUT && !im->stop) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "comes to more than %d MiB of frames", MAX_OUT >> 20);
        im->stop = true;
    }
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool add(phrase *p, const char *s, size_t n)
{
    if (p->n + n > MAX_TEXT) return false;
    if (n) memcpy(p->v + p->n, s, n);
    p->v[p->n += n] = 0;
    return true;
}

/* One word as the text has it: tokens are what UD makes of it ("won't": wo n't, "re-open": re - open). In any form where
 * `inflect`, for words that have forms. */
static bool add_word(phrase *p, chy_slice s, bool inflect, const char **why)
{
    static const char fixed[] = "THE|AND|FOR|WITH|FROM|INTO|ONTO|OVER|NOT|BUT|UPON|ABOUT|AGAINST|BETWEEN|THAT|THIS|WILL|WOULD|SHOULD|COULD";
    bool plain = s.n > 2 && !chy_slice_in(s, fixed);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (strchr("|@\"+<>/{}()[]*%^$&=~,:", c) || c == '\\') {
            *why = "it has a character that no word has";
            return false;
        }
        plain = plain && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        bool ends_nt = i + 3 == s.n && i > 0 && (c == 'N' || c == 'n') && s.p[i + 1] == '\'' && lower(s.p[i + 2]) == 't';
        bool ends_s = i + 2 == s.n && i > 0 && c == '\'' && lower(s.p[i + 1]) == 's';
        bool dash = c == '-' && s.n > 1;
        bool apart = (dash || ends_nt || ends_s) && i > 0 && p->v[p->n - 1] != '_';
        char put_as[3] = {'_', lower(c), '_'};
        const char *from = apart ? put_as : put_as + 1;
        size_t n = (apart ? 2u : 1u) + (dash && i + 1 < s.n && s.p[i + 1] != '-');
        if (!add(p, from, n)) {
            *why = "it is too long";
            return false;
        }
    }
    return !(inflect && plain) || add(p, "/", 1);
}

/* Is it "BY/WITH", one word or the other? A letter alone is part of a name: "F/A-18". */
static bool alternatives(chy_slice s)
{
    chy_slice one;
    if (!memchr(s.p, '/', s.n)) return false;
    while (chy_slice_split(&s, '/', &one)) {
        if (one.n < 2) return false;
        for (size_t i = 0; i < one.n; i++)
            if (lower(one.p[i]) < 'a' || lower(one.p[i]) > 'z') return false;
    }
    return true;
}

/* Names of classes: lower case, as they are written. */
static bool add_class(phrase *p, chy_slice name)
{
    bool ok = add(p, "{", 1);
    for (size_t i = 0; ok && i < name.n; i++) {
        char c = lower(name.p[i]);
        ok = add(p, &c, 1);
    }
    return ok && add(p, "}", 1);
}

static bool good_name(chy_slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = lower(s.p[i]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-')) return false;
    }
    return s.n > 0 && s.n <= 60;
}

static bool separates(char c) { return c == ' ' || c == '\t' || c == '(' || c == ')' || c == '{' || c == '}' || c == ','; }

/* The set that "&NAME…" speaks of; names may have underscores. *n: bytes of it, & included. */
static uint32_t named_set(const chy_import *im, chy_slice s, size_t *n)
{
    uint32_t found = CHY_NONE;
    *n = 1;
    while (*n < s.n && !separates(s.p[*n]) && s.p[*n] != '_') ++*n;
    size_t end = *n;
    for (unsigned parts = 0; parts < 8; parts++) {
        uint32_t id = chy_import_synset(im, (chy_slice){s.p + 1, end - 1});
        if (id != CHY_NONE) found = id, *n = end;
        if (end >= s.n || s.p[end] != '_') break;
        end++;
        while (end < s.n && !separates(s.p[end]) && s.p[end] != '_') end++;
    }
    return found;
}

/* "ON_AND_*_UP NOW" → before "on_and_", behind "_up~now". */
static void convert(const chy_import *im, chy_slice s, bool inflect, sides *out)
{
    phrase *to = &out->before;
    bool star = false, joined = false, first = true;
    out->why = NULL;
    out->before.n = out->behind.n = 0;
    out->before.v[0] = out->behind.v[0] = 0;
    for (size_t i = 0; i < s.n && !out->why;) {
        if (separates(s.p[i])) {
            i++;
            joined = false;
            continue;
        }
        if (s.p[i] == '_') {
            joined = i + 1 < s.n && !separates(s.p[i + 1]) && (i > 0 && !separates(s.p[i - 1]));
            i++;
            continue;
        }
        if (s.p[i] == '*') {
            if (star) out->why = "the verb stands in it twice";
            if (joined && to->n && !add(to, "_", 1)) out->why = "it is too long";
            star = true, first = true, joined = false, to = &out->behind;
            i++;
            continue;
        }
        if (first ? to == &out->behind && joined : true)
            if (!add(to, joined ? "_" : "~", 1)) out->why = "it is too long";
        first = false;
        const char *mark = strchr("$+%^", s.p[i]) ? s.p[i] == '$' ? "@S" : s.p[i] == '+' ? "@T" : s.p[i] == '%' ? "@B" : "@" : NULL;
        size_t n = 1;
        if (mark) {
            if (!add(to, mark, strlen(mark))) out->why = "it is too long";
        } else if (s.p[i] == '&') {
            uint32_t id = named_set(im, (chy_slice){s.p + i, s.n - i}, &n);
            if (id == CHY_NONE || !im->sets.v[id].good) out->why = id == CHY_NONE ? "there is no such synset" : "its synset is not carried over";
            else if (!add_class(to, im->sets.v[id].name)) out->why = "it is too long";
        } else {
            while (i + n < s.n && !separates(s.p[i + n]) && s.p[i + n] != '_' && s.p[i + n] != '*') n++;
            chy_slice word = {s.p + i, n}, one;
            bool several = alternatives(word), more = false;
            while (!out->why && several && chy_slice_split(&word, '/', &one)) {
                if (more && !add(to, "|", 1)) out->why = "it is too long";
                if (!out->why) add_word(to, one, inflect, &out->why);
                more = true;
            }
            if (!several) add_word(to, word, inflect, &out->why);
            if (i + n < s.n && s.p[i + n] == '*') joined = true;
        }
        i += n;
    }
    size_t links = 0;
    for (size_t i = 0; i < out->before.n; i++) links += out->before.v[i] == '_' || out->before.v[i] == '~';
    if (links > MAX_LINKS) out->why = "it is too long";
    for (size_t i = links = 0; i < out->behind.n; i++) links += out->behind.v[i] == '_' || out->behind.v[i] == '~';
    if (links > MAX_LINKS) out->why = "it is too long";
    if (!star && !out->why) out->why = "the verb (*) is missing";
}

/* ------------------------------------------------------------------ classes */

static chy_slice next_part(chy_slice *rest)
{
    size_t b = 0, e;
    while (b < rest->n && (rest->p[b] == '_' || separates(rest->p[b]))) b++;
    for (e = b; e < rest->n && rest->p[e] != '_' && !separates(rest->p[e]);) e++;
    chy_slice part = {rest->p + b, e - b};
    *rest = (chy_slice){rest->p + e, rest->n - e};
    return part;
}

/* Words of a set one behind the other, "swiss_franc"; a single one in any form. Returns what is wrong with them, or NULL. */
static const char *member(chy_slice s, bool inflect, phrase *out)
{
    const char *why = memchr(s.p, '&', s.n) ? "a synset within a phrase of a synset" : NULL;
    chy_slice rest = s, part = next_part(&rest), after = rest;
    bool one = !next_part(&after).n;
    out->n = 0;
    if (!part.n) why = "no word";
    for (; part.n && !why; part = next_part(&rest))
        if (out->n && !add(out, "_", 1)) why = "it is too long";
        else add_word(out, part, inflect && one, &why);
    return why;
}

/* The class of a set: its words and those of the sets that it names. `seen`: by set, when it was met last. */
static void write_set(chy_import *im, uint32_t id, uint32_t *seen)
{
    const uint32_t under_way = 2 * id + 2, done = 2 * id + 3;
    struct { uint32_t set, at; } stack[MAX_DEPTH];
    uint32_t depth = 1, n = 0;
    stack[0].set = id, stack[0].at = 0;
    seen[id] = under_way;
    chy_import_set *top = &im->sets.v[id];
    phrase name = {.n = 0};
    add_class(&name, top->name);
    uint32_t begin = im->out.n;
    put(im, "%.*s:", (int)(name.n - 2), name.v + 1);
    while (depth && !im->stop) {
        chy_import_set *s = &im->sets.v[stack[depth - 1].set];
        if (stack[depth - 1].at == s->n) {
            seen[stack[--depth].set] = done;
            continue;
        }
        const chy_import_member *m = &im->members.v[s->first + stack[depth - 1].at++];
        size_t len;
        if (m->text.n && m->text.p[0] == '&') {
            uint32_t other = named_set(im, m->text, &len);
            if (other == CHY_NONE || len != m->text.n) {
                if (depth == 1) chy_import_find(im, m->line, CHY_FINDING_NOTE, "not carried over, %s: %.*s",
                                                other == CHY_NONE ? "there is no such synset" : "a synset within a phrase of a synset", shown(m->text), m->text.p);
            } else if (seen[other] == under_way) {
                chy_import_find(im, m->line, CHY_FINDING_ERROR, "synsets name each other in a circle: %.*s", shown(m->text), m->text.p);
                im->stop = true;
            } else if (depth == MAX_DEPTH) {
                chy_import_find(im, m->line, CHY_FINDING_ERROR, "synsets within synsets, more than %d deep: %.*s", MAX_DEPTH, shown(m->text), m->text.p);
                im->stop = true;
            } else if (seen[other] != done) {
                seen[other] = under_way;
                stack[depth].set = other, stack[depth].at = 0;
                depth++;
            }
            continue;
        }
        phrase p;
        const char *why = member(m->text, s->plurals, &p);
        if (why) {
            if (depth == 1) chy_import_find(im, m->line, CHY_FINDING_NOTE, "not carried over, %s: +%.*s", why, shown(m->text), m->text.p);
        } else {
            put(im, " %s", p.v);
            n++;
        }
    }
    put(im, "\n");
    top->good = n > 0;
    if (!n) im->out.n = begin;
}

/* ------------------------------------------------------------------- frames */

/* The PLOVER type of a code: that of its longest beginning in the table, or "?". */
static void plover_of(const chy_import *im, chy_slice code, char out[40])
{
    char key[16];
    size_t n = 0;
    while (n < code.n && code.p[n] >= '0' && code.p[n] <= '9') n++;
    if (n > sizeof key - 2) n = sizeof key - 2;
    key[0] = im->n_weis > 2 ? 'w' : 'c';
    if (n) memcpy(key + 1, code.p, n);
    snprintf(out, 40, "?");
    for (; n >= 2; n--) {
        chy_rows rows;
        if (!chy_table_find(im->codes, (chy_slice){key, n + 1}, &rows, NULL)) continue;
        chy_slice type = chy_table_cell(im->codes, rows.row[0], chy_table_col(im->codes, "plover"));
        if (type.n < 40) snprintf(out, 40, "%.*s", (int)type.n, type.p);
        return;
    }
}

static void write_frame(chy_import *im, const char *verbs, const sides *own, const sides *p, chy_slice code, chy_slice title, chy_slice text)
{
    char type[40] = "-";
    if (code.n) plover_of(im, code.p[0] == ':' ? (chy_slice){code.p + 1, code.n - 1} : code, type);
    put(im, "%s/V", verbs);
    bool before = (own && own->before.n) || (p && p->before.n), behind = (own && own->behind.n) || (p && p->behind.n);
    if (before) {
        const char *first = p ? p->before.v : "", *second = own ? own->before.v : "";
        size_t n = strlen(first);
        put(im, "<%s%s%s", first, n && *second && first[n - 1] != '_' ? "~" : "", second);
    }
    if (behind) {
        const char *first = own ? own->behind.v : "", *second = p ? p->behind.v : "";
        put(im, ">%s%s%s", first, *first && *second && *second != '_' ? "~" : "", second);
    }
    put(im, "  %s  %.*s  literal  \"%.*s:", type, code.n ? (int)code.n : 1, code.n ? code.p : "0", (int)title.n, title.p);
    if (text.n) put(im, " ");
    for (size_t i = 0; i < text.n; i++) put(im, "%c", text.p[i] == '"' || (unsigned char)text.p[i] < 32 ? ' ' : text.p[i]);
    put(im, "\"\n");
}

/* A verb of several words: which of them is the verb, and the rest as what stands before and behind it. Its forms go to
 * `forms` between '|'. */
static bool read_multiword(const chy_import *im, const chy_import_verb *v, sides *own, phrase *forms)
{
    char with[MAX_TEXT];
    size_t n = 0, b = 0;
    bool marked = memchr(v->text.p, '+', v->text.n) != NULL;
    chy_slice verb = {"", 0}, s = v->text;
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '_' && s.p[i] != ' ') continue;
        chy_slice w = {s.p + b, i - b};
        b = i + 1;
        if (!w.n || n + w.n + 3 > sizeof with) continue;
        if (n) with[n++] = '_';
        bool is = !verb.n && (marked ? w.p[0] == '+' : true);
        if (is) verb = w.p[0] == '+' ? (chy_slice){w.p + 1, w.n - 1} : w;
        if (is) with[n++] = '*';
        else memcpy(with + n, w.p, w.n), n += w.n;
    }
    if (!verb.n) return false;
    convert(im, (chy_slice){with, n}, false, own);
    if (own->why) return false;
    const char *why = NULL;
    forms->n = 0;
    if (!add_word(forms, verb, false, &why)) return false;
    chy_slice rest = v->forms;
    while (rest.n) {
        size_t k = 0;
        while (k < rest.n && rest.p[k] != ' ' && rest.p[k] != '\t' && rest.p[k] != ',') k++;
        chy_slice one = {rest.p, k};
        rest = k < rest.n ? (chy_slice){rest.p + k + 1, rest.n - k - 1} : (chy_slice){rest.p, 0};
        const char *plus = k ? memchr(one.p, '+', one.n) : NULL;
        if (plus) one = (chy_slice){plus + 1, one.n - (size_t)(plus + 1 - one.p)};
        const char *under = one.n ? memchr(one.p, '_', one.n) : NULL;
        if (under && plus) one.n = (size_t)(under - one.p);
        else if (under) one.p = under + 1 > one.p + one.n ? one.p : one.p, one.n = (size_t)(under - one.p);
        if (one.n && (!add(forms, "|", 1) || !add_word(forms, one, false, &why))) return false;
    }
    return true;
}

static bool is_multiword(chy_slice s)
{
    while (s.n && s.p[s.n - 1] == '_') s.n--;
    return s.n && (memchr(s.p, '_', s.n) || memchr(s.p, ' ', s.n) || memchr(s.p, '+', s.n));
}

static bool any_form(const chy_import *im) { return im->brackets || !im->headed; } /* PETRARCH2, TABARI */

/* The block's patterns in order for verbs of these forms. */
static void write_patterns(chy_import *im, const chy_import_block *b, const char *verbs, const sides *own, sides *scratch)
{
    for (uint32_t i = 0; i < b->n_patterns && !im->stop && !im->arena->failed; i++) {
        const chy_import_pattern *p = &im->patterns.v[b->patterns + i];
        convert(im, p->text, any_form(im), scratch);
        if (!scratch->why) write_frame(im, verbs, own, scratch, p->code, b->name, p->text);
    }
}

static void write_block(chy_import *im, const chy_import_block *b)
{
    if (!b->n_verbs) {
        if (b->n_patterns) chy_import_find(im, b->line, CHY_FINDING_NOTE, "a block without a verb, %u patterns not carried over: %.*s", b->n_patterns, shown(b->name), b->name.p);
        return;
    }
    sides *own = &im->scratch->own, *pattern = &im->scratch->pattern;
    phrase *forms = &im->scratch->forms, *all = &im->scratch->all;
    for (uint32_t i = 0; i < b->n_patterns; i++) {
        const chy_import_pattern *p = &im->patterns.v[b->patterns + i];
        convert(im, p->text, any_form(im), pattern);
        if (pattern->why) chy_import_find(im, p->line, CHY_FINDING_NOTE, "not carried over, %s: - %.*s", pattern->why, shown(p->text), p->text.p);
        else im->n_carried++;
    }
    all->n = 0;
    put(im, "\n# %.*s\n", shown(b->name), b->name.p);
    for (uint32_t i = 0; i < b->n_verbs && !im->stop; i++) {
        chy_import_verb *v = &im->verbs.v[b->verbs + i];
        while (v->text.n && v->text.p[v->text.n - 1] == '_') v->text.n--;
        bool multi = is_multiword(v->text);
        if (!read_multiword(im, v, own, forms)) {
            chy_import_find(im, v->line, CHY_FINDING_NOTE, "a verb that is not carried over: %.*s", shown(v->text), v->text.p);
            forms->n = 0;
            continue;
        }
        if (multi) {
            write_patterns(im, b, forms->v, own, pattern);
            if (v->code.n) write_frame(im, forms->v, own, NULL, v->code, b->name, v->text);
            continue;
        }
        if (all->n && all->n + forms->n + 1 > MAX_TEXT) {
            write_patterns(im, b, all->v, NULL, pattern);
            all->n = 0;
        }
        if (all->n) add(all, "|", 1);
        add(all, forms->v, forms->n);
    }
    if (all->n) write_patterns(im, b, all->v, NULL, pattern);
    /* Verbs alone, those of one code together. */
    for (uint32_t i = 0; i < b->n_verbs && !im->stop;) {
        chy_slice code = im->verbs.v[b->verbs + i].code;
        all->n = 0;
        for (; i < b->n_verbs && chy_slice_eq(im->verbs.v[b->verbs + i].code, code); i++) {
            const chy_import_verb *v = &im->verbs.v[b->verbs + i];
            if (is_multiword(v->text) || !read_multiword(im, v, own, forms)) continue;
            if (all->n && all->n + forms->n + 1 > MAX_TEXT) break;
            if (all->n) add(all, "|", 1);
            add(all, forms->v, forms->n);
        }
        if (all->n && code.n) write_frame(im, all->v, NULL, NULL, code, b->name, CHY_LIT(""));
    }
}

void chy_import_write(chy_import *im)
{
    uint32_t *seen = chy_arena_calloc(im->arena, (size_t)im->sets.n + 1, sizeof *seen);
    im->scratch = chy_arena_calloc(im->arena, 1, sizeof *im->scratch);
    if (!seen || !im->scratch) return;
    put(im, "# From %.*s; codes are %s.\n", shown(im->name), im->name.p, im->n_weis > 2 ? "WEIS" : "CAMEO");
    for (uint32_t i = 0; i < im->sets.n && !im->stop && !im->arena->failed; i++) {
        if (!good_name(im->sets.v[i].name))
            chy_import_find(im, im->sets.v[i].line, CHY_FINDING_NOTE, "a synset whose name cannot be a class: &%.*s", shown(im->sets.v[i].name), im->sets.v[i].name.p);
        else write_set(im, i, seen);
    }
    for (uint32_t i = 0; i < im->blocks.n && !im->stop && !im->arena->failed; i++) {
        im->line = im->blocks.v[i].line;
        write_block(im, &im->blocks.v[i]);
    }
    if (im->n_errors || im->arena->failed) return;
    chy_import_find(im, 0, CHY_FINDING_NOTE, "%u of %u patterns carried over, %u rules about two events not", im->n_carried, im->n_patterns, im->n_rules);
}
