/* SPDX-License-Identifier: Apache-2.0
 *
 * speaker.c - voices without a verb: a name as a label before or behind the words ("Kremlin: talks go on", "“…” - X"),
 * and quotations that go on where the speaker's last words stopped, over sentences and paragraphs.
 */
#include "claims/internal.h"

enum { LABEL_TOKENS = 12, MIN_QUOTE_TOKENS = 5 };

static bool is_dash(chy_slice norm) { return chy_slice_in(norm, "-|--|\xe2\x80\x93|\xe2\x80\x94|\xe2\x80\x95"); }

/* Are the tokens one name of somebody who can speak? "Iran: …" names a topic, so a state is none. */
static bool is_speaker(const chy_work *w, uint32_t b, uint32_t e, uint32_t *head, uint32_t *mention)
{
    const chy_dispatch *d = w->d;
    while (b < e && d->tokens[b].upos == CHY_UPOS_PUNCT) b++;
    while (e > b && d->tokens[e - 1].upos == CHY_UPOS_PUNCT) e--;
    if (b >= e || e - b > LABEL_TOKENS || !d->mention_of) return false;
    bool person = true; /* a person's name, known or not */
    for (uint32_t t = b; t < e; t++) {
        if (d->tokens[t].upos == CHY_UPOS_VERB || chy_claims_is_time(d, t)) return false;
        person &= d->tokens[t].name == (t == b ? CHY_NAME_B_PER : CHY_NAME_I_PER);
    }
    *head = b;
    *mention = CHY_NONE;
    for (uint32_t t = b; t < e; t++) {
        uint32_t m = d->mention_of[t];
        if (m == CHY_NONE || d->mentions[m].end_token + 1 < e) continue;
        for (uint32_t i = 0; i < d->mentions[m].n_actors; i++) {
            const chy_actor *a = &d->actors[d->mention_actors[d->mentions[m].first_actor + i]];
            if (a->kind != CHY_ACTOR_PERSON && a->kind != CHY_ACTOR_OFFICE && a->kind != CHY_ACTOR_ORG) continue;
            *head = t;
            *mention = m;
            return true;
        }
    }
    return person;
}

static void push_label(chy_claims_context *c, chy_claims_span source, uint32_t head, uint32_t mention, uint32_t cue,
                       uint32_t b, uint32_t e)
{
    chy_claims_found f = {.source = source, .source_token = head, .mention = mention, .cue = {cue, cue + 1},
                          .cue_token = cue,
                      .outer = CHY_NONE, .class = CLASS_SAY, .stance = CHY_ASSERTS};
    chy_claims_add_content(c->w, &f, b, e);
    if (f.n_content) CHY_PUSH(c->w->arena, &c->found, f);
}

static bool is_interviewer(const chy_token *t)
{
    return chy_slice_in(t->norm, "presenter|question|reporter|moderator|interviewer|host|anchor");
}

void chy_claims_label(chy_claims_context *c, const chy_sentence *s)
{
    const chy_dispatch *d = c->w->d;
    const chy_token *tok = d->tokens;
    uint32_t lo = s->first_token, hi = lo + s->n_tokens, head, mention;
    bool title = d->blocks[s->block].kind == CHY_BLOCK_TITLE;
    for (uint32_t t = lo + 1; t < hi && t <= lo + LABEL_TOKENS; t++) {
        if (!chy_slice_eqz(tok[t].norm, ":")) continue;
        if (t + 1 < hi && is_speaker(c->w, lo, t, &head, &mention)) {
            uint32_t end = hi;
            if (!title && tok[t + 1].quote == CHY_NONE && s == &d->sentences[d->blocks[s->block].first_sentence]) {
                /* A transcript: the paragraph is his; who asks is no voice. */
                const chy_sentence *last = s + d->blocks[s->block].n_sentences - 1;
                end = last->first_token + last->n_tokens;
                if (chy_slice_eqz(tok[end - 1].norm, "?") || is_interviewer(&tok[t - 1])) return;
            }
            push_label(c, (chy_claims_span){lo, t}, head, mention, t, t + 1, end);
            return;
        }
        break;
    }
    /* From behind: after a quotation anywhere, after the last colon or dash of a headline. */
    for (uint32_t t = hi, k = 0; t > lo + 2 && k <= LABEL_TOKENS; k++) {
        t--;
        bool colon = chy_slice_eqz(tok[t].norm, ":");
        if (!colon && !is_dash(tok[t].norm)) continue;
        uint32_t q = tok[t - 1].quote;
        bool quoted = q != CHY_NONE && d->quotes[q].end_token == t;
        if ((title || quoted) && is_speaker(c->w, t + 1, hi, &head, &mention))
            push_label(c, (chy_claims_span){t + 1, hi - (tok[hi - 1].upos == CHY_UPOS_PUNCT)}, head, mention, t,
                       quoted && !title ? d->quotes[q].first_token : lo, t);
        return;
    }
}

static uint32_t kind_of(const chy_dispatch *d, uint32_t mention)
{
    const chy_mention *m = &d->mentions[mention];
    return m->n_actors ? d->actors[d->mention_actors[m->first_actor]].kind : CHY_ACTOR_UNKNOWN;
}

/* A pronoun or a document that no mention stands for goes on with the last voice that fits: "he" and "she" with a
 * person, "it" with a body, "the statement" with anybody. */
