/* SPDX-License-Identifier: Apache-2.0
 *
 * quotes.c - "I", "we", "our" inside a quotation: whoever says it, the subject of a verb of speech beside the marks.
 */
#include "actors/run.h"

enum { MAX_INTRODUCTION = 600 }; /* tokens before the first question that say who is asked */

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

/* The pronoun means whom the draft `who` does, where nothing else was found. False where memory is out. */
static bool stands_for(chy_run *r, uint32_t i, uint32_t who)
{
    if (r->draft_of[i] != CHY_NONE || (r->t[i].upos != CHY_UPOS_PRON && r->t[i].upos != CHY_UPOS_DET)) return true;
    uint32_t k = chy_actors_one_word(r, i, CHY_SHAPE_PRONOUN);
    if (k == CHY_NONE) return false;
    r->draft_of[i] = k;
    const chy_draft from = r->drafts.v[who];
    for (uint32_t a = 0; a < from.n_actors; a++) chy_actors_give(r, k, r->of.v[from.first_actor + a]);
    return true;
}

/* A pronoun of the first person in quotation `quote` (CHY_NONE: in none) stands for `who`. False where memory is out. */
static bool speak(chy_run *r, uint32_t i, uint32_t quote, uint32_t who)
{
    return r->t[i].quote != quote || !first_person(&r->t[i]) || stands_for(r, i, who);
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

/* ------------------------------------------------------------- interviews */

typedef enum turn { TURN_NONE, TURN_QUESTION, TURN_ANSWER } turn;

/* "Q:", "A." at the head of a paragraph; *labelled tells that it has one. Without labels a paragraph that ends in a question asks. */
static turn turn_of(const chy_run *r, const chy_block *b, bool *label)
{
    *label = false;
    if (!b->n_sentences || (b->kind != CHY_BLOCK_PARAGRAPH && b->kind != CHY_BLOCK_HEADING)) return TURN_NONE;
    const chy_sentence *first = &r->w->d->sentences[b->first_sentence], *last = first + b->n_sentences - 1;
    uint32_t i = first->first_token, end = last->first_token + last->n_tokens;
    if (!first->n_tokens || !last->n_tokens) return TURN_NONE;
    bool mark = i + 1 < end && r->t[i + 1].norm.n == 1 && strchr(":.", r->t[i + 1].norm.p[0]);
    bool asks = chy_slice_in(r->t[i].norm, "q|q.|question"), answers = chy_slice_in(r->t[i].norm, "a|a.|answer");
    *label = (asks || answers) && (mark || r->t[i].norm.n == 2) && (r->t[i].flags & CHY_TOKEN_CAP);
    if (*label) return asks ? TURN_QUESTION : TURN_ANSWER;
    while (end > i + 1 && r->t[end - 1].upos == CHY_UPOS_PUNCT && r->t[end - 1].norm.p[0] != '?') end--;
    return r->t[end - 1].norm.n && r->t[end - 1].norm.p[0] == '?' ? TURN_QUESTION : TURN_ANSWER;
}

/* Does the story say, before its first question, that it is an interview? */
static bool announced(const chy_run *r, uint32_t end)
{
    for (uint32_t i = 0; i < end; i++) {
        if (chy_slice_in(r->t[i].lemma, "interview|interviewer") || chy_slice_in(r->t[i].norm, "interviews|interviewed|interview")) return true;
        if (i + 1 < end && chy_slice_in(r->t[i].lemma, "speak|talk|sit|chat") && chy_slice_in(r->t[i + 1].norm, "with|to|down")) return true;
    }
    return false;
}

/* Who is asked: a person of the title, else whom what stands before the first question names most. */
static uint32_t interviewee(const chy_run *r, uint32_t end)
{
    uint32_t best = CHY_NONE, most = 0;
    for (uint32_t i = 0; i < end; i++) {
        uint32_t k = r->draft_of[i];
        if (k == CHY_NONE || r->drafts.v[k].shape != CHY_SHAPE_PERSON || r->drafts.v[k].n_actors != 1) continue;
        const chy_draft *d = &r->drafts.v[k];
        uint32_t n = r->w->d->blocks[r->w->d->sentences[d->sentence].block].kind == CHY_BLOCK_TITLE ? 8 : 0;
        for (uint32_t j = 0; j < end; j++) {
            uint32_t z = r->draft_of[j];
            n += z != CHY_NONE && r->drafts.v[z].n_actors == 1 && r->of.v[r->drafts.v[z].first_actor] == r->of.v[d->first_actor];
        }
        if (n > most) best = k, most = n;
    }
    return best;
}

/* In an interview "I" is who answers, "you" is who is asked. */
static void interview(chy_run *r)
{
    const chy_dispatch *d = r->w->d;
    uint32_t questions = 0, labels = 0, first = CHY_NONE;
    bool label;
    for (uint32_t b = 0; b < d->n_blocks; b++) {
        bool asks = turn_of(r, &d->blocks[b], &label) == TURN_QUESTION;
        labels += label;
        questions += asks;
        if (asks && first == CHY_NONE) first = b;
    }
    if (first == CHY_NONE || (labels < 2 && questions < 3)) return;
    uint32_t head = d->sentences[d->blocks[first].first_sentence].first_token;
    if (head > MAX_INTRODUCTION) head = MAX_INTRODUCTION;
    uint32_t who = labels >= 2 || announced(r, head) ? interviewee(r, head) : CHY_NONE;
    turn t = TURN_NONE;
    for (uint32_t b = first; who != CHY_NONE && b < d->n_blocks; b++) {
        turn is = turn_of(r, &d->blocks[b], &label);
        if (labels < 2 || label) t = is;
        else if (is == TURN_NONE) t = TURN_NONE;
        if (t == TURN_NONE) continue;
        const chy_sentence *s = &d->sentences[d->blocks[b].first_sentence], *e = s + d->blocks[b].n_sentences - 1;
        for (uint32_t i = s->first_token; i < e->first_token + e->n_tokens; i++) {
            bool mine = t == TURN_ANSWER ? chy_slice_in(r->t[i].norm, "i|me|my|mine|myself") : chy_slice_in(r->t[i].norm, "you|your|yours|yourself");
            if (mine && !stands_for(r, i, who)) return;
        }
    }
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
    interview(r);
}
