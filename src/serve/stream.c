/* SPDX-License-Identifier: Apache-2.0
 *
 * stream.c - exports: a thread selects rows and writes them to a buffer, the connection takes them out of it. Where the buffer is full the
 * thread waits, where it is empty the connection is suspended; so an export of any length takes the same memory.
 */
#include "serve/http.h"

#include <stdlib.h>

enum { ROOM = 256 << 10, BLOCK = 64 << 10, SLOW_SECONDS = 60, SLOW_BYTES = 1024 /* a second */ };

typedef struct stream {
    chy_server *server;
    struct MHD_Connection *connection;
    int fd;
    char *expression, *as_of;
    size_t n_expression;
    const char *layout;
    struct chy_export *lines;    /* the thread's own */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char *buffer;
    size_t begin, end;           /* what is in it */
    bool done, failed, gone;     /* gone: the client is */
    bool suspended, thread_over;
    uint64_t taken;
} stream;

static void dispose(stream *x)
{
    pthread_cond_destroy(&x->changed);
    pthread_mutex_destroy(&x->lock);
    free(x->expression);
    free(x->as_of);
    chy_export_free(x->lines);
    free(x->buffer);
    free(x);
}

/* ------------------------------------------------------------------------ its rows */

/* A line into the buffer; false where the export is over. */
static bool put(stream *x, chy_slice line)
{
    size_t at = 0;
    struct timespec since, t;
    clock_gettime(CLOCK_MONOTONIC, &since);
    pthread_mutex_lock(&x->lock);
    uint64_t taken = x->taken;
    while (at < line.n && !x->gone && !x->failed) {
        size_t room = ROOM - (x->end - x->begin), n = line.n - at < room ? line.n - at : room;
        if (!n) {
            struct timespec soon;
            clock_gettime(CLOCK_REALTIME, &soon);
            soon.tv_sec++;
            pthread_cond_timedwait(&x->changed, &x->lock, &soon);
            clock_gettime(CLOCK_MONOTONIC, &t);
            time_t waited = t.tv_sec - since.tv_sec;
            x->failed |= x->server->cut || (waited > SLOW_SECONDS && x->taken - taken < (uint64_t)waited * SLOW_BYTES);
            continue;
        }
        if (ROOM - x->end < n) {
            memmove(x->buffer, x->buffer + x->begin, x->end - x->begin);
            x->end -= x->begin;
            x->begin = 0;
        }
        memcpy(x->buffer + x->end, line.p + at, n);
        x->end += n;
        at += n;
        if (x->suspended && x->end - x->begin >= BLOCK / 2) {
            x->suspended = false;
            MHD_resume_connection(x->connection);
        }
    }
    bool ok = !x->gone && !x->failed && !x->server->cut;
    pthread_mutex_unlock(&x->lock);
    return ok;
}

static int each(void *ctx, const chy_slice *cells, uint32_t n)
{
    stream *x = ctx;
    chy_slice line;
    (void)n;
    if (chy_export_line(x->lines, cells, &line, NULL) != CHY_OK) return x->failed = true;
    return !put(x, line);
}

static void end_stream(chy_server *s)
{
    pthread_mutex_lock(&s->lock);
    s->n_streams--;
    pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
}

static int over(void *ctx)
{
    stream *x = ctx;
    pthread_mutex_lock(&x->lock);
    bool yes = x->gone || x->server->cut || chy_server_gone(x->fd);
    pthread_mutex_unlock(&x->lock);
    return yes;
}

static void *run(void *ctx)
{
    stream *x = ctx;
    chy_server *s = x->server;
    chy_record *record = NULL;
    chy_error err;
    chy_status st = chy_record_open(s->record, CHY_RECORD_READ, &record, &err);
    if (st == CHY_OK) sqlite3_progress_handler(record->db, 100000, over, x);
    chy_slice head = {NULL, 0};
    if (st == CHY_OK) st = chy_export_head(x->lines, &head, &err);
    if (head.n) put(x, head);
    if (st == CHY_OK) st = chy_record_select(record, chy_export_selection(x->layout), (chy_slice){x->expression, x->n_expression}, x->as_of, 0, each, x, &err);
    chy_record_close(record);
    pthread_mutex_lock(&x->lock);
    x->done = true;
    x->failed |= st != CHY_OK || s->cut;
    x->thread_over = true;
    bool last = x->gone;
    if (x->suspended) x->suspended = false, MHD_resume_connection(x->connection);
    pthread_mutex_unlock(&x->lock);
    if (last) dispose(x);
    end_stream(s);
    return NULL;
}

