/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.c - values against the schemas of openapi.json, as much of JSON Schema as it uses: type, enum, minimum, maximum, minLength, maxLength,
 * required, properties, additionalProperties, maxProperties, items, minItems, maxItems, default, $ref.
 */
#include "serve/http.h"

#include <stdlib.h>

enum { MAX_DEPTH = 16, MAX_NAME = 120 };

const json_t *chy_api_schema(const chy_api *api, const json_t *schema)
{
    static const char schemas[] = "#/components/schemas/", parameters[] = "#/components/parameters/";
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    if (!ref) return schema;
    const json_t *all = json_object_get(api->root, "components");
    if (strncmp(ref, schemas, sizeof schemas - 1) == 0) return json_object_get(json_object_get(all, "schemas"), ref + sizeof schemas - 1);
    if (strncmp(ref, parameters, sizeof parameters - 1) == 0) return json_object_get(json_object_get(all, "parameters"), ref + sizeof parameters - 1);
    return NULL;
}

static size_t characters(const char *p, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) k += ((unsigned char)p[i] & 0xc0) != 0x80;
    return k;
}

static bool wrong(chy_error *err, const char *fmt, const char *name, long long a)
{
    chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, fmt, name, a);
    return false;
}

static bool is_of(const json_t *value, const char *type)
{
    if (strcmp(type, "string") == 0) return json_is_string(value);
    if (strcmp(type, "integer") == 0) return json_is_integer(value);
    if (strcmp(type, "number") == 0) return json_is_number(value);
    if (strcmp(type, "boolean") == 0) return json_is_boolean(value);
    if (strcmp(type, "object") == 0) return json_is_object(value);
    if (strcmp(type, "array") == 0) return json_is_array(value);
    return json_is_null(value);
}

static bool check_type(const json_t *schema, const json_t *value, const char *name, chy_error *err)
{
    const json_t *type = json_object_get(schema, "type");
    if (!type) return true;
    if (json_is_string(type)) {
        if (is_of(value, json_string_value(type))) return true;
        chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%s is not of type %s", name, json_string_value(type));
        return false;
    }
    for (size_t i = 0; i < json_array_size(type); i++)
        if (is_of(value, json_string_value(json_array_get(type, i)))) return true;
    chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%s is of the wrong type", name);
    return false;
}

/* The names of an enum, for a message. */
static void list(const json_t *values, char *out, size_t size)
{
    size_t n = 0;
    out[0] = 0;
    for (size_t i = 0; i < json_array_size(values) && n < size; i++) {
        int k = snprintf(out + n, size - n, "%s%s", i ? ", " : "", json_string_value(json_array_get(values, i)));
        n += k > 0 ? (size_t)k : 0;
    }
}

static bool check_enum(const json_t *schema, chy_slice value, const char *name, chy_error *err)
{
    const json_t *values = json_object_get(schema, "enum");
    if (!values) return true;
    for (size_t i = 0; i < json_array_size(values); i++)
        if (chy_slice_eqz(value, json_string_value(json_array_get(values, i)))) return true;
    char names[160];
    list(values, names, sizeof names);
    chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%s is one of %s", name, names);
    return false;
}

static bool check_length(const json_t *schema, const char *p, size_t n, const char *name, chy_error *err)
{
    const json_t *min = json_object_get(schema, "minLength"), *max = json_object_get(schema, "maxLength");
    if (!min && !max) return true;
    size_t k = characters(p, n);
    if (min && k < (size_t)json_integer_value(min)) return wrong(err, k ? "%s has fewer than %lld characters" : "%s is empty", name, json_integer_value(min));
    if (max && k > (size_t)json_integer_value(max)) return wrong(err, "%s has more than %lld characters", name, json_integer_value(max));
    return true;
}

static bool check_bounds(const json_t *schema, json_int_t v, const char *name, chy_error *err)
{
    const json_t *min = json_object_get(schema, "minimum"), *max = json_object_get(schema, "maximum");
    if (min && v < json_integer_value(min)) return wrong(err, "%s is less than %lld", name, json_integer_value(min));
    if (max && v > json_integer_value(max)) return wrong(err, "%s is more than %lld", name, json_integer_value(max));
    return true;
}

static bool check(const chy_api *api, const json_t *schema, json_t *value, const char *name, unsigned depth, chy_error *err);

