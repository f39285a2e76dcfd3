/* SPDX-License-Identifier: Apache-2.0
 *
 * run.c - jobs through sessions, on as many threads as asked, results in the order of the input whatever the threads.
 *
 * A ring of slots: this thread reads jobs into it and prints what is done, in order; the workers take what is ready.
 */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
    (void)sig;
    interrupted = 1;
}

void job_error(job *j, const char *fmt, ...)
{
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    out_f(&j->errors, "chancery: %s: %s\n", j->name, buf);
}

bool job_input(job *j, const options *o, chy_session *s, chy_input *in, char **id)
{
    chy_error err = {0};
    *in = (chy_input){.bytes = {j->bytes, j->n}, .kind = j->kind, .name = {j->name, strlen(j->name)},
                      .published = o->published, .n_published = o->n_published};
    *id = NULL;
    if (j->url) in->url = (chy_slice){j->url, strlen(j->url)};
    if (j->kind != CHY_INPUT_JSONL) return true;
    if (chy_input_from_json(s, (chy_slice){j->bytes, j->n}, in, &err) != CHY_OK) {
        j->refused = true;
        job_error(j, "%s", err.message);
        return false;
    }
    /* A record's own day wins over the option. */
    if (!in->n_published) in->published = o->published, in->n_published = o->n_published;
    if (in->id.n) {
        *id = xrealloc(NULL, in->id.n + 1);
        memcpy(*id, in->id.p, in->id.n);
        (*id)[in->id.n] = 0;
    }
    return true;
}

void job_notes(job *j, const options *o, const chy_page *page)
{
    for (uint32_t i = 0; !o->quiet && i < page->n_notes; i++)
        job_error(j, "note: %.*s (byte %u)", (int)page->notes[i].text.n, page->notes[i].text.p, page->notes[i].offset);
}

void job_read(job *j, const command *c, const options *o, chy_session *s)
{
    chy_input in;
    char *own_id;
    if (!job_input(j, o, s, &in, &own_id)) return;
    chy_error err = {0};
    const chy_page *page = NULL;
    unsigned flags = c->flags | (o->whole ? CHY_READ_WHOLE : 0u) | (o->frames_only ? CHY_READ_FRAMES_ONLY : 0u);
    if (chy_session_read(s, &in, c->upto, flags, &page, &err) != CHY_OK) {
        j->refused = true;
        job_error(j, "%s", err.message);
    } else {
        c->print(j, o, page, own_id ? own_id : j->id);
        job_notes(j, o, page);
    }
    free(own_id);
}

/* ------------------------------------------------------------------- ring */

enum slot_state { EMPTY, READY, BUSY, DONE };

typedef struct ring {
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
    job *jobs;
    enum slot_state *state;
    unsigned size;
    uint64_t head, take, tail; /* next to fill, next to work on, next to print */
    bool closed;
    const command *c;
    const options *o;
    const chy_data *data;
} ring;

/* A worker's view of the record; NULL, and so no page is skipped, where the command needs none. */
static chy_record *view(const command *c, const options *o)
{
    chy_record *r = NULL;
    chy_error err;
    if (c->take) (void)chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    return r;
}

static void work(job *j, const command *c, const options *o, chy_session *s, const chy_data *data, chy_record *there)
{
    if (j->refused) return;
    j->data = data;
    j->data_hash = chy_data_hash(data);
    j->there = there;
    if (c->work) c->work(j, o, s);
    else job_read(j, c, o, s);
}

static void *worker(void *arg)
{
    ring *r = arg;
    chy_session *s;
    chy_error err;
    if (chy_session_new(r->data, &s, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        exit(EXIT_REFUSED);
    }
    chy_record *there = view(r->c, r->o);
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->take == r->head && !r->closed) pthread_cond_wait(&r->ready, &r->lock);
        if (r->take == r->head) break;
        unsigned i = (unsigned)(r->take++ % r->size);
        r->state[i] = BUSY;
        pthread_mutex_unlock(&r->lock);
        work(&r->jobs[i], r->c, r->o, s, r->data, there);
        pthread_mutex_lock(&r->lock);
        r->state[i] = DONE;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    chy_record_close(there);
    chy_session_free(s);
    return NULL;
}

