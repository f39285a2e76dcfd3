/* SPDX-License-Identifier: Apache-2.0
 *
 * work_of_conllu.h - a chy_work made by hand: CoNLL-U text in, tokens, trees, mentions and places out.
 *
 * Columns are ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC, separated by blanks or tabs; an empty line ends a
 * sentence, '#' opens a comment ("# title" makes the next sentence's block a title). MISC, joined by '|':
 *   SpaceAfter=No
 *   Name=B-PER …            the name tag
 *   Actor=IRN               a mention of the state IRN; Actor=RUS.lavrov a person of it in office (sector GOV);
 *                           Actor=UNK.smith a private person; Actor=GBR+FRA several actors. The mention's range is the
 *                           word with its flat and compound children and its `nmod:desc`.
 *   Place=IRN               a place in that country
 *   Quote=1                 the word stands in quotation 1 (a run of equal numbers is one quotation)
 * A test that includes this uses what it needs; everything lives in the work's arena, freed with conllu_free.
 */
#ifndef CHY_TEST_WORK_OF_CONLLU_H
#define CHY_TEST_WORK_OF_CONLLU_H

#include "base/work.h"
#include "syntax/tree.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct conllu_work {
    chy_arena arena;
    chy_error err;
    chy_notes notes;
    chy_dispatch d;
    chy_work w;
} conllu_work;

static uint32_t conllu_named(const char *(*name)(unsigned), unsigned n, chy_slice s)
{
    for (unsigned i = 0; i < n; i++)
        if (chy_slice_eqz(s, name(i))) return i;
    fprintf(stderr, "work_of_conllu: no such name: %.*s\n", (int)s.n, s.p);
    abort();
}

static uint16_t conllu_feats(chy_slice s)
{
    static const struct {
        const char *name;
        unsigned bit;
    } known[] = {
        {"Tense=Past", CHY_FEAT_PAST},   {"Tense=Pres", CHY_FEAT_PRES},   {"VerbForm=Fin", CHY_FEAT_FIN},
        {"VerbForm=Inf", CHY_FEAT_INF},  {"VerbForm=Part", CHY_FEAT_PART},{"VerbForm=Ger", CHY_FEAT_GER},
        {"Mood=Imp", CHY_FEAT_IMP},      {"Voice=Pass", CHY_FEAT_PASS},   {"Number=Plur", CHY_FEAT_PLUR},
        {"Number=Sing", CHY_FEAT_SING},  {"Person=1", CHY_FEAT_1},        {"Person=2", CHY_FEAT_2},
        {"Person=3", CHY_FEAT_3},        {"Poss=Yes", CHY_FEAT_POSS},
    };
    uint16_t bits = 0;
    chy_slice one;
    while (chy_slice_split(&s, '|', &one))
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (chy_slice_eqz(one, known[i].name)) bits = (uint16_t)(bits | known[i].bit);
    return bits;
}

/* Value of KEY= in a MISC column; n = 0 where absent. */
static chy_slice conllu_misc(chy_slice misc, const char *key)
{
    chy_slice one, k = chy_slice_z(key);
    while (chy_slice_split(&misc, '|', &one))
        if (chy_slice_starts(one, k) && one.n > k.n && one.p[k.n] == '=')
            return (chy_slice){one.p + k.n + 1, one.n - k.n - 1};
    return (chy_slice){"", 0};
}

typedef CHY_VEC(chy_actor) conllu_actors;
typedef CHY_VEC(uint32_t) conllu_u32s;

static uint32_t conllu_actor(chy_arena *a, conllu_actors *actors, chy_slice id)
{
    for (uint32_t i = 0; i < actors->n; i++)
        if (chy_slice_eq(actors->v[i].id, id)) return i;
    chy_actor x = {.id = id, .name = id, .kind = id.n > 3 ? CHY_ACTOR_PERSON : CHY_ACTOR_STATE, .basis = CHY_LIT("test")};
    memcpy(x.country, id.p, id.n < 3 ? id.n : 3);
    if (id.n > 3 && memcmp(id.p, "UNK", 3)) x.sectors = CHY_SEC_GOV;
    CHY_PUSH(a, actors, x);
    return actors->n - 1;
}

