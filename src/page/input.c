/* SPDX-License-Identifier: Apache-2.0
 *
 * input.c - what some bytes are, and records of JSON Lines.
 */
#include "page/html.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>

/* ---------------------------------------------------------------- guessing */

static bool ends_with(chy_slice name, const char *ending)
{
    size_t n = strlen(ending);
    return name.n > n && strncasecmp(name.p + name.n - n, ending, n) == 0;
}

static bool begins_with(chy_slice s, const char *z)
{
    size_t n = strlen(z);
    return s.n >= n && strncasecmp(s.p, z, n) == 0;
}

/* '{' and, for what is there of the first line, the look of an object with members. */
static bool looks_like_record(chy_slice s)
{
    if (!s.n || s.p[0] != '{') return false;
    size_t i = 1;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t')) i++;
    return i < s.n && s.p[i] == '"';
}

/* The first line that is no comment has ten columns. */
static bool looks_like_conllu(chy_slice s)
{
    chy_slice line;
    for (int i = 0; i < 64 && chy_slice_split(&s, '\n', &line); i++) {
        if (!line.n || line.p[0] == '#') continue;
        unsigned tabs = 0;
        for (size_t k = 0; k < line.n; k++) tabs += line.p[k] == '\t';
        return tabs == 9 && line.p[0] >= '0' && line.p[0] <= '9';
    }
    return false;
}

static bool looks_like_html(chy_slice s)
{
    static const char *const openers[] = {"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<main", "<section", "<p>", "<h1", "<title", "<meta"};
    for (int comments = 0; comments < 8; comments++) {
        s = chy_slice_trim(s);
        if (!begins_with(s, "<!--") && !begins_with(s, "<?xml")) break;
        size_t e = chy_slice_find(s, begins_with(s, "<?") ? CHY_LIT("?>") : CHY_LIT("-->"));
        if (e == SIZE_MAX) return begins_with(s, "<!--");
        s.p += e + 2, s.n -= e + 2;
        if (s.n && s.p[0] == '>') s.p++, s.n--;
    }
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (begins_with(s, openers[i])) return true;
    return false;
}

chy_input_kind chy_input_guess(chy_slice name, chy_slice bytes)
{
    if (ends_with(name, ".jsonl") || ends_with(name, ".ndjson")) return CHY_INPUT_JSONL;
    if (ends_with(name, ".conllu") || ends_with(name, ".conll")) return CHY_INPUT_CONLLU;
    if (ends_with(name, ".html") || ends_with(name, ".htm") || ends_with(name, ".xhtml")) return CHY_INPUT_HTML;
    if (ends_with(name, ".txt") || ends_with(name, ".text")) return CHY_INPUT_TEXT;
    if (bytes.n > 4096) bytes.n = 4096;
    char narrow[2048]; /* UTF-16: its ASCII is told by every other byte */
    bool le = bytes.n >= 2 && memcmp(bytes.p, "\xFF\xFE", 2) == 0, be = bytes.n >= 2 && memcmp(bytes.p, "\xFE\xFF", 2) == 0;
    if (le || be) {
        size_t n = 0;
        for (size_t i = 2 + be; i < bytes.n && n < sizeof narrow; i += 2) narrow[n++] = bytes.p[i];
        bytes = (chy_slice){narrow, n};
    } else if (begins_with(bytes, "\xEF\xBB\xBF")) {
        bytes.p += 3, bytes.n -= 3;
    }
    if (looks_like_html(bytes)) return CHY_INPUT_HTML;
    chy_slice t = chy_slice_trim(bytes);
    if (looks_like_record(t)) return CHY_INPUT_JSONL;
    if (looks_like_conllu(bytes)) return CHY_INPUT_CONLLU;
    return CHY_INPUT_TEXT;
}

/* ----------------------------------------------------------------- records */

static chy_slice string_of(chy_arena *a, json_t *object, const char *key)
{
    json_t *v = json_object_get(object, key);
    if (!json_is_string(v)) return (chy_slice){NULL, 0};
    return chy_arena_copy(a, (chy_slice){json_string_value(v), json_string_length(v)});
}

