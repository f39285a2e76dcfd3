/* SPDX-License-Identifier: Apache-2.0
 *
 * store.c - the columns of now, and the sets that terms have found in them.
 *
 * One thread loads and watches. Newer columns take the place of the older in one step; the older go when the last who holds them lets go.
 */
#include "serve/find.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WATCH_MS = 400, REST = 4, MAX_TERMS = 64, MAX_ANSWERS = 32 };

typedef struct version {
    chy_columns *c;
    unsigned held;
    struct version *next;
} version;

/* A term's rows. */
typedef struct found {
    uint64_t generation, used;
    char *term;
    size_t n;
    chy_bits bits;
} found;

typedef struct answered {
    uint64_t generation, used;
    char *question;
    size_t n;
    json_t *json;
} answered;

struct chy_store {
    pthread_mutex_t lock;
    pthread_cond_t wake, done;    /* of the thread; of those who wait for it */
    pthread_t thread;
    bool closing;
    uint64_t asked, answered;     /* refreshes */
    chy_record *record;           /* the thread's */
    version *now, *all;
    uint64_t generation, seed, clock;
    chy_status st;                /* of the last load */
    chy_error err;
    bool tried;
    found found[MAX_TERMS];
    answered told[MAX_ANSWERS];
};

/* -------------------------------------------------------------------- watching */

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int hash_row(void *ctx, int n, char **cell, char **name)
{
    (void)name;
    uint64_t *h = ctx;
    for (int i = 0; i < n; i++) *h = chy_hash(cell[i] ? cell[i] : "", cell[i] ? strlen(cell[i]) : 0, *h + 1);
    return 0;
}

/* What tells whether columns are still true: runs, what is forgotten, incidents set apart or joined. Not verdicts, which no column shows. While a
 * run is open every commit counts. */
static bool signature(sqlite3 *db, uint64_t *out)
{
    *out = 0;
    int code = sqlite3_exec(db, "SELECT count(*), count(finished_utc), max(finished_utc), (SELECT max(id) FROM event), (SELECT max(id) FROM incident), (SELECT count(*) FROM incident), "
                                "(SELECT count(*) FROM forgotten) FROM run", hash_row, out, NULL);
    uint64_t open = 0, none = 0;
    if (code == SQLITE_OK) code = sqlite3_exec(db, "SELECT 1 FROM run WHERE finished_utc IS NULL LIMIT 1", hash_row, &open, NULL);
    if (code == SQLITE_OK && open != none) code = sqlite3_exec(db, "PRAGMA data_version", hash_row, out, NULL);
    return code == SQLITE_OK;
}

static void drop_unheld(chy_store *s)
{
    for (version **at = &s->all; *at;) {
        version *v = *at;
        if (v == s->now || v->held) {
            at = &v->next;
            continue;
        }
        *at = v->next;
        chy_columns_free(v->c);
        free(v);
    }
}

