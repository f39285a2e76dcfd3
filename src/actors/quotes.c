/* SPDX-License-Identifier: Apache-2.0
 *
 * quotes.c - "I", "we", "our" inside a quotation: whoever says it, the subject of a verb of speech beside the marks.
 */
#include "actors/run.h"

bool chy_actors_speech(const chy_token *t)
{
    return t->upos == CHY_UPOS_VERB &&
           chy_slice_in(t->lemma, "say|tell|add|write|state|post|tweet|declare|announce|note|warn|stress|claim|insist|argue|explain|comment|ask|reply|"
                                  "respond|remark|observe|read|conclude|continue|recall|reiterate|affirm|assert|urge|underline|emphasize|emphasise|"
                                  "admit|acknowledge|vow|pledge|promise|complain|quote|joke|quip|shout|chant|point|underscore|call|describe");
}

/* The draft that is the subject of the speech verb nearest the quotation, in the sentences at its two ends. */
uint32_t chy_actors_speaker(const chy_run *r, const chy_quote *q)
{
    const chy_dispatch *d = r->w->d;
    uint32_t ends[2] = {q->end_token ? q->end_token - 1 : 0, q->first_token}, best = CHY_NONE, best_far = CHY_NONE;
    for (unsigned side = 0; side < 2; side++) {
        if (ends[side] >= r->n) continue;
        const chy_sentence *s = &d->sentences[chy_sentence_of(d, ends[side])];
        uint32_t b = s->first_token, e = s->first_token + s->n_tokens;
        if (ends[side] > b + 60) b = ends[side] - 60;
        if (e > ends[side] + 60) e = ends[side] + 60;
        for (uint32_t i = b; i < e; i++) {
            if ((i >= q->first_token && i < q->end_token) || !chy_actors_speech(&r->t[i])) continue;
            uint32_t far = i < q->first_token ? q->first_token - i : i - q->end_token;
            if (best != CHY_NONE && far >= best_far) continue;
            for (CHY_EACH_CHILD(r->w, i, c))
                if (chy_is_rel(&r->t[c], CHY_REL_NSUBJ) && r->draft_of[c] != CHY_NONE)
                    best = r->draft_of[c], best_far = far;
        }
    }
    return best;
}

static bool first_person(const chy_token *t)
{
    return (t->upos == CHY_UPOS_PRON || t->upos == CHY_UPOS_DET) &&
           chy_slice_in(t->norm, "i|we|me|us|my|our|mine|ours|myself|ourselves");
}

/* A pronoun of the first person in quotation `quote` (CHY_NONE: in none) stands for `who`. False where memory is out. */
static bool speak(chy_run *r, uint32_t i, uint32_t quote, uint32_t who)
{
    if (r->t[i].quote != quote || r->draft_of[i] != CHY_NONE || !first_person(&r->t[i])) return true;
    uint32_t k = chy_actors_one_word(r, i, CHY_SHAPE_PRONOUN);
    if (k == CHY_NONE) return false;
    r->draft_of[i] = k;
    const chy_draft from = r->drafts.v[who];
    for (uint32_t a = 0; a < from.n_actors; a++) chy_actors_give(r, k, r->of.v[from.first_actor + a]);
    return true;
}

/* "MR RAO: We have asked them." Who opens a paragraph with a colon behind the name speaks in it. */
static void labelled(chy_run *r, uint32_t block)
{
    const chy_dispatch *d = r->w->d;
    const chy_block *b = &d->blocks[block];
    if (!b->n_sentences) return;
    const chy_sentence *first = &d->sentences[b->first_sentence], *last = &d->sentences[b->first_sentence + b->n_sentences - 1];
    uint32_t who = CHY_NONE, end = last->first_token + last->n_tokens;
    for (uint32_t i = first->first_token; i < end && i < first->first_token + 12 && who == CHY_NONE; i++) {
        uint32_t k = r->draft_of[i];
        if (k == CHY_NONE || !r->drafts.v[k].n_actors || r->drafts.v[k].begin != first->first_token) continue;
        uint32_t e = r->drafts.v[k].end;
        if (e < end && r->t[e].norm.n == 1 && r->t[e].norm.p[0] == ':') who = k;
    }
    for (uint32_t i = first->first_token; who != CHY_NONE && i < end; i++)
        if (!speak(r, i, CHY_NONE, who)) return;
}

void chy_actors_quoted(chy_run *r)
{
    const chy_dispatch *d = r->w->d;
    uint32_t last = CHY_NONE;
    for (uint32_t q = 0; q < d->n_quotes; q++) {
        const chy_quote *quote = &d->quotes[q];
        uint32_t who = chy_actors_speaker(r, quote);
        if (who == CHY_NONE || !r->drafts.v[who].n_actors) who = last;
        if (who == CHY_NONE) continue;
        last = who;
        for (uint32_t i = quote->first_token; i < quote->end_token && i < r->n; i++)
            if (!speak(r, i, q, who)) return;
    }
    for (uint32_t b = 0; b < d->n_blocks; b++) labelled(r, b);
}
