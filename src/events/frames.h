/* SPDX-License-Identifier: Apache-2.0
 *
 * frames.h - the frame language (docs/frames.md): text in, an index of frames by predicate out.
 *
 * A frame says of one predicate, under which grammatical conditions it is an event of which PLOVER type, and where in
 * the sentence its participants stand. Words are interned: the same word has one number (chy_word) in the whole model.
 */
#ifndef CHY_EVENTS_FRAMES_H
#define CHY_EVENTS_FRAMES_H

#include "base/base.h"
#include "events/plover.h"

typedef uint32_t chy_word; /* CHY_NONE: a word that no frame knows */

/* Words in capitals that stand for kinds of participants, in every model under these numbers. */
enum {
    CHY_WORD_PERSON, /* a person by name */
    CHY_WORD_PEOPLE, /* people, however they are told: by name, as "protesters", "them", "four" */
    CHY_WORD_STATE,  /* a state by its name or its capital's */
    CHY_WORD_SECTOR, /* COP, MIL …: an actor of that sector; by bit of chy_actor.sectors */
    CHY_WORD_FIRST = CHY_WORD_SECTOR + CHY_N_SECTOR
};

/* Functions that conditions and paths speak of; CHY_FN_PREP comes with the preposition's word. */
typedef enum chy_fn {
    CHY_FN_SUBJ, CHY_FN_OBJ, CHY_FN_IOBJ, CHY_FN_PRT, CHY_FN_MOD, CHY_FN_POSS, CHY_FN_XCOMP, CHY_FN_CCOMP, CHY_FN_ADV,
    CHY_FN_COMP, CHY_FN_AUX, CHY_FN_SPEAKER, CHY_FN_FIRST, CHY_FN_LAST, CHY_FN_NEXT, CHY_FN_PREP, CHY_N_FN
} chy_fn;

typedef struct chy_words {
    const chy_word *v; /* ascending */
    uint32_t n;
} chy_words;

typedef struct chy_step {
    uint8_t fn;
    chy_word prep;
} chy_step;

typedef struct chy_path {
    chy_step step[2];
    uint8_t n;
    bool must; /* `!` */
} chy_path;

/* Words in a row: what must stand before a predicate, or behind it (docs/frames.md, Phrases). An item is one of some words
 * or runs of words, an actor that fills a role, or a noun phrase that is passed over. */
typedef enum chy_item_kind { CHY_ITEM_WORD, CHY_ITEM_SOURCE, CHY_ITEM_TARGET, CHY_ITEM_BOTH, CHY_ITEM_NOUN } chy_item_kind;

typedef struct chy_spelt {
    chy_word word;
    bool any_form; /* else as it is spelt */
} chy_spelt;

typedef struct chy_row {
    const chy_spelt *v;
    uint32_t n;
} chy_row;

typedef struct chy_choice {
    chy_words forms, lemmas; /* single words as spelt; in any form */
    const chy_row *rows;     /* words one behind the other, by the number of the first, longer ones first */
    uint32_t n_rows;
} chy_choice;

typedef struct chy_item {
    uint8_t kind;
    bool next; /* joined to its neighbour on the predicate's side, no word between */
    chy_choice words;
} chy_item;

typedef struct chy_phrase {
    const chy_item *v; /* in the order of the text */
    uint32_t n;
} chy_phrase;

typedef struct chy_cond {
    chy_path at; /* one function, or two: the object's modifier */
    bool negative;
    chy_words words; /* n = 0: any */
} chy_cond;

typedef enum chy_role {
    CHY_ROLE_SOURCE, CHY_ROLE_TARGET, CHY_ROLE_BOTH, CHY_ROLE_CONTENT, CHY_ROLE_MATTER, CHY_ROLE_PLACE,
    CHY_ROLE_INSTRUMENT, CHY_N_ROLE
} chy_role;

enum { CHY_PRED_VERB, CHY_PRED_NOUN, CHY_PRED_ADJ };

typedef struct chy_paths {
    const chy_path *v;
    uint32_t n;
    bool must; /* the last path has `!`: some path must lead to an actor; else one of those that have it */
} chy_paths;

typedef struct chy_frame {
    chy_slice name;      /* the predicate as written: hold/V+obj:{talks} */
    chy_slice cameo, example;
    chy_slice file;      /* and line: where it was defined */
    uint32_t line;
    chy_slice back;      /* CAMEO code of what the target does to the source in turn; n = 0: nothing */
    const chy_cond *conds;
    uint32_t n_conds;
    chy_phrase before, behind;
    uint8_t literal;     /* coded as it stands: nothing is inferred, filtered or turned, and nothing below it is coded again */
    chy_paths role[CHY_N_ROLE];
    uint8_t pos;         /* CHY_PRED_* */
    uint8_t stop;        /* type "-": where it matches no other frame of the predicate fires */
    uint8_t type;        /* chy_type; of a literal frame CHY_N_TYPE where no PLOVER type answers to its code */
    uint8_t n_modes, n_contexts;
    uint8_t modes[4], contexts[4];
} chy_frame;

/* Frames of one lemma and part of speech: stop frames first, then the most particular
 * conditions, then the order of the files; literal ones in the order of the files. */
typedef struct chy_frame_list {
    const chy_frame *const *v;
    uint32_t n;
} chy_frame_list;

typedef struct chy_frames chy_frames;

/* Parse `text` (frames, and lines "NAME: word …" that define classes for what follows; the files one behind the other,
 * each opened by a line "#file NAME" that starts the count of lines anew) and `classes` (such lines only; a class named
 * twice is the union). Slices of the texts are kept. Errors: CHY_E_DATA with file and line, CHY_E_MEMORY. */
chy_status chy_frames_parse(chy_arena *arena, chy_slice text, chy_slice classes, const chy_frames **out, chy_error *err);

/* Number of a word (a lemma in lower case), or CHY_NONE. */
chy_word chy_frames_word(const chy_frames *f, chy_slice lemma);
chy_frame_list chy_frames_of(const chy_frames *f, chy_word word, unsigned pos); /* without the literal ones */
chy_frame_list chy_frames_literal_of(const chy_frames *f, chy_word verb);
/* Is any frame literal? */
bool chy_frames_literal(const chy_frames *f);
/* All of them in the order of the files. */
const chy_frame *chy_frames_all(const chy_frames *f, uint32_t *n);
/* A class by name; empty where there is none. */
chy_words chy_frames_class(const chy_frames *f, const char *name);
bool chy_words_have(chy_words set, chy_word word);

#endif
