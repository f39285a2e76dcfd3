/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reader would say of words, sentences and quotations.
 */
#include "base/base.h"
#include "session_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static const chy_dispatch *read_text(const char *text)
{
    chy_input in = {.bytes = chy_slice_z(text), .kind = CHY_INPUT_TEXT};
    const chy_page *page;
    chy_error err = {.code = CHY_OK};
    if (chy_session_read(session, &in, CHY_STAGE_TEXT, 0, &page, &err) != CHY_OK) fail_msg("%s: %s", text, err.message);
    assert_int_equal(page->n_dispatches, 1);
    return page->dispatches;
}

/* Words between blanks, sentences between bars. */
static void words(const char *text, const char *want)
{
    const chy_dispatch *d = read_text(text);
    char out[4096];
    size_t n = 0;
    for (uint32_t i = 0; i < d->n_tokens; i++) {
        const chy_token *t = &d->tokens[i];
        if (i) out[n++] = ' ';
        if (i && (t->flags & CHY_TOKEN_SENTENCE_START)) out[n++] = '|', out[n++] = ' ';
        memcpy(out + n, t->form.p, t->form.n);
        n += t->form.n;
    }
    out[n] = 0;
    assert_string_equal(out, want);
}

/* Each quotation's words, by its number; the parent's number in brackets. */
static void quotes(const char *text, const char *want)
{
    const chy_dispatch *d = read_text(text);
    char out[4096] = "";
    size_t n = 0;
    for (uint32_t q = 0; q < d->n_quotes; q++) {
        uint32_t b = d->tokens[d->quotes[q].first_token].at.begin, e = d->tokens[d->quotes[q].end_token - 1].at.end;
        if (q) n += (size_t)sprintf(out + n, " / ");
        if (d->quotes[q].parent != CHY_NONE) n += (size_t)sprintf(out + n, "(%u)", d->quotes[q].parent);
        n += (size_t)sprintf(out + n, "%.*s", (int)(e - b), text + b);
    }
    assert_string_equal(out, want);
}

static void words_are_those_of_the_treebank(void **state)
{
    (void)state;
    words("They don't say it's Iran's; we'll see, they've cannot.", "They do n't say it 's Iran 's ; we 'll see , they 've can not .");
    words("The Iranian-made drones and the anti-war, post-Soviet states' envoys.",
          "The Iranian - made drones and the anti-war , post-Soviet states ' envoys .");
    words("It cost $5m, or US$4.5 and 10,000 rials (12%) in 2019-20.", "It cost $ 5 m , or US$ 4.5 and 10,000 rials ( 12 % ) in 2019 - 20 .");
    words("Call 555-123-4567 on 2022-11-09 or 9/11 at 7:30pm.", "Call 555-123-4567 on 2022-11-09 or 9/11 at 7:30 pm .");
    words("See https://example.org/a-b?c=1, mail a.b@example.org or @mfa_iran #Gaza.",
          "See https://example.org/a-b?c=1 , mail a.b@example.org or @mfa_iran #Gaza .");
    words("O’Connell of Sana’a said he’s in the ’90s and/or later… “no”—yes.",
          "O’Connell of Sana’a said he ’s in the ’90s and / or later … “ no ” — yes .");
    words("The U.S.-led force and A&E, 20th, mid-1980s, al-Sisi.", "The U.S. - led force and A&E , 20th , mid-1980s , al - Sisi .");
}

static void words_of_careless_writing(void **state)
{
    (void)state;
    words("I dont know, you cant go, thats alot; its a pity, its price is not, as is his wont.",
          "I do nt know , you ca nt go , that s a lot ; it s a pity , its price is not , as is his wont .");
    words("It's gonna rain, Im Jong-seok and Mal-im said.", "It 's gon na rain , Im Jong - seok and Mal - im said .");
    words("Iran`s and Peru´s envoys, of the ‘‘old’’ school.", "Iran `s and Peru ´s envoys , of the ‘‘ old ’’ school .");
    words("Really.? Yes!. Why:?", "Really .? | Yes !. | Why :?");
    words("A line ----== and an arrow -> or $$$ or +++ here.", "A line ----== and an arrow -> or $$$ or +++ here .");
}