static bool check_object(const chy_api *api, const json_t *schema, json_t *value, const char *name, unsigned depth, chy_error *err)
{
    const json_t *properties = json_object_get(schema, "properties"), *more = json_object_get(schema, "additionalProperties");
    const json_t *required = json_object_get(schema, "required"), *max = json_object_get(schema, "maxProperties");
    if (max && json_object_size(value) > (size_t)json_integer_value(max)) return wrong(err, "%s has more than %lld members", name, json_integer_value(max));
    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *key = json_string_value(json_array_get(required, i));
        if (json_object_get(value, key)) continue;
        chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "%s is missing", key);
        return false;
    }
    const char *key;
    json_t *v;
    json_object_foreach(value, key, v) {
        char inner[MAX_NAME];
        snprintf(inner, sizeof inner, "%.*s%s%.60s", depth ? (int)sizeof inner - 64 : 0, name, depth ? "." : "", key);
        const json_t *s = json_object_get(properties, key);
        if (!s && json_is_object(more)) s = more;
        if (!s && json_is_false(more)) {
            chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "there is no %s", inner);
            return false;
        }
        if (s && !check(api, s, v, inner, depth + 1, err)) return false;
    }
    const json_t *s;
    const char *k;
    for (void *it = json_object_iter((json_t *)(uintptr_t)properties); it; it = json_object_iter_next((json_t *)(uintptr_t)properties, it)) {
        k = json_object_iter_key(it);
        s = json_object_get(json_object_iter_value(it), "default");
        if (s && !json_object_get(value, k) && json_object_set_new(value, k, json_deep_copy(s)) != 0)
            return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_NONE, 0, "out of memory"), false;
    }
    return true;
}

static bool check(const chy_api *api, const json_t *schema, json_t *value, const char *name, unsigned depth, chy_error *err)
{
    schema = chy_api_schema(api, schema);
    if (!schema || depth > MAX_DEPTH) return wrong(err, "%s is nested deeper than %lld", name, MAX_DEPTH);
    if (!check_type(schema, value, name, err)) return false;
    if (json_is_string(value)) {
        chy_slice s = {json_string_value(value), json_string_length(value)};
        return check_enum(schema, s, name, err) && check_length(schema, s.p, s.n, name, err);
    }
    if (json_object_get(schema, "enum")) return check_enum(schema, CHY_LIT("?"), name, err);
    if (json_is_integer(value)) return check_bounds(schema, json_integer_value(value), name, err);
    if (json_is_object(value)) return check_object(api, schema, value, name, depth, err);
    if (json_is_array(value)) {
        const json_t *items = json_object_get(schema, "items"), *max = json_object_get(schema, "maxItems"), *min = json_object_get(schema, "minItems");
        if (max && json_array_size(value) > (size_t)json_integer_value(max)) return wrong(err, "%s has more than %lld members", name, json_integer_value(max));
        if (min && json_array_size(value) < (size_t)json_integer_value(min)) return wrong(err, "%s has fewer than %lld members", name, json_integer_value(min));
        for (size_t i = 0; items && i < json_array_size(value); i++)
            if (!check(api, items, json_array_get(value, i), name, depth + 1, err)) return false;
    }
    return true;
}

bool chy_schema_check(const chy_api *api, const json_t *schema, json_t *value, const char *name, chy_error *err)
{
    return check(api, schema, value, name, 0, err);
}

bool chy_schema_check_text(const chy_api *api, const json_t *schema, chy_slice value, const char *name, chy_error *err)
{
    schema = chy_api_schema(api, schema);
    const char *type = json_string_value(json_object_get(schema, "type"));
    if (type && strcmp(type, "integer") == 0) {
        size_t i = value.n && value.p[0] == '-';
        int64_t v = 0;
        bool fits = value.n > i && value.n < i + 18;
        for (; fits && i < value.n; i++) {
            fits = chy_is_digit((unsigned char)value.p[i]);
            v = v * 10 + (value.p[i] - '0');
        }
        if (!fits) return wrong(err, "%s is no integer that is in range", name, 0);
        return check_bounds(schema, value.p[0] == '-' ? -v : v, name, err);
    }
    return check_enum(schema, value, name, err) && check_length(schema, value.p, value.n, name, err);
}
