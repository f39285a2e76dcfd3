/* SPDX-License-Identifier: Apache-2.0
 *
 * view.h - what the reader of triggers sees of a word: the words around it whose states it takes, and features by number.
 * tools/train/reader.py trains on what this file computes (tools/train/views.c writes it out).
 */
#ifndef CHY_EVENTS_VIEW_H
#define CHY_EVENTS_VIEW_H

#include "events/grammar.h"

/* Words that a word is seen with; CHY_NONE where there is none. */
enum {
    CHY_VIEW_SELF, CHY_VIEW_HEAD,
    CHY_VIEW_SUBJECT, /* logical; of a noun whoever does it, or whose it is */
    CHY_VIEW_OBJECT,  /* logical; of a noun what it is "of" */
    CHY_VIEW_OTHER,   /* the first prepositional phrase that is neither */
    CHY_N_VIEW
};

/* Features, by group: each group's first number; the names of docs/design/events.md. */
enum {
    CHY_VIEW_UPOS = 0,                                          /* chy_upos */
    CHY_VIEW_DEPREL = CHY_VIEW_UPOS + CHY_N_UPOS,               /* chy_deprel */
    CHY_VIEW_HEAD_UPOS = CHY_VIEW_DEPREL + CHY_N_DEPREL,        /* chy_upos, or CHY_N_UPOS of the root */
    CHY_VIEW_FEATS = CHY_VIEW_HEAD_UPOS + CHY_N_UPOS + 1,       /* 14 bits of chy_token.feats */
    CHY_VIEW_KIND_SUBJECT = CHY_VIEW_FEATS + 14,                /* what kind of actor ... */
    CHY_N_KIND = 9,
    CHY_VIEW_KIND_OBJECT = CHY_VIEW_KIND_SUBJECT + CHY_N_KIND,
    CHY_VIEW_KIND_OTHER = CHY_VIEW_KIND_OBJECT + CHY_N_KIND,
    CHY_VIEW_KIND_HEAD = CHY_VIEW_KIND_OTHER + CHY_N_KIND,      /* ... is the subject of the word above */
    CHY_VIEW_PREP = CHY_VIEW_KIND_HEAD + CHY_N_KIND,            /* prepositions below, without and with an actor */
    CHY_N_PREP = 12,
    CHY_VIEW_LEXICON = CHY_VIEW_PREP + 2 * CHY_N_PREP,          /* types of the frames of this lemma, and none */
    CHY_VIEW_OTHER_POS = CHY_VIEW_LEXICON + CHY_N_TYPE + 1,     /* types of its frames as another part of speech */
    CHY_VIEW_BITS = CHY_VIEW_OTHER_POS + CHY_N_TYPE,
    CHY_N_BITS = 20,
    CHY_VIEW_POLITICS = CHY_VIEW_BITS + CHY_N_BITS,             /* mentions of political actors in the sentence: 0, 1, 2, 3, 4 or more */
    CHY_VIEW_DENSITY = CHY_VIEW_POLITICS + 5,                   /* ... in the dispatch, to 64 words: 0, 1, 2, 3, 4 or more */
    CHY_N_FEATURE = CHY_VIEW_DENSITY + 5,
    CHY_MAX_FEATURES = 96
};

typedef struct chy_view {
    uint32_t word[CHY_N_VIEW];
    uint16_t feature[CHY_MAX_FEATURES];
    uint32_t n_features;
} chy_view;

/* Of each sentence and of the dispatch, how many political actors are mentioned; from the arena. */
typedef struct chy_view_counts {
    uint8_t *sentence;
    unsigned density;
} chy_view_counts;

/* Errors: CHY_E_MEMORY. */
chy_status chy_view_open(const chy_gram *g, chy_work *w, chy_view_counts *out);
/* May it head an event: a verb, noun or adjective, or a capitalised word outside names? */
bool chy_view_candidate(const chy_gram *g, uint32_t token);
void chy_view_of(const chy_gram *g, const chy_view_counts *counts, uint32_t token, chy_view *out);

#endif
