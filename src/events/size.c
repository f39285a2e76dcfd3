/* SPDX-License-Identifier: Apache-2.0
 *
 * size.c - numbers of the dead, injured, arrested and of protesters.
 *
 * In: events with their triggers, trees. Of a predicate that itself kills, hurts, arrests or protests, its object or subject is
 * counted; a word of death or hurt elsewhere in the sentence counts for the act of force that it hangs with.
 */
#include "events/size.h"

enum { MAX_CONJUNCTS = 8, MAX_CLIMB = 6, MAX_NUMBER = 12, MAX_SIZE = 100000000 };

static const chy_token *tok(const chy_gram *g, uint32_t t) { return &g->w->d->tokens[t]; }

/* ---------------------------------------------------------------- numbers */

/* A word of a number: its value, or 0. */
static uint32_t word_value(chy_slice s)
{
    static const char *const ones[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                                       "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    for (uint32_t i = 0; i < sizeof ones / sizeof *ones; i++)
        if (chy_slice_eqz(s, ones[i])) return i + 1;
    for (uint32_t i = 0; i < sizeof tens / sizeof *tens; i++)
        if (chy_slice_eqz(s, tens[i])) return 20 + 10 * i;
    return 0;
}

static uint32_t scale(chy_slice s)
{
    return chy_slice_eqz(s, "dozen") ? 12 : chy_slice_eqz(s, "hundred") ? 100 : chy_slice_eqz(s, "thousand") ? 1000
         : chy_slice_eqz(s, "million") ? 1000000 : 0;
}

/* "1,200": its value; 0 where it is no whole number. */
static uint32_t digits(chy_slice s)
{
    uint32_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',' && i && s.n - i > 3) continue;
        if (s.p[i] < '0' || s.p[i] > '9' || v > MAX_SIZE / 10) return 0;
        v = v * 10 + (uint32_t)(s.p[i] - '0');
    }
    return v;
}

/* "twenty-three" in one token. */
static uint32_t joined(chy_slice s)
{
    size_t at = chy_slice_find(s, CHY_LIT("-"));
    if (at == SIZE_MAX) return 0;
    uint32_t a = word_value((chy_slice){s.p, at}), b = word_value((chy_slice){s.p + at + 1, s.n - at - 1});
    return a >= 20 && b && b < 10 ? a + b : 0;
}

static uint32_t value(chy_slice s)
{
    uint32_t v = digits(s);
    if (!v) v = word_value(s);
    return v ? v : joined(s);
}

/* The number at token t: "two hundred and six", "1,200", "two dozen". 0: none, or no exact one ("dozens"). */
static uint32_t number(const chy_gram *g, uint32_t t)
{
    uint32_t begin = g->w->sub_begin[t], end = g->w->sub_end[t], total = 0, last = 0;
    if (t - begin > MAX_NUMBER) begin = t - MAX_NUMBER;
    for (uint32_t i = begin; i < end; i++) {
        chy_slice s = tok(g, i)->norm;
        uint32_t v = value(s), by = scale(s);
        bool link = chy_slice_in(s, "-|and") && i + 1 < end && value(tok(g, i + 1)->norm);
        if (i > t && !v && !by && !link) break;
        if (chy_slice_in(s, "few|several|many")) return 0;
        if (by) {
            if (last > MAX_SIZE / by) return 0;
            last = (last ? last : 1) * by;
            if (by >= 1000) total += last, last = 0;
        } else if (v) {
            last = last && last >= 20 && (last < 100 ? v < 10 : true) ? last + v : v;
        }
        if (total > MAX_SIZE) return 0;
    }
    return total + last;
}

/* ----------------------------------------------------------------- people */

static uint32_t child_of(const chy_gram *g, uint32_t t)
{
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_NMOD) && chy_gram_prep(g, c) == g->of) return c;
    return CHY_NONE;
}

/* "police", "hundreds": of one of them nothing is said. */
static bool many(const chy_gram *g, uint32_t t)
{
    return (tok(g, t)->feats & CHY_FEAT_PLUR) || chy_gram_is(g, t, g->quantity) ||
           chy_slice_in(tok(g, t)->lemma, "people|police|crew|family|team|crowd|group|personnel|staff|livestock|cattle");
}

