/* SPDX-License-Identifier: Apache-2.0
 *
 * http.c - a request from its first line to its answer. All of this runs on libmicrohttpd's thread and never waits.
 */
#include "serve/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define PROBLEM(code, ...) return *status = (code), chy_reply_problem((code), NULL, __VA_ARGS__)

static const char *header(const chy_request *r, const char *name) { return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name); }

void *chy_http_uri(void *ctx, const char *uri, struct MHD_Connection *c)
{
    chy_server *s = ctx;
    chy_request *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->server = s;
    r->connection = c;
    chy_arena_init(&r->arena);
    size_t n = strlen(uri);
    r->too_long = n > CHY_MAX_TARGET;
    r->target = chy_arena_copy(&r->arena, (chy_slice){uri, r->too_long ? 0 : n});
    size_t k = 0;
    while (k < r->target.n && r->target.p[k] != '?') k++;
    r->path = (chy_slice){r->target.p, k};
    if (k < r->target.n) r->query = (chy_slice){r->target.p + k + 1, r->target.n - k - 1};
    pthread_mutex_lock(&s->lock);
    s->n_open++;
    pthread_mutex_unlock(&s->lock);
    return r;
}

void chy_http_completed(void *ctx, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode why)
{
    chy_server *s = ctx;
    chy_request *r = *request;
    (void)c, (void)why;
    if (!r) return;
    *request = NULL;
    chy_server_doing(r, CHY_RECEIVING);
    pthread_mutex_lock(&s->lock);
    s->n_open--;
    s->n_bodies -= r->expected;
    pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
    if (r->response) MHD_destroy_response(r->response);
    free(r->body);
    chy_arena_free(&r->arena);
    free(r);
}

/* ------------------------------------------------------------------- its beginning */

static struct MHD_Response *no_content(const char *allow)
{
    struct MHD_Response *m = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!m) return NULL;
    chy_reply_common(m);
    MHD_add_response_header(m, "Allow", allow);
    return m;
}

static struct MHD_Response *not_allowed(const char *method, const char *allow, unsigned *status)
{
    if (strcmp(method, "OPTIONS") == 0) return *status = 204, no_content(allow);
    struct MHD_Response *m = chy_reply_problem(*status = 405, NULL, "%.20s is not for this path; %s are", method, allow);
    if (m) MHD_add_response_header(m, "Allow", allow);
    return m;
}

/* What a body has to be, before any of it is read. */
static struct MHD_Response *begin_post(chy_request *r, unsigned *status)
{
    const char *type = header(r, "Content-Type"), *length = header(r, "Content-Length"), *coding = header(r, "Content-Encoding");
    const char *transfer = header(r, "Transfer-Encoding");
    size_t n = type ? strcspn(type, "; \t") : 0;
    if (n != 16 || strncasecmp(type, "application/json", 16) != 0) PROBLEM(415, "the body has to be application/json");
    if (coding && strcasecmp(coding, "identity") != 0) PROBLEM(415, "the body has to be sent as it is, without Content-Encoding");
    if (!length && !transfer) PROBLEM(411, "the body wants a Content-Length");
    if (length && (strlen(length) > 9 || (size_t)atol(length) > (chy_route_heavy(r->op) ? CHY_MAX_BODY : CHY_MAX_SMALL_BODY))) PROBLEM(413, "the body is too large");
    if (strcmp(r->op->id, "judge") == 0) {
        const char *token = header(r, "X-Chancery-Token");
        if (r->server->options.read_only) PROBLEM(403, "this server takes no verdicts");
        if (!token || !chy_same(r->server->verdict_token, token)) PROBLEM(403, "X-Chancery-Token has to be the token of /api/about");
    }
    return NULL;
}