/* --------------------------------------------------------------- printing */

typedef struct tally {
    uint64_t pages, refused, items;
    bool progress, shown, broken, gather;
    time_t last;
    out gathered;
    const command *c;
    chy_record *record; /* what the pages are for, or NULL */
    uint64_t uncommitted, withdrawn, kept;
    time_t committed;
} tally;

static void show_progress(tally *t, const char *name)
{
    time_t now = time(NULL);
    if (!t->progress || now == t->last) return;
    t->last = now;
    t->shown = true;
    fprintf(stderr, "\r\033[K%llu pages, %llu rows, %llu refused  %.40s", (unsigned long long)t->pages,
            (unsigned long long)t->items, (unsigned long long)t->refused, name);
}

static void clear_progress(tally *t)
{
    if (t->shown) fputs("\r\033[K", stderr);
    t->shown = false;
}

enum { COMMIT_PAGES = 512 };

/* What a job made, into the record; committed now and then, so that little is lost by a power cut and readers see it grow. */
static void put(job *j, tally *t)
{
    bool ok = t->c->take(j, t->record, &j->errors);
    time_t now = time(NULL);
    if (ok && (++t->uncommitted == COMMIT_PAGES || now != t->committed)) {
        chy_error err = {0};
        ok = chy_record_commit(t->record, &err) == CHY_OK;
        if (!ok) out_f(&j->errors, "chancery: %s\n", err.message);
        t->uncommitted = 0;
        t->committed = now;
    }
    if (!ok) t->broken = true;
    t->withdrawn += j->changed.withdrawn;
    t->kept += j->changed.kept;
    chy_parcel_free(j->parcel);
}

static void print(job *j, tally *t)
{
    /* After a failure nothing more is put: what comes later would stand where what failed should. */
    if (t->record && !t->broken) put(j, t);
    else chy_parcel_free(j->parcel);
    if (j->errors.n) {
        clear_progress(t);
        fwrite(j->errors.p, 1, j->errors.n, stderr);
    }
    if (t->gather) out_put(&t->gathered, j->text.p, j->text.n);
    else if (j->text.n && fwrite(j->text.p, 1, j->text.n, stdout) != j->text.n) t->broken = true;
    t->pages++;
    t->refused += j->refused;
    t->items += j->n_items;
    show_progress(t, j->name ? j->name : "");
    out_free(&j->text);
    out_free(&j->errors);
    free(j->bytes), free(j->name), free(j->id), free(j->url), free(j->stored);
    *j = (job){0};
}

/* The jobs of all files, or of all pages of a record, one after the other. */
typedef struct feed {
    const command *c;
    const options *o;
    char **files;
    unsigned file, n_files;
    source *s;
    int64_t page;
    uint64_t refused;
} feed;

static size_t copy_slice(char *to, chy_slice *s)
{
    if (s->n) memcpy(to, s->p, s->n);
    s->p = to;
    return s->n;
}

