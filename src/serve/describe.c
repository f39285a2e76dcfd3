/* SPDX-License-Identifier: Apache-2.0
 *
 * describe.c - openapi.json as a table of operations, and parameters read by it.
 */
#include "serve/http.h"

#include <stdlib.h>

extern const char chy_embedded_api[], chy_embedded_api_end[];

static chy_status bad(chy_error *err, const char *what)
{
    return chy_fail(err, CHY_E_DATA, CHY_STAGE_NONE, 0, "the API's description is damaged: %.100s", what);
}

static bool load_parameters(const chy_api *api, const json_t *list, chy_operation *op)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *p = chy_api_schema(api, json_array_get(list, i));
        const char *in = json_string_value(json_object_get(p, "in"));
        chy_parameter *q = &op->parameter[op->n_parameters];
        if (op->n_parameters == CHY_MAX_PARAMETERS || !in) return false;
        *q = (chy_parameter){json_string_value(json_object_get(p, "name")), in[0] == 'p' ? CHY_IN_PATH : in[0] == 'q' ? CHY_IN_QUERY : CHY_IN_HEADER,
                             json_is_true(json_object_get(p, "required")), json_object_get(p, "schema")};
        if (!q->name || !q->schema) return false;
        op->n_parameters++;
    }
    return true;
}

static bool load_operation(chy_api *api, const char *path, bool post, const json_t *v)
{
    if (!v) return true;
    if (api->n == CHY_MAX_OPERATIONS) return false;
    chy_operation *op = &api->operation[api->n++];
    *op = (chy_operation){.id = json_string_value(json_object_get(v, "operationId")), .path = path, .post = post, .success = 200};
    const json_t *responses = json_object_get(v, "responses"), *ok = json_object_get(responses, "200"), *body;
    if (!ok) ok = json_object_get(responses, "201"), op->success = 201;
    op->type = json_object_iter_key(json_object_iter(json_object_get(ok, "content")));
    body = json_object_get(json_object_get(json_object_get(v, "requestBody"), "content"), "application/json");
    op->body = json_object_get(body, "schema");
    return op->id && op->type && (!post || op->body) && load_parameters(api, json_object_get(v, "parameters"), op);
}

chy_status chy_api_load(chy_api *api, chy_error *err)
{
    *api = (chy_api){.text = {chy_embedded_api, (size_t)(chy_embedded_api_end - chy_embedded_api)}};
    json_error_t e;
    api->root = json_loadb(api->text.p, api->text.n, JSON_REJECT_DUPLICATES, &e);
    if (!api->root) return bad(err, e.text);
    const char *path;
    json_t *v;
    json_object_foreach(json_object_get(api->root, "paths"), path, v)
        if (!load_operation(api, path, false, json_object_get(v, "get")) || !load_operation(api, path, true, json_object_get(v, "post"))) return bad(err, path);
    return api->n ? CHY_OK : bad(err, "no path");
}

/* The next segment of a path that begins with a slash. */
static bool segment(chy_slice *rest, chy_slice *out)
{
    if (!rest->n) return false;
    size_t n = 1;
    while (n < rest->n && rest->p[n] != '/') n++;
    *out = (chy_slice){rest->p + 1, n - 1};
    *rest = (chy_slice){rest->p + n, rest->n - n};
    return true;
}

static bool matches(const chy_operation *op, chy_slice path, chy_slice at[CHY_MAX_PARAMETERS])
{
    chy_slice template = chy_slice_z(op->path), have = {0}, want = {0};
    for (;;) {
        bool more = segment(&template, &want);
        if (segment(&path, &have) != more) return false;
        if (!more) return true;
        if (want.n < 2 || want.p[0] != '{') {
            if (!chy_slice_eq(want, have)) return false;
            continue;
        }
        if (!have.n) return false;
        for (uint32_t i = 0; i < op->n_parameters; i++)
            if (op->parameter[i].in == CHY_IN_PATH && chy_slice_eq(chy_slice_z(op->parameter[i].name), (chy_slice){want.p + 1, want.n - 2})) at[i] = have;
    }
}

const chy_operation *chy_api_find(const chy_api *api, chy_slice path, bool post, chy_slice at[CHY_MAX_PARAMETERS], bool *other)
{
    *other = false;
    for (uint32_t i = 0; i < api->n; i++) {
        if (!matches(&api->operation[i], path, at)) continue;
        if (api->operation[i].post == post) return &api->operation[i];
        *other = true;
    }
    return NULL;
}

