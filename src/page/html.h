/* SPDX-License-Identifier: Apache-2.0
 *
 * html.h - what the files that read HTML share.
 */
#ifndef CHY_PAGE_HTML_H
#define CHY_PAGE_HTML_H

#include "page/pager.h"

/* HTML that Gumbo takes in linear time, and the page's JSON-LD. */
typedef struct chy_guarded {
    chy_slice html;
    chy_slice linked[16];
    uint32_t n_linked;
} chy_guarded;

/* false where memory is out. */
bool chy_page_html_guard(chy_pager *p, chy_slice html, chy_guarded *out);

/* A run of text between block boundaries. */
typedef struct chy_html_block {
    chy_range at;          /* in the draft */
    uint32_t element;      /* the innermost block element */
    uint32_t words, link_bytes;
    uint8_t hint;
    uint8_t level;         /* 1 to 6 in h1 … h6 */
    bool item;             /* in a list item or table cell */
    bool stop;             /* ends as a sentence does */
    bool drop;
} chy_html_block;

enum {
    CHY_EL_BOX = 1 << 0,      /* named or tagged as furniture: nav, footer, "related" */
    CHY_EL_ARTICLE = 1 << 1,  /* <article> */
    CHY_EL_BODY = 1 << 2,     /* named as the body of an article */
    CHY_EL_HIDDEN = 1 << 3,
    CHY_EL_MAIN = 1 << 4
};

/* An element and the blocks [begin, end) in it. */
typedef struct chy_html_element {
    uint32_t parent, begin, end, depth;
    uint32_t flags;
} chy_html_element;

typedef struct chy_html_page {
    chy_pager *p;
    CHY_VEC(char) text;
    CHY_VEC(chy_html_block) block;
    CHY_VEC(chy_html_element) element; /* in document order: a parent comes before its children */
} chy_html_page;

/* html_pick.c: drop the blocks that belong to no story, and move what is left to p->raw. */
chy_status chy_page_html_pick(chy_html_page *h);

/* html_meta.c: title, byline, publisher, address and day from JSON-LD; what is there already stays. */
void chy_page_html_linked(chy_pager *p, const chy_guarded *g);
/* "2019-11-18T10:00:00Z", "November 18, 2019": the day, or CHY_NO_DAY. */
chy_day chy_page_html_day(chy_slice text);

#endif
