/* SPDX-License-Identifier: Apache-2.0
 *
 * pager.h - what the files of the page stage share. The way of a page:
 *
 *   charset.c   bytes → UTF-8
 *   plain.c     text → raw blocks (paragraphs, joined over hard line ends)
 *   html.c      HTML → a draft text and raw blocks, by structure
 *   lines.c     what a block is by its words: furniture, byline, date line, credit
 *   story.c     raw blocks → stories
 *   language.c  is it English?
 */
#ifndef CHY_PAGE_PAGER_H
#define CHY_PAGE_PAGER_H

#include "page/page.h"

struct chy_page_model {
    chy_table furniture, agencies, languages, names;
    uint32_t col_kind, col_name, col_language, col_name_kind;
};

/* What the markup says of a block. */
enum { CHY_HINT_NONE, CHY_HINT_TITLE, CHY_HINT_HEADING, CHY_HINT_CAPTION, CHY_HINT_STANDFIRST, CHY_HINT_BYLINE, CHY_HINT_DATE };

/* What a block is by its words. */
typedef enum chy_line_kind {
    CHY_LINE_PROSE,     /* anything else */
    CHY_LINE_SHORT,     /* a headline, heading, section name: short, no stop at its end */
    CHY_LINE_FURNITURE, /* share buttons, newsletter forms, copyright … */
    CHY_LINE_TAIL,      /* the story has ended: comments, about the author */
    CHY_LINE_RELATED,   /* headlines of other stories follow */
    CHY_LINE_BYLINE,
    CHY_LINE_DATE,      /* nothing but a date, a time and words like "published" */
    CHY_LINE_CREDIT,    /* an agency's name, "Source: …" */
    CHY_LINE_CAPTION,
    CHY_LINE_CAPTION_PERHAPS, /* ends in a credit, as a story's last paragraph may too */
    CHY_LINE_RULE       /* a line drawn across: "* * *", "-----" */
} chy_line_kind;

typedef struct chy_raw {
    chy_range at;      /* in the draft text */
    uint32_t gap;      /* blank lines before it */
    uint32_t article;  /* number of the <article> that it stands in, CHY_NONE */
    uint64_t key;      /* hash of its folded words: equal blocks have equal keys */
    uint8_t hint;      /* CHY_HINT_* */
    uint8_t line;      /* chy_line_kind */
    uint8_t same_group;/* 1: no blank line before it: a line of the same group as the one before */
    uint8_t drop;      /* 1: left out */
    uint8_t capital;   /* 1: begins with a capital or a figure */
    uint8_t bullet;    /* 1: begins with a dash, a bullet or a quotation mark */
    uint8_t section;   /* 1: the name of a section ("World") */
    uint32_t words;
} chy_raw;

/* What is stated about the page or one of its stories in metadata. n = 0, CHY_NO_DAY where not. */
typedef struct chy_stated {
    chy_slice title, byline, publisher, url;
    chy_interval published;
} chy_stated;

typedef struct chy_pager {
    const chy_page_model *m;
    const chy_input *in;
    chy_arena *a;
    chy_error *err;
    chy_work note;     /* what chy_note_add takes */
    chy_slice text;    /* the draft: for plain text the page's text itself */
    bool html;
    CHY_VEC(chy_raw) raw;
    CHY_VEC(chy_dispatch) out;
    CHY_VEC(uint32_t) para_begin, para_end; /* by dispatch: the dateline that opens its text, CHY_NONE where none */
    chy_stated meta;
} chy_pager;

/* charset.c: refuse what is no text; *out is a copy in UTF-8 of the same length where the bytes are UTF-8 already. */
chy_status chy_page_decode(chy_pager *p, chy_slice bytes, chy_slice *out, chy_slice *charset);

/* plain.c, html.c: fill raw (and, for HTML, text and meta). */
chy_status chy_page_plain(chy_pager *p);
chy_status chy_page_html(chy_pager *p, chy_slice html);
/* plain.c: the whole text as one dispatch; blank lines part its paragraphs. */
chy_status chy_page_whole(chy_pager *p);

/* lines.c: fill key, line and words of every raw block. */
void chy_page_classify(chy_pager *p);
/* Hash and number of the words of a text, punctuation and case apart. */
uint64_t chy_page_key(chy_slice text, uint32_t *words);
/* "By Jane Roe and John Doe": the names, n = 0 where it is no byline. */
chy_slice chy_page_byline(chy_slice line);
/* The one day that a line tells ("Published: 9 November 2022"), CHY_NO_DAY where none or two. *rest: words that belong to
 * no date. */
chy_day chy_page_day(chy_slice line, uint32_t *rest);
/* The agency that a name stands for ("Agence France-Presse" → "AFP"), n = 0 where none. */
chy_slice chy_page_agency(const chy_pager *p, chy_slice name);

/* A dateline ("GENEVA, Jan 13 (Reuters) -") that opens a paragraph. */
typedef struct chy_dateline {
    chy_range place;  /* empty where it names none: "(Reuters) -" */
    uint32_t end;     /* where the paragraph proper begins */
    chy_slice agency[4];
    uint32_t n_agencies;
    chy_day day;      /* where it gives the year, else CHY_NO_DAY */
    bool dated;       /* it gives a day, with or without a year */
} chy_dateline;
bool chy_page_dateline(const chy_pager *p, chy_range block, chy_dateline *out);

/* story.c: raw blocks → dispatches. */
chy_status chy_page_stories(chy_pager *p);

/* language.c: CHY_E_LANGUAGE where the text is in another language than English. */
chy_status chy_page_language(chy_pager *p, chy_slice text);

static inline chy_slice chy_raw_text(const chy_pager *p, const chy_raw *r)
{
    return (chy_slice){p->text.p + r->at.begin, r->at.end - r->at.begin};
}

#endif
