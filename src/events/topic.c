/* SPDX-License-Identifier: Apache-2.0 */
#include "events/topic.h"

/* Fewer words than this say nothing. */
enum { ENOUGH = 4 };

const char *chy_topic_off(const chy_gram *g)
{
    static const char *const names[] = {"sport", "show", "gadgets"};
    const chy_dispatch *d = g->w->d;
    chy_words politics = chy_frames_class(g->f, "politics"), off[3];
    uint32_t n_off[3] = {0}, n_politics = 0;
    for (unsigned k = 0; k < 3; k++) off[k] = chy_frames_class(g->f, names[k]);
    for (uint32_t t = 0; t < d->n_tokens; t++) {
        if (g->word[t] == CHY_NONE) continue;
        n_politics += chy_gram_is(g, t, politics);
        for (unsigned k = 0; k < 3; k++) n_off[k] += chy_gram_is(g, t, off[k]);
    }
    for (uint32_t m = 0; m < d->n_mentions; m++) { /* people and bodies in office; states also play football */
        const chy_mention *x = &d->mentions[m];
        const chy_actor *a = x->n_actors ? &d->actors[d->mention_actors[x->first_actor]] : NULL;
        n_politics += a && a->kind != CHY_ACTOR_STATE && (a->sectors & CHY_SEC_POLITICAL);
    }
    unsigned most = 0;
    for (unsigned k = 1; k < 3; k++)
        if (n_off[k] > n_off[most]) most = k;
    return n_off[most] >= ENOUGH && n_off[most] > n_politics ? names[most] : NULL;
}
