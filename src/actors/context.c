/* SPDX-License-Identifier: Apache-2.0
 *
 * context.c - whose "police", "the ministry", "two officials" are where no word says so: the states named round them are
 * weighed against each other and against "nobody says" (weigh.c).
 */
#include "actors/run.h"

enum { LOOK_BACK = 300, LOOK_AHEAD = 60 };

/* A draft seen from the one that is asked about. */
typedef struct view {
    const chy_run *r;
    chy_choice *c;
    const chy_draft *d;
    uint32_t block, sentence, verb;        /* of the draft; verb: what it is an argument of */
    uint32_t in_block[CHY_MAX_OPTIONS];    /* how often each is named in the paragraph, up to the end of the sentence */
    bool seen_word, seen_sector, seen_guess, seen_speaker, seen_any, seen_place, seen_back;
} view;

static uint32_t option(chy_choice *c, const char *country)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (!memcmp(c->option[i].country, country, 3)) return i;
    if (c->n == CHY_MAX_OPTIONS) return CHY_NONE;
    memcpy(c->option[c->n].country, country, 3);
    return c->n++;
}

static void mark(chy_choice *c, uint32_t i, chy_feature f)
{
    if (i != CHY_NONE) c->option[i].features |= UINT64_C(1) << f;
}

static void mark_country(chy_choice *c, const char *country, chy_feature f)
{
    for (uint32_t i = 0; country[0] && i < c->n; i++)
        if (!memcmp(c->option[i].country, country, 3)) mark(c, i, f);
}

