/* SPDX-License-Identifier: Apache-2.0
 *
 * html.c - HTML to a draft text and blocks, by its elements. The tree is walked by parent links, so no depth of it costs
 * stack.
 */
#include "page/html.h"

#include <gumbo.h>
#include <strings.h>

static bool tag_in(GumboTag t, const GumboTag *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == t) return true;
    return false;
}
#define TAG_IN(t, ...) tag_in((t), (const GumboTag[]){__VA_ARGS__}, sizeof((const GumboTag[]){__VA_ARGS__}) / sizeof(GumboTag))

/* Elements that part blocks. */
static bool block_tag(GumboTag t)
{
    return TAG_IN(t, GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_DIV, GUMBO_TAG_P, GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION, GUMBO_TAG_MAIN,
                  GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
                  GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_LI, GUMBO_TAG_DL, GUMBO_TAG_DT,
                  GUMBO_TAG_DD, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_TABLE, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD,
                  GUMBO_TAG_TR, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET,
                  GUMBO_TAG_HR, GUMBO_TAG_ADDRESS, GUMBO_TAG_CENTER, GUMBO_TAG_BUTTON, GUMBO_TAG_LABEL, GUMBO_TAG_TIME,
                  GUMBO_TAG_UNKNOWN, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_HGROUP, GUMBO_TAG_CAPTION, GUMBO_TAG_INPUT);
}

static chy_slice attribute(const GumboNode *n, const char *name)
{
    const GumboAttribute *a = gumbo_get_attribute(&n->v.element.attributes, name);
    return a ? chy_slice_z(a->value) : (chy_slice){NULL, 0};
}

/* ------------------------------------------------------------------ names */

enum { NAME_BOX = 1, NAME_CAPTION = 2, NAME_BYLINE = 4, NAME_DATE = 8, NAME_STANDFIRST = 16 };

