/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h - sentences, words and quotations of a dispatch.
 *
 * In: blocks. Out: d->sentences, d->tokens (form, norm, at, flags, quote), d->quotes; the sentences of each block.
 * Words are those of Universal Dependencies English EWT: clitics split ("do n't", "Iran 's"), hyphened words split at
 * the hyphen ("Iranian - made") save behind the prefixes that EWT keeps ("anti-war"), abbreviations with their stop.
 * No sentence runs over the end of a block.
 */
#ifndef CHY_TEXT_TEXT_H
#define CHY_TEXT_TEXT_H

#include "base/work.h"
#include "data/file.h"

/* The word lists: tables text_words and contraction of the data file. */
typedef struct chy_text_model chy_text_model;

/* Errors: CHY_E_DATA, CHY_E_MEMORY. Lives in the arena. */
chy_status chy_text_open(const chy_file *file, chy_arena *arena, const chy_text_model **out, chy_error *err);

/* Errors: CHY_E_MEMORY. */
chy_status chy_text_run(const chy_text_model *m, chy_work *w);

#endif
