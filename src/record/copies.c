/* SPDX-License-Identifier: Apache-2.0
 *
 * copies.c - which stories on record a new one is a copy of: one wire in forty papers is one voice.
 *
 * Stories that share one of their few smallest hashes are looked at; the one that shares most is taken, if it shares enough. What
 * is asked for rises with the days between the two and as the texts get shorter: reports that are written by form each week differ in
 * figures only. Of texts that share much but not all, figures and names decide: a notice by form has those of its own.
 */
#include "record/record.h"

#include <stdlib.h>

enum { S_SKETCH_NEW = 24, S_KEYS_DROP, S_KEY_NEW, S_KEY_FIND, S_SKETCH_GET, S_COPY_FIND, S_COPY_NEW, S_DAYS, S_TEXT };
enum { KEYS = 10, MAX_POSTINGS = 400, MAX_CANDIDATES = 48, FEW = 24, BRIEF = 40, LONG = 64, DAYS_NEAR = 4 };

/* Shares that make a copy: of stories of the same days; of stories further apart, or so short that a form's words weigh much. */
#define SHARE_NEAR 0.62
#define SHARE_FAR 0.95
#define SHARE_LONG 0.80 /* of long ones, where no form makes as much alike */

/* Shares of figures, and of names, that texts have in common at least. */
#define FIGURES_ALIKE 0.60
#define FIGURES_FORM 0.80 /* where the names are other ones */
#define NAMES_ALIKE 0.70
#define FIGURES_DAY 0.80 /* of stories of two days */
#define FIGURES_FAR 0.95 /* of stories further apart: what is written each week by one form has figures that stay */
#define NAMES_SHORT 0.92 /* of the shortest, and of short ones of two days */

typedef struct candidate {
    int64_t dispatch;
    uint32_t hits;
} candidate;

static int by_hits(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->hits != y->hits) return x->hits > y->hits ? -1 : 1;
    return x->dispatch < y->dispatch ? -1 : x->dispatch > y->dispatch;
}

static int by_dispatch(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->dispatch < y->dispatch ? -1 : x->dispatch > y->dispatch;
}

/* The stories that share a key, those that share most first. */
static int candidates(chy_record *r, int64_t dispatch, const chy_sketch *k, candidate *v, uint32_t *n)
{
    CHY_RECORD_STMT(S_KEY_FIND, "SELECT dispatch FROM sketch_key WHERE hash = ? ORDER BY dispatch DESC LIMIT ?");
    uint32_t all = 0;
    for (uint32_t i = 0; i < k->n && i < KEYS; i++) {
        sqlite3_bind_int64(s, 1, k->hash[i]);
        sqlite3_bind_int(s, 2, MAX_POSTINGS);
        int code;
        while ((code = sqlite3_step(s)) == SQLITE_ROW)
            if (sqlite3_column_int64(s, 0) != dispatch) v[all++] = (candidate){sqlite3_column_int64(s, 0), 1};
        if ((code = chy_record_done(s, code)) != SQLITE_OK) return code;
    }
    if (all) qsort(v, all, sizeof *v, by_dispatch);
    *n = 0;
    for (uint32_t i = 0; i < all; i++)
        if (*n && v[*n - 1].dispatch == v[i].dispatch) v[*n - 1].hits++;
        else v[(*n)++] = v[i];
    if (*n) qsort(v, *n, sizeof *v, by_hits);
    if (*n > MAX_CANDIDATES) *n = MAX_CANDIDATES;
    return SQLITE_OK;
}

static int get_sketch(chy_record *r, int64_t dispatch, chy_sketch *out)
{
    CHY_RECORD_STMT(S_SKETCH_GET, "SELECT hashes FROM sketch WHERE dispatch = ?");
    sqlite3_bind_int64(s, 1, dispatch);
    int code = sqlite3_step(s);
    size_t n = code == SQLITE_ROW ? (size_t)sqlite3_column_bytes(s, 0) / 4 : 0;
    out->n = n > CHY_SKETCH_MAX ? CHY_SKETCH_MAX : (uint32_t)n;
    if (out->n) memcpy(out->hash, sqlite3_column_blob(s, 0), out->n * 4);
    return chy_record_done(s, code);
}

