/* SPDX-License-Identifier: Apache-2.0
 *
 * import.c - verb dictionaries of TABARI and PETRARCH, line by line, into blocks of verbs with their patterns.
 * Formats: P. Schrodt, TABARI 0.8 manual (2012), chapter on .verbs; the comments and documentation of PETRARCH 1.0 and 2.0.
 */
#include "events/import_run.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_ERRORS = 100, MAX_FINDINGS = 20000 };

void chy_import_find(chy_import *im, uint32_t line, chy_finding_kind kind, const char *fmt, ...)
{
    char buf[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    for (char *c = buf; *c; c++)
        if ((unsigned char)*c < 32) *c = ' ';
    chy_finding f = {kind, line, chy_slice_z(buf)};
    if (kind == CHY_FINDING_ERROR && !im->n_errors++)
        chy_fail(im->err, CHY_E_DATA, CHY_STAGE_EVENTS, line, "%.*s:%u: %s", (int)(im->name.n < 100 ? im->name.n : 100), im->name.p, line, buf);
    if (im->n_errors >= MAX_ERRORS) im->stop = true;
    if (im->each && im->n_findings++ < MAX_FINDINGS) im->each(im->ctx, &f);
}

static int shown(chy_slice s) { return (int)(s.n < 60 ? s.n : 60); }

/* ------------------------------------------------------------------ detect */

static bool is_pattern(chy_slice t)
{
    return t.n > 2 && t.p[0] == '-' && (t.p[1] == ' ' || t.p[1] == '\t' || t.p[1] == '*') && memchr(t.p, '*', t.n) && memchr(t.p, '[', t.n);
}

bool chy_import_is(chy_slice text)
{
    chy_slice line;
    while (chy_slice_split(&text, '\n', &line)) {
        chy_slice t = chy_slice_trim(line);
        if (!t.n || t.p[0] == '#' || t.p[0] == ';') continue;
        if (is_pattern(t) || t.p[0] == '&' || chy_slice_starts(t, CHY_LIT("--- "))) return true;
    }
    return false;
}

/* ------------------------------------------------------------------- lines */

/* Without a comment: behind '#', for TABARI ';' too. */
static chy_slice without_comment(const chy_import *im, chy_slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '#' && !(i && s.p[i - 1] == '#') && !(i && s.p[i - 1] == '[')) return chy_slice_trim((chy_slice){s.p, i});
        else if (s.p[i] == ';' && !im->headed) return chy_slice_trim((chy_slice){s.p, i});
    return chy_slice_trim(s);
}

/* <!-- … --> over lines. */
static chy_slice outside_comment(chy_import *im, chy_slice line)
{
    if (!im->comment && chy_slice_starts(line, CHY_LIT("<!"))) im->comment = im->line;
    if (!im->comment) return line;
    size_t end = chy_slice_find(line, CHY_LIT("-->"));
    if (end == SIZE_MAX) return (chy_slice){"", 0};
    im->comment = 0;
    return chy_slice_trim((chy_slice){line.p + end + 3, line.n - end - 3});
}

/* Cut "[CODE]" off the end of *s; with several the first counts. False where there is none. */
static bool cut_code(chy_slice *s, chy_slice *code)
{
    const char *open = memchr(s->p, '[', s->n), *close = open ? memchr(open, ']', s->n - (size_t)(open - s->p)) : NULL;
    if (!close) return false;
    *code = chy_slice_trim((chy_slice){open + 1, (size_t)(close - open) - 1});
    s->n = (size_t)(open - s->p);
    *s = chy_slice_trim(*s);
    return true;
}

static bool null_code(chy_slice c) { return chy_slice_in(c, "---|###|+++"); }

