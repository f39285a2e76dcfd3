/* SPDX-License-Identifier: Apache-2.0
 *
 * serve.h - the record over HTTP, and the page over that.
 *
 * In: a record, the data, requests. Out: answers as src/serve/openapi.json describes them.
 *
 *     http.c      the server: connections, limits, who may ask, ETag, gzip, the page's files
 *     route.c     from method and path to an endpoint; parameters read as the description has them
 *     store.c     the events of the present as columns in memory, and what an expression finds there as bits
 *     the rest    endpoints, each from a chy_ask to a chy_answer
 */
#ifndef CHY_SERVE_H
#define CHY_SERVE_H

#include "base/base.h"
#include "record/record.h"

#include <jansson.h>

typedef struct chy_store chy_store;

/* What one worker of the server has. One thread at a time. */
typedef struct chy_serve {
    const chy_data *data;     /* shared */
    chy_store *store;         /* shared: takes care of itself */
    chy_record *record;       /* its own, for reading only */
    chy_session *session;     /* its own, made when first wanted (chy_serve_session) */
    const char *path;         /* of the record, for verdicts: they have a connection of their own */
    const char *token;        /* that verdicts need; NULL: none are taken */
} chy_serve;

/* A request whose parameters are in order: each as openapi.json has it, with its default where it was not given. */
typedef struct chy_ask {
    const char *const *names; /* of parameters, path and query together */
    const chy_slice *values;
    uint32_t n;
    const json_t *body;       /* of a POST: fits its schema */
} chy_ask;

/* The value of a parameter; n 0 where it is empty. Asking for one that the description has not is a programming error: n 0. */
chy_slice chy_ask_text(const chy_ask *ask, const char *name);
/* Of an integer parameter, within the bounds that the description gives. */
int64_t chy_ask_int(const chy_ask *ask, const char *name);

/* An endpoint fills `json` (a new reference) and returns CHY_OK, or sets *status (404, 400, 503 …) and err->message. CHY_E_ARGUMENT is a 400,
 * CHY_E_BUSY a 503 and anything else a 500 where *status is 0. */
typedef struct chy_answer {
    json_t *json;
    unsigned status;          /* 0: as the result says */
    const char *term;         /* of an expression that is wrong, or NULL */
} chy_answer;

typedef chy_status chy_endpoint(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err);

/* What IGO, NGO, MNC, ISM and UNK stand for; n 0 for any other code. */
chy_slice chy_serve_kind_of_country(chy_slice code);

/* One an operationId of openapi.json; chy_serve_endpoints in route.c names them all. */
extern chy_endpoint chy_serve_about, chy_serve_values, chy_serve_facets, chy_serve_events, chy_serve_event, chy_serve_explain_event, chy_serve_incidents,
    chy_serve_incident, chy_serve_timeline, chy_serve_relation, chy_serve_network, chy_serve_places, chy_serve_contested, chy_serve_dispatches,
    chy_serve_dispatch, chy_serve_marks, chy_serve_actors, chy_serve_actor, chy_serve_code, chy_serve_explain_text, chy_serve_judge;

#endif