/* With the lock, which is let go meanwhile. */
static void load(chy_store *s)
{
    chy_error err = {0};
    chy_columns *c = NULL;
    version *v = calloc(1, sizeof *v);
    pthread_mutex_unlock(&s->lock);
    chy_status st = v ? chy_columns_load(s->record, &c, &err) : chy_fail(&err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    pthread_mutex_lock(&s->lock);
    s->st = st;
    s->err = err;
    s->tried = true;
    if (st != CHY_OK) {
        free(v);
        return;
    }
    c->generation = ++s->generation;
    *v = (version){.c = c, .next = s->all};
    s->now = s->all = v;
    drop_unheld(s);
}

static void rest(chy_store *s, int64_t ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000;
    if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
    pthread_cond_timedwait(&s->wake, &s->lock, &t);
}

static void *watch(void *ctx)
{
    chy_store *s = ctx;
    uint64_t loaded = 0, is = 0;
    int64_t version_seen = -1, not_before = 0;
    pthread_mutex_lock(&s->lock);
    while (!s->closing) {
        uint64_t asked = s->asked;
        bool wanted = asked != s->answered;
        pthread_mutex_unlock(&s->lock);
        /* The cheap question first: has anybody committed anything? */
        sqlite3_stmt *q = NULL;
        int64_t version_now = version_seen;
        if (sqlite3_prepare_v2(s->record->db, "PRAGMA data_version", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) version_now = sqlite3_column_int64(q, 0);
        sqlite3_finalize(q);
        bool stale = version_now != version_seen && (wanted || milliseconds() >= not_before);
        if (stale && signature(s->record->db, &is)) stale = is != loaded || version_seen == -1;
        pthread_mutex_lock(&s->lock);
        if (stale || s->st != CHY_OK) {
            int64_t begin = milliseconds();
            load(s);
            if (s->st == CHY_OK) loaded = is;
            not_before = milliseconds() + (milliseconds() - begin) * REST;
            if (s->st == CHY_OK) version_seen = version_now;
        } else if (version_now != version_seen && (wanted || milliseconds() >= not_before)) {
            version_seen = version_now; /* nothing that columns show */
        }
        s->answered = asked;
        pthread_cond_broadcast(&s->done);
        if (!s->closing && s->asked == asked) rest(s, WATCH_MS);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ------------------------------------------------------------------------ life */

chy_status chy_store_open(const char *path, chy_store **out, chy_error *err)
{
    *out = NULL;
    chy_store *s = calloc(1, sizeof *s);
    if (!s) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    chy_status st = chy_record_open(path, CHY_RECORD_READ, &s->record, err);
    if (st != CHY_OK) {
        free(s);
        return st;
    }
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    const int64_t unique[3] = {(int64_t)t.tv_sec, t.tv_nsec, (int64_t)getpid()};
    s->seed = chy_hash(unique, sizeof unique, (uint64_t)(uintptr_t)s);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, &monotonic);
    pthread_cond_init(&s->done, NULL);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&s->thread, NULL, watch, s) != 0) {
        chy_record_close(s->record);
        free(s);
        return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "cannot start a thread");
    }
    *out = s;
    return CHY_OK;
}