/* The mention at `t`: contiguous with its flat, compound and nmod:desc children. */
static chy_mention conllu_mention(const chy_work *w, uint32_t t)
{
    chy_mention m = {.first_token = t, .end_token = t + 1, .head_token = t, .kind = CHY_MENTION_NAME};
    for (CHY_EACH_CHILD(w, t, c)) {
        chy_deprel r = (chy_deprel)w->tokens[c].deprel;
        if (r != CHY_REL_FLAT && r != CHY_REL_COMPOUND && r != CHY_REL_NMOD_DESC) continue;
        if (c < m.first_token) m.first_token = c;
        if (c >= m.end_token) m.end_token = c + 1;
    }
    if (w->tokens[t].upos == CHY_UPOS_PRON) m.kind = CHY_MENTION_PRONOUN;
    if (w->tokens[t].upos == CHY_UPOS_ADJ) m.kind = CHY_MENTION_ADJECTIVE;
    if (w->tokens[t].upos == CHY_UPOS_NOUN) m.kind = CHY_MENTION_NOMINAL;
    m.at = (chy_range){w->tokens[m.first_token].at.begin, w->tokens[m.end_token - 1].at.end};
    return m;
}

static void conllu_mentions(conllu_work *cw, const chy_slice *misc)
{
    chy_arena *a = &cw->arena;
    chy_dispatch *d = &cw->d;
    conllu_actors actors = {0};
    conllu_u32s list = {0};
    CHY_VEC(chy_mention) mentions = {0};
    CHY_VEC(chy_place) places = {0};
    uint32_t *of = chy_arena_alloc(a, ((size_t)d->n_tokens + 1) * 4);
    for (uint32_t t = 0; t < d->n_tokens; t++) {
        of[t] = CHY_NONE;
        chy_slice ids = conllu_misc(misc[t], "Actor"), place = conllu_misc(misc[t], "Place"), id;
        if (place.n == 3) {
            chy_place p = {.at = d->tokens[t].at, .first_token = t, .end_token = t + 1, .head_token = t, .name = d->tokens[t].form};
            memcpy(p.country, place.p, 3);
            CHY_PUSH(a, &places, p);
        }
        if (!ids.n) continue;
        chy_mention m = conllu_mention(&cw->w, t);
        m.first_actor = list.n;
        while (chy_slice_split(&ids, '+', &id)) {
            uint32_t x = conllu_actor(a, &actors, id);
            CHY_PUSH(a, &list, x);
        }
        m.n_actors = list.n - m.first_actor;
        of[t] = mentions.n;
        CHY_PUSH(a, &mentions, m);
    }
    d->actors = actors.v, d->n_actors = actors.n;
    d->mentions = mentions.v, d->n_mentions = mentions.n;
    d->mention_actors = list.v, d->n_mention_actors = list.n;
    d->mention_of = of;
    d->places = places.v, d->n_places = places.n;
}

static void conllu_quotes(conllu_work *cw, const chy_slice *misc)
{
    CHY_VEC(chy_quote) quotes = {0};
    chy_slice last = {"", 0};
    for (uint32_t t = 0; t < cw->d.n_tokens; t++) {
        chy_slice q = conllu_misc(misc[t], "Quote");
        if (q.n && !chy_slice_eq(q, last)) CHY_PUSH(&cw->arena, &quotes, (chy_quote){t, t, CHY_NONE});
        if (q.n) quotes.v[quotes.n - 1].end_token = t + 1, cw->w.tokens[t].quote = quotes.n - 1;
        last = q;
    }
    cw->d.quotes = quotes.v, cw->d.n_quotes = quotes.n;
}

