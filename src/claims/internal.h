/* SPDX-License-Identifier: Apache-2.0
 *
 * internal.h - what the files of the claims stage share.
 *
 * The order of work: attribution.c finds reported speech by cue, sentence by sentence, with source.c (who) and
 * content.c (what); speaker.c gives quotations that have no cue of their own to the speaker whose words go on; claims.c
 * settles the nesting; modality.c reads what grammar says about an event (will, may, not, failed to); status.c puts
 * voices and modality together; denial.c ties denials to what they deny, retort.c finds
 * those without a verb of denying; interview.c reads questions and answers. Token ranges are half open.
 */
#ifndef CHY_CLAIMS_INTERNAL_H
#define CHY_CLAIMS_INTERNAL_H

#include "claims/claims.h"
#include "syntax/tree.h"

typedef enum chy_claims_class {
    CLASS_SAY, CLASS_CLAIM, CLASS_BELIEVE, CLASS_REPORT, CLASS_SHOW, CLASS_ADMIT, CLASS_CONFIRM, CLASS_DENY,
    CLASS_DOUBT, CLASS_ACCUSE, CLASS_JUDGE, CLASS_WANT, CLASS_INTEND, CLASS_KNOW, CLASS_ATTITUDE, N_CLASS
} chy_claims_class;

enum {
    CONTENT_THAT = 1 << 0, CONTENT_QUOTE = 1 << 1, CONTENT_FINAL = 1 << 2, CONTENT_INF = 1 << 3, CONTENT_ING = 1 << 4,
    CONTENT_OBJ = 1 << 5, CONTENT_CLAIMS = 1 << 6, CONTENT_NAMED = 1 << 7, CONTENT_PREP = 1 << 8
};

/* A row of cues.tsv. */
typedef struct chy_claims_cue {
    char pos;           /* 'V', 'N', 'A', 'D' */
    uint8_t class, stance;
    uint16_t content;   /* CONTENT_* */
    chy_slice words;    /* the content cell, for its prepositions */
} chy_claims_cue;

/* What modality.tsv says of a content: a chy_event_status, or one of these. */
enum { MOD_CARRY = CHY_N_EVENT_STATUS, MOD_WOULD, MOD_REVERSE, MOD_ABLE, MOD_GIVEN, MOD_NONE };

typedef struct chy_claims_modal {
    char pos;           /* 'V', 'N', 'A', 'R', 'M', 'S' */
    uint8_t status;
    chy_slice rel;
} chy_claims_modal;

struct chy_claims_model {
    chy_table cues, modality;
    const chy_claims_cue *cue;     /* by row */
    const chy_claims_modal *modal; /* by row */
};

enum { MAX_CONTENT = 8 };

typedef struct chy_claims_span {
    uint32_t begin, end; /* tokens */
} chy_claims_span;

/* An attribution in the making, in tokens. */
typedef struct chy_claims_found {
    chy_claims_span source, cue; /* begin == end: none */
    chy_claims_span content[MAX_CONTENT];
    uint32_t n_content;
    uint32_t source_token, cue_token, mention;
    uint32_t outer;
    uint8_t class, stance, quote;
} chy_claims_found;

typedef CHY_VEC(chy_claims_found) chy_claims_list;

/* Somebody who denies something: the word, and who. Where the word is no verb of denying ("that is a lie"), it is
 * `implicit`, and has the noun that it is said of ("the report is false") or CHY_NONE. */
typedef struct chy_claims_denier {
    uint32_t cue, mention, noun;
    chy_slice words; /* who, where no mention is */
    bool implicit;
} chy_claims_denier;
typedef CHY_VEC(chy_claims_denier) chy_claims_deniers;

typedef struct chy_claims_context {
    const chy_claims_model *m;
    chy_work *w;
    chy_claims_list found;      /* in text order of cue */
    chy_claims_deniers deniers; /* in text order */
    uint32_t *quoted;       /* n_tokens + 1: tokens before this one that stand in a quotation */
    uint32_t *inner;        /* n_tokens: the innermost attribution whose content a token stands in */
    bool interview, asked, dashes; /* turns of an interview: begun; the last one asked; they open with dashes */
    uint32_t interviewee;   /* his mention, or CHY_NONE */
} chy_claims_context;

/* The first children of a token, so that one with very many is not walked once for each of them. */
enum { MAX_CHILDREN = 128 };
#define EACH_CHILD(w, h, c)                                                                                            \
    uint32_t c = (h) == CHY_NONE ? CHY_NONE : (w)->first_child[h], c##_left = MAX_CHILDREN;                            \
    c != CHY_NONE && c##_left;                                                                                         \
    c = (w)->next_sibling[c], c##_left--