/* A code that can be carried: letters, digits, and ':' between two. */
static bool good_code(chy_slice c)
{
    unsigned colons = 0;
    for (size_t i = 0; i < c.n; i++) {
        char x = c.p[i];
        bool letter = (x >= '0' && x <= '9') || (x >= 'A' && x <= 'Z') || (x >= 'a' && x <= 'z') || x == '?' || x == '.';
        if (x == ':') colons++;
        else if (!letter) return false;
    }
    return c.n && c.n <= 40 && colons <= 1 && c.p[c.n - 1] != ':' && !(colons && c.n == 1);
}

static chy_slice checked(chy_import *im, chy_slice code)
{
    if (!code.n || null_code(code)) return (chy_slice){"", 0};
    if (good_code(code)) {
        size_t d = code.p[0] == ':';
        if (code.n >= d + 2 && code.p[d] == '2' && (code.p[d + 1] == '1' || code.p[d + 1] == '2')) im->n_weis++;
        return code;
    }
    chy_import_find(im, im->line, CHY_FINDING_NOTE, "the code is not carried over: [%.*s]", shown(code), code.p);
    return (chy_slice){"", 0};
}

static void read_synset(chy_import *im, chy_slice s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t') n++;
    chy_slice name = {s.p + 1, n - 1};
    bool plurals = !(name.n > 1 && name.p[name.n - 1] == '_');
    if (!plurals) name.n--;
    if (!name.n) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "a synset without a name");
        return;
    }
    if (chy_import_synset(im, name) != CHY_NONE) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "a synset twice: &%.*s", shown(name), name.p);
        return;
    }
    chy_import_set set = {.name = name, .line = im->line, .first = im->members.n, .plurals = plurals};
    if (!CHY_PUSH(im->arena, &im->sets, set) || !chy_import_index(im)) return;
    im->open = CHY_IMPORT_SET;
}

static void read_block(chy_import *im, chy_slice s)
{
    while (s.n && s.p[0] == '-') s.p++, s.n--;
    chy_slice code = {"", 0};
    s = chy_slice_trim(s);
    cut_code(&s, &code);
    while (s.n && s.p[s.n - 1] == '-') s.n--;
    chy_import_block b = {.name = chy_slice_trim(s), .code = checked(im, code), .line = im->line, .verbs = im->verbs.n, .patterns = im->patterns.n};
    CHY_PUSH(im->arena, &im->blocks, b);
    im->open = CHY_IMPORT_BLOCK;
    im->headed = true;
}

static void read_pattern(chy_import *im, chy_slice s)
{
    chy_slice code;
    im->n_patterns++;
    if (im->open != CHY_IMPORT_BLOCK || !im->blocks.n) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "a pattern of no verb: %.*s", shown(s), s.p);
        return;
    }
    s = chy_slice_trim((chy_slice){s.p + 1, s.n - 1});
    if (!cut_code(&s, &code)) {
        chy_import_find(im, im->line, CHY_FINDING_NOTE, "not carried over, it has no code: %.*s", shown(s), s.p);
        return;
    }
    chy_slice kept = checked(im, code);
    if (!kept.n && !null_code(code)) return;
    for (size_t i = 0; i < s.n; i++) im->brackets |= s.p[i] == '(' || s.p[i] == '{';
    chy_import_pattern p = {.text = s, .code = kept, .line = im->line};
    if (CHY_PUSH(im->arena, &im->patterns, p)) im->blocks.v[im->blocks.n - 1].n_patterns++;
}