/* --------------------------------------------------------------------- its connection */

static ssize_t take(void *ctx, uint64_t at, char *out, size_t max)
{
    stream *x = ctx;
    (void)at;
    pthread_mutex_lock(&x->lock);
    size_t have = x->end - x->begin, n = have < max ? have : max;
    ssize_t result = (ssize_t)n;
    if (n) {
        memcpy(out, x->buffer + x->begin, n);
        x->begin += n;
        x->taken += n;
        if (x->begin == x->end) x->begin = x->end = 0;
        pthread_cond_signal(&x->changed);
    } else if (x->failed) {
        result = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (x->done) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        x->suspended = true;
        MHD_suspend_connection(x->connection);
    }
    pthread_mutex_unlock(&x->lock);
    return result;
}

/* The answer is over, in whichever way. */
static void leave(void *ctx)
{
    stream *x = ctx;
    pthread_mutex_lock(&x->lock);
    x->gone = true;
    bool over = x->thread_over;
    pthread_cond_signal(&x->changed);
    pthread_mutex_unlock(&x->lock);
    if (over) dispose(x);
}

static int no_row(void *ctx, const chy_slice *cells, uint32_t n) { return (void)ctx, (void)cells, (void)n, 1; }

static stream *new_stream(chy_request *r, chy_slice q, chy_slice as_of)
{
    stream *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->changed, NULL);
    x->server = r->server;
    x->connection = r->connection;
    x->fd = r->fd;
    x->layout = strcmp(r->op->id, "exportCsv") == 0 ? "csv" : "jsonl";
    x->expression = strndup(q.n ? q.p : "", q.n);
    x->n_expression = q.n;
    x->as_of = as_of.n ? strndup(as_of.p, as_of.n) : NULL;
    x->buffer = malloc(ROOM);
    if (x->expression && x->buffer && (!as_of.n || x->as_of) && chy_export_new(r->server->data, x->layout, 0, &x->lines, NULL) == CHY_OK) return x;
    dispose(x);
    return NULL;
}

static bool begin_stream(chy_server *s)
{
    pthread_mutex_lock(&s->lock);
    bool room = s->n_streams < CHY_MAX_STREAMS;
    s->n_streams += room;
    pthread_mutex_unlock(&s->lock);
    return room;
}

struct MHD_Response *chy_stream(chy_serve *serve, chy_request *r, unsigned *status)
{
    chy_slice q = chy_ask_text(&r->ask, "q"), as_of = chy_ask_text(&r->ask, "as_of");
    chy_error err = {0};
    /* What is wrong with the expression is told before the first byte. */
    chy_status st = chy_record_select(serve->record, "export", q, as_of.n ? as_of.p : NULL, 1, no_row, NULL, &err);
    if (st != CHY_OK && chy_serve_late(serve)) st = CHY_OK; /* rows that are hard to find may take their time */
    if (st != CHY_OK) return chy_reply_problem(*status = st == CHY_E_ARGUMENT || st == CHY_E_LIMIT ? 400 : st == CHY_E_BUSY ? 503 : 500, NULL, "%s", err.message);
    if (!begin_stream(r->server)) return chy_reply_problem(*status = 503, NULL, "there are %d exports at work; try again when one is done", CHY_MAX_STREAMS);
    stream *x = new_stream(r, q, as_of);
    struct MHD_Response *m = x ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, take, x, leave) : NULL;
    pthread_t thread;
    if (m && !r->head && pthread_create(&thread, NULL, run, x) == 0) {
        pthread_detach(thread);
    } else {
        if (x) x->thread_over = true, x->done = true;
        if (x && !m) dispose(x);
        end_stream(r->server);
        if (m && !r->head) MHD_destroy_response(m), m = NULL;
        if (!m) return chy_reply_problem(*status = 503, NULL, "no memory or no thread for an export");
    }
    chy_reply_common(m);
    MHD_add_response_header(m, "Content-Type", r->op->type[0] == 't' ? "text/csv; charset=utf-8" : r->op->type);
    MHD_add_response_header(m, "Content-Disposition", r->op->type[0] == 't' ? "attachment; filename=\"events.csv\"" : "attachment; filename=\"events.jsonl\"");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    return m;
}
