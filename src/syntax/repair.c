/* SPDX-License-Identifier: Apache-2.0
 *
 * repair.c - a tree that grammar forbids and the network sometimes gives, put right.
 *
 * "They met after Paris and its allies accused Rome": read from the left, "after Paris and its allies" looks like a
 * phrase, and then "accused" has no subject. A finite verb without one that follows such a phrase at once, with no conjunction of its own,
 * takes the phrase for its subject and the preposition for its mark.
 */
#include "syntax/syntax.h"

enum { MAX_BACK = 24 }; /* words between the preposition and the verb */

static bool is_mark(const chy_token *t)
{
    return t->deprel == CHY_REL_CASE && chy_slice_in(t->lemma, "after|before|since|until|till|as");
}

/* The token before `v` that the phrase hangs on whose last word stands right before it, at or behind `from`. */
static uint32_t phrase_before(const chy_token *t, uint32_t v, uint32_t from)
{
    uint32_t h = v - 1;
    for (uint32_t steps = 0; steps < MAX_BACK && h != CHY_NONE && h < v; steps++) {
        if (t[h].deprel == CHY_REL_OBL || t[h].deprel == CHY_REL_NMOD) return h >= from ? h : CHY_NONE;
        h = t[h].head;
    }
    return CHY_NONE;
}

void chy_syntax_repair(chy_token *t, uint32_t n)
{
    for (uint32_t v = 2; v < n; v++) {
        chy_token *verb = &t[v];
        if (verb->upos != CHY_UPOS_VERB || !(verb->feats & CHY_FEAT_FIN) || verb->head == CHY_NONE || verb->head >= v) continue;
        if (verb->deprel != CHY_REL_CONJ && verb->deprel != CHY_REL_ACL && verb->deprel != CHY_REL_ACL_RELCL &&
            verb->deprel != CHY_REL_PARATAXIS && verb->deprel != CHY_REL_ADVCL && verb->deprel != CHY_REL_CCOMP) continue;
        uint32_t from = v > MAX_BACK ? v - MAX_BACK : 0;
        bool has = false; /* a subject, a conjunction, a mark or a comma of its own */
        for (uint32_t i = from; i < v && !has; i++)
            has = t[i].head == v && t[i].deprel != CHY_REL_ADVMOD;
        if (has) continue;
        uint32_t p = phrase_before(t, v, from);
        if (p == CHY_NONE || (t[p].head != verb->head && p != verb->head)) continue;
        uint32_t mark = CHY_NONE;
        for (uint32_t i = from; i < p && mark == CHY_NONE; i++)
            if (t[i].head == p && is_mark(&t[i])) mark = i;
        if (mark == CHY_NONE) continue;
        verb->head = t[p].head;
        verb->deprel = CHY_REL_ADVCL;
        t[p].head = v;
        t[p].deprel = CHY_REL_NSUBJ;
        t[mark].head = v;
        t[mark].deprel = CHY_REL_MARK;
    }
}
