/* SPDX-License-Identifier: Apache-2.0
 *
 * quote.c - pairs the quotation marks of a block. A mark opens or closes by the white space and marks beside it, then
 * by its shape, then by what is open. Double marks that a paragraph leaves open go on in the next one where that opens
 * with a mark too (the newspapers' convention); else they end with the paragraph. A single mark opens only where its
 * paragraph holds one that closes it: others are apostrophes.
 */
#include "text/scan.h"

enum { STRAIGHT, CURLY, GUILLEMET, SINGLE };
enum { WEAK_REACH = 12 /* tokens within which "s'" may close a single quotation */ };

typedef struct open_quote {
    uint32_t quote, style;
} open_quote;

typedef struct pairing {
    chy_scan *s;
    uint32_t first;
    open_quote stack[CHY_MAX_QUOTE_DEPTH];
    uint32_t depth;
} pairing;

static bool space_before(const pairing *p, uint32_t t)
{
    const chy_scan *s = p->s;
    return t == p->first || (s->tok.v[t - 1].flags & CHY_TOKEN_SPACE_AFTER);
}

static bool space_after(const pairing *p, uint32_t t)
{
    return t + 1 == p->s->tok.n || (p->s->tok.v[t].flags & CHY_TOKEN_SPACE_AFTER);
}

/* Could what stands before t have a quotation open behind it? */
static bool open_context(const pairing *p, uint32_t t)
{
    if (space_before(p, t)) return true;
    uint32_t m = p->s->mark.v[t - 1];
    return (m & (CHY_M_BRACKET_OPEN | CHY_M_DASH)) || ((m & CHY_M_OPENS) && (m & (CHY_M_DOUBLE | CHY_M_SINGLE)));
}

static bool close_context(const pairing *p, uint32_t t)
{
    if (space_after(p, t)) return true;
    const chy_scan *s = p->s;
    uint32_t m = s->mark.v[t + 1];
    char c = s->tok.v[t + 1].form.p[0];
    return (m & (CHY_M_STOP | CHY_M_BANG | CHY_M_ELLIPSIS | CHY_M_BRACKET_CLOSE | CHY_M_DASH | CHY_M_DOUBLE | CHY_M_SINGLE)) ||
           c == ',' || c == ';' || c == ':';
}

/* -1 a mark that closes by its shape, 1 that opens, 0 either. */
static int shape(chy_slice form, uint32_t *style)
{
    *style = STRAIGHT;
    if (form.n == 2 && (unsigned char)form.p[0] < 0x80) return form.p[0] == '`' ? 1 : 0;
    if (form.n == 2) {
        *style = GUILLEMET;
        return (unsigned char)form.p[1] == 0xAB ? 1 : -1;
    }
    if ((form.n == 3 || form.n == 6) && (unsigned char)form.p[1] == 0x80 && (unsigned char)form.p[2] <= 0x9F) {
        *style = CURLY;
        unsigned char c = (unsigned char)form.p[2];
        return c == 0x99 || c == 0x9D ? -1 : 1;
    }
    return 0;
}

static void open(pairing *p, uint32_t t, uint32_t style)
{
    chy_scan *s = p->s;
    if (p->depth == CHY_MAX_QUOTE_DEPTH) return;
    chy_quote q = {t, t + 1, p->depth ? p->stack[p->depth - 1].quote : CHY_NONE};
    if (!CHY_PUSH(s->a, &s->quote, q)) return;
    p->stack[p->depth++] = (open_quote){s->quote.n - 1, style};
    s->mark.v[t] |= CHY_M_OPENS;
}

/* End the quotations from `level` up, the lowest of them before token `end`. */
static void close_to(pairing *p, uint32_t level, uint32_t end)
{
    while (p->depth > level) p->s->quote.v[p->stack[--p->depth].quote].end_token = end;
}

/* The level of the innermost open quotation of the style, or CHY_NONE. */
static uint32_t level_of(const pairing *p, uint32_t style)
{
    for (uint32_t i = p->depth; i-- > 0;)
        if (p->stack[i].style == style) return i;
    return CHY_NONE;
}

static void double_mark(pairing *p, uint32_t t)
{
    chy_scan *s = p->s;
    uint32_t style;
    int by_shape = shape(s->tok.v[t].form, &style);
    uint32_t level = level_of(p, style);
    bool before = open_context(p, t), after = close_context(p, t), is_open = level != CHY_NONE;
    bool opens;
    if (before && !after) opens = !(by_shape < 0 && is_open);
    else if (after && !before) opens = by_shape > 0 && !is_open && space_before(p, t);
    else opens = by_shape ? by_shape > 0 : !is_open;
    /* marks of two styles may pair: “so" */
    if (!opens && !is_open && (level = level_of(p, style == CURLY ? STRAIGHT : CURLY)) != CHY_NONE) is_open = true;
    /* 5'10": inches */
    if (!opens && !is_open) return;
    if (style == STRAIGHT && opens && t > p->first && !space_before(p, t) && (s->mark.v[t - 1] & CHY_M_DIGIT)) return;
    if (opens) {
        if (is_open && style != STRAIGHT && level + 1 == p->depth) close_to(p, level, t); /* the earlier one was never closed */
        open(p, t, style);
    } else {
        s->tok.v[t].quote = p->stack[level].quote;
        s->mark.v[t] |= CHY_M_CLOSES;
        close_to(p, level, t + 1);
    }
}

/* ----------------------------------------------------------- single marks */

enum { CAN_OPEN = 1, STRONG = 2, WEAK = 4 };