static struct MHD_Response *begin_api(chy_request *r, const char *method, unsigned *status)
{
    bool get = strcmp(method, "GET") == 0 || r->head, post = strcmp(method, "POST") == 0, other;
    chy_slice at[CHY_MAX_PARAMETERS] = {{NULL, 0}};
    const chy_operation *op = chy_api_find(&r->server->api, r->path, post, at, &other);
    if (!op && !other) PROBLEM(404, "the API has no such path");
    if (!op || (!get && !post)) return not_allowed(method, (op && op->post) || (!op && !post) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS", status);
    r->op = op;
    const char *accept = header(r, "Accept");
    if (accept && chy_quality(accept, op->type) <= 0) PROBLEM(406, "the answer is of type %s", op->type);
    struct MHD_Response *m = post ? begin_post(r, status) : NULL;
    chy_error err = {0};
    if (!m && !chy_api_ask(&r->server->api, op, at, r->query, &r->arena, &r->ask, &err)) PROBLEM(err.code == CHY_E_MEMORY ? 503 : 400, "%s", err.message);
    return m;
}

/* The answer to what need not be read to its end, or NULL. */
static struct MHD_Response *begin(chy_request *r, const char *method, unsigned *status)
{
    r->head = strcmp(method, "HEAD") == 0;
    if (r->too_long) PROBLEM(414, "the address is longer than %d bytes", CHY_MAX_TARGET);
    if (!r->target.p) PROBLEM(503, "out of memory");
    struct MHD_Response *m = chy_guard(r, method, status);
    if (m) return m;
    if (r->server->stopping) PROBLEM(503, "the server is about to stop");
    if (chy_slice_eqz(r->path, "*") && strcmp(method, "OPTIONS") == 0) return *status = 204, no_content("GET, HEAD, POST, OPTIONS");
    if (!r->path.n || r->path.p[0] != '/') PROBLEM(400, "the address does not begin with a slash");
    const char *accept = header(r, "Accept-Encoding");
    int gzip = accept ? chy_quality(accept, "gzip") : -1, plain = accept ? chy_quality(accept, "identity") : -1;
    r->gzip = gzip > 0 && gzip >= plain;
    if (!gzip && !plain) PROBLEM(406, "answers are sent as they are, or with gzip");
    if (chy_slice_eqz(r->path, "/api") || chy_slice_starts(r->path, CHY_LIT("/api/"))) return begin_api(r, method, status);
    if (strcmp(method, "GET") != 0 && !r->head) return not_allowed(method, "GET, HEAD, OPTIONS", status);
    return NULL;
}

/* ------------------------------------------------------------------------ its body */

/* The bodies of all requests together are bounded; `expected` is what this one has of that. */
static bool reserve(chy_request *r, size_t n)
{
    chy_server *s = r->server;
    pthread_mutex_lock(&s->lock);
    bool ok = s->n_bodies + (n - r->expected) <= CHY_MAX_BODIES;
    if (ok) s->n_bodies += n - r->expected, r->expected = n;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

/* False where the connection is to be closed. */
static bool take(chy_request *r, const char *p, size_t n)
{
    size_t limit = !r->op || !r->op->post ? 0 : chy_route_heavy(r->op) ? CHY_MAX_BODY : CHY_MAX_SMALL_BODY;
    if (!limit) return (r->n_body += n) <= CHY_MAX_SMALL_BODY; /* of a GET: nobody reads it */
    if (r->too_large || n > limit - r->n_body) {
        r->too_large = true;
        return (r->n_body += n) <= 2 * limit;
    }
    size_t cap = r->expected ? r->expected : 8192;
    while (cap < r->n_body + n) cap *= 2;
    if (cap != r->expected) {
        char *body = reserve(r, cap) ? realloc(r->body, cap) : NULL;
        if (!body) return false;
        r->body = body;
    }
    memcpy(r->body + r->n_body, p, n);
    r->n_body += n;
    return true;
}

enum MHD_Result chy_http_access(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *upload,
                                size_t *n_upload, void **request)
{
    chy_request *r = *request;
    unsigned status = 200;
    struct MHD_Response *m = NULL;
    (void)ctx, (void)url, (void)version;
    if (!r) return MHD_NO;
    if (!r->begun) {
        r->begun = true;
        m = begin(r, method, &status);
        if (!m && status == 200) return MHD_YES;
    } else if (r->response) { /* a worker has done it */
        m = r->response;
        status = r->status;
        r->response = NULL;
    } else if (*n_upload) {
        size_t n = *n_upload;
        *n_upload = 0;
        return take(r, upload, n) ? MHD_YES : MHD_NO;
    } else if (r->too_large) {
        m = chy_reply_problem(status = 413, NULL, "the body is too large");
    } else if (!r->op) {
        m = chy_web_reply(r, &status);
    } else {
        const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        r->fd = i ? (int)i->connect_fd : -1;
        chy_server_doing(r, CHY_WORKING);
        MHD_suspend_connection(c);
        if (!chy_server_enqueue(r->server, r)) {
            r->response = chy_reply_problem(r->status = 503, NULL, "too many requests at once");
            MHD_resume_connection(c);
        }
        return MHD_YES;
    }
    chy_server_doing(r, m && r->op && strncmp(r->op->id, "export", 6) == 0 && status == 200 ? CHY_STREAMING : CHY_SENDING);
    return chy_send(c, status, m);
}
