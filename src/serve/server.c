/* SPDX-License-Identifier: Apache-2.0
 *
 * server.c - start and stop; workers and their queue; connections that take too long.
 */
#include "serve/http.h"
#include "serve/store.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STEPS = 10000 /* of SQLite's machine between two looks at the clock */, LOOKS = 50 /* at it between two at the client */, GRACE = 5 /* seconds for exports when stopping */ };

static struct timespec after(double seconds, clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    t.tv_sec += (time_t)seconds;
    return t;
}

static time_t now(void) { return after(0, CLOCK_MONOTONIC).tv_sec; }

/* --------------------------------------------------------------------- workers */

bool chy_server_gone(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char byte;
    return fd >= 0 && poll(&p, 1, 0) > 0 && ((p.revents & (POLLERR | POLLHUP)) || recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0);
}

static int look_at_clock(void *ctx)
{
    chy_worker *w = ctx;
    struct timespec t = after(0, CLOCK_MONOTONIC);
    if (++w->looks % LOOKS == 0) w->late |= chy_server_gone(w->fd);
    w->late |= t.tv_sec > w->until.tv_sec || (t.tv_sec == w->until.tv_sec && t.tv_nsec > w->until.tv_nsec);
    return w->late;
}

bool chy_serve_late(const chy_serve *serve) { return ((const chy_worker *)(const void *)serve)->late; }

bool chy_server_enqueue(chy_server *s, chy_request *r)
{
    pthread_mutex_lock(&s->lock);
    bool room = s->n_queued < s->options.max_queue && !s->stopping;
    if (room) {
        r->next = NULL;
        *s->last = r;
        s->last = &r->next;
        s->n_queued++;
        pthread_cond_signal(&s->work);
    }
    pthread_mutex_unlock(&s->lock);
    return room;
}

/* The first request that may be begun: not all workers read texts at once, for the others would wait for seconds. NULL: none. */
static chy_request *next_request(chy_server *s)
{
    for (chy_request **p = &s->first; *p; p = &(*p)->next) {
        chy_request *r = *p;
        bool heavy = chy_route_heavy(r->op);
        if (heavy && s->n_heavy + 1 >= s->n_workers && s->n_workers > 1) continue;
        *p = r->next;
        if (s->last == &r->next) s->last = p;
        s->n_heavy += heavy;
        s->n_queued--;
        s->n_working++;
        return r;
    }
    return NULL;
}

static void *work(void *ctx)
{
    chy_worker *w = ctx;
    chy_server *s = w->server;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        chy_request *r = next_request(s);
        if (!r && s->stopping && !s->n_queued) break;
        if (!r) {
            pthread_cond_wait(&s->work, &s->lock);
            continue;
        }
        pthread_mutex_unlock(&s->lock);
        bool heavy = chy_route_heavy(r->op);
        w->until = after(s->options.work_seconds, CLOCK_MONOTONIC);
        w->late = false;
        w->fd = r->fd;
        if (chy_server_gone(r->fd)) r->response = chy_reply_problem(r->status = 503, NULL, "nobody waits for it");
        else chy_route(&w->serve, r);
        MHD_resume_connection(r->connection); /* the request is its connection's again */
        pthread_mutex_lock(&s->lock);
        s->n_heavy -= heavy;
        s->n_working--;
        if (heavy) pthread_cond_signal(&s->work);
        if (s->stopping) pthread_cond_broadcast(&s->work), pthread_cond_broadcast(&s->idle);
    }
    pthread_mutex_unlock(&s->lock);
    if (w->serve.session) chy_session_free(w->serve.session);
    chy_record_close(w->serve.record);
    free(w);
    return NULL;
}

static chy_status add_worker(chy_server *s, chy_error *err)
{
    chy_worker *w = calloc(1, sizeof *w);
    if (!w) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    w->server = s;
    w->serve = (chy_serve){.data = s->data, .store = s->store, .path = s->record, .token = s->options.read_only ? NULL : s->verdict_token};
    chy_status st = chy_record_open(s->record, CHY_RECORD_READ, &w->serve.record, err);
    if (st == CHY_OK) {
        sqlite3_progress_handler(w->serve.record->db, STEPS, look_at_clock, w);
        if (pthread_create(&s->worker[s->n_workers], NULL, work, w) == 0) return s->n_workers++, CHY_OK;
        st = chy_fail(err, CHY_E_IO, CHY_STAGE_NONE, 0, "no thread can be made");
    }
    chy_record_close(w->serve.record);
    free(w);
    return st;
}

/* ----------------------------------------------------------------- connections */