static inline uint32_t chy_claims_child(const chy_work *w, uint32_t h, chy_deprel rel)
{
    for (EACH_CHILD(w, h, c))
        if (w->tokens[c].deprel == rel) return c;
    return CHY_NONE;
}

static inline uint32_t chy_claims_child_base(const chy_work *w, uint32_t h, chy_deprel base)
{
    for (EACH_CHILD(w, h, c))
        if (chy_is_rel(&w->tokens[c], base)) return c;
    return CHY_NONE;
}

static inline uint32_t chy_claims_child_lemma(const chy_work *w, uint32_t h, const char *lemma)
{
    for (EACH_CHILD(w, h, c))
        if (chy_slice_eqz(w->tokens[c].lemma, lemma)) return c;
    return CHY_NONE;
}

static inline bool chy_claims_is_punct(const chy_token *t)
{
    return t->upos == CHY_UPOS_PUNCT || t->upos == CHY_UPOS_SYM;
}

static inline bool chy_claims_is_verbal(const chy_token *t)
{
    return t->upos == CHY_UPOS_VERB || t->upos == CHY_UPOS_AUX;
}

/* Does the token open or close the quotation it stands in? */
static inline bool chy_claims_is_mark(const chy_dispatch *d, uint32_t t)
{
    uint32_t q = d->tokens[t].quote;
    return q != CHY_NONE && q < d->n_quotes && (d->quotes[q].first_token == t || d->quotes[q].end_token == t + 1) &&
           chy_claims_is_punct(&d->tokens[t]);
}

/* ------------------------------------------------------------------ claims.c */

/* Is `word` one of the blank-separated words of `list`? */
bool chy_claims_listed(chy_slice list, chy_slice word);
/* The row for a lemma with this part of speech; with `rel` the first whose scope lists it. NULL: none. */
const chy_claims_modal *chy_claims_modal_of(const chy_claims_model *m, chy_slice lemma, char pos, const char *rel);
/* A verb or noun of class deny, by its lemma. */
bool chy_claims_is_denial(const chy_claims_model *m, const chy_token *t);

/* Has the lemma a row with this part of speech in cues.tsv? */
bool chy_claims_has_row(const chy_claims_model *m, chy_slice lemma, char pos);

/* ------------------------------------------------------------------ source.c */

bool chy_claims_is_passive(const chy_work *w, uint32_t verb);
/* The logical object of a verb, active or passive. */
uint32_t chy_claims_object(const chy_work *w, uint32_t verb);
/* Is the noun a cue of a class whose content is somebody's word ("allegations", "reports")? */
bool chy_claims_is_claim_noun(const chy_claims_model *m, const chy_token *t);
/* Is it one that speaks itself ("a letter saying")? */
bool chy_claims_is_document(const chy_claims_model *m, const chy_token *t);
/* Is the first reading of the verb one of saying? */
bool chy_claims_is_saying(const chy_claims_context *c, uint32_t verb);
/* Is the token part of a time expression ("said Friday")? */
bool chy_claims_is_time(const chy_dispatch *d, uint32_t token);
/* The logical subject of a predicate, by control and coordination; CHY_NONE where there is none. */
uint32_t chy_claims_subject(const chy_claims_model *m, const chy_work *w, uint32_t verb);
/* The mention that a source stands for, through relative pronouns and nouns such as "statement". */
uint32_t chy_claims_mention(const chy_work *w, uint32_t source_token, chy_claims_span source);
/* Tokens [b, e) without punctuation at the ends. */
chy_claims_span chy_claims_bare(const chy_work *w, uint32_t b, uint32_t e);
/* The noun phrase of a source; where it holds the cue ("a statement saying …"), what of it stands before the cue. */
chy_claims_span chy_claims_source_span(const chy_work *w, uint32_t source, chy_claims_span cue);
/* Head of the noun phrase in [b, e): its leftmost nominal whose own head lies outside; CHY_NONE where there is none. */
uint32_t chy_claims_phrase_head(const chy_work *w, uint32_t b, uint32_t e);
/* The head of a verb's source and its words; CHY_NONE and an empty span where there is none. */
uint32_t chy_claims_verb_source(const chy_claims_context *c, const chy_sentence *s, uint32_t verb, bool passive,
                                chy_claims_span cue, chy_claims_span *words);
/* The head of a noun's source: its possessor, author, modifier, or the subject of the verb that utters it; *utters gets
 * that verb, or CHY_NONE. */
uint32_t chy_claims_noun_source(const chy_claims_model *m, const chy_work *w, uint32_t noun, uint32_t *utters);

