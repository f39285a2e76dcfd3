/* SPDX-License-Identifier: Apache-2.0
 *
 * syntax.h - tags, lemmas, trees and name spans.
 *
 * In: the tokens of a sentence (form, norm). Out: lemma, upos, feats, head, deprel, name of each.
 * The model is trained by tools/train; see models/README.md and docs/design/syntax.md.
 */
#ifndef CHY_SYNTAX_SYNTAX_H
#define CHY_SYNTAX_SYNTAX_H

#include "base/work.h"
#include "data/file.h"

/* Immutable, shared by threads; points into the data file. */
typedef struct chy_syntax_model chy_syntax_model;

/* Checks the section "syntax" of the data file and makes the model in `arena`. Errors: CHY_E_DATA, CHY_E_MEMORY. */
chy_status chy_syntax_open(const chy_file *file, chy_arena *arena, const chy_syntax_model **out, chy_error *err);

/* One sentence of n words. Heads are indices among these n, CHY_NONE for the root. Errors: CHY_E_MEMORY. */
chy_status chy_syntax_parse(const chy_syntax_model *m, chy_arena *arena, chy_token *tokens, uint32_t n, chy_error *err);

/* All sentences of a dispatch; heads become indices among the dispatch's tokens; then the tree (syntax/tree.h).
 * Errors: CHY_E_MEMORY. */
chy_status chy_syntax_run(const chy_syntax_model *m, chy_work *w);

/* Put right, in the n words of one sentence, what grammar forbids (repair.c). */
void chy_syntax_repair(chy_token *tokens, uint32_t n);

#endif
