/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of HTML: the story is kept, the page's furniture is not, and offsets count in the text that is printed.
 */
#include "base/base.h"
#include "session_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static chy_error err;

static const chy_page *read_upto(chy_slice html, chy_stage upto)
{
    chy_input in = {.bytes = html, .kind = CHY_INPUT_HTML};
    const chy_page *page = NULL;
    if (chy_session_read(session, &in, upto, 0, &page, &err) != CHY_OK) fail_msg("%s", err.message);
    return page;
}

static const chy_page *read_html(chy_slice html) { return read_upto(html, CHY_STAGE_TEXT); }

static void text_is(const char *html, const char *want)
{
    const chy_page *page = read_html(chy_slice_z(html));
    if (!chy_slice_eqz(page->text, want)) fail_msg("\"%.*s\"", (int)page->text.n, page->text.p);
}

#define P1 "The foreign minister of Norland met his Southland counterpart in the capital on Tuesday to discuss the border."
#define P2 "Officials on both sides said the talks would go on for another day, though neither expected a breakthrough soon."
#define P3 "A spokesman for the ministry denied that troops had crossed the river, and blamed the reports on local militias."

static void the_story_is_kept_and_the_furniture_is_not(void **state)
{
    (void)state;
    text_is("<html><head><title>Border talks resume | Example</title><script>var a = '<p>no</p>';</script></head><body>"
            "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav><div id=content><h1>Border talks resume</h1>"
            "<div class='share-bar'>Share this on Facebook, please do</div><p>" P1 "</p><p>" P2 "</p><h2>Denial</h2><p>" P3 "</p></div>"
            "<div class=related-stories><h3>More stories</h3><p>A man bit a dog in the market on Monday, the police of the town said today.</p></div>"
            "<footer>Copyright 2024 by the Example company, all rights reserved everywhere.</footer></body></html>",
            "Border talks resume\n\n" P1 "\n\n" P2 "\n\nDenial\n\n" P3);
}

static void short_pages_are_kept_whole(void **state)
{
    (void)state;
    text_is("<html><body><h1>Envoy recalled</h1><p>Norland recalled its envoy.</p><p>Southland did so too</p></body></html>",
            "Envoy recalled\n\nNorland recalled its envoy.\n\nSouthland did so too");
    text_is("<body><div><p>" P1 " " P2 "</p></div><div><p>It ended.</p><p>The army denied that it had fired on them at all.</p></div></body>",
            P1 " " P2 "\n\nIt ended.\n\nThe army denied that it had fired on them at all.");
}

static void text_of_elements_is_joined_as_it_is_read(void **state)
{
    (void)state;
    text_is("<p>The <b>two</b> mini<i>sters</i>\n met&nbsp;in <a href=x>Oslo</a>&mdash;<!-- not -->again &amp; again.</p>", "The two ministers met in Oslo\xE2\x80\x94" "again & again.");
    text_is("<div>The two ministers met in Oslo on Monday for talks.<br><br>They will meet again in the spring, a spokesman said.</div>",
            "The two ministers met in Oslo on Monday for talks.\n\nThey will meet again in the spring, a spokesman said.");
}

static void every_range_is_in_the_text(void **state)
{
    (void)state;
    const chy_page *page = read_html(CHY_LIT("<h1>Border talks resume in capital</h1><p>GENEVA, Jan 13, 2025 (AFP) - " P1 "</p><p>" P2 "</p>"));
    const chy_dispatch *d = page->dispatches;
    assert_true(chy_slice_starts((chy_slice){page->text.p + d->blocks[1].at.begin, 20}, CHY_LIT("The foreign minister")));
    assert_true(chy_slice_eqz(d->dateline, "GENEVA"));
    assert_true(memcmp(page->text.p + d->dateline_at.begin, "GENEVA", 6) == 0);
    assert_true(chy_slice_find(page->text, CHY_LIT("GENEVA, Jan 13, 2025 (AFP) - The foreign")) != SIZE_MAX);
    for (uint32_t i = 0; i < d->n_tokens; i++) assert_memory_equal(d->tokens[i].form.p, page->text.p + d->tokens[i].at.begin, d->tokens[i].form.n);
    assert_int_equal(d->at.begin, 0);
    assert_int_equal(d->at.end, page->text.n);
}