/* One phrase, its conjuncts left aside; 0 where it gives no number. */
static uint32_t one_phrase(const chy_gram *g, uint32_t t)
{
    const chy_token *x = tok(g, t);
    if (x->upos == CHY_UPOS_NUM) {
        uint32_t v = number(g, t);
        return x->form.n == 4 && v >= 1900 && v < 2100 ? 0 : v;
    }
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_NUMMOD)) return number(g, c);
    uint32_t of = child_of(g, t);
    if (of != CHY_NONE && chy_slice_in(x->lemma, "group|crowd|number|total|party|column|contingent|team|crew"))
        for (CHY_SOME_CHILDREN(g->w, of, c, n))
            if (chy_is_rel(tok(g, c), CHY_REL_NUMMOD)) return number(g, c);
    if (chy_slice_in(x->norm, "him|her|he|she|me|i|himself|herself")) return 1;
    if (x->name == CHY_NAME_B_PER || x->name == CHY_NAME_I_PER) return 1;
    if (x->upos != CHY_UPOS_NOUN || many(g, t)) return 0;
    return chy_gram_is(g, t, g->human) ? 1 : 0;
}

/* A phrase with all that is coordinated with it: "a policeman and two soldiers" are three. 0 where a part has no number. */
static uint32_t people(const chy_gram *g, uint32_t t)
{
    if (t == CHY_NONE) return 0;
    uint32_t sum = one_phrase(g, t), n_parts = 1;
    for (CHY_SOME_CHILDREN(g->w, t, c, n)) {
        if (tok(g, c)->deprel != CHY_REL_CONJ || chy_gram_verbal(tok(g, c)) || ++n_parts > MAX_CONJUNCTS) continue;
        uint32_t v = one_phrase(g, c);
        if (!v || !sum) return 0;
        sum += v;
    }
    return sum <= MAX_SIZE ? sum : 0;
}

/* ------------------------------------------------------------- casualties */

static uint32_t *key_of(const chy_gram *g, uint32_t t, chy_size *s)
{
    chy_slice l = tok(g, t)->lemma, f = tok(g, t)->norm;
    if (chy_slice_in(l, "kill|murder|slay|massacre|slaughter|behead|decapitate|execute|assassinate|lynch|butcher|die|perish|hang"
                        "|death|killing|murder|execution|assassination|beheading") || chy_slice_in(f, "dead|slain"))
        return &s->dead;
    if (chy_slice_in(l, "wound|injure|hurt|maim") || chy_slice_in(f, "wounded|injured|hurt")) return &s->injured;
    return NULL;
}

/* Whom a word of death or hurt is said of. */
static uint32_t victims(const chy_gram *g, uint32_t t)
{
    const chy_token *x = tok(g, t);
    if (x->upos == CHY_UPOS_NOUN) return people(g, child_of(g, t));
    if (chy_slice_in(x->lemma, "die|perish")) return people(g, chy_gram_subject(g, t));
    if (chy_gram_verbal(x) && !chy_slice_in(x->norm, "dead")) {
        uint32_t v = people(g, chy_gram_object(g, t));
        if (v || x->head == CHY_NONE || x->deprel != CHY_REL_XCOMP) return v;
    }
    /* "left four dead", "three dead in raid", "shot dead two" */
    uint32_t v = people(g, chy_gram_own_subject(g, t));
    if (v || x->head == CHY_NONE) return v;
    if (chy_is_rel(x, CHY_REL_XCOMP) || chy_is_rel(x, CHY_REL_ADVMOD) || chy_is_rel(x, CHY_REL_COMPOUND))
        return people(g, chy_gram_object(g, x->head));
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (chy_is_rel(tok(g, c), CHY_REL_NUMMOD)) return number(g, c);
    if (t && tok(g, t - 1)->upos == CHY_UPOS_NUM) return number(g, t - 1); /* "and twelve wounded" */
    if (!chy_is_rel(x, CHY_REL_AMOD) && !chy_is_rel(x, CHY_REL_ACL)) return 0;
    uint32_t head = x->head; /* "shot dead twenty-three herders": hung on the number */
    for (uint32_t steps = 0; steps < 2 && tok(g, head)->upos == CHY_UPOS_NUM && tok(g, head)->head != CHY_NONE; steps++)
        head = tok(g, head)->head;
    return people(g, head);
}