static void connection_changed(void *ctx, struct MHD_Connection *c, void **mine, enum MHD_ConnectionNotificationCode code)
{
    chy_server *s = ctx;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        chy_connection *k = calloc(1, sizeof *k);
        if (!k) return;
        *k = (chy_connection){.connection = c, .fd = i ? (int)i->connect_fd : -1, .doing = CHY_RECEIVING, .since = now()};
        pthread_mutex_lock(&s->lock);
        k->next = s->connections;
        if (k->next) k->next->before = k;
        s->connections = k;
        pthread_mutex_unlock(&s->lock);
        *mine = k;
        return;
    }
    chy_connection *k = *mine;
    if (!k) return;
    pthread_mutex_lock(&s->lock); /* the socket is still open, so that `watch` cannot shut another one */
    if (k->before) k->before->next = k->next;
    else s->connections = k->next;
    if (k->next) k->next->before = k->before;
    pthread_mutex_unlock(&s->lock);
    free(k);
}

void chy_server_doing(chy_request *r, int doing)
{
    const union MHD_ConnectionInfo *i = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    chy_connection *k = i ? i->socket_context : NULL;
    if (!k) return;
    pthread_mutex_lock(&r->server->lock);
    k->doing = doing;
    k->since = now();
    pthread_mutex_unlock(&r->server->lock);
}

/* libmicrohttpd limits the time in which nothing at all comes; who sends a byte now and then is cut off here. */
static void *watch(void *ctx)
{
    chy_server *s = ctx;
    pthread_mutex_lock(&s->lock);
    while (!s->cut) {
        time_t t = now();
        for (chy_connection *k = s->connections; k; k = k->next) {
            unsigned limit = k->doing == CHY_RECEIVING ? s->options.receive_seconds : k->doing == CHY_SENDING ? s->options.send_seconds : 0;
            if (limit && t - k->since > limit && k->fd >= 0) shutdown(k->fd, SHUT_RDWR), k->fd = -1;
        }
        struct timespec soon = after(1, CLOCK_REALTIME);
        pthread_cond_timedwait(&s->idle, &s->lock, &soon);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ----------------------------------------------------------------------- listening */

static bool is_loopback(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET) return (ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24) == 127;
    return a->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

/* The socket of `address`; its family goes to *family. */
static chy_status listen_at(chy_server *s, int *family, chy_error *err)
{
    const char *address = s->options.address ? s->options.address : "127.0.0.1";
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found = NULL;
    char port[8];
    snprintf(port, sizeof port, "%u", s->options.port);
    if (getaddrinfo(address, port, &hints, &found) != 0 || !found) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%.100s: no such address", address);
    *family = found->ai_family;
    s->loopback = is_loopback(found->ai_addr);
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
    bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 && bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, 128) == 0;
    int why = errno;
    freeaddrinfo(found);
    s->socket = fd;
    union {
        struct sockaddr a;
        struct sockaddr_storage room;
    } at;
    socklen_t n = sizeof at;
    if (!ok || getsockname(fd, &at.a, &n) != 0)
        return chy_fail(err, why == EADDRINUSE ? CHY_E_BUSY : why == EADDRNOTAVAIL ? CHY_E_ARGUMENT : CHY_E_IO, CHY_STAGE_NONE, 0, "%.100s, port %u: %s", address,
                        s->options.port, why == EADDRINUSE ? "another program listens there" : strerror(why));
    s->port = ntohs(at.a.sa_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&at)->sin6_port : ((struct sockaddr_in *)(void *)&at)->sin_port);
    /* How browsers write it; an address that stands for all is nobody's name. */
    s->any_host = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
    if (!s->any_host) snprintf(s->host, sizeof s->host, strchr(address, ':') ? "[%s]" : "%s", address);
    return CHY_OK;
}

/* As it complains to nobody, neither does the library. */
static void hush(void *ctx, const char *fmt, va_list a) { (void)ctx, (void)fmt, (void)a; }
/* Addresses are read by us (describe.c). */
static size_t as_it_is(void *ctx, struct MHD_Connection *c, char *text) { return (void)ctx, (void)c, strlen(text); }

static chy_status start_daemon(chy_server *s, int family, chy_error *err)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (family == AF_INET6 ? MHD_USE_IPv6 : 0);
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, chy_http_access, s, MHD_OPTION_EXTERNAL_LOGGER, hush, NULL, MHD_OPTION_LISTEN_SOCKET, s->socket,
                                 MHD_OPTION_CONNECTION_LIMIT, s->options.max_connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->options.max_per_address,
                                 MHD_OPTION_CONNECTION_TIMEOUT, s->options.receive_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CHY_CONNECTION_MEMORY,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, chy_http_uri, s, MHD_OPTION_UNESCAPE_CALLBACK, as_it_is, NULL,
                                 MHD_OPTION_NOTIFY_COMPLETED, chy_http_completed, s, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, s, MHD_OPTION_END);
    if (!s->daemon) return chy_fail(err, CHY_E_IO, CHY_STAGE_NONE, 0, "the server cannot be started");
    s->socket = -1; /* libmicrohttpd's */
    return CHY_OK;
}

