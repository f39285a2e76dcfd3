/* SPDX-License-Identifier: Apache-2.0
 *
 * http.h - the server's own parts: what they share.
 *
 *     server.c   start, stop; workers and their queue; connections that take too long
 *     http.c     a request from its first line to its answer
 *     guard.c    who may ask: Host, Origin, token
 *     reply.c    answers: headers, ETag, gzip, problems
 *     describe.c openapi.json as a table of operations; parameters read by it
 *     schema.c   values checked against a schema of it
 *     route.c    operations carried out by their endpoints
 *     stream.c   exports
 *     files.c    the page's files
 *
 * One thread (libmicrohttpd's) has all the connections; it never waits for the record. A request that is complete is suspended and put in a queue,
 * a worker carries it out and resumes it.
 */
#ifndef CHY_SERVE_HTTP_H
#define CHY_SERVE_HTTP_H

#include "serve/serve.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum {
    CHY_MAX_PARAMETERS = 16,
    CHY_MAX_OPERATIONS = 48,
    CHY_MAX_SEGMENTS = 6,             /* of a path */
    CHY_MAX_TARGET = 8192,            /* bytes of a request's first line */
    CHY_MAX_BODY = 4 << 20,           /* a text of 250,000 characters, each as \uXXXX twice */
    CHY_MAX_SMALL_BODY = 128 << 10,   /* of a verdict */
    CHY_MAX_BODIES = 64 << 20,        /* bytes of bodies in memory, of all requests */
    CHY_CONNECTION_MEMORY = 32 << 10, /* request line and headers */
    CHY_MAX_STREAMS = 4
};

/* ------------------------------------------------------------- description */

typedef enum chy_place_of { CHY_IN_PATH, CHY_IN_QUERY, CHY_IN_HEADER } chy_place_of;

typedef struct chy_parameter {
    const char *name;
    chy_place_of in;
    bool required;
    const json_t *schema;
} chy_parameter;

typedef struct chy_operation {
    const char *id, *path, *type; /* type: of the answer */
    bool post;
    unsigned success;             /* its status */
    chy_parameter parameter[CHY_MAX_PARAMETERS];
    uint32_t n_parameters;
    const json_t *body;           /* schema, or NULL */
    chy_endpoint *endpoint;       /* NULL: the server itself */
} chy_operation;

typedef struct chy_api {
    json_t *root;
    chy_slice text;
    chy_operation operation[CHY_MAX_OPERATIONS];
    uint32_t n;
} chy_api;

/* Of src/serve/openapi.json, which is part of the program. */
chy_status chy_api_load(chy_api *api, chy_error *err);
/* The schema that a $ref stands for, or the schema itself. */
const json_t *chy_api_schema(const chy_api *api, const json_t *schema);
/* The operation of a method on a path; its parameters in the path go to `at` by their ordinals. NULL: there is none; *other then
 * tells whether the path has another method. */
const chy_operation *chy_api_find(const chy_api *api, chy_slice path, bool post, chy_slice at[CHY_MAX_PARAMETERS], bool *other);
/* Parameters as the description has them. `at` as chy_api_find filled it, `query` without the question mark; memory is the arena's.
 * False, with a message, where one is wrong. */
bool chy_api_ask(const chy_api *api, const chy_operation *op, const chy_slice at[CHY_MAX_PARAMETERS], chy_slice query, chy_arena *arena, chy_ask *out, chy_error *err);
/* %XX resolved, and + to a blank where `form`; false where that is malformed, a NUL, or no UTF-8. */
bool chy_percent(chy_arena *arena, chy_slice in, bool form, chy_slice *out);
/* Does a value fit? What is left out and has a default gets it. False, with a message that names the place, where it does not. */
bool chy_schema_check(const chy_api *api, const json_t *schema, json_t *value, const char *name, chy_error *err);
/* The same of a parameter, which is text. */
bool chy_schema_check_text(const chy_api *api, const json_t *schema, chy_slice value, const char *name, chy_error *err);

/* ---------------------------------------------------------------- requests */

typedef struct chy_connection {
    struct chy_connection *next, *before;
    struct MHD_Connection *connection;
    int fd;
    enum { CHY_RECEIVING, CHY_WORKING, CHY_SENDING, CHY_STREAMING } doing;
    time_t since;
} chy_connection;

typedef struct chy_request {
    struct chy_request *next;         /* in the queue */
    chy_server *server;
    struct MHD_Connection *connection;
    int fd;                           /* its socket, as long as it is suspended */
    chy_arena arena;
    chy_slice target, path, query;    /* as they were sent */
    bool too_long, begun, head, gzip;
    const chy_operation *op;
    chy_ask ask;
    char *body;
    size_t n_body, expected;
    bool too_large;
    struct MHD_Response *response;    /* of the worker */
    unsigned status;
} chy_request;