void chy_store_close(chy_store *s)
{
    if (!s) return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    sqlite3_interrupt(s->record->db);
    pthread_cond_broadcast(&s->wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    for (version *v = s->all, *next; v; v = next) {
        next = v->next;
        chy_columns_free(v->c);
        free(v);
    }
    for (unsigned i = 0; i < MAX_TERMS; i++) {
        free(s->found[i].term);
        chy_bits_free(&s->found[i].bits);
    }
    for (unsigned i = 0; i < MAX_ANSWERS; i++) {
        free(s->told[i].question);
        json_decref(s->told[i].json);
    }
    chy_record_close(s->record);
    pthread_cond_destroy(&s->wake);
    pthread_cond_destroy(&s->done);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static chy_status failure(const chy_store *s, chy_error *err)
{
    if (s->st != CHY_OK && err) *err = s->err;
    return s->st;
}

chy_status chy_store_hold(chy_store *s, const chy_columns **out, chy_error *err)
{
    *out = NULL;
    chy_status st = CHY_OK;
    pthread_mutex_lock(&s->lock);
    while (!s->now && !s->tried) pthread_cond_wait(&s->done, &s->lock);
    if (s->now) {
        s->now->held++;
        *out = s->now->c;
    } else {
        st = failure(s, err);
    }
    pthread_mutex_unlock(&s->lock);
    return st;
}

void chy_store_release(chy_store *s, const chy_columns *columns)
{
    if (!columns) return;
    pthread_mutex_lock(&s->lock);
    for (version *v = s->all; v; v = v->next)
        if (v->c == columns) v->held--;
    drop_unheld(s);
    pthread_mutex_unlock(&s->lock);
}

chy_status chy_store_refresh(chy_store *s, chy_error *err)
{
    pthread_mutex_lock(&s->lock);
    uint64_t mine = ++s->asked;
    pthread_cond_broadcast(&s->wake);
    while (s->answered < mine) pthread_cond_wait(&s->done, &s->lock);
    chy_status st = failure(s, err);
    pthread_mutex_unlock(&s->lock);
    return st;
}

void chy_store_state(chy_store *s, char out[17])
{
    pthread_mutex_lock(&s->lock);
    uint64_t g = s->now ? s->now->c->generation : 0;
    pthread_mutex_unlock(&s->lock);
    chy_hex16(g ? chy_hash(&g, sizeof g, s->seed) : 0, out);
}

/* --------------------------------------------------------------------- finding */

/* Join what is known of a term into *out. */
static bool recall(chy_store *s, uint64_t generation, chy_slice term, chy_bits *out)
{
    pthread_mutex_lock(&s->lock);
    found *f = NULL;
    for (unsigned i = 0; !f && i < MAX_TERMS; i++)
        if (s->found[i].generation == generation && chy_slice_eq((chy_slice){s->found[i].term, s->found[i].n}, term)) f = &s->found[i];
    if (f) {
        f->used = ++s->clock;
        for (uint32_t i = 0; i < chy_bits_words(out->n_rows); i++) out->v[i] &= f->bits.v[i];
    }
    pthread_mutex_unlock(&s->lock);
    return f != NULL;
}

/* Keep a term's rows in the place of those that were used longest ago; takes the bits. */
static void keep(chy_store *s, uint64_t generation, chy_slice term, chy_bits bits)
{
    char *copy = malloc(term.n + 1);
    if (!copy) {
        chy_bits_free(&bits);
        return;
    }
    memcpy(copy, term.p, term.n);
    pthread_mutex_lock(&s->lock);
    found *f = &s->found[0];
    for (unsigned i = 1; i < MAX_TERMS; i++)
        if (s->found[i].used < f->used) f = &s->found[i];
    found old = *f;
    *f = (found){generation, ++s->clock, copy, term.n, bits};
    pthread_mutex_unlock(&s->lock);
    free(old.term);
    chy_bits_free(&old.bits);
}

chy_status chy_store_find(chy_store *s, const chy_columns *c, chy_record *r, chy_slice expression, chy_bits *out, chy_slice *wrong, chy_error *err)
{
    chy_arena arena;
    chy_arena_init(&arena);
    chy_expression x;
    *out = (chy_bits){0};
    chy_status st = chy_expression_parse(&arena, expression, &x, wrong, err);
    if (st == CHY_OK) st = chy_bits_new(out, c->n, err);
    for (uint32_t row = 0; st == CHY_OK && row < c->n; row += 64) out->v[row >> 6] = c->n - row < 64 ? ((uint64_t)1 << (c->n - row)) - 1 : ~(uint64_t)0;
    for (uint32_t i = 0; st == CHY_OK && i < x.n; i++) {
        chy_bits term;
        if (recall(s, c->generation, x.term[i].text, out)) continue;
        if ((st = chy_find_term(c, r, &x.term[i], &term, err)) != CHY_OK) break;
        for (uint32_t k = 0; k < chy_bits_words(c->n); k++) out->v[k] &= term.v[k];
        keep(s, c->generation, x.term[i].text, term);
    }
    chy_arena_free(&arena);
    if (st != CHY_OK) chy_bits_free(out);
    return st;
}

/* --------------------------------------------------------------------- answers */

json_t *chy_store_recall(chy_store *s, const chy_columns *c, chy_slice question)
{
    json_t *json = NULL;
    pthread_mutex_lock(&s->lock);
    for (unsigned i = 0; !json && i < MAX_ANSWERS; i++) {
        answered *a = &s->told[i];
        if (a->generation != c->generation || !chy_slice_eq((chy_slice){a->question, a->n}, question)) continue;
        a->used = ++s->clock;
        json = json_incref(a->json);
    }
    pthread_mutex_unlock(&s->lock);
    return json;
}

void chy_store_keep(chy_store *s, const chy_columns *c, chy_slice question, json_t *json)
{
    char *copy = malloc(question.n + 1);
    if (!copy) return;
    memcpy(copy, question.p, question.n);
    pthread_mutex_lock(&s->lock);
    answered *a = &s->told[0];
    for (unsigned i = 1; i < MAX_ANSWERS; i++)
        if (s->told[i].used < a->used) a = &s->told[i];
    answered old = *a;
    *a = (answered){c->generation, ++s->clock, copy, question.n, json_incref(json)};
    pthread_mutex_unlock(&s->lock);
    free(old.question);
    json_decref(old.json);
}
