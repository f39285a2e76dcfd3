/* SPDX-License-Identifier: Apache-2.0
 *
 * html_meta.c - what a page says of itself in JSON-LD (schema.org NewsArticle and its like).
 */
#include "page/html.h"

#include <jansson.h>

enum { MAX_LINKED_BYTES = 1 << 20, MAX_GRAPH = 256 };

chy_day chy_page_html_day(chy_slice s)
{
    chy_day d;
    s = chy_slice_trim(s);
    if (s.n >= 10 && chy_day_parse((chy_slice){s.p, 10}, &d) == CHY_OK && (s.n == 10 || s.p[10] == 'T' || s.p[10] == ' ')) return d;
    uint32_t rest;
    if (s.n >= 8 && s.n < 80) return chy_page_day(s, &rest);
    return CHY_NO_DAY;
}

static chy_slice text_of(chy_pager *p, json_t *v)
{
    if (json_is_array(v)) v = json_array_get(v, 0);
    if (json_is_object(v)) v = json_object_get(v, "name");
    if (!json_is_string(v) || json_string_length(v) > 400) return (chy_slice){NULL, 0};
    return chy_arena_copy(p->a, chy_slice_trim((chy_slice){json_string_value(v), json_string_length(v)}));
}

/* The names of all authors, ", " between. */
static chy_slice authors_of(chy_pager *p, json_t *v)
{
    if (!json_is_array(v) || json_array_size(v) < 2) return text_of(p, v);
    chy_slice all = text_of(p, json_array_get(v, 0));
    for (size_t i = 1; i < json_array_size(v) && i < 8; i++) {
        json_t *one = json_array_get(v, i);
        if (json_is_array(one)) continue;
        chy_slice name = text_of(p, one);
        if (name.n) all = all.n ? chy_arena_printf(p->a, "%.*s, %.*s", (int)all.n, all.p, (int)name.n, name.p) : name;
    }
    return all;
}

static void take(chy_pager *p, json_t *o)
{
    json_t *day = json_object_get(o, "datePublished");
    if (!json_is_string(day)) return;
    if (!chy_interval_known(p->meta.published)) {
        chy_day d = chy_page_html_day((chy_slice){json_string_value(day), json_string_length(day)});
        if (d != CHY_NO_DAY) p->meta.published = (chy_interval){d, d};
    }
    if (!p->meta.title.n) p->meta.title = text_of(p, json_object_get(o, "headline"));
    if (!p->meta.byline.n) p->meta.byline = authors_of(p, json_object_get(o, "author"));
    if (!p->meta.publisher.n) p->meta.publisher = text_of(p, json_object_get(o, "publisher"));
}

void chy_page_html_linked(chy_pager *p, const chy_guarded *g)
{
    for (uint32_t i = 0; i < g->n_linked; i++) {
        if (g->linked[i].n > MAX_LINKED_BYTES || !g->linked[i].n) continue;
        json_t *v = json_loadb(g->linked[i].p, g->linked[i].n, JSON_ALLOW_NUL, NULL);
        json_t *list = v;
        if (json_is_object(v)) {
            take(p, v);
            list = json_object_get(v, "@graph");
        }
        for (size_t k = 0; json_is_array(list) && k < json_array_size(list) && k < MAX_GRAPH; k++)
            if (json_is_object(json_array_get(list, k))) take(p, json_array_get(list, k));
        json_decref(v);
    }
}