/* ------------------------------------------------------------------ parameters */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

bool chy_percent(chy_arena *arena, chy_slice in, bool form, chy_slice *out)
{
    char *p = chy_arena_alloc(arena, in.n + 1);
    size_t n = 0, bad_at;
    if (!p) return false;
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '+' && form) c = ' ';
        if (c == '%') {
            int high = i + 2 < in.n ? digit(in.p[i + 1]) : -1, low = i + 2 < in.n ? digit(in.p[i + 2]) : -1;
            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (!c) return false;
        p[n++] = c;
    }
    p[n] = 0;
    *out = (chy_slice){p, n};
    return chy_utf8_valid(*out, &bad_at);
}

static bool refuse(chy_error *err, const char *fmt, chy_slice name)
{
    chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, fmt, (int)(name.n > 60 ? 60 : name.n), name.p);
    return false;
}

static bool read_query(const chy_operation *op, chy_slice query, chy_arena *arena, chy_slice given[CHY_MAX_PARAMETERS], chy_error *err)
{
    chy_slice rest = query, pair;
    while (query.n && chy_slice_split(&rest, '&', &pair)) {
        if (!pair.n) continue;
        size_t n = 0;
        while (n < pair.n && pair.p[n] != '=') n++;
        chy_slice name, value, raw = n < pair.n ? (chy_slice){pair.p + n + 1, pair.n - n - 1} : (chy_slice){NULL, 0};
        if (!chy_percent(arena, (chy_slice){pair.p, n}, true, &name)) return refuse(err, "the name of a parameter is no UTF-8 in %%XX: %.*s", (chy_slice){pair.p, n});
        uint32_t i = 0;
        while (i < op->n_parameters && !(op->parameter[i].in == CHY_IN_QUERY && chy_slice_eq(chy_slice_z(op->parameter[i].name), name))) i++;
        if (i == op->n_parameters) return refuse(err, "there is no parameter %.*s", name);
        if (given[i].p) return refuse(err, "%.*s is given twice", name);
        if (!chy_percent(arena, raw, true, &value)) return refuse(err, "the value of %.*s is no UTF-8 in %%XX", name);
        given[i] = value;
    }
    return true;
}

/* A default as text. */
static bool set_default(const json_t *schema, chy_arena *arena, chy_slice *out)
{
    const json_t *v = json_object_get(schema, "default");
    if (json_is_integer(v)) *out = chy_arena_printf(arena, "%lld", (long long)json_integer_value(v));
    else if (v) *out = (chy_slice){json_string_value(v), json_string_length(v)};
    else *out = (chy_slice){NULL, 0};
    return !arena->failed;
}

bool chy_api_ask(const chy_api *api, const chy_operation *op, const chy_slice at[CHY_MAX_PARAMETERS], chy_slice query, chy_arena *arena, chy_ask *out, chy_error *err)
{
    chy_slice given[CHY_MAX_PARAMETERS] = {{NULL, 0}};
    const char **names = chy_arena_calloc(arena, CHY_MAX_PARAMETERS, sizeof *names);
    chy_slice *values = chy_arena_calloc(arena, CHY_MAX_PARAMETERS, sizeof *values);
    *out = (chy_ask){.names = names, .values = values};
    if (!names || !values) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory"), false;
    if (!read_query(op, query, arena, given, err)) return false;
    for (uint32_t i = 0; i < op->n_parameters; i++) {
        const chy_parameter *p = &op->parameter[i];
        const json_t *schema = chy_api_schema(api, p->schema);
        if (p->in == CHY_IN_HEADER) continue;
        if (p->in == CHY_IN_PATH && !chy_percent(arena, at[i], false, &given[i])) return refuse(err, "%.*s in the path is no UTF-8 in %%XX", chy_slice_z(p->name));
        if (!given[i].p && p->required) return refuse(err, "%.*s is missing", chy_slice_z(p->name));
        if (given[i].p && !chy_schema_check_text(api, schema, given[i], p->name, err)) return false;
        if (!given[i].p && !set_default(schema, arena, &given[i])) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory"), false;
        names[out->n] = p->name;
        values[out->n++] = given[i];
    }
    return true;
}
