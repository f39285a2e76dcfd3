/* SPDX-License-Identifier: Apache-2.0
 *
 * lemma.c - lemma of a form under its tag: exceptions first, then the rule of its longest known suffix, then the case.
 * tools/train/lemma.py makes the tables.
 */
#include "syntax/model.h"

enum { MAX_FORM = 48, MAX_SUFFIX = 6 };

/* The lemma in small letters; returns its length. */
static uint32_t lower_lemma(const chy_syntax_model *m, const chy_syn_word *w, uint8_t cls, uint8_t out[64])
{
    uint32_t at = chy_syn_find(&m->lemma, chy_syn_hash64(&cls, 1, w->folded, w->n));
    if (at != CHY_NONE) {
        uint32_t n = m->lemmas[at];
        if (n > 0 && n <= CHY_SYN_MAX_FOLDED) {
            memcpy(out, m->lemmas + at + 1, n);
            return n;
        }
    }
    const uint8_t head[2] = {cls, '~'};
    uint32_t n = w->n;
    memcpy(out, w->folded, n);
    for (uint32_t k = n < MAX_SUFFIX ? n : MAX_SUFFIX;; k--) {
        uint32_t rule = chy_syn_find(&m->suffix_rule, chy_syn_hash64(head, 2, w->folded + (n - k), k));
        if (rule != CHY_NONE && m->scripts[8 * (size_t)rule] < n) {
            const uint8_t *s = m->scripts + 8 * (size_t)rule;
            if (s[0] && (w->folded[n - s[0]] & 0xC0) == 0x80) return n; /* never inside a character */
            n -= s[0];
            for (uint32_t i = 1; i < 8 && s[i]; i++) out[n++] = s[i];
            return n;
        }
        if (k == 0) return n;
    }
}

chy_slice chy_syn_lemma(const chy_syntax_model *m, chy_arena *arena, chy_slice form, const chy_syn_word *w, unsigned tag,
                        bool first, unsigned sentence_case)
{
    uint8_t cls = m->tag_class[tag], out[80];
    if (cls == 'p' || form.n > MAX_FORM || w->n == 0) return form;
    uint32_t n = lower_lemma(m, w, cls, out);
    uint32_t kind = chy_syn_find(&m->cased, chy_syn_hash64((const uint8_t *)"=", 1, out, n));
    bool known = kind != CHY_NONE, open = cls == 'j' || cls == 'n' || cls == 'N';
    if (cls == 'P' && w->n == form.n && n <= form.n && memcmp(out, w->folded, n) == 0) return (chy_slice){form.p, n};
    if (cls == 'P' || kind == 1 || (!known && w->casing == 2 && !first && sentence_case == 0 && cls == 'j')) {
        if (out[0] >= 'a' && out[0] <= 'z') out[0] = (uint8_t)(out[0] - 32);
    } else if (kind == 2 || (!known && w->casing == 4 && sentence_case != 2 && open)) {
        for (uint32_t i = 0; i < n; i++)
            if (out[i] >= 'a' && out[i] <= 'z') out[i] = (uint8_t)(out[i] - 32);
    }
    if (n <= form.n && memcmp(out, form.p, n) == 0) return (chy_slice){form.p, n};
    return chy_arena_copy(arena, (chy_slice){(const char *)out, n});
}
