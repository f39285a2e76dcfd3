/* SPDX-License-Identifier: Apache-2.0
 *
 * html_pick.c - which blocks of an HTML page are its story. Running text is told by length, final stop and few links; the
 * story is the deepest element that holds most of the running text once boxes (navigation, related stories, comments)
 * are taken out. After the manner of Readability (Arc90, 2010) and of text-density extraction (Kohlschuetter et al.,
 * "Boilerplate Detection using Shallow Text Features", 2010), with whole numbers throughout.
 */
#include "page/html.h"

enum {
    RUNNING_WORDS = 8,      /* fewest words of running text, with a stop at its end */
    RUNNING_LONG = 20,      /* or without */
    STORY_WORDS = 40,       /* fewest words of running text in an <article> that is a story of its own */
    BOX_PERCENT = 40,       /* a box that holds this much of the running text is none */
    ROOT_PERCENT = 65,
    BODY_PERCENT = 45,
    TEASERS = 3,
    TEASER_WORDS = 70,
    CARD_BLOCKS = 8
};

typedef struct pick {
    chy_html_page *h;
    chy_pager *p;
    uint32_t *sum;      /* words of running text before each block */
    uint32_t *all;      /* words of any text before each block */
    uint32_t *n;        /* blocks of running text before each block */
    uint32_t root;      /* element */
    uint32_t title;     /* block, CHY_NONE */
    uint32_t n_stories; /* <article>s that are stories, 0 where the page is one */
    uint32_t *story;    /* by block: number of its <article> or CHY_NONE */
} pick;

static uint32_t bytes(const chy_html_block *b) { return b->at.end - b->at.begin; }

static bool running(const chy_html_block *b)
{
    if (b->drop || b->hint == CHY_HINT_TITLE || b->hint == CHY_HINT_HEADING || b->hint == CHY_HINT_CAPTION) return false;
    return b->words >= RUNNING_WORDS && (b->stop || b->words >= RUNNING_LONG) && b->link_bytes * 3 < bytes(b);
}

static void add_up(pick *k)
{
    for (uint32_t i = 0; i < k->h->block.n; i++) {
        const chy_html_block *b = &k->h->block.v[i];
        bool r = running(b);
        k->sum[i + 1] = k->sum[i] + (r ? b->words : 0);
        k->all[i + 1] = k->all[i] + (b->drop ? 0 : b->words);
        k->n[i + 1] = k->n[i] + r;
    }
}

static uint32_t weight(const pick *k, const chy_html_element *e) { return k->sum[e->end] - k->sum[e->begin]; }
static uint32_t total(const pick *k) { return k->sum[k->h->block.n]; }

static void drop_boxes(pick *k)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < k->h->element.n; i++) {
        const chy_html_element *e = &k->h->element.v[i];
        if (!(e->flags & (CHY_EL_BOX | CHY_EL_HIDDEN)) || e->end <= done) continue;
        if ((uint64_t)weight(k, e) * 100 > (uint64_t)total(k) * BOX_PERCENT) continue;
        for (uint32_t b = e->begin > done ? e->begin : done; b < e->end; b++)
            if (k->h->block.v[b].hint != CHY_HINT_TITLE || (e->flags & CHY_EL_HIDDEN)) k->h->block.v[b].drop = true;
        done = e->end;
    }
}

/* A heading that is a link to another story. */
static bool link_heading(const pick *k, uint32_t b, uint64_t title)
{
    const chy_html_block *x = &k->h->block.v[b];
    uint32_t n;
    return !x->drop && x->level >= 2 && x->link_bytes * 10 > bytes(x) * 7 && chy_page_key((chy_slice){k->h->text.v + x->at.begin, bytes(x)}, &n) != title;
}

/* Do blocks a and b stand in a card: a small element round both? */
static bool in_card(const pick *k, uint32_t a, uint32_t b)
{
    uint32_t e = k->h->block.v[a].element;
    for (int up = 0; e != CHY_NONE && up < 8; up++, e = k->h->element.v[e].parent)
        if (k->h->element.v[e].end > b) return k->h->element.v[e].end - k->h->element.v[e].begin <= CARD_BLOCKS;
    return false;
}

/* Headings that are links, with a few lines of the story they lead to: drop those lines where there are several. */
static void drop_teasers(pick *k)
{
    chy_html_page *h = k->h;
    uint32_t n = 0, words;
    chy_slice given = k->p->in->title.n ? k->p->in->title : k->p->meta.title;
    uint64_t title = chy_page_key(given, &words);
    for (uint32_t b = 0; b < h->block.n; b++) n += link_heading(k, b, title);
    if (n < TEASERS) return;
    for (uint32_t b = 0; b < h->block.n; b++) {
        if (!link_heading(k, b, title)) continue;
        for (uint32_t i = b + 1; i < h->block.n && i <= b + 3 && !h->block.v[i].level; i++) {
            if (!running(&h->block.v[i])) continue;
            if (h->block.v[i].words <= TEASER_WORDS && in_card(k, b, i)) h->block.v[i].drop = true;
            break;
        }
    }
}

