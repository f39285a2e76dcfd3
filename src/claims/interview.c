/* SPDX-License-Identifier: Apache-2.0
 *
 * interview.c - printed talk: paragraphs that open with Q and A, or with dashes by turns. The answers are the words of
 * the person that the introduction is about; the questions are nobody's voice.
 */
#include "claims/internal.h"

enum { INTRO_TOKENS = 400, INTRO_ACTORS = 32 };

static bool is_dash(chy_slice norm) { return chy_slice_in(norm, "-|--|\xe2\x80\x93|\xe2\x80\x94|\xe2\x80\x95"); }

/* The person whom the tokens before `end` mention most, by his first mention; CHY_NONE where there is none. */
static uint32_t interviewee(const chy_dispatch *d, uint32_t end)
{
    uint32_t actor[INTRO_ACTORS], first[INTRO_ACTORS], count[INTRO_ACTORS], n = 0, best = CHY_NONE;
    for (uint32_t t = 0; d->mention_of && t < end && t < INTRO_TOKENS; t++) {
        uint32_t m = d->mention_of[t], k = 0;
        if (m == CHY_NONE || d->mentions[m].n_actors != 1) continue;
        uint32_t a = d->mention_actors[d->mentions[m].first_actor];
        if (d->actors[a].kind != CHY_ACTOR_PERSON) continue;
        while (k < n && actor[k] != a) k++;
        if (k == INTRO_ACTORS) continue;
        if (k == n) actor[n] = a, first[n] = m, count[n] = 0, n++;
        count[k]++;
        if (best == CHY_NONE || count[k] > count[best]) best = k;
    }
    return best == CHY_NONE ? CHY_NONE : first[best];
}

/* How a paragraph opens: *mark gets its label or dash. */
static enum { TURN_NONE, TURN_ASKS, TURN_ANSWERS, TURN_DASH } turn(const chy_dispatch *d, uint32_t lo, uint32_t hi,
                                                                 chy_claims_span *mark)
{
    const chy_token *t = &d->tokens[lo];
    if (hi < lo + 3) return TURN_NONE;
    *mark = (chy_claims_span){lo, lo + 1};
    if (is_dash(t->norm)) return TURN_DASH;
    if (chy_slice_in(t->norm, "q.")) return TURN_ASKS;
    if (chy_slice_in(t->norm, "a.")) return TURN_ANSWERS;
    if (!chy_slice_in(t[1].norm, ":|.")) return TURN_NONE;
    mark->end++;
    if (chy_slice_in(t->norm, "q|question")) return TURN_ASKS;
    return chy_slice_in(t->norm, "a|answer") ? TURN_ANSWERS : TURN_NONE;
}

bool chy_claims_turn(chy_claims_context *c, const chy_sentence *s)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    const chy_block *b = &d->blocks[s->block];
    if (s != &d->sentences[b->first_sentence] || b->kind == CHY_BLOCK_TITLE) return false;
    const chy_sentence *last = s + b->n_sentences - 1;
    uint32_t lo = s->first_token, hi = last->first_token + last->n_tokens;
    chy_claims_span mark;
    int now = turn(d, lo, hi, &mark);
    if (now == TURN_NONE) {
        if (c->dashes) c->asked = false;
        return false;
    }
    c->dashes = now == TURN_DASH;
    if (c->dashes) { /* one asks, the other answers; a dash without a question before it is a list's */
        bool asks = chy_slice_eqz(d->tokens[hi - 1].norm, "?");
        if (!c->asked && !asks) return false;
        now = c->asked ? TURN_ANSWERS : TURN_ASKS;
    }
    if (now == TURN_ASKS) {
        if (!c->interview) c->interview = true, c->interviewee = interviewee(d, lo);
        c->asked = true;
        return true;
    }
    if (!c->asked) return false;
    if (c->dashes) c->asked = false;
    chy_claims_found f = {.source_token = CHY_NONE, .mention = c->interviewee, .cue = mark, .cue_token = mark.end - 1,
                          .outer = CHY_NONE, .class = CLASS_SAY, .stance = CHY_ASSERTS};
    if (!c->dashes) f.source_token = lo;
    if (mark.end > lo + 1) f.source = (chy_claims_span){lo, lo + 1}, f.cue.begin++;
    chy_claims_add_content(w, &f, mark.end, hi);
    if (f.n_content) CHY_PUSH(w->arena, &c->found, f);
    return true;
}