static void words_of_the_net(void **state)
{
    (void)state;
    words("From: \"Roe\"<jan...@example.org>, mailto:a@b.org, Roe@ACME.", "From : \" Roe \" < jan...@example.org > , mailto:a@b.org , Roe@ACME .");
    words("Open Budget-2.xls, the .doc, al-monitor.com or Example.Com.", "Open Budget-2.xls , the .doc , al-monitor.com or Example.Com .");
    words("Below:<http://example.org/a.pdf> is w/o n/a b/c of US/Iran.", "Below : < http://example.org/a.pdf > is w/o n/a b/c of US / Iran .");
    words("9/11, 11/28/2000, 20/20, 13/16, 1/2; 77042-2016, 3-5213, 2019-20.",
          "9/11 , 11/28/2000 , 20 / 20 , 13 / 16 , 1 / 2 ; 77042-2016 , 3-5213 , 2019 - 20 .");
}

static void stops_of_abbreviations_at_the_end(void **state)
{
    (void)state;
    words("Oil, gas, etc. were sold, coal etc. The rest, etc.", "Oil , gas , etc. were sold , coal etc . | The rest , etc .");
    words("He is Plan B.\n\nShe met J. Roe of Acme Inc..", "He is Plan B . | She met J. Roe of Acme Inc. .");
    words("It fell 20 km.\n\nThey spoke in the U.S.", "It fell 20 km . | They spoke in the U.S.");
}

static void sentences_end_where_they_end(void **state)
{
    (void)state;
    words("Gen. Ali Smith met Lt. Col. Roe. He left.", "Gen. Ali Smith met Lt. Col. Roe . | He left .");
    words("He is from the U.S. The envoy of the U.S. Senate came at 5 p.m. Monday.",
          "He is from the U.S. | The envoy of the U.S. Senate came at 5 p.m. Monday .");
    words("“We will go. We must.” He left. “Why?” he asked. \"It is over.\" she said.",
          "“ We will go . | We must . ” | He left . | “ Why ? ” he asked . | \" It is over . \" she said .");
    words("He paid $3.5 mln. in Jan. 1987 to No. 5. No. He did not.", "He paid $ 3.5 mln. in Jan. 1987 to No. 5 . | No . | He did not .");
    words("They met (it was late. Very late.) in Oslo. J. K. Roe spoke… Then he left!",
          "They met ( it was late . Very late . ) in Oslo . | J. K. Roe spoke … | Then he left !");
    words("He stopped . . . and left. It was late.", "He stopped . . . and left . | It was late .");
    words("Wait... what? Yes!! No?! \"Stop!\" Roe said.", "Wait ... what ? | Yes !! | No ?! | \" Stop ! \" Roe said .");
}

static void no_sentence_runs_over_a_block(void **state)
{
    (void)state;
    const chy_dispatch *d = read_text("Minister visits Oslo for talks\n\nThe minister arrived on Monday, officials said. He\nwill stay\n\nThe end of it came late.");
    assert_int_equal(d->n_blocks, 3);
    assert_int_equal(d->blocks[0].kind, CHY_BLOCK_TITLE);
    assert_int_equal(d->n_sentences, 4);
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        const chy_block *b = &d->blocks[d->sentences[i].block];
        assert_true(d->sentences[i].at.begin >= b->at.begin && d->sentences[i].at.end <= b->at.end);
    }
    assert_int_equal(d->blocks[1].first_sentence, 1);
    assert_int_equal(d->blocks[1].n_sentences, 2);
}

static void quotations_are_paired(void **state)
{
    (void)state;
    quotes("Iran said it was “ready” and “willing to talk”.", "“ready” / “willing to talk”");
    quotes("He said \"yes\" and then \"no\".", "\"yes\" / \"no\"");
    quotes("“He told me ‘go home’ and left,” she said.", "“He told me ‘go home’ and left,” / (0)‘go home’");
    quotes("It was ‘‘ready’’ and \"open\".", "‘‘ready’’ / \"open\"");
    quotes("He called it a 'normal visit' of the players' union, didn't he?", "'normal visit'");
    quotes("The leaders' talks and the workers' strike in Sana'a were rock 'n' roll.", "");
    quotes("The man, 6'2\" tall, said \"stop\".", "\"stop\"");
    quotes("There was “no evidence\" yet, he said.", "“no evidence\"");
    quotes("They discussed “security and extremism“.", "“security and extremism“");
}

