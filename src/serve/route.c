/* SPDX-License-Identifier: Apache-2.0
 *
 * route.c - operations carried out by their endpoints.
 */
#include "serve/http.h"

#include <stdlib.h>

static const struct {
    const char *id;
    chy_endpoint *call;
} chy_serve_endpoints[] = {
    {"about", chy_serve_about},           {"values", chy_serve_values},         {"facets", chy_serve_facets},       {"events", chy_serve_events},
    {"event", chy_serve_event},           {"explainEvent", chy_serve_explain_event}, {"incidents", chy_serve_incidents}, {"incident", chy_serve_incident},
    {"timeline", chy_serve_timeline},     {"relation", chy_serve_relation},     {"network", chy_serve_network},     {"places", chy_serve_places},
    {"contested", chy_serve_contested},   {"dispatches", chy_serve_dispatches}, {"dispatch", chy_serve_dispatch},   {"marks", chy_serve_marks},
    {"actors", chy_serve_actors},         {"actor", chy_serve_actor},           {"code", chy_serve_code},           {"explainText", chy_serve_explain_text},
    {"judge", chy_serve_judge},
};

chy_endpoint *chy_route_endpoint(const char *operation)
{
    for (unsigned i = 0; i < sizeof chy_serve_endpoints / sizeof *chy_serve_endpoints; i++)
        if (strcmp(chy_serve_endpoints[i].id, operation) == 0) return chy_serve_endpoints[i].call;
    return NULL;
}

bool chy_route_heavy(const chy_operation *op) { return strcmp(op->id, "code") == 0 || strcmp(op->id, "explainText") == 0; }

/* --------------------------------------------------------------- for endpoints */

chy_slice chy_ask_text(const chy_ask *ask, const char *name)
{
    for (uint32_t i = 0; i < ask->n; i++)
        if (strcmp(ask->names[i], name) == 0) return ask->values[i];
    return (chy_slice){NULL, 0};
}

int64_t chy_ask_int(const chy_ask *ask, const char *name)
{
    chy_slice s = chy_ask_text(ask, name);
    int64_t v = 0;
    for (size_t i = s.n && s.p[0] == '-'; i < s.n; i++) v = v * 10 + (s.p[i] - '0');
    return s.n && s.p[0] == '-' ? -v : v;
}

/* --------------------------------------------------------------------- the rest */

static struct MHD_Response *problem(chy_request *r, unsigned status, const char *term, const char *message)
{
    r->status = status;
    return chy_reply_problem(status, term, "%s", message);
}

/* The body as JSON that fits; NULL and an answer where it does not. */
static json_t *read_body(chy_request *r)
{
    json_error_t e;
    chy_error err = {0};
    size_t bad;
    if (!chy_utf8_valid((chy_slice){r->body, r->n_body}, &bad)) {
        r->response = chy_reply_problem(r->status = 400, NULL, "the body is no UTF-8 at byte %zu", bad);
        return NULL;
    }
    json_t *v = json_loadb(r->body ? r->body : "", r->n_body, JSON_REJECT_DUPLICATES, &e);
    if (!v) {
        r->response = chy_reply_problem(r->status = 400, NULL, "the body is no JSON: %.120s, line %d", e.text, e.line);
        return NULL;
    }
    if (chy_schema_check(&r->server->api, r->op->body, v, "the body", &err)) return v;
    json_decref(v);
    r->response = problem(r, 400, NULL, err.message);
    return NULL;
}

static unsigned status_of(chy_status st)
{
    switch (st) {
    case CHY_E_ARGUMENT:
    case CHY_E_FORMAT:
    case CHY_E_BINARY:
    case CHY_E_EMPTY:
    case CHY_E_LANGUAGE:
    case CHY_E_LIMIT: return 400;
    case CHY_E_BUSY:
    case CHY_E_MEMORY: return 503;
    default: return 500;
    }
}

static void call(chy_serve *serve, chy_request *r)
{
    chy_answer answer = {0};
    chy_error err = {0};
    chy_status st = r->op->endpoint(serve, &r->ask, &answer, &err);
    r->status = r->op->success;
    if (st == CHY_OK && answer.json) r->response = chy_reply_json(r, answer.json, r->op->post ? "no-store" : "private, no-cache", &r->status);
    else if (chy_serve_late(serve)) r->response = problem(r, 503, NULL, "that took too long; ask for less");
    else r->response = problem(r, answer.status ? answer.status : status_of(st), answer.term, err.message[0] ? err.message : "no answer");
    json_decref(answer.json);
}

void chy_route(chy_serve *serve, chy_request *r)
{
    json_t *body = NULL;
    if (r->op->body && !(body = read_body(r))) return;
    r->ask.body = body;
    if (r->op->endpoint) {
        call(serve, r);
    } else if (strncmp(r->op->id, "export", 6) == 0) {
        r->status = 200;
        r->response = chy_stream(serve, r, &r->status);
    } else { /* the description itself */
        char *text = malloc(r->server->api.text.n);
        if (text) memcpy(text, r->server->api.text.p, r->server->api.text.n);
        r->status = 200;
        r->response = text ? chy_reply(r, text, r->server->api.text.n, r->op->type, "private, no-cache", &r->status) : NULL;
    }
    json_decref(body);
    if (!r->response) r->response = problem(r, 503, NULL, "out of memory");
}