/* Does the word stand above the other in the tree, short of another's words? The subject of a verb stands above what is
 * below the verb: "the raid left four dead". */
static bool above(const chy_gram *g, uint32_t top, uint32_t t)
{
    if (chy_is_rel(tok(g, top), CHY_REL_NSUBJ) && !chy_gram_verbal(tok(g, top)) && tok(g, top)->head != CHY_NONE) top = tok(g, top)->head;
    for (uint32_t steps = 0; steps < MAX_CLIMB && t != CHY_NONE; steps++) {
        if (t == top) return true;
        if (chy_is_rel(tok(g, t), CHY_REL_CCOMP) || chy_is_rel(tok(g, t), CHY_REL_PARATAXIS)) return false;
        t = tok(g, t)->head;
    }
    return false;
}

static void put(uint32_t *to, uint32_t v)
{
    if (v > *to) *to = v;
}

/* The casualties of one sentence to its acts of force, events[from … to). */
static void casualties(const chy_gram *g, chy_event *events, uint32_t from, uint32_t to)
{
    const chy_sentence *s = &g->w->d->sentences[events[from].sentence];
    uint32_t n_force = 0, only = from;
    for (uint32_t i = from; i < to; i++)
        if (events[i].type == CHY_ASSAULT) n_force++, only = i;
    for (uint32_t t = s->first_token; n_force && t < s->first_token + s->n_tokens; t++) {
        chy_size found = {0};
        uint32_t *key = key_of(g, t, &found);
        if (!key || !(*key = victims(g, t))) continue;
        bool told = false;
        uint32_t first = tok(g, t)->deprel == CHY_REL_CONJ && tok(g, t)->head != CHY_NONE ? tok(g, t)->head : t;
        for (uint32_t i = from; i < to; i++) {
            uint32_t at = events[i].trigger_token;
            if (events[i].type != CHY_ASSAULT || (!above(g, at, t) && !above(g, first, at))) continue;
            put(&events[i].size.dead, found.dead), put(&events[i].size.injured, found.injured);
            told = true;
        }
        if (!told && n_force == 1) put(&events[only].size.dead, found.dead), put(&events[only].size.injured, found.injured);
    }
}

static bool has_mode(const chy_event *e, const char *name)
{
    for (uint32_t i = 0; i < e->n_modes; i++)
        if (chy_slice_eqz(chy_slice_z(chy_mode_name(e->modes[i])), name)) return true;
    return false;
}

/* Whom a predicate is done to, or by, as a number. */
static uint32_t beside(const chy_gram *g, uint32_t t, bool object)
{
    if (chy_gram_verbal(tok(g, t))) {
        uint32_t v = people(g, object ? chy_gram_object(g, t) : chy_gram_subject(g, t));
        return v;
    }
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (object && chy_is_rel(tok(g, c), CHY_REL_NUMMOD)) return number(g, c); /* "14 arrests" */
    uint32_t v = people(g, child_of(g, t));
    for (CHY_SOME_CHILDREN(g->w, t, c, n))
        if (!v && !object && chy_is_rel(tok(g, c), CHY_REL_NMOD) && chy_gram_prep(g, c) == g->by) v = people(g, c);
    if (!v && !object) v = people(g, chy_gram_doer(g, t, false));
    return v;
}

void chy_size_fill(const chy_gram *g, chy_event *events, uint32_t n)
{
    for (uint32_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && events[k].sentence == events[i].sentence;) k++;
        casualties(g, events, i, k);
    }
    for (uint32_t i = 0; i < n; i++) {
        chy_event *e = &events[i];
        if (e->type == CHY_COERCE && has_mode(e, "arrest")) put(&e->size.arrested, beside(g, e->trigger_token, true));
        if (e->type == CHY_PROTEST) put(&e->size.protesters, beside(g, e->trigger_token, false));
        if (e->size.protesters == 1) e->size.protesters = 0; /* one man's fast */
    }
}
