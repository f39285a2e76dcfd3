/* SPDX-License-Identifier: Apache-2.0
 *
 * relate.c - `chancery relate`: the PLOVER type between two marked actors.
 */
#include "cli.h"

#include <string.h>

static bool range_of(json_t *v, chy_range *r)
{
    json_t *a = json_array_get(v, 0), *b = json_array_get(v, 1);
    if (!json_is_integer(a) || !json_is_integer(b)) return false;
    json_int_t x = json_integer_value(a), y = json_integer_value(b);
    if (x < 0 || y < x || y > UINT32_MAX - 1) return false;
    *r = (chy_range){(uint32_t)x, (uint32_t)y};
    return true;
}

static void work_relate(job *j, const options *o, chy_session *s)
{
    (void)o;
    json_error_t bad;
    chy_error err;
    chy_range from, to;
    chy_relation rel;
    json_t *v = json_loadb(j->bytes, j->n, JSON_ALLOW_NUL, &bad), *text = json_object_get(v, "text");
    if (!v) {
        job_error(j, "no JSON: %s (byte %d)", bad.text, bad.position);
        j->refused = true;
    } else if (!json_is_string(text) || !range_of(json_object_get(v, "source"), &from) ||
               !range_of(json_object_get(v, "target"), &to)) {
        job_error(j, "a record has text, source [begin, end] and target [begin, end]");
        j->refused = true;
    } else if (chy_session_relate(s, (chy_slice){json_string_value(text), json_string_length(text)}, from, to, &rel,
                                  &err) != CHY_OK) {
        job_error(j, "%s", err.message);
        j->refused = true;
    } else {
        json_t *id = json_object_get(v, "id"), *line = json_object();
        json_object_set_new(line, "id", id ? json_incref(id) : json_loads(j->id, JSON_DECODE_ANY, NULL));
        json_object_set_new(line, "type", json_string(chy_type_name(rel.type)));
        json_object_set_new(line, "quad", json_integer(chy_type_quad(rel.type)));
        json_object_set_new(line, "confidence", json_real((double)rel.confidence));
        json_object_set_new(line, "rule", j_slice(rel.rule));
        out_json(&j->text, line);
        j->n_items++;
    }
    json_decref(v);
}

const command cmd_relate = {
    .name = "relate", .summary = "tell the PLOVER type that holds between two marked actors",
    .formats = "jsonl", .inputs = "jsonl", .upto = CHY_STAGE_EVENTS, .work = work_relate,
    .help = "In: JSON Lines with id, text, source [begin, end], target [begin, end] (bytes). Out: id, type, quad,\n"
            "confidence, and the rule it rests on. There is always an answer.\n",
};