static void metadata_is_taken_down(void **state)
{
    (void)state;
    const chy_page *page = read_html(CHY_LIT(
        "<head><meta charset=utf-8><meta property='og:site_name' content='Example News'><link rel=canonical href='https://example.org/1'>"
        "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"NewsArticle\", \"datePublished\": \"2022-11-09T08:00:00Z\", \"author\": {\"name\": \"Jane Roe\"}}]}</script>"
        "</head><body><h1>Border talks resume</h1><p>" P1 "</p><p>" P2 "</p></body>"));
    const chy_dispatch *d = page->dispatches;
    char z[11];
    chy_day_format(d->published.begin, z);
    assert_string_equal(z, "2022-11-09");
    assert_int_equal(d->published_basis, CHY_BASIS_STATED);
    assert_true(chy_slice_eqz(d->byline, "Jane Roe"));
    assert_true(chy_slice_eqz(d->publisher, "Example News"));
    assert_true(chy_slice_eqz(d->url, "https://example.org/1"));
}

static void several_articles_are_several_dispatches(void **state)
{
    (void)state;
    const chy_page *page = read_html(CHY_LIT("<main><article><h2>Norland envoy visits Southland</h2><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></article>"
                                             "<article><h2>Southland parliament rejects treaty</h2><p>" P3 "</p><p>" P2 "</p><p>" P1 "</p></article></main>"));
    assert_int_equal(page->n_dispatches, 2);
    assert_true(chy_slice_eqz(page->dispatches[1].title, "Southland parliament rejects treaty"));
    assert_int_equal(page->dispatches[1].n_blocks, 4);
    assert_true(chy_slice_find(page->text, CHY_LIT("militias.\n\nSouthland parliament")) != SIZE_MAX);
}

static void captions_are_told_apart(void **state)
{
    (void)state;
    const chy_page *page = read_html(CHY_LIT("<article><h1>Border talks resume</h1><figure><img><figcaption>The ministers in Oslo.</figcaption></figure><p>" P1 "</p><p>" P2 "</p></article>"));
    assert_int_equal(page->dispatches[0].n_blocks, 4);
    assert_int_equal(page->dispatches[0].blocks[1].kind, CHY_BLOCK_CAPTION);
}

static void charsets_are_those_declared(void **state)
{
    (void)state;
    const chy_page *page = read_html(CHY_LIT("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'><p>The two ministers met in \xA3\xF3" "d\xBC on Monday.</p>"));
    assert_true(chy_slice_eqz(page->charset, "iso-8859-2"));
    assert_true(chy_slice_find(page->text, CHY_LIT("\xC5\x81\xC3\xB3" "d\xC5\xBA")) != SIZE_MAX);
}

/* Markup that takes other parsers quadratic time. */
static void hostile_markup_is_read_in_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<div>", "<b><i>", "<a><p>", "<p ", "<!--", "<a href=\"", "<table><tr><td>", "</div>", "<li>", "&#", "<svg><p>", "<script>", "<", "<p>", "<br>", "<form><select><option>"};
    enum { N = 400000 };
    char *html = malloc(N + 1024);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = (size_t)sprintf(html, "<h1>Border talks resume</h1><p>" P1 "</p><p>" P2 "</p>"), k = strlen(pieces[i]);
        while (n + k < N) memcpy(html + n, pieces[i], k), n += k;
        const chy_page *page = read_upto((chy_slice){html, n}, CHY_STAGE_PAGE);
        assert_true(chy_slice_find(page->text, CHY_LIT("The foreign minister")) != SIZE_MAX);
    }
    free(html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_kept_and_the_furniture_is_not), cmocka_unit_test(text_of_elements_is_joined_as_it_is_read),
        cmocka_unit_test(short_pages_are_kept_whole),
        cmocka_unit_test(every_range_is_in_the_text),                 cmocka_unit_test(metadata_is_taken_down),
        cmocka_unit_test(several_articles_are_several_dispatches),    cmocka_unit_test(captions_are_told_apart),
        cmocka_unit_test(charsets_are_those_declared),                cmocka_unit_test(hostile_markup_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
