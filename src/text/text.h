/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h - sentences, words and quotations of a dispatch.
 *
 * In: blocks. Out: d->sentences, d->tokens (form, norm, at, flags, quote), d->quotes; words as in Universal
 * Dependencies English (clitics split, hyphened words split), no sentence runs over the end of a block.
 */
#ifndef CHY_TEXT_TEXT_H
#define CHY_TEXT_TEXT_H

#include "base/work.h"

/* Errors: CHY_E_MEMORY. */
chy_status chy_text_run(chy_work *w);

#endif