/* VERB {FORMS} [CODE]; in TABARI's files, which have no headings, each is a block of its own. */
static void read_verb(chy_import *im, chy_slice s)
{
    chy_slice code = {"", 0}, forms = {"", 0};
    bool coded = cut_code(&s, &code);
    const char *open = memchr(s.p, '{', s.n), *close = open ? memchr(open, '}', s.n - (size_t)(open - s.p)) : NULL;
    if (open && !close) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "a bracket is never closed: %.*s", shown(s), s.p);
        return;
    }
    if (open) {
        forms = (chy_slice){open + 1, (size_t)(close - open) - 1};
        s = chy_slice_trim((chy_slice){s.p, (size_t)(open - s.p)});
    }
    if (!s.n) {
        chy_import_find(im, im->line, CHY_FINDING_ERROR, "a verb is missing");
        return;
    }
    if (!im->headed || im->open != CHY_IMPORT_BLOCK) {
        if (im->headed) {
            chy_import_find(im, im->line, CHY_FINDING_ERROR, "a verb outside a block: %.*s", shown(s), s.p);
            return;
        }
        chy_import_block b = {.name = s, .line = im->line, .verbs = im->verbs.n, .patterns = im->patterns.n};
        if (!CHY_PUSH(im->arena, &im->blocks, b)) return;
        im->open = CHY_IMPORT_BLOCK;
    }
    chy_import_block *b = &im->blocks.v[im->blocks.n - 1];
    if (b->n_patterns) {
        chy_import_find(im, im->line, CHY_FINDING_NOTE, "a verb behind patterns is taken to share them: %.*s", shown(s), s.p);
    }
    chy_import_verb v = {.text = s, .forms = forms, .code = coded ? checked(im, code) : b->code, .line = im->line, .own = coded};
    if (CHY_PUSH(im->arena, &im->verbs, v)) b->n_verbs++;
}

static void read_line(chy_import *im, chy_slice line)
{
    chy_slice s = without_comment(im, outside_comment(im, chy_slice_trim(line)));
    if (!s.n) return;
    if (chy_slice_starts(s, CHY_LIT("---"))) {
        read_block(im, s);
    } else if (s.p[0] == '&') {
        read_synset(im, s);
    } else if (s.p[0] == '-') {
        read_pattern(im, s);
    } else if (s.p[0] == '~') {
        im->n_rules++;
        chy_import_find(im, im->line, CHY_FINDING_NOTE, "not carried over, a rule about two events: %.*s", shown(s), s.p);
    } else if (s.p[0] == '+' && im->open == CHY_IMPORT_SET) {
        chy_import_member m = {chy_slice_trim((chy_slice){s.p + 1, s.n - 1}), im->line};
        if (CHY_PUSH(im->arena, &im->members, m)) im->sets.v[im->sets.n - 1].n++;
    } else {
        read_verb(im, s);
    }
}

static bool is_text(chy_import *im, chy_slice text)
{
    const char *what = chy_lines_fault(text, &im->line);
    if (what) chy_import_find(im, im->line, CHY_FINDING_ERROR, "%s", what);
    return !what;
}

chy_status chy_import_frames(const chy_table *codes, chy_arena *arena, chy_slice text, chy_slice name,
                             void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_slice *out, chy_error *err)
{
    chy_error own;
    chy_import im = {.codes = codes, .arena = arena, .name = name, .each = each, .ctx = ctx, .err = err ? err : &own};
    *out = (chy_slice){"", 0};
    if (text.n > CHY_MAX_PAGE_BYTES)
        return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_EVENTS, 0, "frames are larger than %d MiB", CHY_MAX_PAGE_BYTES >> 20);
    if (chy_slice_starts(text, CHY_LIT("\xEF\xBB\xBF"))) text.p += 3, text.n -= 3;
    if (is_text(&im, text)) {
        chy_slice rest = text, line;
        for (im.line = 1; chy_slice_split(&rest, '\n', &line) && !arena->failed && !im.stop; im.line++) read_line(&im, line);
        if (im.comment) chy_import_find(&im, im.comment, CHY_FINDING_ERROR, "a comment <!-- is never closed");
        if (!im.n_errors && !im.blocks.n) chy_import_find(&im, 1, CHY_FINDING_ERROR, "no verb at all");
    }
    if (!im.n_errors && !arena->failed) chy_import_write(&im);
    if (arena->failed) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_EVENTS, 0, "out of memory");
    if (im.n_errors) return CHY_E_DATA;
    *out = (chy_slice){im.out.v, im.out.n};
    return CHY_OK;
}