/* Up to four countries that a draft is of: of its actors, else of the words. None where they are unknown or guessed. */
static uint32_t countries_of(const chy_run *r, const chy_draft *d, char out[4][4])
{
    uint32_t n = 0;
    if (d->guessed || d->shape == CHY_SHAPE_PRONOUN) return 0;
    if (d->n_actors) {
        for (uint32_t i = 0; i < d->n_actors && n < 4; i++) memcpy(out[n++], r->actors.v[r->of.v[d->first_actor + i]].country, 4);
    } else {
        for (uint32_t i = 0; i < d->n_countries && n < 4; i++) chy_actors_country_of(r, d->countries[i], out[n++]);
        const chy_atom *a = d->atom == CHY_NONE ? NULL : &r->atoms.v[d->atom];
        const chy_name_row *row = a && d->shape == CHY_SHAPE_ORG ? chy_atom_name(r, a) : NULL;
        if (!n && row && row->what != CHY_WHAT_GROUP) chy_actors_country_of(r, a->row, out[n++]);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (out[i][0] && memcmp(out[i], "UNK", 3)) memmove(out[kept++], out[i], 4);
    return kept;
}

/* The predicate that a word is an argument of, past coordination and apposition. */
static uint32_t predicate(const chy_run *r, uint32_t token)
{
    for (unsigned step = 0; step < 6; step++) {
        const chy_token *t = &r->t[token];
        if (t->head == CHY_NONE) return CHY_NONE;
        if (t->deprel != CHY_REL_CONJ && t->deprel != CHY_REL_APPOS && t->deprel != CHY_REL_NMOD_POSS && t->deprel != CHY_REL_AMOD) return t->head;
        token = t->head;
    }
    return CHY_NONE;
}

static bool subject(const chy_run *r, uint32_t token)
{
    for (unsigned step = 0; step < 4 && token != CHY_NONE; step++) {
        const chy_token *t = &r->t[token];
        if (chy_is_rel(t, CHY_REL_NSUBJ)) return true;
        if (t->deprel != CHY_REL_CONJ && t->deprel != CHY_REL_APPOS && t->deprel != CHY_REL_FLAT) return false;
        token = t->head;
    }
    return false;
}

static bool object(const chy_run *r, uint32_t token)
{
    return r->t[token].deprel == CHY_REL_OBJ || r->t[token].deprel == CHY_REL_IOBJ || r->t[token].deprel == CHY_REL_NSUBJ_PASS;
}

static bool where(const chy_run *r, const chy_draft *d)
{
    if (d->shape != CHY_SHAPE_STATE) return false;
    chy_slice prep = chy_tree_case(r->w, d->head);
    return prep.n && chy_slice_in(prep, "in|at|near|across|inside|outside|around|along");
}

/* In the sentence of the draft that is asked about. */
static void here(view *v, const chy_draft *x, uint32_t i, bool place, bool before)
{
    const chy_run *r = v->r;
    mark(v->c, i, before ? CHY_F_HERE_BEFORE : CHY_F_HERE_AFTER);
    if (place) mark(v->c, i, CHY_F_HERE_PLACE);
    if (place || v->verb == CHY_NONE || predicate(r, x->head) != v->verb) {
        if (subject(r, x->head)) mark(v->c, i, CHY_F_HERE_SUBJECT);
        return;
    }
    bool mine = subject(r, v->d->head);
    if (subject(r, x->head) && !mine) mark(v->c, i, CHY_F_SUBJECT_OVER_ME);
    else if (mine && object(r, x->head)) mark(v->c, i, CHY_F_OBJECT_UNDER_ME);
    else mark(v->c, i, CHY_F_SAME_VERB);
}

static bool same_kind(const chy_run *r, const chy_draft *d, const chy_draft *x)
{
    if (d->office == CHY_NONE || !x->n_actors || x->guessed) return false;
    const uint32_t plain = CHY_SEC_CVL | CHY_SEC_GOV;
    uint32_t mine = chy_actors_office_row(r, d->office)->sectors, theirs = r->actors.v[r->of.v[x->first_actor]].sectors;
    return ((mine & theirs) & ~plain) || (mine & plain && mine == theirs);
}

/* One draft before the one that is asked about, nearest first. */
static void before(view *v, uint32_t k)
{
    const chy_run *r = v->r;
    const chy_draft *x = &r->drafts.v[k], *d = v->d;
    char found[4][4];
    uint32_t n = countries_of(r, x, found), block = r->w->d->sentences[x->sentence].block;
    bool office = x->shape == CHY_SHAPE_OFFICE || x->shape == CHY_SHAPE_PERSON;
    bool word = office && x->office != CHY_NONE && x->office == d->office && x->n_actors, speaks = false;
    if (x->guessed && office && x->n_actors && !v->seen_guess) {
        v->seen_guess = true;
        mark_country(v->c, r->actors.v[r->of.v[x->first_actor]].country, CHY_F_LAST_GUESS);
    }
    if (word && !v->seen_word) {
        v->seen_word = true;
        const char *c = r->actors.v[r->of.v[x->first_actor]].country;
        uint32_t i = memcmp(c, "UNK", 3) ? option(v->c, c) : CHY_NONE;
        if (i == CHY_NONE) mark_country(v->c, "UNK", CHY_F_NOBODY_SAME);
        mark(v->c, i, x->guessed ? CHY_F_SAME_WORD_GUESSED : CHY_F_SAME_WORD);
    }
    if (!n) return;
    bool place = where(r, x), first_kind = !v->seen_sector && office && same_kind(r, d, x);
    if (first_kind) v->seen_sector = true;
    if (!v->seen_speaker && x->sentence != v->sentence && !place && chy_is_rel(&r->t[x->head], CHY_REL_NSUBJ) &&
        r->t[x->head].head != CHY_NONE && chy_actors_speech(&r->t[r->t[x->head].head]))
        v->seen_speaker = speaks = true;
    for (uint32_t j = 0; j < n; j++) {
        uint32_t i = option(v->c, found[j]);
        if (i == CHY_NONE) continue;
        if (x->sentence == v->sentence) here(v, x, i, place, true);
        if (x->sentence + 1 == v->sentence) {
            mark(v->c, i, CHY_F_BACK);
            if (subject(r, x->head)) mark(v->c, i, CHY_F_BACK_SUBJECT);
        }
        if (x->sentence + 3 < v->sentence) mark(v->c, i, CHY_F_FAR);
        if (block == v->block) {
            mark(v->c, i, CHY_F_BLOCK);
            if (place) mark(v->c, i, CHY_F_BLOCK_PLACE);
            if (x->sentence == r->w->d->blocks[block].first_sentence) mark(v->c, i, CHY_F_BLOCK_HEAD);
            v->in_block[i]++;
        } else if (block + 1 == v->block) {
            mark(v->c, i, CHY_F_LAST_BLOCK);
        }
        if (!v->seen_any) mark(v->c, i, CHY_F_NEAREST);
        if (place && !v->seen_place) mark(v->c, i, CHY_F_NEAREST_PLACE);
        if (speaks) mark(v->c, i, CHY_F_LAST_SPEAKER);
        if (first_kind) mark(v->c, i, CHY_F_SAME_SECTOR);
        if (office && same_kind(r, d, x)) mark(v->c, i, CHY_F_SECTOR_KNOWN);
    }
    v->seen_any = true;
    v->seen_place |= place;
}

/* The state of a town: the only one with a town of that name, else the only one of these that the dispatch names. */
static bool town(const chy_run *r, uint32_t token, char out[4])
{
    if (!r->town_of[token]) return false;
    chy_rows rows = r->towns.v[r->town_of[token] - 1];
    memset(out, 0, 4);
    bool one = true, named = false;
    for (uint32_t i = 0; i < rows.n && i < 32; i++) {
        chy_slice c = chy_table_cell(&r->m->places, rows.row[i], r->m->place_country);
        if (c.n != 3) return false;
        if (!named && out[0] && memcmp(out, c.p, 3)) one = false;
        if (chy_actors_named(r, c.p)) {
            if (named && memcmp(out, c.p, 3)) return false;
            named = true;
            memcpy(out, c.p, 3);
        } else if (!out[0]) {
            memcpy(out, c.p, 3);
        }
    }
    return out[0] && (one || named);
}

/* A town names its state too: where something is. */
static void at_town(view *v, uint32_t token, bool earlier)
{
    const chy_run *r = v->r;
    char c[4];
    if (!town(r, token, c)) return;
    uint32_t i = option(v->c, c), sentence = chy_sentence_of(r->w->d, token), block = r->w->d->sentences[sentence].block;
    if (i == CHY_NONE) return;
    if (sentence == v->sentence) mark(v->c, i, earlier ? CHY_F_HERE_BEFORE : CHY_F_HERE_AFTER), mark(v->c, i, CHY_F_HERE_PLACE);
    if (sentence + 1 == v->sentence) mark(v->c, i, CHY_F_BACK);
    if (block == v->block) mark(v->c, i, CHY_F_BLOCK), mark(v->c, i, CHY_F_BLOCK_PLACE), v->in_block[i]++;
    if (earlier && !v->seen_place) mark(v->c, i, CHY_F_NEAREST_PLACE), v->seen_place = true;
}

static void after(view *v, uint32_t k)
{
    char found[4][4];
    const chy_draft *x = &v->r->drafts.v[k];
    uint32_t n = countries_of(v->r, x, found);
    bool place = where(v->r, x);
    for (uint32_t j = 0; j < n; j++) {
        uint32_t i = option(v->c, found[j]);
        if (i == CHY_NONE) continue;
        here(v, x, i, place, false);
        v->in_block[i]++;
    }
}

/* Whoever says what the draft stands in: the subject of a verb of speech above it, or beside its quotation. */
static void speakers(view *v)
{
    const chy_run *r = v->r;
    uint32_t token = v->d->head, said = CHY_NONE;
    for (unsigned step = 0; step < 10 && token != CHY_NONE && said == CHY_NONE; step++, token = r->t[token].head) {
        if (!chy_actors_speech(&r->t[token])) continue;
        for (CHY_EACH_CHILD(r->w, token, c))
            if (chy_is_rel(&r->t[c], CHY_REL_NSUBJ) && r->draft_of[c] != CHY_NONE && r->drafts.v[r->draft_of[c]].head != v->d->head) said = r->draft_of[c];
    }
    if (said == CHY_NONE && r->t[v->d->head].quote != CHY_NONE) said = chy_actors_speaker(r, &r->w->d->quotes[r->t[v->d->head].quote]);
    if (said == CHY_NONE || r->drafts.v[said].head == v->d->head) return;
    char found[4][4];
    uint32_t n = countries_of(r, &r->drafts.v[said], found);
    for (uint32_t j = 0; j < n; j++) mark(v->c, option(v->c, found[j]), CHY_F_SPEAKER);
}

static void nobody(view *v)
{
    const chy_run *r = v->r;
    const chy_draft *d = v->d;
    const chy_office_row *o = chy_actors_office_row(r, d->office);
    uint32_t i = option(v->c, "UNK"), s = o ? chy_actors_office_sectors(r, d) : 0;
    mark(v->c, i, CHY_F_NOBODY);
    if (s & (CHY_SEC_UAF | CHY_SEC_REB | CHY_SEC_CRM | CHY_SEC_PRM)) mark(v->c, i, CHY_F_NOBODY_ARMED);
    if (s & CHY_SEC_REF) mark(v->c, i, CHY_F_NOBODY_FLED);
    if (s & (CHY_SEC_CVL | CHY_SEC_SOC | CHY_SEC_JRN)) mark(v->c, i, CHY_F_NOBODY_CIVIL);
    if (d->plural) mark(v->c, i, CHY_F_NOBODY_PLURAL);
    if (d->abroad) mark(v->c, i, CHY_F_NOBODY_ABROAD);
    if (d->definite) mark(v->c, i, CHY_F_NOBODY_DEFINITE);
    if (d->begin == d->core_begin) mark(v->c, i, CHY_F_NOBODY_BARE);
    if (r->n_named > 5) mark(v->c, i, CHY_F_NOBODY_MANY);
}

/* What the whole dispatch says of each. */
static void part_in_dispatch(view *v)
{
    const chy_run *r = v->r;
    chy_choice *c = v->c;
    uint32_t here_n = 0, block_n = 0, most = 0, s = v->d->office == CHY_NONE ? 0 : chy_actors_office_row(r, v->d->office)->sectors;
    const uint64_t in_sentence = UINT64_C(1) << CHY_F_HERE_BEFORE | UINT64_C(1) << CHY_F_HERE_AFTER;
    for (uint32_t i = 0; i < c->n; i++) {
        here_n += (c->option[i].features & in_sentence) != 0;
        block_n += v->in_block[i] != 0;
        if (v->in_block[i] > most) most = v->in_block[i];
    }
    mark_country(c, r->home, CHY_F_HOME);
    if (r->home_share >= 60) mark_country(c, r->home, CHY_F_HOME_STRONG);
    if (r->home_share < 35) mark_country(c, r->home, CHY_F_HOME_WEAK);
    if (r->n_named <= 1) mark_country(c, r->home, CHY_F_ONLY);
    mark_country(c, r->second, CHY_F_SECOND);
    mark_country(c, r->dateline, CHY_F_DATELINE);
    mark_country(c, r->publisher, CHY_F_PUBLISHER);
    for (uint32_t i = 0; i < r->n_named; i++) {
        static const uint8_t least[4] = {10, 25, 40, 60};
        if (r->titled[i]) mark_country(c, r->named[i], CHY_F_TITLE);
        for (unsigned k = 0; k < 4; k++)
            if (r->share[i] >= least[k]) mark_country(c, r->named[i], (chy_feature)(CHY_F_SHARE_10 + k));
    }
    for (uint32_t i = 0; i < c->n; i++) {
        chy_option *o = &c->option[i];
        if (!memcmp(o->country, "UNK", 3)) continue;
        if (!chy_actors_real(o->country)) {
            mark(c, i, CHY_F_UNION);
            if (s & CHY_SEC_MIL) mark(c, i, CHY_F_UNION_ARMED);
        }
        if (here_n == 1 && (o->features & in_sentence)) mark(c, i, CHY_F_HERE_ONLY);
        if (v->in_block[i] && block_n == 1) mark(c, i, CHY_F_BLOCK_ONLY);
        if (v->in_block[i] && v->in_block[i] == most) mark(c, i, CHY_F_BLOCK_MOST);
        if (!(o->features & ~(UINT64_C(1) << CHY_F_UNION | UINT64_C(1) << CHY_F_HOME | UINT64_C(1) << CHY_F_SECOND))) mark(c, i, CHY_F_UNSEEN);
    }
}

/* Score of a key of names for a state. */
static int32_t scored(const chy_run *r, chy_slice key, const char *country)
{
    chy_rows rows;
    chy_slice one;
    if (!chy_table_find(&r->m->name_states, key, &rows, NULL)) return 0;
    chy_slice cell = chy_table_cell(&r->m->name_states, rows.row[0], 1);
    while (chy_slice_split(&cell, ' ', &one)) {
        if (one.n < 5 || memcmp(one.p, country, 3)) continue;
        int32_t n = 0;
        for (size_t i = 4; i < one.n && i < 8; i++) n = n * 10 + (one.p[i] - '0');
        return n;
    }
    return 0;
}

/* How much a name sounds like those of a state's office holders. */
static int32_t sounds(const chy_run *r, uint32_t b, uint32_t e, const char *country)
{
    int32_t sum = 0;
    for (uint32_t i = b; i < e; i++) {
        chy_slice w = r->t[i].norm;
        char part[16];
        if (w.n < 3 || chy_actors_particle(w)) continue;
        sum += scored(r, w, country);
        if (w.n < 4) continue;
        part[0] = '-', memcpy(part + 1, w.p + w.n - 3, 3);
        sum += scored(r, (chy_slice){part, 4}, country);
        memcpy(part, w.p, 3), part[3] = '-';
        sum += scored(r, (chy_slice){part, 4}, country);
    }
    return sum;
}

enum { CLEARLY = 15, A_BIT = 4 }; /* tenths of a natural logarithm */

static void sound(view *v)
{
    int32_t of[CHY_MAX_OPTIONS], most = 0, next = 0;
    for (uint32_t i = 0; i < v->c->n; i++) {
        of[i] = sounds(v->r, v->d->core_begin, v->d->core_end, v->c->option[i].country);
        if (of[i] > most) next = most, most = of[i];
        else if (of[i] > next) next = of[i];
    }
    for (uint32_t i = 0; i < v->c->n; i++) {
        if (of[i] == most && most >= next + A_BIT) mark(v->c, i, CHY_F_SOUND_BEST);
        if (of[i] == most && most >= next + CLEARLY) mark(v->c, i, CHY_F_SOUND_CLEAR);
        if (of[i] + CLEARLY <= most) mark(v->c, i, CHY_F_SOUND_OTHER);
    }
}

/* "Our embassy", "another government", "the ambassador". */
static void whose_words(view *v)
{
    const chy_run *r = v->r;
    const chy_draft *d = v->d;
    if (d->poss != CHY_NONE && r->t[d->poss].quote == CHY_NONE && chy_slice_in(r->t[d->poss].norm, "our|my"))
        mark_country(v->c, r->publisher[0] ? r->publisher : r->dateline, CHY_F_OURS);
    for (uint32_t i = d->begin; i < d->core_begin; i++)
        if (chy_slice_in(r->t[i].norm, "another|other|all|any|some|every|each|no|certain|several|many|unidentified|unknown|neighbouring|neighboring"))
            mark(v->c, option(v->c, "UNK"), CHY_F_NOBODY_OTHER);
    chy_slice word = r->t[d->core_end - 1].lemma;
    if (d->shape != CHY_SHAPE_OFFICE || !chy_slice_in(word, "embassy|ambassador|consul|consulate|envoy|attache|diplomat|delegation|delegate|legation|mission")) return;
    mark_country(v->c, r->dateline, CHY_F_AWAY_DATELINE);
    mark_country(v->c, r->home, CHY_F_AWAY_HOME);
    for (uint32_t i = 0; i < v->c->n; i++)
        if (v->c->option[i].features >> CHY_F_NEAREST_PLACE & 1) mark(v->c, i, CHY_F_AWAY_PLACE);
}

unsigned chy_actors_asked(const chy_run *r, const chy_draft *d)
{
    const chy_office_row *o = chy_actors_office_row(r, d->office);
    const uint32_t official = CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_JUD | CHY_SEC_LEG | CHY_SEC_SPY;
    uint32_t s = chy_actors_office_sectors(r, d);
    bool body = o->kind == CHY_OFFICE_BODY, state = (s & official) != 0;
    if (body || (o->kind == CHY_OFFICE_PEOPLE && state)) return state ? CHY_ASKED_BODY : CHY_ASKED_GROUP;
    if (d->definite && !d->plural) return state ? CHY_ASKED_THE_OFFICIAL : CHY_ASKED_THE_CIVIL;
    return state ? CHY_ASKED_OFFICIALS : CHY_ASKED_CIVIL;
}

void chy_actors_in_context(chy_run *r, uint32_t k, const chy_draft *d, unsigned asked, char out[4])
{
    const chy_dispatch *p = r->w->d;
    chy_choice c = {.begin = d->begin, .end = d->end, .asked = asked};
    view v = {.r = r, .c = &c, .d = d, .block = p->sentences[d->sentence].block, .sentence = d->sentence, .verb = predicate(r, d->head)};
    if (r->home[0]) option(&c, r->home);
    nobody(&v);
    for (uint32_t i = d->begin, seen = 0; i-- > 0 && seen < LOOK_BACK; seen++)
        if (r->draft_of[i] != CHY_NONE && r->draft_of[i] != k) before(&v, r->draft_of[i]);
        else if (r->town_of[i]) at_town(&v, i, true);
    uint32_t end = p->sentences[d->sentence].first_token + p->sentences[d->sentence].n_tokens;
    for (uint32_t i = d->end; i < end && i < d->end + LOOK_AHEAD; i++)
        if (r->draft_of[i] != CHY_NONE && r->draft_of[i] != k) after(&v, r->draft_of[i]);
        else if (r->town_of[i]) at_town(&v, i, false);
    if (r->second[0]) option(&c, r->second);
    if (r->dateline[0]) option(&c, r->dateline);
    if (r->publisher[0]) option(&c, r->publisher);
    speakers(&v);
    part_in_dispatch(&v);
    whose_words(&v);
    if (asked == CHY_ASKED_PERSON) sound(&v);
    memset(out, 0, 4);
    memcpy(out, c.option[chy_actors_choose(r, &c)].country, 3);
    r->drafts.v[k].guessed = 1;
}