/* "2022-11-09", with a time behind it ("2022-11-09T10:00:00Z"), or in words ("Wed, 09 Nov 2022 10:00:00 GMT"). */
static bool day_of(json_t *v, chy_day *out)
{
    if (!json_is_string(v)) return false;
    chy_slice s = chy_slice_trim((chy_slice){json_string_value(v), json_string_length(v)});
    return (*out = chy_page_html_day(s)) != CHY_NO_DAY;
}

/* A day, null, [first, last], or for several stories a list of those. */
static bool interval_of(json_t *v, chy_interval *out)
{
    *out = chy_interval_none();
    if (json_is_null(v) || (json_is_string(v) && json_string_length(v) == 0)) return true;
    if (json_is_array(v)) {
        if (json_array_size(v) != 2 || !day_of(json_array_get(v, 0), &out->begin) || !day_of(json_array_get(v, 1), &out->end))
            return false;
        return out->begin <= out->end;
    }
    if (!day_of(v, &out->begin)) return false;
    out->end = out->begin;
    return true;
}

static bool published_of(chy_arena *a, json_t *object, chy_input *out)
{
    json_t *v = json_object_get(object, "published");
    if (!v || json_is_null(v)) return true;
    bool list = json_is_array(v);
    size_t n = list ? json_array_size(v) : 1;
    if (n > CHY_MAX_DISPATCHES) return false;
    chy_interval *days = chy_arena_calloc(a, n, sizeof *days);
    if (!days) return true; /* the arena's `failed` says so */
    for (size_t i = 0; i < n; i++)
        if (!interval_of(list ? json_array_get(v, i) : v, &days[i])) return false;
    out->published = days;
    out->n_published = (uint32_t)n;
    return true;
}

chy_status chy_page_record(chy_slice line, chy_arena *a, chy_input *out, chy_error *err)
{
    *out = (chy_input){0};
    if (line.n >= 3 && memcmp(line.p, "\xEF\xBB\xBF", 3) == 0) line.p += 3, line.n -= 3;
    if (line.n > INT_MAX / 2) return chy_fail(err, CHY_E_LIMIT, CHY_STAGE_PAGE, 0, "record is too long");
    json_error_t e;
    json_t *o = json_loadb(line.p ? line.p : "", line.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
    if (!o) return chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, e.position > 0 ? (uint64_t)e.position : 0, "no JSON: %s", e.text);
    chy_status st = CHY_OK;
    json_t *text = NULL, *html = NULL, *id = NULL;
    if (!json_is_object(o)) {
        st = chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, 0, "record is no JSON object");
        goto done;
    }
    text = json_object_get(o, "text");
    html = json_object_get(o, "html");
    if (!json_is_string(text) && !json_is_string(html)) {
        st = chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, 0, "record has neither \"text\" nor \"html\" as a string");
        goto done;
    }
    out->kind = json_is_string(text) ? CHY_INPUT_TEXT : CHY_INPUT_HTML;
    out->bytes = string_of(a, o, out->kind == CHY_INPUT_TEXT ? "text" : "html");
    out->title = string_of(a, o, "title");
    out->url = string_of(a, o, "url");
    out->publisher = string_of(a, o, "publisher");
    id = json_object_get(o, "id");
    if (json_is_string(id) || json_is_number(id)) {
        char *z = json_dumps(id, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
        out->id = z ? chy_arena_copy(a, chy_slice_z(z)) : (chy_slice){NULL, 0};
        free(z);
    } else if (id && !json_is_null(id)) {
        st = chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, 0, "\"id\" is neither a string nor a number");
        goto done;
    }
    if (!published_of(a, o, out))
        st = chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, 0, "\"published\" is no day of the form YYYY-MM-DD");
    else if (a->failed)
        st = chy_fail(err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
done:
    json_decref(o);
    return st;
}