/* Make *cw of CoNLL-U text. Aborts on a malformed line: it is a test's own. */
static void conllu_make(conllu_work *cw, const char *conllu)
{
    memset(cw, 0, sizeof *cw);
    chy_arena *a = &cw->arena;
    chy_arena_init(a);
    chy_dispatch *d = &cw->d;
    cw->w = (chy_work){.arena = a, .err = &cw->err, .notes = &cw->notes, .d = d};
    CHY_VEC(chy_token) tokens = {0};
    CHY_VEC(chy_slice) misc = {0};
    CHY_VEC(chy_sentence) sentences = {0};
    CHY_VEC(chy_block) blocks = {0};
    char *text = chy_arena_alloc(a, strlen(conllu) + 1);
    uint32_t n_text = 0, first = 0, kind = CHY_BLOCK_PARAGRAPH;
    chy_slice rest = chy_slice_z(conllu), line;
    bool more = true;
    while (more) {
        more = chy_slice_split(&rest, '\n', &line);
        line = more ? chy_slice_trim(line) : (chy_slice){"", 0};
        if (line.n && line.p[0] == '#') {
            if (chy_slice_eqz(line, "# title")) kind = CHY_BLOCK_TITLE;
            continue;
        }
        if (!line.n) {
            if (tokens.n == first) continue;
            chy_range at = {tokens.v[first].at.begin, tokens.v[tokens.n - 1].at.end};
            chy_sentence s = {.at = at, .first_token = first, .n_tokens = tokens.n - first, .block = blocks.n, .root = first};
            for (uint32_t t = first; t < tokens.n; t++)
                if (tokens.v[t].head == CHY_NONE) s.root = t;
            CHY_PUSH(a, &blocks, (chy_block){.at = at, .kind = kind, .first_sentence = sentences.n, .n_sentences = 1});
            CHY_PUSH(a, &sentences, s);
            first = tokens.n, kind = CHY_BLOCK_PARAGRAPH;
            continue;
        }
        chy_slice col[10];
        size_t n = 0, i = 0;
        while (n < 10 && i < line.n) {
            size_t b = i;
            while (i < line.n && line.p[i] != ' ' && line.p[i] != '\t') i++;
            col[n++] = (chy_slice){line.p + b, i - b};
            while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t')) i++;
        }
        if (n < 8) {
            fprintf(stderr, "work_of_conllu: %.*s\n", (int)line.n, line.p);
            abort();
        }
        while (n < 10) col[n++] = CHY_LIT("_");
        memcpy(text + n_text, col[1].p, col[1].n);
        chy_token t = {.at = {n_text, n_text + (uint32_t)col[1].n}, .form = {text + n_text, col[1].n}, .lemma = col[2],
                       .quote = CHY_NONE, .feats = conllu_feats(col[5]),
                       .upos = (uint8_t)conllu_named(chy_upos_name, CHY_N_UPOS, col[3]),
                       .deprel = (uint8_t)conllu_named(chy_deprel_name, CHY_N_DEPREL, col[7])};
        int head = atoi(col[6].p);
        t.head = head ? first + (uint32_t)head - 1 : CHY_NONE;
        t.norm = chy_fold(a, t.form);
        chy_slice name = conllu_misc(col[9], "Name");
        if (name.n) t.name = (uint8_t)conllu_named(chy_name_tag_name, CHY_N_NAME, name);
        unsigned len;
        if (chy_is_upper(chy_utf8_at(t.form, 0, &len))) t.flags |= CHY_TOKEN_CAP;
        if (tokens.n == first) t.flags |= CHY_TOKEN_SENTENCE_START;
        n_text = t.at.end;
        if (!chy_slice_eqz(conllu_misc(col[9], "SpaceAfter"), "No")) t.flags |= CHY_TOKEN_SPACE_AFTER, text[n_text++] = ' ';
        CHY_PUSH(a, &tokens, t);
        CHY_PUSH(a, &misc, col[9]);
    }
    cw->w.text = (chy_slice){text, n_text};
    *d = (chy_dispatch){.at = {0, n_text}, .blocks = blocks.v, .n_blocks = blocks.n, .sentences = sentences.v,
                        .n_sentences = sentences.n, .tokens = tokens.v, .n_tokens = tokens.n,
                        .published = chy_interval_none()};
    cw->w.tokens = tokens.v;
    if (chy_tree_build(&cw->w) != CHY_OK || a->failed) abort();
    conllu_mentions(cw, misc.v);
    conllu_quotes(cw, misc.v);
}

static void conllu_free(conllu_work *cw) { chy_arena_free(&cw->arena); }

#endif