void chy_claims_take_up(chy_claims_context *c)
{
    const chy_dispatch *d = c->w->d;
    uint32_t person = CHY_NONE, body = CHY_NONE, any = CHY_NONE;
    for (uint32_t i = 0; i < c->found.n; i++) {
        chy_claims_found *f = &c->found.v[i];
        if (f->mention == CHY_NONE && f->source_token != CHY_NONE) {
            const chy_token *t = &d->tokens[f->source_token];
            if (t->upos == CHY_UPOS_PRON)
                f->mention = chy_slice_in(t->norm, "he|she") ? person : chy_slice_eqz(t->norm, "it") ? body
                                                       : chy_slice_eqz(t->norm, "they") ? any : CHY_NONE;
            else if (chy_claims_is_document(c->m, t) && chy_tree_child_lemma(c->w, f->source_token, "the") != CHY_NONE)
                f->mention = any;
        }
        if (f->mention == CHY_NONE || f->class >= CLASS_KNOW) continue;
        uint32_t k = kind_of(d, f->mention);
        if (k == CHY_ACTOR_PERSON || k == CHY_ACTOR_OFFICE) person = f->mention;
        if (k == CHY_ACTOR_ORG || k == CHY_ACTOR_STATE) body = f->mention;
        any = f->mention;
    }
}

/* Is the quotation a stretch of speech, and no scare quote or title? It opens a sentence, or stands behind a colon. */
static bool is_speech(const chy_dispatch *d, const chy_quote *q)
{
    return q->parent == CHY_NONE && q->end_token - q->first_token >= MIN_QUOTE_TOKENS &&
           ((d->tokens[q->first_token].flags & CHY_TOKEN_SENTENCE_START) ||
            (q->first_token > 0 && chy_slice_eqz(d->tokens[q->first_token - 1].norm, ":")));
}

/* "The mayor shook his head: “…”": the words of the subject. */
static bool after_colon(chy_claims_context *c, const chy_quote *q)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    uint32_t colon = q->first_token - 1;
    if (q->first_token == 0 || !chy_slice_eqz(d->tokens[colon].norm, ":") || d->tokens[colon].quote != CHY_NONE)
        return false;
    uint32_t root = d->sentences[chy_sentence_of(d, colon)].root,
        s = root == CHY_NONE ? root : chy_claims_subject(c->m, w, root);
    if (s == CHY_NONE || s > colon || d->tokens[s].quote != CHY_NONE) return false;
    chy_claims_found f = {.source_token = s, .cue = {colon, colon + 1}, .cue_token = colon, .outer = CHY_NONE,
                          .class = CLASS_SAY, .stance = CHY_ASSERTS, .quote = 1};
    f.source = chy_claims_source_span(w, s, f.cue);
    f.mention = chy_claims_mention(w, s, f.source);
    if (f.mention == CHY_NONE && d->tokens[s].upos != CHY_UPOS_PRON) return false;
    chy_claims_add_content(w, &f, q->first_token, q->end_token);
    return f.n_content && CHY_PUSH(w->arena, &c->found, f);
}

/* Quotations that no cue has claimed belong to the speaker whose words they go on: in the same paragraph, or from one
 * paragraph to the next as long as each is quoted. */
chy_status chy_claims_continue(chy_claims_context *c)
{
    chy_work *w = c->w;
    const chy_dispatch *d = w->d;
    uint32_t n = d->n_tokens;
    int32_t *cover = chy_arena_calloc(w->arena, (size_t)n + 1, sizeof *cover);
    if (!cover) return chy_work_memory(w, CHY_STAGE_CLAIMS);
    for (uint32_t i = 0; i < c->found.n; i++) {
        chy_claims_found *f = &c->found.v[i];
        bool in_quote = w->tokens[f->cue_token].quote != CHY_NONE;
        for (uint32_t j = 0; j < f->n_content; j++) {
            cover[f->content[j].begin]++, cover[f->content[j].end]--;
            f->quote |= !in_quote && c->quoted[f->content[j].end] > c->quoted[f->content[j].begin];
        }
    }
    for (uint32_t t = 0; t < n; t++) cover[t + 1] += cover[t];
    uint32_t last = CHY_NONE, last_block = 0, next = 0;
    for (uint32_t i = 0; i < d->n_quotes; i++) {
        const chy_quote *q = &d->quotes[i];
        if (!is_speech(d, q)) continue;
        uint32_t block = d->sentences[chy_sentence_of(d, q->first_token)].block;
        uint32_t end = d->sentences[chy_sentence_of(d, q->end_token - 1)].block;
        /* The last outer voice before this quotation whose words are quoted. */
        for (; next < c->found.n && c->found.v[next].cue_token < q->end_token; next++) {
            const chy_claims_found *f = &c->found.v[next];
            if (!f->quote || f->class > CLASS_ACCUSE || w->tokens[f->cue_token].quote != CHY_NONE) continue;
            uint32_t from = f->content[f->n_content - 1].end - 1;
            if (f->cue_token > from) from = f->cue_token;
            last = next;
            last_block = d->sentences[chy_sentence_of(d, from)].block;
        }
        if (cover[q->first_token + 1] > 0) continue;
        if (after_colon(c, q)) {
            last = c->found.n - 1;
            next = c->found.n;
            last_block = end;
            continue;
        }
        if (last == CHY_NONE) continue;
        chy_claims_found *f = &c->found.v[last];
        bool opens = d->sentences[d->blocks[block].first_sentence].first_token == q->first_token;
        if (block != last_block && !(block == last_block + 1 && opens)) continue;
        if (f->cue_token > q->first_token) continue;
        chy_claims_add_content(w, f, q->first_token, q->end_token);
        last_block = end;
    }
    return chy_work_memory(w, CHY_STAGE_CLAIMS);
}
