/* SPDX-License-Identifier: Apache-2.0
 *
 * reader.h - a learned reader of triggers: how likely each word is to head an event of each PLOVER type.
 *
 * In: tokens with trees, mentions, the encoder's states that the syntax stage kept (w->states). Out: w->reader.
 *
 * Scores are natural-log odds in fixed point, 256 to the nat, within +-8,191 (+-32 nats): ln p / (1 - p) of a class against all others
 * together. Class 0 is "heads no event", class 1 + t the type t. 0 means p = 1/2; the odds of any event at all are minus those
 * of class 0. They are sums of integers only, the same on every machine. Words that cannot head an event (no verb, noun, adjective or
 * capitalised word, or one within a name) are not read: they have CHY_READER_NEVER for every type.
 *
 * The weights are trained by tools/train/reader.py on corpus/train and balance; docs/design/events.md says on what and what they are worth.
 * Whoever is trained on these scores in turn must not take those of stories that the reader has learnt: `reader.py folds` writes models that
 * have each not seen a fifth of the stories (fold = CRC-32 of the story's id, modulo 5), to be put in the reader's place in data/MANIFEST.
 */
#ifndef CHY_EVENTS_READER_H
#define CHY_EVENTS_READER_H

#include "data/file.h"
#include "events/grammar.h"

enum {
    CHY_READER_NONE = 0,     /* class 0 */
    CHY_READER_CLASSES = 17, /* none and the 16 types */
    CHY_READER_NEVER = -8191,
    CHY_READER_UNIT = 256    /* to the nat */
};

typedef struct chy_reader chy_reader;

/* Checks the section "reader" and makes the model in `arena`; *out is NULL, with success, where the file has none. Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_reader_open(const chy_file *file, chy_arena *arena, const chy_reader **out, chy_error *err);

/* From the bytes of such a section, 8-byte aligned; they are pointed into. */
chy_status chy_reader_load(chy_slice raw, chy_arena *arena, const chy_reader **out, chy_error *err);

/* Fills w->reader: n_tokens x CHY_READER_CLASSES int16. Leaves NULL where there is no model or the syntax stage kept no states.
 * Errors: CHY_E_MEMORY. */
chy_status chy_reader_run(const chy_reader *m, const chy_gram *g, chy_work *w);

/* Log-odds of a class of chy_reader_score's table: 1 + type, or CHY_READER_NONE; CHY_READER_NEVER where nothing was read. */
static inline int chy_reader_class(const chy_work *w, uint32_t token, unsigned cls)
{
    if (!w->reader) return cls == CHY_READER_NONE ? -CHY_READER_NEVER : CHY_READER_NEVER;
    return w->reader[(size_t)token * CHY_READER_CLASSES + cls];
}
/* Log-odds that the token heads an event of this type (chy_type) ... */
static inline int chy_reader_score(const chy_work *w, uint32_t token, unsigned type) { return chy_reader_class(w, token, 1 + type); }
/* ... and of any type. */
static inline int chy_reader_any(const chy_work *w, uint32_t token) { return -chy_reader_class(w, token, CHY_READER_NONE); }
/* The type with the highest score, ties to the lower. */
unsigned chy_reader_best(const chy_work *w, uint32_t token);

#endif