/* ----------------------------------------------------------------- answers */

/* `bytes` (malloc, taken over) as the answer to a request: ETag, 304, gzip where they are due. NULL where memory is out. */
struct MHD_Response *chy_reply(chy_request *r, char *bytes, size_t n, const char *type, const char *cache, unsigned *status);
struct MHD_Response *chy_reply_json(chy_request *r, json_t *v, const char *cache, unsigned *status);
/* RFC 9457. `term` may be NULL. */
struct MHD_Response *chy_reply_problem(unsigned status, const char *term, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* What every answer has. */
void chy_reply_common(struct MHD_Response *response);
/* The quality, 0 to 1000, that a header gives a value ("gzip", "application/json"); -1: it says nothing of it. */
int chy_quality(const char *header, const char *value);
/* Is the entity tag among those of If-None-Match (weak comparison; our own "-gz" makes no difference)? */
bool chy_etag_matches(const char *header, const char *etag);
enum MHD_Result chy_send(struct MHD_Connection *c, unsigned status, struct MHD_Response *response);
/* gzip of some bytes; NULL where memory is out. *n is the length of both. */
char *chy_gzip(const char *p, size_t *n, int level);

/* ------------------------------------------------------------------- files */

typedef struct chy_web_file {
    char name[64], type[48];          /* "app.js", "text/javascript; charset=utf-8" */
    chy_slice gzip;
    size_t size;                      /* not compressed */
} chy_web_file;

/* The file of that name; NULL where there is none. Index 0 … of all: chy_web_at. */
bool chy_web_find(chy_slice name, chy_web_file *out);
bool chy_web_there(void);
/* The answer to a path that is not of the API. */
struct MHD_Response *chy_web_reply(chy_request *r, unsigned *status);

/* ------------------------------------------------------------------ guard */

/* Is a request one that may be answered? Otherwise the answer to it. */
struct MHD_Response *chy_guard(chy_request *r, const char *method, unsigned *status);
bool chy_same(const char *a, const char *b); /* in constant time */
bool chy_random_token(char out[33]);

/* ------------------------------------------------------------------ server */

struct chy_server {
    chy_server_options options;
    char *record, *address, *token;   /* token: wanted of every request; NULL: none */
    char verdict_token[33];
    char host[300];                   /* as named on the command line, lower case; "" on loopback */
    uint16_t port;
    bool loopback, any_host;          /* any_host: it listens at all addresses of the machine */
    chy_api api;
    const chy_data *data;
    chy_store *store;
    struct MHD_Daemon *daemon;
    int socket;
    pthread_mutex_t lock;
    pthread_cond_t work, idle;        /* for workers; for the one who stops */
    chy_request *first, **last;       /* the queue */
    unsigned n_queued, n_working, n_heavy, n_streams;
    size_t n_bodies;                  /* bytes */
    unsigned n_open;                  /* requests begun and not yet done with */
    atomic_bool stopping, cut;        /* no new requests; streams are to end */
    pthread_t *worker, watch;
    unsigned n_workers;
    bool watched;
    chy_connection *connections;
};

/* libmicrohttpd's callbacks (http.c). */
void *chy_http_uri(void *ctx, const char *uri, struct MHD_Connection *c);
enum MHD_Result chy_http_access(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *upload,
                                size_t *n_upload, void **request);
void chy_http_completed(void *ctx, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode why);

/* Put a request in the queue; false where it is full. */
bool chy_server_enqueue(chy_server *s, chy_request *r);
/* Has the client closed its side? libmicrohttpd does not look while a connection is suspended. */
bool chy_server_gone(int fd);
/* What the connection of a request is at now, for the time limits. */
void chy_server_doing(chy_request *r, int doing);

/* Carry a request out; it then has an answer. */
void chy_route(chy_serve *serve, chy_request *r);
chy_endpoint *chy_route_endpoint(const char *operation);
/* Does it take long enough that not every worker should be at it? */
bool chy_route_heavy(const chy_operation *op);

/* A worker: what endpoints see of it, and until when the record may answer. */
typedef struct chy_worker {
    chy_serve serve;
    chy_server *server;
    struct timespec until;
    int fd;    /* of the request at hand */
    int looks; /* at the clock */
    bool late; /* it was broken off */
} chy_worker;

/* Was the last request broken off because it took too long? */
bool chy_serve_late(const chy_serve *serve);

/* Begin an export; the answer, or a problem. */
struct MHD_Response *chy_stream(chy_serve *serve, chy_request *r, unsigned *status);

#endif
