/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of plain text and records: which stories they hold and what belongs to none.
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

static const chy_page *read_bytes(const void *p, size_t n, chy_input_kind kind)
{
    chy_input in = {.bytes = {p, n}, .kind = kind};
    const chy_page *page = NULL;
    err = (chy_error){.code = CHY_OK};
    if (chy_session_read(session, &in, CHY_STAGE_TEXT, 0, &page, &err) != CHY_OK) return NULL;
    return page;
}

static const chy_page *read_text(const char *z)
{
    const chy_page *page = read_bytes(z, strlen(z), CHY_INPUT_TEXT);
    if (!page) fail_msg("%s", err.message);
    return page;
}

static void says(chy_slice s, const char *want)
{
    if (!chy_slice_eqz(s, want)) fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p ? s.p : "", want);
}

static void block(const chy_page *page, uint32_t story, uint32_t i, uint32_t kind, const char *begins)
{
    const chy_dispatch *d = &page->dispatches[story];
    assert_true(i < d->n_blocks);
    chy_slice s = {page->text.p + d->blocks[i].at.begin, d->blocks[i].at.end - d->blocks[i].at.begin};
    if (d->blocks[i].kind != kind || !chy_slice_starts(s, chy_slice_z(begins)))
        fail_msg("block %u is of kind %u: \"%.*s\"", i, d->blocks[i].kind, (int)s.n, s.p);
}

static void is_day(chy_interval got, const char *want)
{
    char z[11];
    assert_true(chy_interval_known(got));
    chy_day_format(got.begin, z);
    assert_string_equal(z, want);
}

#define P1 "The foreign minister of Norland met his Southland counterpart in the capital on Tuesday to discuss the border."
#define P2 "Officials on both sides said the talks would go on for another day, though neither expected a breakthrough soon."
#define P3 "A spokesman for the ministry denied that troops had crossed the river, and blamed the reports on local militias."

static void title_byline_and_date_are_told_from_the_text(void **state)
{
    (void)state;
    const chy_page *page = read_text("World\n\nNorland and Southland resume border talks\n\nBy Jane Roe and John Doe\n\nPublished: 9 November 2022\n\n" P1 "\n\n" P2 "\n");
    const chy_dispatch *d = page->dispatches;
    assert_int_equal(page->n_dispatches, 1);
    says(d->title, "Norland and Southland resume border talks");
    says(d->byline, "Jane Roe and John Doe");
    is_day(d->published, "2022-11-09");
    assert_int_equal(d->published_basis, CHY_BASIS_STATED);
    assert_int_equal(d->n_blocks, 3);
    block(page, 0, 0, CHY_BLOCK_TITLE, "Norland and");
    block(page, 0, 1, CHY_BLOCK_PARAGRAPH, "The foreign minister");
}

static void datelines_are_taken_off(void **state)
{
    (void)state;
    static const struct { const char *text, *place, *agency, *begins, *day; } cases[] = {
        {"GENEVA, Jan 13 (Reuters) - Talks opened on Monday, diplomats said.", "GENEVA", "Reuters", "Talks", NULL},
        {"BEIRUT — Lebanon's army said on Monday it had closed the road.", "BEIRUT", NULL, "Lebanon's", NULL},
        {"TEHRAN, Nov. 9 (MNA) – The minister arrived on Wednesday for talks.", "TEHRAN", "Mehr", "The", NULL},
        {"Moscow, 12 May 2023 (TASS) -- The ministry rejected the charge.", "Moscow", "TASS", "The", "2023-05-12"},
        {"KABUL, Afghanistan (AP) — Two officials were killed on Sunday.", "KABUL, Afghanistan", "AP", "Two", NULL},
        {"(AFP) - The two presidents spoke by telephone on Friday.", "", "AFP", "The", NULL},
        {"ISLAMABAD: The government on Friday rejected the report.", "ISLAMABAD", NULL, "The", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const chy_page *page = read_text(cases[i].text);
        const chy_dispatch *d = page->dispatches;
        says(d->dateline, cases[i].place);
        if (cases[i].agency) says(d->agencies[0], cases[i].agency);
        else assert_int_equal(d->n_agencies, 0);
        block(page, 0, 0, CHY_BLOCK_PARAGRAPH, cases[i].begins);
        if (cases[i].day) is_day(d->published, cases[i].day);
        else assert_int_equal(d->published_basis, CHY_BASIS_NONE);
        chy_slice at = {page->text.p + d->dateline_at.begin, d->dateline_at.end - d->dateline_at.begin};
        says(at, cases[i].place);
    }
    static const char *const none[] = {"NATO - which met on Monday - said no.", "The talks - held in Geneva, Jan 13 - were long.",
                                       "“We will go,” he said — then he left.", "Iran, Russia - two of the parties - agreed."};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_int_equal(read_text(none[i])->dispatches[0].blocks[0].at.begin, 0);
}

static void two_stories_on_a_page_are_two_dispatches(void **state)
{
    (void)state;
    const char *text = "Norland envoy visits Southland\n\nThe envoy of Norland at the airport, June 3. (AFP)\nThe envoy of Norland at the airport, June 3. (AFP)\nTT\n\n"
                       "Norland envoy visits Southland\n\n" P1 "\n\n" P2 "\n\n\n\n"
                       "Southland parliament rejects the treaty\n\nThe house in session. (AFP)\nTT\n\nSouthland parliament rejects the treaty\n\n" P3 "\n";
    chy_interval days[2] = {{18000, 18000}, {CHY_NO_DAY, CHY_NO_DAY}};
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT, .published = days, .n_published = 2};
    const chy_page *page;
    assert_int_equal(chy_session_read(session, &in, CHY_STAGE_PAGE, 0, &page, &err), CHY_OK);
    assert_int_equal(page->n_dispatches, 2);
    says(page->dispatches[0].title, "Norland envoy visits Southland");
    says(page->dispatches[1].title, "Southland parliament rejects the treaty");
    assert_int_equal(page->dispatches[0].n_blocks, 4);
    block(page, 0, 1, CHY_BLOCK_CAPTION, "The envoy of Norland at");
    block(page, 1, 2, CHY_BLOCK_PARAGRAPH, "A spokesman");
    assert_int_equal(page->dispatches[0].published.begin, 18000);
    assert_int_equal(page->dispatches[0].published_basis, CHY_BASIS_GIVEN);
    assert_int_equal(page->dispatches[1].published_basis, CHY_BASIS_NONE);
    assert_true(page->n_notes > 0); /* what was left out is told */
}