/* What the words of a class or id say, by the rows of page_furniture of kind box, body … */
static unsigned names_of(const chy_pager *p, chy_slice s, bool *strong_body)
{
    static const struct { const char *kind; unsigned bit; } kinds[] = {
        {"box", NAME_BOX}, {"caption", NAME_CAPTION}, {"byline", NAME_BYLINE}, {"date", NAME_DATE}, {"standfirst", NAME_STANDFIRST}};
    unsigned out = 0;
    char word[32];
    if (s.n > 400) s.n = 400;
    for (size_t i = 0; i < s.n;) {
        /* a class name: its words, cut at marks and at capitals, and the whole */
        size_t b = i;
        while (i < s.n && s.p[i] > ' ') i++;
        chy_slice name = {s.p + b, i - b};
        while (i < s.n && s.p[i] <= ' ') i++;
        bool camel = false; /* the word at hand was cut at a capital: short ones are pieces of hashes */
        for (size_t k = 0, w = 0; k <= name.n; k++) {
            char c = k < name.n ? name.p[k] : 0;
            bool upper = c >= 'A' && c <= 'Z', letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            bool hump = upper && w && k && name.p[k - 1] >= 'a' && name.p[k - 1] <= 'z', cut = !letter || hump;
            if (cut && w) {
                chy_rows rows;
                if (!((camel || hump) && w < 4) && chy_table_find(&p->m->names, (chy_slice){word, w}, &rows, NULL))
                    for (uint32_t r = 0; r < rows.n; r++)
                        for (size_t q = 0; q < sizeof kinds / sizeof *kinds; q++)
                            if (chy_slice_eqz(chy_table_cell(&p->m->names, rows.row[r], p->m->col_name_kind), kinds[q].kind)) out |= kinds[q].bit;
                w = 0;
                camel = hump;
            }
            if (!letter) camel = false;
            if (letter && w < sizeof word) word[w++] = upper ? (char)(c + 32) : c;
        }
        char whole[64];
        size_t n = 0;
        for (size_t k = 0; k < name.n && n < sizeof whole; k++) {
            char c = name.p[k];
            whole[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '_' ? '-' : c;
        }
        chy_rows rows;
        if (chy_table_find(&p->m->names, (chy_slice){whole, n}, &rows, NULL))
            for (uint32_t r = 0; r < rows.n; r++)
                if (chy_slice_eqz(chy_table_cell(&p->m->names, rows.row[r], p->m->col_name_kind), "content")) *strong_body = true;
    }
    return out;
}

/* --------------------------------------------------------------- the walk */

typedef struct walk {
    chy_html_page *h;
    chy_pager *p;
    uint32_t element;     /* the innermost */
    uint32_t begin;       /* of the block at hand, in the text */
    uint32_t links;       /* open <a> */
    uint32_t link_bytes;
    uint32_t pre;
    uint8_t hint, level;
    uint32_t breaks;      /* <br> since the last text */
    bool space;           /* white space is pending */
    bool item;
} walk;

static void end_block(walk *w)
{
    chy_html_page *h = w->h;
    uint32_t b = w->begin, e = h->text.n;
    w->space = false;
    w->breaks = 0;
    while (e > b && h->text.v[e - 1] == ' ') e--;
    if (e > b) {
        chy_slice t = {h->text.v + b, e - b};
        chy_html_block k = {.at = {b, e}, .element = w->element, .link_bytes = w->link_bytes, .hint = w->hint, .level = w->level, .item = w->item};
        chy_page_key(t, &k.words);
        while (t.n && (memchr("\"')]", t.p[t.n - 1], 4) || (t.n > 2 && memcmp(t.p + t.n - 3, "\xE2\x80", 2) == 0 && (unsigned char)t.p[t.n - 1] < 0xA0)))
            t.n -= (unsigned char)t.p[t.n - 1] >= 0x80 ? 3 : 1;
        k.stop = (t.n && memchr(".!?:", t.p[t.n - 1], 4)) || chy_slice_ends(t, CHY_LIT("\xE3\x80\x82"));
        if (k.words) CHY_PUSH(w->p->a, &h->block, k);
        h->text.n = e;
        CHY_PUSH(w->p->a, &h->text, '\n');
        CHY_PUSH(w->p->a, &h->text, '\n');
    }
    w->begin = h->text.n;
    w->link_bytes = 0;
}

static void text(walk *w, const char *z)
{
    chy_html_page *h = w->h;
    chy_slice s = chy_slice_z(z);
    for (size_t i = 0; i < s.n;) {
        unsigned n;
        uint32_t cp = chy_utf8_at(s, i, &n);
        if (chy_is_space(cp) || cp < 32 || cp == 0x7F) {
            if (w->pre && cp == '\n') {
                bool blank = i + 1 < s.n && s.p[i + 1] == '\n';
                if (blank) end_block(w);
            }
            w->space = true;
        } else {
            if (w->breaks >= 2) end_block(w);
            w->breaks = 0;
            if (w->space && h->text.n > w->begin) CHY_PUSH(w->p->a, &h->text, ' ');
            w->space = false;
            for (unsigned k = 0; k < n; k++) CHY_PUSH(w->p->a, &h->text, s.p[i + k]);
            if (w->links) w->link_bytes += n;
        }
        i += n;
    }
}

static bool hidden(const GumboNode *n)
{
    chy_slice style = attribute(n, "style");
    if (gumbo_get_attribute(&n->v.element.attributes, "hidden") || chy_slice_eqz(attribute(n, "aria-hidden"), "true")) return true;
    return style.n && style.n < 400 && (chy_slice_find(style, CHY_LIT("display:none")) != SIZE_MAX || chy_slice_find(style, CHY_LIT("display: none")) != SIZE_MAX);
}

static void meta_day(chy_pager *p, chy_slice s)
{
    if (chy_interval_known(p->meta.published)) return;
    chy_day d = chy_page_html_day(s);
    if (d != CHY_NO_DAY) p->meta.published = (chy_interval){d, d};
}

static void meta_text(chy_pager *p, chy_slice *to, chy_slice s)
{
    s = chy_slice_trim(s);
    if (!to->n && s.n && s.n < 500) *to = chy_arena_copy(p->a, s);
}

static void take_meta(chy_pager *p, const GumboNode *n)
{
    chy_slice name = attribute(n, "property"), content = attribute(n, "content");
    if (!name.n) name = attribute(n, "name");
    if (!name.n) name = attribute(n, "itemprop");
    char z[48];
    if (!name.n || name.n > sizeof z || !content.n) return;
    for (size_t i = 0; i < name.n; i++) z[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    name.p = z;
    if (chy_slice_in(name, "og:title|twitter:title|dc.title|headline")) meta_text(p, &p->meta.title, content);
    else if (chy_slice_in(name, "og:site_name|publisher|dc.publisher")) meta_text(p, &p->meta.publisher, content);
    else if (chy_slice_in(name, "og:url")) meta_text(p, &p->meta.url, content);
    else if (chy_slice_in(name, "author|byl|dc.creator|sailthru.author|parsely-author")) {
        if (chy_slice_find(content, CHY_LIT("://")) == SIZE_MAX) meta_text(p, &p->meta.byline, content);
    } else if (chy_slice_in(name, "article:published_time|datepublished|pubdate|publishdate|publish-date|publish_date|date|dc.date|dc.date.issued|dcterms.created|sailthru.date|parsely-pub-date|ptime|article.published|og:published_time|cxenseparse:recs:publishtime|dcterms.date|originalpublicationdate|date.issued"))
        meta_day(p, content);
}

static uint8_t heading_level(GumboTag t)
{
    static const GumboTag h[6] = {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};
    for (uint8_t i = 0; i < 6; i++)
        if (t == h[i]) return i + 1;
    return 0;
}

/* Open the block element n. */
static void enter(walk *w, const GumboNode *n)
{
    GumboTag t = n->v.element.tag;
    bool strong = false;
    chy_slice cls = attribute(n, "class"), id = attribute(n, "id"), prop = attribute(n, "itemprop"), role = attribute(n, "role");
    unsigned names = names_of(w->p, cls, &strong) | names_of(w->p, id, &strong);
    chy_html_element e = {.parent = w->element, .begin = w->h->block.n, .end = w->h->block.n,
                          .depth = w->element == CHY_NONE ? 0 : w->h->element.v[w->element].depth + 1};
    if (TAG_IN(t, GUMBO_TAG_NAV, GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE, GUMBO_TAG_FORM, GUMBO_TAG_BUTTON, GUMBO_TAG_LABEL) ||
        chy_slice_in(role, "navigation|complementary|banner|contentinfo|search|dialog|menu|menubar|alert|toolbar|button"))
        e.flags |= CHY_EL_BOX;
    if ((names & NAME_BOX) && !TAG_IN(t, GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN)) e.flags |= CHY_EL_BOX;
    if (t == GUMBO_TAG_ARTICLE) e.flags |= CHY_EL_ARTICLE;
    if (t == GUMBO_TAG_MAIN || chy_slice_eqz(role, "main")) e.flags |= CHY_EL_MAIN;
    if (strong || chy_slice_in(prop, "articleBody")) e.flags |= CHY_EL_BODY;
    if (hidden(n)) e.flags |= CHY_EL_HIDDEN;
    if (CHY_PUSH(w->p->a, &w->h->element, e)) w->element = w->h->element.n - 1;
    w->level = heading_level(t);
    w->hint = CHY_HINT_NONE;
    if (w->level == 1) w->hint = CHY_HINT_TITLE;
    else if (w->level) w->hint = CHY_HINT_HEADING;
    else if (t == GUMBO_TAG_FIGCAPTION || t == GUMBO_TAG_CAPTION || (names & NAME_CAPTION)) w->hint = CHY_HINT_CAPTION;
    else if (names & NAME_BYLINE) w->hint = CHY_HINT_BYLINE;
    else if (t == GUMBO_TAG_TIME || (names & NAME_DATE)) w->hint = CHY_HINT_DATE;
    else if (names & NAME_STANDFIRST) w->hint = CHY_HINT_STANDFIRST;
    if (TAG_IN(t, GUMBO_TAG_LI, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_DT, GUMBO_TAG_DD)) w->item = true;
    if (t == GUMBO_TAG_PRE) w->pre++;
    if (t == GUMBO_TAG_TIME) meta_day(w->p, attribute(n, "datetime"));
}

/* The hints of the element that text stands in again, once a child of it is closed. */
static void restore(walk *w, const GumboNode *n)
{
    w->hint = CHY_HINT_NONE;
    w->level = 0;
    w->item = false;
    bool strong = false;
    for (int up = 0; n && n->type == GUMBO_NODE_ELEMENT && up < 4; n = n->parent, up++) {
        GumboTag t = n->v.element.tag;
        if (TAG_IN(t, GUMBO_TAG_LI, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_DT, GUMBO_TAG_DD)) w->item = true;
        if (w->hint != CHY_HINT_NONE || TAG_IN(t, GUMBO_TAG_BODY, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN)) continue;
        unsigned names = up < 2 ? names_of(w->p, attribute(n, "class"), &strong) : 0;
        uint8_t level = heading_level(t);
        if (level) w->level = level;
        if (level == 1) w->hint = CHY_HINT_TITLE;
        else if (level) w->hint = CHY_HINT_HEADING;
        else if (t == GUMBO_TAG_FIGCAPTION || (names & NAME_CAPTION)) w->hint = CHY_HINT_CAPTION;
        else if (names & NAME_BYLINE) w->hint = CHY_HINT_BYLINE;
    }
}

static bool is_element(const GumboNode *n) { return n->type == GUMBO_NODE_ELEMENT; }

/* Before n's children; false where they are not to be walked. */
static bool open_node(walk *w, const GumboNode *n)
{
    if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_CDATA) {
        text(w, n->v.text.text);
        return false;
    }
    if (n->type == GUMBO_NODE_WHITESPACE) {
        w->space = true;
        return false;
    }
    if (!is_element(n)) return false;
    GumboTag t = n->v.element.tag;
    if (t == GUMBO_TAG_META) {
        take_meta(w->p, n);
        return false;
    }
    if (t == GUMBO_TAG_LINK) {
        if (chy_slice_eqz(attribute(n, "rel"), "canonical")) meta_text(w->p, &w->p->meta.url, attribute(n, "href"));
        return false;
    }
    if (TAG_IN(t, GUMBO_TAG_TITLE)) return false;
    if (t == GUMBO_TAG_BR) {
        w->breaks++;
        w->space = true;
        return false;
    }
    if (t == GUMBO_TAG_A) w->links++;
    if (block_tag(t)) {
        end_block(w);
        enter(w, n);
    }
    return true;
}

static void close_node(walk *w, const GumboNode *n)
{
    if (!is_element(n)) return;
    GumboTag t = n->v.element.tag;
    if (t == GUMBO_TAG_A && w->links) w->links--;
    if (!block_tag(t)) return;
    end_block(w);
    if (t == GUMBO_TAG_PRE && w->pre) w->pre--;
    if (w->element != CHY_NONE) {
        w->h->element.v[w->element].end = w->h->block.n;
        w->element = w->h->element.v[w->element].parent;
    }
    restore(w, n->parent);
}

static void walk_tree(walk *w, const GumboNode *root)
{
    const GumboNode *n = root;
    bool down = open_node(w, n);
    while (n && !w->p->a->failed) {
        if (down && is_element(n) && n->v.element.children.length) {
            n = n->v.element.children.data[0];
            down = open_node(w, n);
            continue;
        }
        close_node(w, n);
        if (n == root) break;
        const GumboVector *siblings = &n->parent->v.element.children;
        if (n->index_within_parent + 1 < siblings->length) {
            n = siblings->data[n->index_within_parent + 1];
            down = open_node(w, n);
        } else {
            n = n->parent;
            down = false;
        }
    }
}

/* <title>, for pages without better: less the site's name behind its last bar. */
static void page_title(chy_pager *p, const GumboNode *root)
{
    for (unsigned i = 0; i < root->v.element.children.length; i++) {
        const GumboNode *head = root->v.element.children.data[i];
        if (!is_element(head) || head->v.element.tag != GUMBO_TAG_HEAD) continue;
        for (unsigned k = 0; k < head->v.element.children.length; k++) {
            const GumboNode *t = head->v.element.children.data[k];
            if (!is_element(t) || t->v.element.tag != GUMBO_TAG_TITLE || !t->v.element.children.length) continue;
            const GumboNode *x = t->v.element.children.data[0];
            if (x->type != GUMBO_NODE_TEXT) continue;
            chy_slice s = chy_slice_trim(chy_slice_z(x->v.text.text));
            for (size_t c = s.n; c-- > 12;)
                if (s.p[c] == '|' || (s.p[c] == '-' && s.p[c - 1] == ' ' && c + 1 < s.n && s.p[c + 1] == ' ')) {
                    s.n = c;
                    break;
                }
            meta_text(p, &p->meta.title, s);
            return;
        }
    }
}

chy_status chy_page_html(chy_pager *p, chy_slice html)
{
    chy_guarded g;
    if (!chy_page_html_guard(p, html, &g)) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    chy_page_html_linked(p, &g);
    GumboOutput *out = gumbo_parse_with_options(&kGumboDefaultOptions, g.html.p, g.html.n);
    if (!out) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    chy_html_page h = {.p = p};
    walk w = {.h = &h, .p = p, .element = CHY_NONE};
    walk_tree(&w, out->root);
    end_block(&w);
    page_title(p, out->root);
    gumbo_destroy_output(&kGumboDefaultOptions, out);
    p->text = (chy_slice){h.text.v ? h.text.v : "", h.text.n};
    if (p->a->failed) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    return chy_page_html_pick(&h);
}
