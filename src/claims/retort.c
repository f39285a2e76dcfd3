/* SPDX-License-Identifier: Apache-2.0
 *
 * retort.c - denials without a verb of denying: "that is not true", "the report is false", "called it a lie",
 * "nonsense", "no such meeting took place", "we did not". They count in the words of a voice, as its denial.
 */
#include "claims/internal.h"

#include <stdlib.h>

enum { SHORT_ANSWER = 5 };

static bool is_false(const chy_claims_context *c, uint32_t t)
{
    const chy_token *x = &c->w->tokens[t];
    return chy_claims_has_row(c->m, x->lemma, 'F') || chy_claims_has_row(c->m, x->norm, 'F');
}

/* "That", "it", "the report": what takes up something told. */
static bool takes_up(const chy_claims_context *c, uint32_t t)
{
    const chy_token *x = &c->w->tokens[t];
    return chy_claims_is_claim_noun(c->m, x) ||
        chy_slice_in(x->norm, "it|that|this|these|those|all|everything|story|version|account|information|words");
}

/* Is the word a predicate over something told ("the report is false", "that is not true")? *noun gets its subject. */
static bool is_verdict(const chy_claims_context *c, uint32_t t, uint32_t *noun)
{
    const chy_work *w = c->w;
    uint32_t s = chy_claims_child_base(w, t, CHY_REL_NSUBJ);
    if (chy_claims_child(w, t, CHY_REL_COP) == CHY_NONE || s == CHY_NONE || !takes_up(c, s)) return false;
    bool no = chy_claims_is_negated(c, t), truth = chy_slice_in(w->tokens[t].norm, "true|so|correct|right|accurate");
    if (truth ? !no : no || !is_false(c, t)) return false;
    *noun = chy_claims_is_claim_noun(c->m, &w->tokens[s]) ? s : CHY_NONE;
    return true;
}

/* "No such order", "nothing of the kind" */
static bool is_no_such(const chy_work *w, uint32_t t)
{
    const chy_token *tok = w->tokens;
    if (t == 0) return false;
    if (chy_slice_eqz(tok[t].norm, "such")) return chy_slice_in(tok[t - 1].norm, "no");
    if (!chy_slice_in(tok[t].norm, "kind|sort") || t < 3) return false;
    return chy_slice_in(tok[t - 3].norm, "nothing") && chy_slice_eqz(tok[t - 2].norm, "of");
}

/* Does the answer consist of the denial: "Nonsense", "A lie", "Not so", "We did not"? *cue gets its word. */
static bool is_short(const chy_claims_context *c, const chy_claims_found *f, uint32_t *cue)
{
    const chy_work *w = c->w;
    const chy_token *tok = w->tokens;
    uint32_t b = f->content[0].begin, e = f->content[0].end, n = 0, last = CHY_NONE, aux = CHY_NONE;
    bool no = false, pronoun = false, other = false;
    if (!f->n_content || e - b > SHORT_ANSWER + 4) return false;
    for (uint32_t t = b; t < e; t++) {
        if (chy_claims_is_punct(&tok[t])) {
            if (n && !chy_slice_eqz(tok[t].norm, ",")) break; /* the first sentence of it */
            continue;
        }
        n++;
        if (is_false(c, t)) last = t;
        else if (chy_slice_in(tok[t].norm, "not|n't|n’t")) no = true, last = last == CHY_NONE ? t : last;
        else if (chy_slice_in(tok[t].norm, "did|have|has|had|was|were|do|does")) aux = t;
        else if (chy_slice_in(tok[t].norm, "we|i|he|she|they|it")) pronoun = true;
        else if (!chy_slice_in(tok[t].norm, "a|an|no|pure|complete|total|utter|crude|so|true|all|lies|just"))
            other = true;
    }
    if (n == 0 || n > SHORT_ANSWER || other || last == CHY_NONE) return false;
    bool ellipsis = no && pronoun && aux != CHY_NONE && n <= 3, so = no && aux == CHY_NONE && !pronoun;
    if (no && !ellipsis && !so) return false;
    *cue = ellipsis ? aux : last;
    return no || !pronoun;
}

static int by_cue(const void *a, const void *b)
{
    const chy_claims_denier *x = a, *y = b;
    return x->cue < y->cue ? -1 : x->cue > y->cue;
}

static void add(chy_claims_context *c, const chy_claims_found *f, uint32_t cue, uint32_t noun, uint32_t verb)
{
    chy_claims_denier by = {.cue = cue, .mention = f->mention, .noun = noun, .verb = verb, .implicit = true};
    const chy_token *tok = c->w->tokens;
    if (f->source.begin < f->source.end)
        by.words = chy_text_of(c->w, (chy_range){tok[f->source.begin].at.begin, tok[f->source.end - 1].at.end});
    CHY_PUSH(c->w->arena, &c->deniers, by);
}

void chy_claims_retorts(chy_claims_context *c)
{
    const chy_work *w = c->w;
    for (uint32_t i = 0; i < c->found.n; i++) {
        const chy_claims_found *f = &c->found.v[i];
        uint32_t cue, noun, v = f->cue_token;
        if (f->class == CLASS_JUDGE && chy_claims_is_verbal(&w->tokens[v])) { /* "called the report a lie" */
            uint32_t o = chy_claims_child(w, v, CHY_REL_OBJ);
            for (EACH_CHILD(w, v, k))
                if (o != CHY_NONE && takes_up(c, o) && chy_claims_is_naming(w, o, k) && is_false(c, k))
                    add(c, f, k, chy_claims_is_claim_noun(c->m, &w->tokens[o]) ? o : CHY_NONE, v);
            continue;
        }
        if (f->class > CLASS_SHOW || chy_claims_is_negated(c, v)) continue;
        if (is_short(c, f, &cue)) {
            add(c, f, cue, CHY_NONE, CHY_NONE);
            continue;
        }
        for (uint32_t j = 0, n = 0; j < f->n_content; j++)
            for (uint32_t t = f->content[j].begin; t < f->content[j].end && n < 512; t++, n++)
            {
                if (c->inner[t] != i) continue;
                if (is_verdict(c, t, &noun)) add(c, f, t, noun, CHY_NONE);
                else if (is_no_such(w, t)) add(c, f, t, CHY_NONE, CHY_NONE);
            }
    }
    if (c->deniers.n) qsort(c->deniers.v, c->deniers.n, sizeof *c->deniers.v, by_cue);
}