static void furniture_and_author_boxes_are_left_out(void **state)
{
    (void)state;
    const chy_page *page = read_text("Norland recalls its ambassador\n\nShare this article\n\n" P1 "\n\nRead more: Southland votes on Sunday\n\nAdvertisement\n\n" P2
                                     "\n\nAbout the author\n\nAFP\n\nThe agency was founded long ago and has its seat in Paris, where it employs many journalists.\n\n\n\n\nDaily Newsletter\n");
    const chy_dispatch *d = page->dispatches;
    assert_int_equal(page->n_dispatches, 1);
    assert_int_equal(d->n_blocks, 3);
    assert_int_equal(d->n_agencies, 1);
    says(d->agencies[0], "AFP");
}

static void wrapped_lines_are_one_paragraph(void **state)
{
    (void)state;
    const chy_page *page = read_text("Norland and Southland resume talks\n\n"
                                     "    OSLOBURG, June 3 - The foreign minister of Norland met his\n"
                                     "Southland counterpart in the capital on Tuesday to discuss the\n"
                                     "border between the two states.\n"
                                     "    Officials on both sides said that the talks would go on for\n"
                                     "another day.\n");
    assert_int_equal(page->dispatches[0].n_blocks, 3);
    block(page, 0, 1, CHY_BLOCK_PARAGRAPH, "The foreign minister of Norland met his\n");
    block(page, 0, 2, CHY_BLOCK_PARAGRAPH, "Officials");
    page = read_text("The first paragraph of the story stands on one line.\nThe second paragraph of the story follows it.\nThe third.\n");
    assert_int_equal(page->dispatches[0].n_blocks, 3);
}

static void a_sentence_alone_has_no_title(void **state)
{
    (void)state;
    const chy_page *page = read_text("Norland accused Southland of shelling its border posts");
    assert_int_equal(page->dispatches[0].n_blocks, 1);
    block(page, 0, 0, CHY_BLOCK_PARAGRAPH, "Norland accused");
    assert_int_equal(page->dispatches[0].title.n, 0);
}

static void charsets(void **state)
{
    (void)state;
    static const char latin[] = "Caf\xE9 owners in the \x93old\x94 town met the mayor.";
    const chy_page *page = read_bytes(latin, sizeof latin - 1, CHY_INPUT_TEXT);
    says(page->charset, "windows-1252");
    assert_true(chy_slice_find(page->text, CHY_LIT("Caf\xC3\xA9 owners in the \xE2\x80\x9Cold\xE2\x80\x9D")) == 0);
    char wide[128] = "\xFF\xFE";
    size_t n = 2;
    for (const char *z = "The two ministers met in Oslo."; *z; z++) wide[n++] = *z, wide[n++] = 0;
    page = read_bytes(wide, n, CHY_INPUT_TEXT);
    says(page->charset, "UTF-16LE");
    says(page->text, "The two ministers met in Oslo.");
    static const char odd[] = "The two\0 min\xFFisters met in S\xC3\xA3o Paulo.";
    page = read_bytes(odd, sizeof odd - 1, CHY_INPUT_TEXT);
    says(page->charset, "UTF-8");
    says(page->text, "The two  min?isters met in S\xC3\xA3o Paulo.");
    assert_int_equal(page->n_notes, 2);
}

