/* SPDX-License-Identifier: Apache-2.0
 *
 * grammar.h - the logical grammar over the trees: who is the subject and the object of a predicate once passives,
 * relative clauses, participles, control and coordination are undone, and which words stand in a function to it.
 *
 * In: trees and mentions. Every walk is bounded; nothing here allocates but the context.
 */
#ifndef CHY_EVENTS_GRAMMAR_H
#define CHY_EVENTS_GRAMMAR_H

#include "base/work.h"
#include "events/frames.h"
#include "syntax/tree.h"

/* A dispatch with its words interned, and the classes that the grammar itself asks for (data/events/classes.txt). */
typedef struct chy_gram {
    const chy_work *w;
    const chy_frames *f;
    chy_word *word;    /* of each token's lemma */
    uint32_t *subject, *object; /* of each token once asked for, else CHY_UNASKED: frames ask again and again */
    uint8_t *passive;  /* 0 not asked, 1 no, 2 yes */
    uint8_t *when;     /* 1: the head of words that say when: what a preposition before it leads to is nobody's part in anything */
    uint32_t *cover;   /* the smallest name or nominal mention that a token lies in, or CHY_NONE */
    chy_words light;   /* verbs that lend their subject to the noun they carry: hold, launch, impose */
    chy_words quantity;/* nouns that stand for what comes behind their "of": series, number, round */
    chy_words human;   /* nouns of people */
    chy_words subject_control, future, plan, speech;
    chy_word of, by, between, to, with, on, against;
} chy_gram;

/* Errors: CHY_E_MEMORY. */
chy_status chy_gram_open(chy_gram *g, const chy_work *w, const chy_frames *f);

#define CHY_UNASKED 0xfffffffeu
enum { CHY_MAX_FOUND = 12, CHY_MAX_CHILDREN = 96 };

typedef struct chy_found {
    uint32_t v[CHY_MAX_FOUND];
    uint32_t n;
} chy_found;

/* for (CHY_SOME_CHILDREN(w, head, c, n)) …: the first CHY_MAX_CHILDREN children, so that a walk from every child over
 * all its sisters stays linear. */
#define CHY_SOME_CHILDREN(w, h, c, n)                                                                                  \
    uint32_t c = (h) == CHY_NONE ? CHY_NONE : (w)->first_child[h], n = 0;                                              \
    c != CHY_NONE && n < CHY_MAX_CHILDREN;                                                                             \
    c = (w)->next_sibling[c], n++

bool chy_gram_passive(const chy_gram *g, uint32_t verb);
/* Logical subject and object of a verb, or of an adjective or noun with a copula; relative pronouns resolved. */
uint32_t chy_gram_subject(const chy_gram *g, uint32_t verb);
uint32_t chy_gram_object(const chy_gram *g, uint32_t verb);
/* Who does what a noun names, where the noun itself does not say: the subject of the light verb that carries it, of
 * the verb it is the purpose or occasion of, or the agent of the participle behind it. `mutual`: of any verb. */
uint32_t chy_gram_doer(const chy_gram *g, uint32_t noun, bool mutual);
/* Who says, demands or thinks the clause of a predicate: the subject of the verb of speech that it is the content of. */
uint32_t chy_gram_speaker(const chy_gram *g, uint32_t pred);
/* A relative pronoun's antecedent; any other token itself. */
uint32_t chy_gram_resolve(const chy_gram *g, uint32_t token);
/* The words that stand in a function to a predicate (at most CHY_MAX_FOUND, nearest reading first). `near`: prepositional
 * phrases of its own only, not those that a parser may have hung elsewhere. */
void chy_gram_function(const chy_gram *g, uint32_t pred, unsigned pos, chy_step step, bool near, chy_found *out);
/* The preposition of a nominal or the marker of a clause. */
chy_word chy_gram_prep(const chy_gram *g, uint32_t token);
/* Does a "not", "never" or "no" hang on it? */
bool chy_gram_negated(const chy_gram *g, uint32_t token);
/* Is it told of as to come: will, "to" in a headline, "plan to"? Grammar alone. */
bool chy_gram_future(const chy_gram *g, uint32_t pred);

/* Pieces that the files of the grammar share. */
static inline bool chy_gram_verbal(const chy_token *t) { return t->upos == CHY_UPOS_VERB || t->upos == CHY_UPOS_AUX; }
uint32_t chy_gram_child(const chy_gram *g, uint32_t t, chy_deprel rel);
/* Subject and object of the clause itself as it stands, slips of the parser mended. */
uint32_t chy_gram_own_subject(const chy_gram *g, uint32_t verb);
uint32_t chy_gram_own_object(const chy_gram *g, uint32_t verb);

static inline bool chy_gram_is(const chy_gram *g, uint32_t t, chy_words set) { return chy_words_have(set, g->word[t]); }

#endif
