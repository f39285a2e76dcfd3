/* SPDX-License-Identifier: Apache-2.0
 *
 * language.c - is it English? By the share of function words, of several languages: a page is refused where another
 * language's are more frequent, or where it has next to none of English and is no table of figures; and where most of
 * its letters are not Latin. Texts of fewer than 20 words are let pass unless their letters say otherwise.
 */
#include "page/pager.h"

enum { SAMPLE = 1 << 18, MIN_WORDS = 20, MAX_LANGUAGES = 32, MAX_WORD = 24 };

typedef struct tally {
    chy_slice name[MAX_LANGUAGES];
    uint32_t hits[MAX_LANGUAGES], n;
    uint32_t words, figures, english;
    uint32_t letters, foreign; /* letters; those of other scripts than Latin */
} tally;

static void count_word(const chy_pager *p, tally *c, chy_slice word)
{
    chy_rows rows;
    if (word.n > MAX_WORD) return;
    word = chy_fold(p->a, word);
    if (!chy_table_find(&p->m->languages, word, &rows, NULL)) return;
    for (uint32_t i = 0; i < rows.n; i++) {
        chy_slice name = chy_table_cell(&p->m->languages, rows.row[i], p->m->col_language);
        if (chy_slice_eqz(name, "en")) {
            c->english++;
            continue;
        }
        uint32_t k = 0;
        while (k < c->n && !chy_slice_eq(c->name[k], name)) k++;
        if (k == MAX_LANGUAGES) continue;
        if (k == c->n) {
            c->name[c->n] = name;
            c->hits[c->n++] = 0;
        }
        c->hits[k]++;
    }
}

static bool latin(uint32_t cp) { return cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0x2B0 && cp < 0x300) || cp >= 0xFB00; }

chy_status chy_page_language(chy_pager *p, chy_slice t)
{
    tally c = {.n = 0};
    if (t.n > SAMPLE) t.n = SAMPLE;
    for (size_t i = 0; i < t.n;) {
        unsigned n;
        uint32_t cp = chy_utf8_at(t, i, &n);
        if (chy_is_digit(cp)) {
            c.figures++;
            while (i < t.n && (chy_is_digit((unsigned char)t.p[i]) || t.p[i] == '.' || t.p[i] == ',')) i++;
            continue;
        }
        if (!chy_is_letter(cp)) {
            i += n;
            continue;
        }
        size_t b = i;
        while (i < t.n && chy_is_letter(cp = chy_utf8_at(t, i, &n))) {
            c.letters++;
            c.foreign += !latin(cp);
            i += n;
        }
        c.words++;
        count_word(p, &c, (chy_slice){t.p + b, i - b});
    }
    if (c.letters >= 8 && c.foreign * 2 > c.letters)
        return chy_fail(p->err, CHY_E_LANGUAGE, CHY_STAGE_PAGE, 0, "text is not in English: most of its letters are not Latin");
    if (c.words < MIN_WORDS) return CHY_OK;
    uint32_t best = 0;
    for (uint32_t k = 1; k < c.n; k++)
        if (c.hits[k] > c.hits[best]) best = k;
    if (c.n && c.hits[best] > c.english && c.hits[best] * 12 > c.words && c.figures * 4 < c.words)
        return chy_fail(p->err, CHY_E_LANGUAGE, CHY_STAGE_PAGE, 0, "text is not in English: it looks like '%.*s'", (int)c.name[best].n,
                        c.name[best].p);
    if (c.words >= 2 * MIN_WORDS && c.english * 25 < c.words && c.figures * 8 < c.words)
        return chy_fail(p->err, CHY_E_LANGUAGE, CHY_STAGE_PAGE, 0, "text is not in English: hardly a word of English in it");
    return CHY_OK;
}