static void a_quotation_runs_over_paragraphs(void **state)
{
    (void)state;
    quotes("“We shall go on.\n\n“We shall not stop,” the minister told the crowd.\n\nThen he left for “home”.",
           "“We shall go on.\n\n“We shall not stop,” / “home”");
    /* an opening mark that nothing closes ends with its paragraph */
    quotes("“We shall go on, he said on Monday in the city.\n\nThe talks went on for hours.", "“We shall go on, he said on Monday in the city.");
}

static void tokens_know_their_quotation(void **state)
{
    (void)state;
    const chy_dispatch *d = read_text("He said “go” twice.");
    assert_int_equal(d->tokens[1].quote, CHY_NONE);
    assert_int_equal(d->tokens[2].quote, 0);
    assert_int_equal(d->tokens[3].quote, 0);
    assert_int_equal(d->tokens[4].quote, 0);
    assert_int_equal(d->tokens[5].quote, CHY_NONE);
}

static void flags_and_norms(void **state)
{
    (void)state;
    const chy_dispatch *d = read_text("NATO didn’t warn Türkiye’s U.N. envoys.");
    assert_true(d->tokens[0].flags & CHY_TOKEN_ALLCAPS);
    assert_true(d->tokens[0].flags & CHY_TOKEN_SENTENCE_START);
    assert_true(chy_slice_eqz(d->tokens[0].norm, "nato"));
    assert_true(d->tokens[1].flags & CHY_TOKEN_MWT_FIRST);
    assert_false(d->tokens[1].flags & CHY_TOKEN_SPACE_AFTER);
    assert_true(d->tokens[2].flags & CHY_TOKEN_MWT_REST);
    assert_true(chy_slice_eqz(d->tokens[2].norm, "n't"));
    assert_true(chy_slice_eqz(d->tokens[4].norm, "turkiye"));
    assert_true(d->tokens[4].flags & CHY_TOKEN_CAP);
    assert_false(d->tokens[4].flags & CHY_TOKEN_ALLCAPS);
}

static void offsets_count_the_bytes_of_the_file(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBFThe two ministers met.\r\n\r\nIt was\xFF late in S\xC3\xA3o Paulo.\r\n";
    const chy_dispatch *d = read_text(text);
    for (uint32_t i = 0; i < d->n_tokens; i++)
        if (chy_slice_eqz(d->tokens[i].form, "Paulo")) assert_memory_equal(text + d->tokens[i].at.begin, "Paulo", 5);
    assert_int_equal(d->tokens[0].at.begin, 3);
}

static void one_sentence_of_many_words_stays_whole(void **state)
{
    (void)state;
    enum { N = 100000 };
    char *text = malloc((size_t)N * 5 + 16), *p = text;
    for (int i = 0; i < N; i++) p += sprintf(p, "and ");
    strcpy(p, "done.");
    const chy_dispatch *d = read_text(text);
    assert_int_equal(d->n_sentences, 1);
    assert_int_equal(d->n_tokens, N + 2);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_those_of_the_treebank), cmocka_unit_test(words_of_careless_writing),
        cmocka_unit_test(words_of_the_net),
        cmocka_unit_test(stops_of_abbreviations_at_the_end),
        cmocka_unit_test(sentences_end_where_they_end),
        cmocka_unit_test(no_sentence_runs_over_a_block),   cmocka_unit_test(quotations_are_paired),
        cmocka_unit_test(a_quotation_runs_over_paragraphs), cmocka_unit_test(tokens_know_their_quotation),
        cmocka_unit_test(flags_and_norms),                 cmocka_unit_test(offsets_count_the_bytes_of_the_file),
        cmocka_unit_test(one_sentence_of_many_words_stays_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