/* A page of the record, with everything it was put with, in one block. */
static bool next_stored(feed *f, job *j, tally *t)
{
    chy_stored_page p;
    chy_error err = {0};
    *j = (job){0};
    if (chy_record_next_page(t->record, f->page, &p, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        t->broken = true;
        return false;
    }
    if (!p.id) return false;
    f->page = p.id;
    chy_input *in = &p.input;
    size_t days = in->n_published * sizeof *in->published;
    j->stored = xrealloc(NULL, sizeof *in + days + in->bytes.n + in->title.n + in->url.n + in->publisher.n + in->id.n + 1);
    *j->stored = *in;
    in = j->stored;
    char *to = (char *)(in + 1);
    if (days) memcpy(to, in->published, days);
    in->published = (const chy_interval *)(const void *)to;
    to += days;
    to += copy_slice(to, &in->bytes), to += copy_slice(to, &in->title), to += copy_slice(to, &in->url);
    to += copy_slice(to, &in->publisher), to += copy_slice(to, &in->id);
    j->name = xrealloc(NULL, p.name.n + 1);
    j->id = xrealloc(NULL, p.given_id.n + 1);
    memcpy(j->name, p.name.p, p.name.n), j->name[p.name.n] = 0;
    memcpy(j->id, p.given_id.p, p.given_id.n), j->id[p.given_id.n] = 0;
    in->name = (chy_slice){j->name, p.name.n};
    return true;
}

static bool next_job(feed *f, job *j, tally *t)
{
    if (f->c->again) return next_stored(f, j, t);
    for (;;) {
        if (!f->s) {
            if (f->file == f->n_files) return false;
            out err = {0};
            f->s = source_open(f->files[f->file++], f->c, f->o, &err);
            if (!f->s) {
                f->refused++;
                clear_progress(t);
                fputs(err.p, stderr);
                out_free(&err);
                continue;
            }
        }
        if (source_next(f->s, j)) return true;
        source_close(f->s);
        f->s = NULL;
    }
}

static void run_here(feed *f, const chy_data *data, tally *t)
{
    chy_session *s;
    chy_error err;
    if (chy_session_new(data, &s, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        exit(EXIT_REFUSED);
    }
    chy_record *there = view(f->c, f->o);
    job j;
    while (!interrupted && !t->broken && next_job(f, &j, t)) {
        work(&j, f->c, f->o, s, data, there);
        print(&j, t);
    }
    chy_record_close(there);
    chy_session_free(s);
}

static void run_threads(feed *f, const chy_data *data, tally *t, unsigned n)
{
    ring r = {.size = n * 8, .c = f->c, .o = f->o, .data = data};
    r.jobs = xrealloc(NULL, r.size * sizeof *r.jobs);
    r.state = xrealloc(NULL, r.size * sizeof *r.state);
    memset(r.state, 0, r.size * sizeof *r.state);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.ready, NULL);
    pthread_cond_init(&r.done, NULL);
    pthread_t *threads = xrealloc(NULL, n * sizeof *threads);
    unsigned started = 0;
    while (started < n && pthread_create(&threads[started], NULL, worker, &r) == 0) started++;
    if (!started) {
        fputs("chancery: no thread can be started\n", stderr);
        exit(EXIT_REFUSED);
    }
    bool more = true;
    pthread_mutex_lock(&r.lock);
    for (;;) {
        if (r.tail < r.head && r.state[r.tail % r.size] == DONE) {
            unsigned i = (unsigned)(r.tail % r.size);
            job j = r.jobs[i];
            r.state[i] = EMPTY;
            r.tail++;
            pthread_mutex_unlock(&r.lock);
            print(&j, t);
            pthread_mutex_lock(&r.lock);
        } else if (more && r.head - r.tail < r.size) {
            pthread_mutex_unlock(&r.lock);
            job j = {0};
            more = !interrupted && !t->broken && next_job(f, &j, t);
            pthread_mutex_lock(&r.lock);
            if (more) {
                unsigned i = (unsigned)(r.head % r.size);
                r.jobs[i] = j;
                r.state[i] = READY;
                r.head++;
                pthread_cond_signal(&r.ready);
            }
        } else if (r.tail == r.head) {
            break;
        } else {
            pthread_cond_wait(&r.done, &r.lock);
        }
    }
    r.closed = true;
    pthread_cond_broadcast(&r.ready);
    pthread_mutex_unlock(&r.lock);
    for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
    pthread_cond_destroy(&r.ready);
    pthread_cond_destroy(&r.done);
    pthread_mutex_destroy(&r.lock);
    free(threads), free(r.jobs), free(r.state);
}

/* The user's frames or actors; false, with a message, where they cannot be read or are not right. */
static bool add_own(chy_data *data, const char *path, chy_status (*add)(chy_data *, chy_slice, chy_slice, chy_error *))
{
    out text = {0};
    if (!read_whole(path, &text)) return false;
    chy_error err = {0};
    chy_status st = add(data, (chy_slice){text.p ? text.p : "", text.n}, (chy_slice){path, strlen(path)}, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    out_free(&text);
    return st == CHY_OK;
}

static bool open_record(const command *c, const options *o, const chy_data *data, chy_record **record)
{
    chy_error err = {0};
    if (chy_record_open(o->record, c->again ? 0 : CHY_RECORD_CREATE, record, &err) == CHY_OK &&
        chy_record_begin(*record, c->name, chy_data_hash(data), &err) == CHY_OK) return true;
    fprintf(stderr, "chancery: %s\n", err.message);
    chy_record_close(*record);
    return false;
}

/* Commit what is left; the run is finished only where all its pages have been seen. */
static bool close_record(tally *t)
{
    chy_error err = {0};
    bool ok = !t->broken;
    if (ok) ok = (interrupted ? chy_record_commit(t->record, &err) : chy_record_end(t->record, &err)) == CHY_OK;
    if (err.code != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    chy_record_close(t->record);
    return ok;
}

int run_command(const command *c, const options *o)
{
    chy_data *data;
    chy_error err;
    if (chy_data_open(o->data, &data, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    bool ok = true;
    unsigned own = o->only_own ? (o->n_frames ? CHY_OWN_FRAMES : 0u) | (o->n_actors ? CHY_OWN_ACTORS : 0u) : 0;
    for (unsigned i = 0; ok && i < o->n_frames; i++) ok = add_own(data, o->frames[i], chy_data_add_frames);
    for (unsigned i = 0; ok && i < o->n_actors; i++) ok = add_own(data, o->actors[i], chy_data_add_actors);
    if (ok && own && chy_data_only_own(data, own, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        ok = false;
    }
    if (!ok) {
        chy_data_close(data);
        return EXIT_USAGE;
    }
    /* An interrupt lets the page at hand finish, so that no line is cut. */
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
    signal(SIGPIPE, SIG_IGN);

    tally t = {.progress = !o->quiet && isatty(2) && (c->take || !isatty(1)), .last = time(NULL),
               .gather = c->gathers && c->gathers(o), .c = c, .committed = time(NULL)};
    if (c->take && !open_record(c, o, data, &t.record)) {
        chy_data_close(data);
        return EXIT_REFUSED;
    }
    feed f = {.c = c, .o = o};
    f.files = source_files(o, &f.n_files);
    out text = {0};
    if (c->begin) c->begin(&text, o);
    if (text.n) fwrite(text.p, 1, text.n, stdout);
    out_free(&text);
    if (o->threads > 1) run_threads(&f, data, &t, o->threads);
    else run_here(&f, data, &t);
    clear_progress(&t);
    bool recorded = !t.record || close_record(&t);
    if (recorded && t.record && !o->quiet)
        printf("%llu pages read, %llu refused; %llu events added, %llu withdrawn, %llu as before\n", (unsigned long long)(t.pages - t.refused),
               (unsigned long long)(t.refused + f.refused), (unsigned long long)t.items, (unsigned long long)t.withdrawn, (unsigned long long)t.kept);
    if (t.gather) {
        c->finish(&t.gathered, o);
        fwrite(t.gathered.p, 1, t.gathered.n, stdout);
        out_free(&t.gathered);
    }
    source_close(f.s);
    for (unsigned i = 0; i < f.n_files; i++) free(f.files[i]);
    free(f.files);
    chy_data_close(data);
    errno = 0;
    if (fflush(stdout) != 0 || t.broken) {
        if (errno != EPIPE && errno != 0) fprintf(stderr, "chancery: standard output: %s\n", strerror(errno));
        return EXIT_REFUSED;
    }
    if (!recorded) return EXIT_REFUSED;
    if (interrupted) return EXIT_INTERRUPTED;
    return t.refused || f.refused ? EXIT_REFUSED : EXIT_DONE;
}