typedef struct single {
    uint32_t token;
    uint8_t can;          /* CAN_OPEN, STRONG (surely closes), WEAK ("players'": closes or is a possessive) */
    bool strong_follows;  /* a strong one comes before the next that opens */
    bool any_follows;     /* one that closes comes later in the block, a weak one within reach */
} single;

static uint8_t single_kind(const pairing *p, uint32_t t)
{
    const chy_scan *s = p->s;
    uint32_t style;
    int by_shape = shape(s->tok.v[t].form, &style);
    bool before = open_context(p, t), after = close_context(p, t);
    if (before && !after) return by_shape < 0 ? 0 : CAN_OPEN;
    if (after && !before && by_shape <= 0) {
        chy_slice f = s->tok.v[t - 1].form;
        char last = f.p[f.n - 1];
        bool word = (s->mark.v[t - 1] & (CHY_M_WORD | CHY_M_DIGIT)) != 0;
        if (word && (s->mark.v[t - 1] & CHY_M_DIGIT) && !(s->tok.v[t].flags & CHY_TOKEN_SPACE_AFTER)) return 0;
        return word && (last == 's' || last == 'S' || last == 'z' || last == 'x') && space_after(p, t) ? WEAK : STRONG;
    }
    return 0;
}

/* The block's single marks, in order. n = 0 where it has none. */
static uint32_t list_singles(const pairing *p, single **out)
{
    chy_scan *s = p->s;
    CHY_VEC(single) v = {0};
    for (uint32_t t = p->first; t < s->tok.n; t++)
        if (s->mark.v[t] & CHY_M_SINGLE)
            if (!CHY_PUSH(s->a, &v, (single){.token = t, .can = single_kind(p, t)})) return 0;
    bool strong = false, any_strong = false;
    uint32_t weak_at = CHY_NONE;
    for (uint32_t i = v.n; i-- > 0;) {
        single *q = &v.v[i];
        q->strong_follows = strong;
        q->any_follows = any_strong || (weak_at != CHY_NONE && weak_at - q->token <= WEAK_REACH);
        if (q->can & STRONG) strong = any_strong = true;
        if (q->can & WEAK) weak_at = q->token;
        if (q->can & CAN_OPEN) strong = false;
    }
    *out = v.v;
    return v.n;
}

static void possessive(chy_scan *s, uint32_t first, uint32_t t)
{
    if (t == first || (s->tok.v[t - 1].flags & CHY_TOKEN_SPACE_AFTER) || !(s->mark.v[t - 1] & CHY_M_WORD)) return;
    if (!(s->tok.v[t - 1].flags & CHY_TOKEN_MWT_REST)) s->tok.v[t - 1].flags |= CHY_TOKEN_MWT_FIRST;
    s->tok.v[t].flags |= CHY_TOKEN_MWT_REST;
}

static void single_mark(pairing *p, const single *q)
{
    chy_scan *s = p->s;
    uint32_t level = level_of(p, SINGLE), t = q->token;
    if (level != CHY_NONE && ((q->can & STRONG) || ((q->can & WEAK) && !q->strong_follows))) {
        s->tok.v[t].quote = p->stack[level].quote;
        s->mark.v[t] |= CHY_M_CLOSES;
        close_to(p, level, t + 1);
    } else if ((q->can & CAN_OPEN) && level == CHY_NONE && q->any_follows) {
        open(p, t, SINGLE);
    } else if (q->can & WEAK) {
        possessive(s, p->first, t);
    }
}

/* Does the paragraph begin with a double mark of this style? */
static bool begins_with_mark(chy_slice text, uint32_t style)
{
    text = chy_slice_trim(text);
    if (!text.n) return false;
    if (style == STRAIGHT) return text.p[0] == '"' || chy_slice_starts(text, CHY_LIT("``")) || chy_slice_starts(text, CHY_LIT("''"));
    if (style == CURLY) return chy_slice_starts(text, CHY_LIT("\xE2\x80\x9C"));
    return chy_slice_starts(text, CHY_LIT("\xC2\xAB"));
}

void chy_scan_quotes(chy_scan *s, uint32_t first, chy_slice next)
{
    pairing p = {.s = s, .first = first};
    uint32_t t = first;
    if (s->carry != CHY_NONE) {
        p.stack[p.depth++] = (open_quote){s->carry, s->carry_style};
        if (t < s->tok.n && (s->mark.v[t] & CHY_M_DOUBLE)) {
            s->mark.v[t] |= CHY_M_OPENS;
            s->tok.v[t++].quote = s->carry;
        }
        s->carry = CHY_NONE;
    }
    single *singles = NULL;
    uint32_t n_singles = list_singles(&p, &singles), k = 0;
    for (; t < s->tok.n && !s->a->failed; t++) {
        uint32_t m = s->mark.v[t];
        if (m & CHY_M_DOUBLE) {
            double_mark(&p, t);
        } else if (m & CHY_M_SINGLE) {
            while (k < n_singles && singles[k].token < t) k++;
            if (k < n_singles && singles[k].token == t) single_mark(&p, &singles[k]);
        }
        if (p.depth && s->tok.v[t].quote == CHY_NONE) s->tok.v[t].quote = p.stack[p.depth - 1].quote;
    }
    if (p.depth && p.stack[0].style != SINGLE && begins_with_mark(next, p.stack[0].style)) {
        s->carry = p.stack[0].quote;
        s->carry_style = p.stack[0].style;
    }
    close_to(&p, 0, s->tok.n);
}