/* --------------------------------------------------------------------------- start */

static chy_status set_options(chy_server *s, const chy_server_options *o, chy_error *err)
{
    s->options = *o;
#define DEFAULT(field, value)                                                                                          \
    if (!s->options.field) s->options.field = (value)
    DEFAULT(threads, 4);
    DEFAULT(max_connections, 256);
    DEFAULT(max_per_address, 128);
    DEFAULT(max_queue, 256);
    DEFAULT(receive_seconds, 30);
    DEFAULT(send_seconds, 60);
    DEFAULT(work_seconds, 10);
    if (s->options.threads > 64) s->options.threads = 64;
    s->record = strdup(o->record ? o->record : "");
    s->address = o->address ? strdup(o->address) : NULL;
    s->token = o->token && *o->token ? strdup(o->token) : NULL;
    s->worker = calloc(s->options.threads, sizeof *s->worker);
    s->options.record = s->record, s->options.address = s->address, s->options.token = s->token;
    if (!s->record || !s->worker || (o->address && !s->address) || (o->token && *o->token && !s->token) || !chy_random_token(s->verdict_token))
        return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    for (const char *p = s->token; p && *p; p++)
        if (*p <= ' ' || *p > '~' || strchr("\",;\\", *p) || p - s->token > 200)
            return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "a token is at most 200 letters, figures and signs, without blanks, commas, semicolons and quotes");
    return CHY_OK;
}

chy_status chy_server_start(const chy_data *data, const chy_server_options *options, chy_server **out, chy_error *err)
{
    *out = NULL;
    chy_server *s = calloc(1, sizeof *s);
    if (!s) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory");
    s->data = data;
    s->socket = -1;
    s->last = &s->first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->work, NULL);
    pthread_cond_init(&s->idle, NULL);
    int family = AF_INET;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are for the threads of the caller */
    chy_status st = set_options(s, options, err);
    if (st == CHY_OK) st = chy_api_load(&s->api, err);
    if (st == CHY_OK) st = chy_store_open(s->record, &s->store, err);
    for (uint32_t i = 0; i < s->api.n; i++) s->api.operation[i].endpoint = chy_route_endpoint(s->api.operation[i].id);
    for (unsigned i = 0; st == CHY_OK && i < s->options.threads; i++) st = add_worker(s, err);
    if (st == CHY_OK) st = listen_at(s, &family, err);
    if (st == CHY_OK && !s->loopback && !s->token) st = chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%.100s: not without a token, as others can reach it", s->options.address);
    if (st == CHY_OK) {
        s->watched = pthread_create(&s->watch, NULL, watch, s) == 0;
        st = s->watched ? start_daemon(s, family, err) : chy_fail(err, CHY_E_IO, CHY_STAGE_NONE, 0, "no thread can be made");
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (st == CHY_OK) return *out = s, CHY_OK;
    chy_server_stop(s);
    return st;
}

uint16_t chy_server_port(const chy_server *s) { return s->port; }

/* ---------------------------------------------------------------------------- stop */

/* Wait while *what is not 0, `seconds` at most. The lock is held. */
static void wait_for(chy_server *s, const unsigned *what, unsigned seconds)
{
    struct timespec end = after(seconds, CLOCK_REALTIME);
    while (*what && pthread_cond_timedwait(&s->idle, &s->lock, &end) == 0) {}
}

void chy_server_stop(chy_server *s)
{
    if (!s) return;
    if (s->daemon) {
        int fd = MHD_quiesce_daemon(s->daemon);
        if (fd >= 0) close(fd);
    }
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_broadcast(&s->work);
    pthread_mutex_unlock(&s->lock);
    for (unsigned i = 0; i < s->n_workers; i++) pthread_join(s->worker[i], NULL);
    pthread_mutex_lock(&s->lock);
    wait_for(s, &s->n_streams, GRACE);
    s->cut = true; /* what is left of them ends with an error */
    pthread_cond_broadcast(&s->idle);
    while (s->n_streams) pthread_cond_wait(&s->idle, &s->lock);
    wait_for(s, &s->n_open, 1);
    pthread_mutex_unlock(&s->lock);
    if (s->watched) pthread_join(s->watch, NULL);
    if (s->daemon) MHD_stop_daemon(s->daemon);
    if (s->socket >= 0) close(s->socket);
    chy_store_close(s->store);
    json_decref(s->api.root);
    pthread_cond_destroy(&s->idle);
    pthread_cond_destroy(&s->work);
    pthread_mutex_destroy(&s->lock);
    free(s->worker);
    free(s->record);
    free(s->address);
    free(s->token);
    free(s);
}