static uint32_t blocks_in(const pick *k, const chy_html_element *e) { return k->n[e->end] - k->n[e->begin]; }

/* A container whose other text is running text for the most part is taken whole; so is one of a single paragraph. */
static uint32_t widen(const pick *k, uint32_t i)
{
    const chy_html_element *v = k->h->element.v;
    uint32_t limit = k->n[k->h->block.n] > 1 ? 2 : 1;
    for (int up = 0; up < 12 && v[i].parent != CHY_NONE; up++) {
        const chy_html_element *e = &v[i], *o = &v[e->parent];
        uint32_t more = weight(k, o) - weight(k, e), text = (k->all[o->end] - k->all[o->begin]) - (k->all[e->end] - k->all[e->begin]);
        if (blocks_in(k, e) >= limit && (more < RUNNING_LONG || more * 10 < text * 8)) break;
        i = e->parent;
    }
    return i;
}

static void find_root(pick *k)
{
    const chy_html_page *h = k->h;
    uint32_t all = total(k), best = 0, body = CHY_NONE, article = CHY_NONE;
    k->root = 0;
    if (!all) return; /* no running text: the page is taken whole */
    for (uint32_t i = 0; i < h->element.n; i++) {
        const chy_html_element *e = &h->element.v[i];
        uint64_t w = weight(k, e);
        if (w * 100 >= (uint64_t)all * ROOT_PERCENT && e->depth >= h->element.v[best].depth) best = i;
        if (w * 100 < (uint64_t)all * BODY_PERCENT) continue;
        if ((e->flags & CHY_EL_BODY) && (body == CHY_NONE || w >= weight(k, &h->element.v[body]))) body = i;
        if ((e->flags & CHY_EL_ARTICLE) && (article == CHY_NONE || w >= weight(k, &h->element.v[article]))) article = i;
    }
    best = widen(k, best);
    if (body != CHY_NONE && blocks_in(k, &h->element.v[body]) * 2 >= blocks_in(k, &h->element.v[best])) best = body;
    else if (article != CHY_NONE && !(h->element.v[best].begin >= h->element.v[article].begin && h->element.v[best].end <= h->element.v[article].end)) best = article;
    k->root = best;
}

/* Headline of the element: its first h1, else its first heading before running text. CHY_NONE where it has none. */
static uint32_t headline_in(const pick *k, const chy_html_element *e)
{
    uint32_t heading = CHY_NONE;
    for (uint32_t b = e->begin; b < e->end; b++) {
        const chy_html_block *x = &k->h->block.v[b];
        if (x->drop) continue;
        if (x->hint == CHY_HINT_TITLE) return b;
        if (x->hint == CHY_HINT_HEADING && heading == CHY_NONE) heading = b;
        if (running(x)) break;
    }
    return heading;
}

/* Several <article>s with a headline and running text of their own: several stories. */
static void find_stories(pick *k)
{
    chy_html_page *h = k->h;
    uint32_t n = 0, done = 0, all = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && (n < 2 || (uint64_t)all * 100 < (uint64_t)total(k) * ROOT_PERCENT)) return;
        done = 0;
        for (uint32_t i = 0; i < h->element.n; i++) {
            const chy_html_element *e = &h->element.v[i];
            if (!(e->flags & CHY_EL_ARTICLE) || e->begin < done || weight(k, e) < STORY_WORDS) continue;
            uint32_t title = headline_in(k, e);
            if (title == CHY_NONE) continue;
            done = e->end;
            if (pass == 0) {
                n++;
                all += weight(k, e);
                continue;
            }
            for (uint32_t b = e->begin; b < e->end; b++) k->story[b] = k->n_stories;
            h->block.v[title].hint = CHY_HINT_TITLE;
            k->n_stories++;
        }
    }
}

/* The page's headline: the block that says what its metadata calls it, else the h1 nearest to the story. */
static uint32_t find_title(const pick *k)
{
    const chy_html_page *h = k->h;
    const chy_html_element *root = &h->element.v[k->root];
    uint32_t words, best = CHY_NONE;
    chy_slice given = k->p->in->title.n ? k->p->in->title : k->p->meta.title;
    uint64_t key = chy_page_key(given, &words);
    for (uint32_t b = 0; b < h->block.n && b < root->end; b++) {
        const chy_html_block *x = &h->block.v[b];
        if (x->hint != CHY_HINT_TITLE && x->hint != CHY_HINT_HEADING) continue;
        uint32_t n;
        if (given.n && x->words == words && chy_page_key((chy_slice){h->text.v + x->at.begin, bytes(x)}, &n) == key) return b;
        if (x->hint != CHY_HINT_TITLE || x->words < 2) continue;
        if (best == CHY_NONE || b <= root->begin || best < root->begin) best = (best != CHY_NONE && best >= root->begin) ? best : b;
    }
    return best;
}

