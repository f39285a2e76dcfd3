/* SPDX-License-Identifier: Apache-2.0
 *
 * tree.h - walking the dependency trees of a dispatch. In: tokens with heads. Out: child chains and spans in chy_work.
 * All indices are of the dispatch's tokens; CHY_NONE is "none" and is accepted wherever a token is.
 */
#ifndef CHY_SYNTAX_TREE_H
#define CHY_SYNTAX_TREE_H

#include "base/work.h"

/* Fill w->first_child … w->sub_end from the tokens' heads. Errors: CHY_E_MEMORY. */
chy_status chy_tree_build(chy_work *w);

/* First child of `head` with this very relation; children in text order. */
uint32_t chy_tree_child(const chy_work *w, uint32_t head, chy_deprel deprel);
/* First child whose lemma is `lemma`. */
uint32_t chy_tree_child_lemma(const chy_work *w, uint32_t head, const char *lemma);
/* The case-marking preposition of a nominal: lemma of its `case` child ("according to": of the first, `fixed` words
 * left to the caller), n = 0 where none. */
chy_slice chy_tree_case(const chy_work *w, uint32_t token);
/* Is `token` in the subtree of `top` (itself included)? */
bool chy_tree_under(const chy_work *w, uint32_t token, uint32_t top);
/* Sentence of a token. */
uint32_t chy_sentence_of(const chy_dispatch *d, uint32_t token);

static inline bool chy_is_rel(const chy_token *t, chy_deprel base) { return chy_deprel_base((chy_deprel)t->deprel) == base; }

/* for (CHY_EACH_CHILD(w, head, c)) … : the children of head in text order. */
#define CHY_EACH_CHILD(w, h, c)                                                                                        \
    uint32_t c = (h) == CHY_NONE ? CHY_NONE : (w)->first_child[h];                                                     \
    c != CHY_NONE;                                                                                                     \
    c = (w)->next_sibling[c]

#endif