/* ----------------------------------------------------------------- content.c */

/* A cue verb or adjective with its auxiliaries, copula, adverbs between them, particle, and the verbs that only lead up
 * to it ("went on to say"). */
chy_claims_span chy_claims_cue_span(const chy_claims_model *m, const chy_work *w, uint32_t verb);
/* Add tokens [begin, end) less those of source and cue to the content, punctuation at its ends left out. */
void chy_claims_add_content(const chy_work *w, chy_claims_found *f, uint32_t begin, uint32_t end);
/* The same for a clause: one that is quoted in part takes the rest of the quotation with it. */
void chy_claims_add_clause(const chy_claims_context *c, chy_claims_found *f, uint32_t begin, uint32_t end);
/* The subtree of `t`, less its leading preposition or mark where that is in the cue. */
void chy_claims_add_subtree(const chy_claims_context *c, chy_claims_found *f, uint32_t t, bool drop_case);
/* Content by prepositions among the dependents of `h`: "accused X of shelling", "called for talks". */
void chy_claims_prep_content(const chy_claims_context *c, chy_claims_found *f, uint32_t h, const chy_claims_cue *cue);
/* Is the dependent `k` of a verb with object `o` what the object is said to be ("called it a lie", "described it as a
 * lie")? */
bool chy_claims_is_naming(const chy_work *w, uint32_t o, uint32_t k);
/* All that a verb cue hands over. */
void chy_claims_verb_content(const chy_claims_context *c, chy_claims_found *f, const chy_sentence *s, bool passive,
                             const chy_claims_cue *cue);

/* -------------------------------------------------- attribution.c, speaker.c, interview.c */

chy_status chy_claims_find(chy_claims_context *c);
/* A sentence that opens or closes with its speaker's name as a label. */
void chy_claims_label(chy_claims_context *c, const chy_sentence *s);
/* A paragraph of an interview, when `s` opens it; false: it is none. */
bool chy_claims_turn(chy_claims_context *c, const chy_sentence *s);
/* Quotations without a cue of their own. Errors: CHY_E_MEMORY. */
chy_status chy_claims_continue(chy_claims_context *c);
/* Voices that only take up an earlier one: "it said", "the statement added". */
void chy_claims_take_up(chy_claims_context *c);

/* ---------------------------------------------------------------- modality.c */

/* The grammatical modality of an event's trigger: REPORTED, PLANNED, POSSIBLE, NEGATED, CLAIMED or DENIED; *why gets
 * the word that it rests on (CHY_NONE where REPORTED), *own whether that word belongs to the trigger's own clause.
 * `act`: the event is done by saying, meeting or gathering, so that a purpose of coming to do it is no mere purpose. */
chy_event_status chy_claims_modality(const chy_claims_context *c, uint32_t trigger, bool act, uint32_t *why, bool *own);
/* Is the predicate itself denied ("has not confirmed", "nor denied")? */
bool chy_claims_is_negated(const chy_claims_context *c, uint32_t token);
/* Has it a modal auxiliary? */
bool chy_claims_has_modal(const chy_claims_context *c, uint32_t token);
/* Is coordinated verb c a past tense of its own beside h, whose auxiliaries it has no part in ("would leave and called")? */
bool chy_claims_is_own_clause(const chy_work *w, uint32_t c, uint32_t h);
/* Is the verb a past tense or perfect, and no conditional? */
bool chy_claims_is_past(const chy_work *w, uint32_t verb);

/* -------------------------------------------------------- status.c, denial.c */

typedef CHY_VEC(chy_claim) chy_claims_voices;
chy_status chy_claims_status(chy_claims_context *c, chy_claims_voices *voices);
chy_status chy_claims_denials(chy_claims_context *c, chy_claims_voices *voices);
/* Denials without a verb of denying, in the words of a voice: "that is not true", "nonsense", "no such order". Adds
 * them to c->deniers. */
void chy_claims_retorts(chy_claims_context *c);
/* ACCUSE, REQUEST, REJECT, THREATEN, AGREE, SUPPORT: done by saying so. */
bool chy_claims_is_speech_act(uint32_t type);
/* Does the denial point at something told before ("the allegations", "it", "which", "responsibility")? */
bool chy_claims_points_back(const chy_claims_context *c, uint32_t cue);
/* Is `actor` one that the mention stands for, or of the same country? */
bool chy_claims_is_actor(const chy_dispatch *d, uint32_t mention, uint32_t actor);
/* Does side `first`, `n` of d->participants hold an actor of `mention`, or one of the same country? */
bool chy_claims_side_has(const chy_dispatch *d, uint32_t first, uint32_t n, uint32_t mention);

#endif