/* Does the block at b belong to the story? */
static bool keep(const pick *k, uint32_t b)
{
    const chy_html_block *x = &k->h->block.v[b];
    if (x->drop) return false;
    if (x->hint == CHY_HINT_TITLE) return k->n_stories || b == k->title;
    if (k->n_stories && k->story[b] == CHY_NONE) return false;
    if (x->link_bytes * 2 > bytes(x) && (x->words < RUNNING_LONG || x->link_bytes * 10 > bytes(x) * 9)) return false;
    if (total(k) && !x->level && !x->item && !x->stop && x->words <= 4 && x->hint == CHY_HINT_NONE) return false;
    chy_slice t = {k->h->text.v + x->at.begin, bytes(x)}; /* an address that is no link */
    if (!memchr(t.p, ' ', t.n) && chy_slice_find(t, CHY_LIT("://")) != SIZE_MAX) return false;
    if (x->hint == CHY_HINT_HEADING && x->link_bytes * 10 > bytes(x) * 7) return false;
    return true;
}

static bool push(pick *k, uint32_t b)
{
    const chy_html_block *x = &k->h->block.v[b];
    chy_raw r = {.at = x->at, .gap = 1, .article = k->n_stories ? k->story[b] : CHY_NONE, .hint = x->hint};
    if (b == k->title) r.hint = CHY_HINT_TITLE;
    return CHY_PUSH(k->p->a, &k->p->raw, r);
}

/* The headline that only the metadata tells, as a block of its own behind the draft text. */
static bool push_stated_title(pick *k)
{
    chy_html_page *h = k->h;
    chy_slice t = k->p->in->title.n ? k->p->in->title : k->p->meta.title;
    if (!t.n) return true;
    uint32_t b = h->text.n;
    for (size_t i = 0; i < t.n; i++) CHY_PUSH(k->p->a, &h->text, t.p[i] == '\n' || t.p[i] == '\r' || t.p[i] == '\t' ? ' ' : t.p[i]);
    k->p->text = (chy_slice){h->text.v, h->text.n};
    return CHY_PUSH(k->p->a, &k->p->raw, (chy_raw){.at = {b, h->text.n}, .gap = 1, .article = CHY_NONE, .hint = CHY_HINT_TITLE});
}

chy_status chy_page_html_pick(chy_html_page *h)
{
    chy_pager *p = h->p;
    pick k = {.h = h, .p = p, .title = CHY_NONE};
    k.sum = chy_arena_calloc(p->a, (size_t)h->block.n + 1, sizeof *k.sum);
    k.all = chy_arena_calloc(p->a, (size_t)h->block.n + 1, sizeof *k.all);
    k.n = chy_arena_calloc(p->a, (size_t)h->block.n + 1, sizeof *k.n);
    k.story = chy_arena_calloc(p->a, (size_t)h->block.n + 1, sizeof *k.story);
    if (p->a->failed) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    if (!h->block.n || !h->element.n) return CHY_OK;
    for (uint32_t i = 0; i <= h->block.n; i++) k.story[i] = CHY_NONE;
    add_up(&k);
    drop_boxes(&k);
    drop_teasers(&k);
    add_up(&k);
    find_root(&k);
    find_stories(&k);
    if (!k.n_stories) k.title = find_title(&k);
    const chy_html_element *root = &h->element.v[k.root];
    uint32_t begin = k.n_stories ? 0 : root->begin, end = k.n_stories ? h->block.n : root->end;
    bool ok = true;
    if (k.title != CHY_NONE) ok = push(&k, k.title);
    else if (!k.n_stories) ok = push_stated_title(&k);
    for (uint32_t b = k.title == CHY_NONE ? begin : k.title + 1; ok && b < begin; b++) { /* between headline and body */
        uint8_t hint = h->block.v[b].hint;
        if ((hint == CHY_HINT_BYLINE || hint == CHY_HINT_DATE || hint == CHY_HINT_CAPTION) && keep(&k, b)) ok = push(&k, b);
    }
    for (uint32_t b = begin; ok && b < end; b++)
        if (b != k.title && keep(&k, b)) ok = push(&k, b);
    uint32_t left = h->block.n > p->raw.n ? h->block.n - p->raw.n : 0;
    if (left) chy_note_add(&p->note, CHY_STAGE_PAGE, 0, "%u of %u blocks left out as the page's furniture", left, h->block.n);
    if (!ok) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    return CHY_OK;
}
