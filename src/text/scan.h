/* SPDX-License-Identifier: Apache-2.0
 *
 * scan.h - what token.c, net.c, quote.c and sentence.c share while they go over a dispatch, block by block: each block is cut
 * into tokens, its quotation marks are paired, its sentences are told apart.
 */
#ifndef CHY_TEXT_SCAN_H
#define CHY_TEXT_SCAN_H

#include "text/text.h"

/* Kinds of the table text_words, one bit each, in the order of kind_names[] in text.c. */
enum {
    CHY_W_TITLE = 1 << 0, CHY_W_NUMBER = 1 << 1, CHY_W_MONTH = 1 << 2, CHY_W_MEASURE = 1 << 3, CHY_W_OPEN = 1 << 4,
    CHY_W_INNER = 1 << 5, CHY_W_PREFIX = 1 << 6, CHY_W_UNIT = 1 << 7, CHY_W_BANG = 1 << 8, CHY_W_APHAERESIS = 1 << 9,
    CHY_W_SMILEY = 1 << 10, CHY_W_STARTER = 1 << 11, CHY_W_SPEECH = 1 << 12, CHY_W_SLASH = 1 << 13, CHY_W_FILE = 1 << 14,
    CHY_W_ABBREVIATION = CHY_W_TITLE | CHY_W_NUMBER | CHY_W_MONTH | CHY_W_MEASURE | CHY_W_OPEN | CHY_W_INNER
};

/* What a token is to the splitter; the low bits of an abbreviation are its CHY_W_* kinds. */
enum {
    CHY_M_WORD = 1 << 13, CHY_M_DIGIT = 1 << 14,   /* begins with a letter, with a figure */
    CHY_M_STOP = 1 << 15, CHY_M_BANG = 1 << 16, CHY_M_ELLIPSIS = 1 << 17, CHY_M_ABBREVIATION = 1 << 18,
    CHY_M_INITIAL = 1 << 19,                       /* "J." */
    CHY_M_BRACKET_OPEN = 1 << 20, CHY_M_BRACKET_CLOSE = 1 << 21,
    CHY_M_DOUBLE = 1 << 22, CHY_M_SINGLE = 1 << 23, /* a quotation mark, double or single (or an apostrophe alone) */
    CHY_M_OPENS = 1 << 24, CHY_M_CLOSES = 1 << 25,  /* what it does, by quote.c */
    CHY_M_CURRENCY = 1 << 26, CHY_M_DASH = 1 << 27
};

struct chy_text_model {
    chy_table words, contractions;
    uint32_t col_form, col_first, col_before;
    const uint32_t *kinds; /* CHY_W_*, by row of words */
};

typedef struct chy_scan {
    const chy_text_model *m;
    chy_work *w;
    chy_arena *a;
    const char *p;           /* the page's text */
    uint32_t begin, end;     /* the block */
    char *fold;              /* lower-cased bytes of the dispatch, written where needed */
    uint32_t fold_base;
    CHY_VEC(chy_token) tok;
    CHY_VEC(uint32_t) mark;  /* CHY_M_*, by token */
    CHY_VEC(chy_sentence) sent;
    CHY_VEC(chy_quote) quote;
    uint32_t carry;          /* a quotation that goes on in the next paragraph, or CHY_NONE */
    uint32_t carry_style;
} chy_scan;

/* CHY_W_* of a word, 0 where it is in no list. Words that are not ASCII or over 24 bytes are in none. */
uint32_t chy_scan_kinds(const chy_text_model *m, chy_slice word);

/* Cut text [begin, end) of the block into tokens. */
void chy_scan_tokens(chy_scan *s);
/* End of the URL, address, handle or file's name that begins at i in a chunk that ends at stop; i where none does. */
uint32_t chy_scan_net(const chy_scan *s, uint32_t i, uint32_t stop);
/* Pair the marks among tokens [first, tok.n). next: the following paragraph, n = 0 where none follows. */
void chy_scan_quotes(chy_scan *s, uint32_t first, chy_slice next);
/* Cut tokens [first, tok.n) into sentences of block `block`. */
void chy_scan_sentences(chy_scan *s, uint32_t first, uint32_t block);

#endif