/* Days between the publications of two stories; 0 where one is not known. */
static int days_between(chy_record *r, int64_t a, int64_t b, int64_t *days)
{
    CHY_RECORD_STMT(S_DAYS, "SELECT CAST(abs(julianday(x.published_end) - julianday(y.published_end)) AS INTEGER) FROM dispatch x, dispatch y WHERE x.id = ? AND y.id = ?");
    sqlite3_bind_int64(s, 1, a);
    sqlite3_bind_int64(s, 2, b);
    int code = sqlite3_step(s);
    *days = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    return chy_record_done(s, code);
}

static int tie(chy_record *r, int64_t dispatch, int64_t other, double share)
{
    int64_t original = other;
    {
        CHY_RECORD_STMT(S_COPY_FIND, "SELECT original FROM copy WHERE dispatch = ?");
        sqlite3_bind_int64(s, 1, other);
        int code = sqlite3_step(s);
        if (code == SQLITE_ROW) original = sqlite3_column_int64(s, 0);
        if ((code = chy_record_done(s, code)) != SQLITE_OK) return code;
    }
    CHY_RECORD_STMT(S_COPY_NEW, "INSERT OR IGNORE INTO copy (dispatch, original, share) VALUES (?, ?, ?)");
    for (unsigned first = 0; first < 2; first++) { /* the original itself, where this is its first copy */
        sqlite3_bind_int64(s, 1, first ? dispatch : original);
        sqlite3_bind_int64(s, 2, original);
        sqlite3_bind_double(s, 3, first ? share : 1);
        int code = chy_record_done(s, sqlite3_step(s));
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

/* ------------------------------------------------------------- figures and names */

enum { MAX_WORDS = 1024, MAX_READ = 8192, DATELINE = 90 };

typedef struct telling_words {
    uint32_t word[MAX_WORDS], figure[MAX_WORDS], name[MAX_WORDS], low[MAX_WORDS];
    uint32_t n_words, n_figures, n_names, n_low;
} telling_words;

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool has(const uint32_t *v, uint32_t n, uint32_t x) { return n && bsearch(&x, v, n, sizeof *v, by_value); }

static uint32_t unique(uint32_t *v, uint32_t n)
{
    if (n) qsort(v, n, sizeof *v, by_value);
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!i || v[i] != v[i - 1]) v[k++] = v[i];
    return k;
}

/* The words behind the dateline; figures whole ("6-3/16", "1,459,193"); names are words of four letters and more with a capital that the text has
 * not without one too. */
static void read_words(chy_slice text, telling_words *t)
{
    t->n_words = t->n_figures = t->n_names = t->n_low = 0;
    size_t dash = chy_slice_find((chy_slice){text.p, text.n < DATELINE ? text.n : DATELINE}, CHY_LIT(" - "));
    if (text.n > MAX_READ) text.n = MAX_READ;
    for (size_t i = dash == SIZE_MAX ? 0 : dash; i < text.n && t->n_words < MAX_WORDS;) {
        char w[32];
        size_t n = 0, from = i;
        bool figure = text.p[i] >= '0' && text.p[i] <= '9';
        for (; i < text.n; i++) {
            char c = text.p[i];
            bool within = figure && (c == '.' || c == ',' || c == '/' || c == '-') && i + 1 < text.n && text.p[i + 1] >= '0' && text.p[i + 1] <= '9';
            if (figure ? !within && !(c >= '0' && c <= '9') : !chy_record_letter((unsigned char)c)) break;
            if (n < sizeof w) w[n++] = (unsigned char)c < 0x80 && !figure ? (char)(c | 32) : c;
        }
        if (i == from) {
            i++;
            continue;
        }
        uint32_t h = (uint32_t)chy_hash(w, n, 0);
        t->word[t->n_words++] = h;
        if (figure) t->figure[t->n_figures++] = h;
        else if (text.p[from] >= 'A' && text.p[from] <= 'Z' && n > 3) t->name[t->n_names++] = h;
        else t->low[t->n_low++] = h;
    }
    t->n_words = unique(t->word, t->n_words);
    t->n_figures = unique(t->figure, t->n_figures);
    t->n_low = unique(t->low, t->n_low);
    uint32_t k = 0;
    t->n_names = unique(t->name, t->n_names);
    for (uint32_t i = 0; i < t->n_names; i++)
        if (!has(t->low, t->n_low, t->name[i])) t->name[k++] = t->name[i];
    t->n_names = k;
}

static double share_of(const uint32_t *v, uint32_t n, const uint32_t *in, uint32_t n_in)
{
    uint32_t both = 0;
    for (uint32_t i = 0; i < n; i++) both += has(in, n_in, v[i]);
    return (double)both / n;
}

typedef struct closeness {
    int64_t days; /* between the two */
    bool brief, notice; /* hardly anything could be compared; both are short, and of two days */
} closeness;

/* Figures that are mostly others, or names that are, with figures that are so in part. A short text of another day is held against the other both
 * ways, for a notice by form has a figure or a name more or less; of days further apart it is another notice. */
static bool other_things(const telling_words *a, const telling_words *b, closeness c)
{
    if (c.notice && c.days > 1) return true;
    const telling_words *f = (a->n_figures <= b->n_figures) != c.notice ? a : b, *g = f == a ? b : a, *n = a->n_names <= b->n_names ? a : b, *m = n == a ? b : a;
    double figures = f->n_figures ? share_of(f->figure, f->n_figures, g->figure, g->n_figures) : 1;
    double names = n->n_names > 1 ? share_of(n->name, n->n_names, m->word, m->n_words) : 1;
    double want_figures = c.days > DAYS_NEAR ? FIGURES_FAR : c.days > 0 ? FIGURES_DAY : FIGURES_ALIKE;
    double want_names = c.notice || c.brief ? NAMES_SHORT : figures < FIGURES_FORM ? NAMES_ALIKE : 0;
    return figures < want_figures || names < want_names;
}

static int tell_other_things(chy_record *r, int64_t a, int64_t b, closeness c, bool *out)
{
    CHY_RECORD_STMT(S_TEXT, "SELECT text FROM dispatch WHERE id = ?");
    telling_words *t = malloc(2 * sizeof *t);
    if (!t) return SQLITE_NOMEM;
    int code = SQLITE_OK;
    size_t length[2];
    uint64_t hash[2];
    for (unsigned k = 0; code == SQLITE_OK && k < 2; k++) {
        sqlite3_bind_int64(s, 1, k ? b : a);
        code = sqlite3_step(s);
        chy_slice text = {"", 0};
        if (code == SQLITE_ROW) text = (chy_slice){(const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0)};
        length[k] = text.n, hash[k] = chy_hash(text.p, text.n, 0);
        read_words(text, &t[k]);
        code = chy_record_done(s, code);
    }
    bool equal = code == SQLITE_OK && length[0] == length[1] && hash[0] == hash[1]; /* whatever the days */
    *out = code == SQLITE_OK && !equal && other_things(&t[0], &t[1], c);
    free(t);
    return code;
}

/* -------------------------------------------------------------------- originals */

static int find_original(chy_record *r, int64_t dispatch, const chy_sketch *k)
{
    candidate *v = malloc(KEYS * MAX_POSTINGS * sizeof *v);
    if (!v) return SQLITE_NOMEM;
    uint32_t n = 0;
    int64_t best = 0;
    double most = 0;
    int code = candidates(r, dispatch, k, v, &n);
    for (uint32_t i = 0; code == SQLITE_OK && i < n; i++) {
        chy_sketch other;
        uint32_t seen = 0;
        int64_t days = 0;
        if ((code = get_sketch(r, v[i].dispatch, &other)) != SQLITE_OK) break;
        double share = chy_sketch_share(k, &other, &seen);
        if (share < SHARE_NEAR || share <= most) continue;
        if ((code = days_between(r, dispatch, v[i].dispatch, &days)) != SQLITE_OK) break;
        bool alike = k->n * 5 >= other.n * 4 && other.n * 5 >= k->n * 4;
        if ((seen < FEW && !alike) || (share < SHARE_FAR && (seen < FEW || days > DAYS_NEAR))) continue;
        uint32_t least = k->n < other.n ? k->n : other.n, longest = k->n < other.n ? other.n : k->n;
        closeness c = {days, seen < FEW || longest < BRIEF, days > 0 && least < LONG && longest < CHY_SKETCH_MAX};
        bool other_ones = false;
        if ((days || (share < 1 && (share < SHARE_LONG || seen < LONG))) && (code = tell_other_things(r, dispatch, v[i].dispatch, c, &other_ones)) != SQLITE_OK) break;
        if (other_ones) continue;
        most = share;
        best = v[i].dispatch;
    }
    free(v);
    return code == SQLITE_OK && best ? tie(r, dispatch, best, most) : code;
}

static int drop_keys(chy_record *r, int64_t dispatch, const chy_sketch *k)
{
    CHY_RECORD_STMT(S_KEYS_DROP, "DELETE FROM sketch_key WHERE hash = ? AND dispatch = ?");
    int code = SQLITE_OK;
    for (uint32_t i = 0; code == SQLITE_OK && i < k->n && i < KEYS; i++) {
        sqlite3_bind_int64(s, 1, k->hash[i]);
        sqlite3_bind_int64(s, 2, dispatch);
        code = chy_record_done(s, sqlite3_step(s));
    }
    return code;
}

int chy_record_copies_drop(chy_record *r, int64_t dispatch)
{
    chy_sketch k;
    int code = get_sketch(r, dispatch, &k);
    return code == SQLITE_OK ? drop_keys(r, dispatch, &k) : code;
}

int chy_record_copies(chy_record *r, int64_t dispatch, chy_slice hashes)
{
    chy_sketch k = {.n = (uint32_t)(hashes.n / 4)}, old;
    if (k.n > CHY_SKETCH_MAX) return SQLITE_MISUSE;
    if (k.n) memcpy(k.hash, hashes.p, hashes.n);
    int code = get_sketch(r, dispatch, &old);
    if (code != SQLITE_OK || !k.n || (old.n == k.n && memcmp(old.hash, k.hash, hashes.n) == 0)) return code;
    {
        CHY_RECORD_STMT(S_SKETCH_NEW, "INSERT OR REPLACE INTO sketch (dispatch, hashes) VALUES (?, ?)");
        sqlite3_bind_int64(s, 1, dispatch);
        sqlite3_bind_blob(s, 2, hashes.p, (int)hashes.n, SQLITE_STATIC);
        if ((code = chy_record_done(s, sqlite3_step(s))) != SQLITE_OK) return code;
    }
    /* Where the story reads otherwise than it did; what it is tied to stays. */
    if ((code = drop_keys(r, dispatch, &old)) != SQLITE_OK) return code;
    {
        CHY_RECORD_STMT(S_KEY_NEW, "INSERT OR IGNORE INTO sketch_key (hash, dispatch) VALUES (?, ?)");
        for (uint32_t i = 0; i < k.n && i < KEYS; i++) {
            sqlite3_bind_int64(s, 1, k.hash[i]);
            sqlite3_bind_int64(s, 2, dispatch);
            if ((code = chy_record_done(s, sqlite3_step(s))) != SQLITE_OK) return code;
        }
    }
    return old.n ? SQLITE_OK : find_original(r, dispatch, &k);
}