static void refused(const void *p, size_t n, chy_status want)
{
    const chy_page *page = read_bytes(p, n, CHY_INPUT_AUTO);
    assert_null(page);
    assert_int_equal(err.code, want);
    assert_true(strlen(err.message) > 8);
}

static void what_is_no_page_is_refused_by_name(void **state)
{
    (void)state;
    refused("", 0, CHY_E_EMPTY);
    refused(" \n\t\xC2\xA0\n", 6, CHY_E_EMPTY);
    refused("%PDF-1.7 and so on", 18, CHY_E_BINARY);
    refused("\x7F" "ELF\2\1\1\0\0\0", 10, CHY_E_BINARY);
    refused("a\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7", 16, CHY_E_BINARY);
    static const char es[] = "El ministro de Asuntos Exteriores se reunió el martes con su homólogo en la capital para hablar de la frontera entre los dos países, "
                             "según dijo un portavoz del gobierno, que no dio más detalles sobre el encuentro.";
    refused(es, sizeof es - 1, CHY_E_LANGUAGE);
    static const char ru[] = "Министр иностранных дел встретился во вторник со своим коллегой в столице.";
    refused(ru, sizeof ru - 1, CHY_E_LANGUAGE);
    char *big = calloc(1, (64u << 20) + 1);
    memset(big, 'a', (64u << 20) + 1);
    refused(big, (64u << 20) + 1, CHY_E_LIMIT);
    free(big);
}

static void records_become_inputs(void **state)
{
    (void)state;
    chy_input in;
    const chy_page *page;
    chy_slice line = CHY_LIT("{\"id\": 7, \"title\": \"Norland accuses Southland\", \"url\": \"https://example.org/1\", \"publisher\": \"Example\", "
                             "\"published\": \"2022-11-09T10:00:00Z\", \"text\": \"Norland accuses Southland.\\n\\nNorland accused Southland of shelling a border post.\"}");
    assert_int_equal(chy_input_from_json(session, line, &in, &err), CHY_OK);
    says(in.id, "7");
    assert_int_equal(chy_session_read(session, &in, CHY_STAGE_PAGE, 0, &page, &err), CHY_OK);
    says(page->dispatches[0].title, "Norland accuses Southland");
    says(page->dispatches[0].publisher, "Example");
    is_day(page->dispatches[0].published, "2022-11-09");
    block(page, 0, 0, CHY_BLOCK_TITLE, "Norland accuses Southland.");
    static const char *const bad[] = {"{\"id\": 1}", "[1]", "{\"text\": 5}", "{\"text\": \"a\", \"id\": []}", "{\"text\": \"a\", \"published\": \"2022-13-40\"}", "{\"text\": \"a\"", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(chy_input_from_json(session, chy_slice_z(bad[i]), &in, &err), CHY_E_FORMAT);
    assert_int_equal(chy_input_from_json(session, CHY_LIT("{\"id\": \"\xC3\xA9\", \"html\": \"<p>The two ministers met.</p>\", \"published\": [\"2022-11-09\", null]}"), &in, &err), CHY_OK);
    assert_int_equal(in.kind, CHY_INPUT_HTML);
    assert_int_equal(in.n_published, 2);
    assert_int_equal(in.published[1].begin, CHY_NO_DAY);
}

static void kinds_are_guessed(void **state)
{
    (void)state;
    assert_int_equal(chy_input_guess(CHY_LIT("a.HTML"), CHY_LIT("x")), CHY_INPUT_HTML);
    assert_int_equal(chy_input_guess(CHY_LIT("a.jsonl"), CHY_LIT("")), CHY_INPUT_JSONL);
    assert_int_equal(chy_input_guess(CHY_LIT("-"), CHY_LIT("\n<!-- x -->\n<!DOCTYPE html><p>")), CHY_INPUT_HTML);
    assert_int_equal(chy_input_guess(CHY_LIT("-"), CHY_LIT("{\"text\": \"a\"}\n")), CHY_INPUT_JSONL);
    assert_int_equal(chy_input_guess(CHY_LIT("-"), CHY_LIT("# text = a\n1\ta\ta\t_\t_\t_\t_\t_\t_\t_\n\n")), CHY_INPUT_CONLLU);
    assert_int_equal(chy_input_guess(CHY_LIT("-"), CHY_LIT("Peru < Chile, they say.")), CHY_INPUT_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_byline_and_date_are_told_from_the_text), cmocka_unit_test(datelines_are_taken_off),
        cmocka_unit_test(two_stories_on_a_page_are_two_dispatches),     cmocka_unit_test(furniture_and_author_boxes_are_left_out),
        cmocka_unit_test(wrapped_lines_are_one_paragraph),              cmocka_unit_test(a_sentence_alone_has_no_title),
        cmocka_unit_test(charsets),                                     cmocka_unit_test(what_is_no_page_is_refused_by_name),
        cmocka_unit_test(records_become_inputs),                        cmocka_unit_test(kinds_are_guessed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
