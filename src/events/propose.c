/* SPDX-License-Identifier: Apache-2.0 */
#include "events/propose.h"

#include "events/infer.h"
#include "events/plover.h"

#include <stdio.h>

static const chy_frame *own_frame(const chy_gram *g, uint32_t t, unsigned pos, unsigned type, chy_match *m)
{
    chy_frame_list list = chy_frames_of(g->f, g->word[t], pos);
    for (uint32_t i = 0; i < list.n; i++)
        if (!list.v[i]->stop && list.v[i]->type == type && chy_match_conditions(g, list.v[i], t, m, NULL)) return list.v[i];
    return NULL;
}

static const chy_frame *usual_frame(const chy_gram *g, unsigned pos, unsigned type)
{
    char name[16] = "~";
    const char *type_name = chy_type_name((chy_type)type);
    size_t n = 1;
    for (; type_name[n - 1] && n < sizeof name; n++) name[n] = (char)(type_name[n - 1] | 32);
    chy_frame_list list = chy_frames_of(g->f, chy_frames_word(g->f, (chy_slice){name, n}), pos);
    return list.n ? list.v[0] : NULL;
}

bool chy_propose(const chy_gram *g, uint32_t t, unsigned type, chy_match *out)
{
    const chy_token *x = &g->w->d->tokens[t];
    unsigned pos = chy_gram_verbal(x) ? CHY_PRED_VERB : CHY_PRED_NOUN;
    const chy_frame *f = own_frame(g, t, x->upos == CHY_UPOS_ADJ ? (unsigned)CHY_PRED_ADJ : pos, type, out);
    if (!f) f = usual_frame(g, pos, type);
    if (!f) return false;
    chy_match_loosely(g, f, t, out);
    chy_infer_sides(g, out);
    return true;
}
