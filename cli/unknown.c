/* SPDX-License-Identifier: Apache-2.0
 *
 * unknown.c - `chancery code --unknown`: the verbs and nouns that stand between two actors and that no frame knows, the
 * frequent first. What to write frames for next.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD = '\037', RECORD = '\036' };

/* The actor whose mention a token heads, or CHY_NONE. */
static uint32_t actor_at(const chy_dispatch *d, const uint32_t *mention_of, uint32_t t)
{
    uint32_t m = mention_of[t];
    return m != CHY_NONE && d->mentions[m].n_actors ? d->mention_actors[d->mentions[m].first_actor] : CHY_NONE;
}

/* The dependents in which the two sides of a predicate stand. */
static bool takes_side(uint32_t relation)
{
    switch (chy_deprel_base((chy_deprel)relation)) {
    case CHY_REL_NSUBJ: case CHY_REL_OBJ: case CHY_REL_IOBJ: case CHY_REL_OBL: case CHY_REL_NMOD: return true;
    default: return relation == CHY_REL_AMOD || relation == CHY_REL_COMPOUND;
    }
}

enum { TWO = 2, POLITICAL = 4 };

static bool political(const chy_actor *a)
{
    return a->kind == CHY_ACTOR_STATE || (a->sectors & (CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_JUD | CHY_SEC_LEG | CHY_SEC_SPY |
                                                        CHY_SEC_PTY | CHY_SEC_OPP | CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_UAF));
}

/* For each token whether an actor (1) or several (TWO) stand in its dependents, in their heads or one step below, and
 * whether one of them is in politics. */
static void count_sides(const chy_dispatch *d, const uint32_t *mention_of, uint8_t *n, uint32_t *first)
{
    for (uint32_t t = 0; t < d->n_tokens; t++) {
        uint32_t actor = actor_at(d, mention_of, t), at = t;
        if (actor == CHY_NONE) continue;
        for (unsigned steps = 0; steps < 2; steps++) {
            const chy_token *x = &d->tokens[at];
            if (x->head == CHY_NONE || !takes_side(x->deprel)) break;
            at = x->head;
            if (!n[at]) n[at] = 1, first[at] = actor;
            else if (first[at] != actor) n[at] |= TWO;
            if (political(&d->actors[actor])) n[at] |= POLITICAL;
        }
    }
}

/* In one line without control characters, which part the fields. */
static void put_field(out *t, chy_slice s, size_t width, char end)
{
    size_t from = t->n;
    out_line(t, s, width);
    for (size_t i = from; i < t->n; i++)
        if ((unsigned char)t->p[i] < 0x20 || t->p[i] == 0x7f) t->p[i] = ' ';
    out_put(t, &end, 1);
}

static void print_unknown(job *j, const options *o, const chy_page *page, const char *id)
{
    (void)o, (void)id;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        if (!d->n_tokens) continue;
        uint32_t *mention_of = xrealloc(NULL, d->n_tokens * sizeof *mention_of), *first = xrealloc(NULL, d->n_tokens * sizeof *first);
        uint8_t *sides = xrealloc(NULL, d->n_tokens), *known = xrealloc(NULL, d->n_tokens);
        memset(sides, 0, d->n_tokens), memset(known, 0, d->n_tokens);
        for (uint32_t t = 0; t < d->n_tokens; t++) mention_of[t] = CHY_NONE;
        for (uint32_t m = 0; m < d->n_mentions; m++) mention_of[d->mentions[m].head_token] = m;
        for (uint32_t i = 0; i < d->n_traces; i++) known[d->traces[i].token] = 1;
        count_sides(d, mention_of, sides, first);
        for (uint32_t i = 0; i < d->n_sentences; i++) {
            const chy_sentence *s = &d->sentences[i];
            for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
                const chy_token *x = &d->tokens[t];
                if (!(sides[t] & TWO) || !(sides[t] & POLITICAL) || x->name || (x->upos != CHY_UPOS_VERB && (x->upos != CHY_UPOS_NOUN || mention_of[t] != CHY_NONE)))
                    continue;
                put_field(&j->text, x->lemma, 40, FIELD);
                out_f(&j->text, "%s%c", chy_upos_name(x->upos), FIELD);
                put_field(&j->text, known[t] ? (chy_slice){"", 0} : cut(page, s->at), 160, RECORD);
                j->n_items += !known[t];
            }
        }
        free(mention_of), free(first), free(sides), free(known);
    }
}

/* ------------------------------------------------------------------- report */

typedef struct predicate {
    const char *lemma, *pos, *example; /* no example: a frame knows it */
    size_t count, order;
} predicate;

static int by_word(const void *a, const void *b)
{
    const predicate *x = a, *y = b;
    int c = strcmp(x->lemma, y->lemma);
    if (!c) c = strcmp(x->pos, y->pos);
    return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

static int by_count(const void *a, const void *b)
{
    const predicate *x = a, *y = b;
    return x->count != y->count ? (x->count > y->count ? -1 : 1) : by_word(a, b);
}

static void put_predicate(out *t, const options *o, const predicate *p)
{
    if (o->format[0] == 'j') {
        out_json(t, json_pack("{s:s,s:s,s:I,s:s}", "lemma", p->lemma, "pos", p->pos, "count", (json_int_t)p->count, "example", p->example));
    } else if (o->format[0] == 'c') {
        out_csv(t, (chy_slice){p->lemma, strlen(p->lemma)});
        out_f(t, ",%s,%zu,", p->pos, p->count);
        out_csv(t, (chy_slice){p->example, strlen(p->example)});
        out_z(t, "\n");
    } else {
        out_f(t, "%6zu  %-20s %-5s ", p->count, p->lemma, p->pos);
        out_line(t, (chy_slice){p->example, strlen(p->example)}, 100);
        out_z(t, "\n");
    }
}

static void finish_unknown(out *text, const options *o)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < text->n; i++) n += text->p[i] == RECORD;
    predicate *v = xrealloc(NULL, (n + 1) * sizeof *v);
    char *p = text->p;
    for (size_t i = 0; i < n; i++) {
        char *pos = strchr(p, FIELD), *example = strchr(pos + 1, FIELD), *end = strchr(example + 1, RECORD);
        *pos = *example = *end = 0;
        v[i] = (predicate){p, pos + 1, example + 1, 1, i};
        p = end + 1;
    }
    if (n) qsort(v, n, sizeof *v, by_word);
    for (size_t i = 0; i < n;) {
        predicate one = v[i];
        bool known = !*v[i].example;
        while (++i < n && strcmp(one.lemma, v[i].lemma) == 0 && strcmp(one.pos, v[i].pos) == 0) one.count++, known |= !*v[i].example;
        if (!known) v[kept++] = one;
    }
    if (kept) qsort(v, kept, sizeof *v, by_count);
    out t = {0};
    if (o->format[0] == 'c') out_z(&t, "lemma,pos,count,example\n");
    for (size_t i = 0; i < kept; i++) put_predicate(&t, o, &v[i]);
    free(v);
    out_free(text);
    *text = t;
}

static bool always(const options *o)
{
    (void)o;
    return true;
}

const command cmd_unknown = {
    .name = "code", .formats = "jsonl csv table", .inputs = "text html jsonl", .upto = CHY_STAGE_EVENTS, .flags = CHY_READ_TRACE,
    .print = print_unknown, .gathers = always, .finish = finish_unknown,
};
