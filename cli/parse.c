/* SPDX-License-Identifier: Apache-2.0
 *
 * parse.c - `chancery parse`: trees as CoNLL-U, from pages or from CoNLL-U words.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    uint16_t bit;
    const char *text;
} features[] = {
    /* In the alphabetical order that CoNLL-U wants. */
    {CHY_FEAT_IMP, "Mood=Imp"},     {CHY_FEAT_PLUR, "Number=Plur"}, {CHY_FEAT_SING, "Number=Sing"},
    {CHY_FEAT_1, "Person=1"},       {CHY_FEAT_2, "Person=2"},       {CHY_FEAT_3, "Person=3"},
    {CHY_FEAT_POSS, "Poss=Yes"},    {CHY_FEAT_PAST, "Tense=Past"},  {CHY_FEAT_PRES, "Tense=Pres"},
    {CHY_FEAT_FIN, "VerbForm=Fin"}, {CHY_FEAT_GER, "VerbForm=Ger"}, {CHY_FEAT_INF, "VerbForm=Inf"},
    {CHY_FEAT_PART, "VerbForm=Part"}, {CHY_FEAT_PASS, "Voice=Pass"},
};

/* A column may not hold blanks' cousins that end it. */
static void column(out *o, chy_slice s)
{
    if (!s.n) {
        out_z(o, "_");
        return;
    }
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        bool blank = i < s.n && (s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r');
        if (i < s.n && !blank) continue;
        out_put(o, s.p + from, i - from);
        if (blank) out_z(o, " ");
        from = i + 1;
    }
}

/* LEMMA to DEPS, columns 3 to 9. */
static void middle(out *o, const chy_token *t, uint32_t head)
{
    column(o, t->lemma);
    out_z(o, "\t");
    out_z(o, chy_upos_name(t->upos));
    out_z(o, "\t_\t");
    const char *bar = "";
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (!(t->feats & features[i].bit)) continue;
        out_z(o, bar);
        out_z(o, features[i].text);
        bar = "|";
    }
    if (!*bar) out_z(o, "_");
    out_z(o, "\t");
    out_u(o, head);
    out_z(o, "\t");
    out_z(o, chy_deprel_name(t->deprel));
    out_z(o, "\t_\t");
}

static void print_parse(job *j, const options *o, const chy_page *page, const char *id)
{
    (void)o;
    out *t = &j->text;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        out_f(t, "# newdoc id = %s/%u\n", id, d->article);
        uint32_t block = CHY_NONE;
        for (uint32_t i = 0; i < d->n_sentences; i++) {
            const chy_sentence *s = &d->sentences[i];
            j->n_items++;
            if (s->block != block) out_z(t, "# newpar\n");
            block = s->block;
            out_f(t, "# sent_id = %u\n# text = ", i + 1);
            out_line(t, (chy_slice){page->text.p + s->at.begin, s->at.end - s->at.begin}, 0);
            out_z(t, "\n");
            uint32_t end = s->first_token + s->n_tokens;
            for (uint32_t x = s->first_token; x < end; x++) {
                const chy_token *w = &d->tokens[x];
                uint32_t no = x - s->first_token + 1;
                if (w->flags & CHY_TOKEN_MWT_FIRST) {
                    uint32_t y = x + 1;
                    while (y < end && (d->tokens[y].flags & CHY_TOKEN_MWT_REST)) y++;
                    const chy_token *last = &d->tokens[y - 1];
                    out_f(t, "%u-%u\t", no, no + (y - 1 - x));
                    column(t, (chy_slice){page->text.p + w->at.begin, last->at.end - w->at.begin});
                    out_f(t, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", last->flags & CHY_TOKEN_SPACE_AFTER ? "_" : "SpaceAfter=No");
                }
                out_u(t, no);
                out_z(t, "\t");
                column(t, w->form);
                out_z(t, "\t");
                middle(t, w, w->head == CHY_NONE ? 0 : w->head - s->first_token + 1);
                out_z(t, "Name=");
                out_z(t, chy_name_tag_name(w->name));
                bool in_mwt = (w->flags & CHY_TOKEN_MWT_REST) || (w->flags & CHY_TOKEN_MWT_FIRST);
                if (!(w->flags & CHY_TOKEN_SPACE_AFTER) && !in_mwt) out_z(t, "|SpaceAfter=No");
                out_z(t, "|TokenRange=");
                out_u(t, w->at.begin);
                out_z(t, ":");
                out_u(t, w->at.end);
                out_z(t, "\n");
            }
            out_z(t, "\n");
        }
    }
}

/* -------------------------------------------------------- words of CoNLL-U */

typedef struct lines {
    chy_slice *line, *word; /* the lines of a sentence; the forms of its words */
    uint32_t n_lines, n_words, cap;
} lines;

static bool is_word(chy_slice line, chy_slice *form)
{
    size_t i = 0;
    while (i < line.n && line.p[i] >= '0' && line.p[i] <= '9') i++;
    if (!i || i == line.n || line.p[i] != '\t') return false;
    size_t b = i + 1, e = b;
    while (e < line.n && line.p[e] != '\t') e++;
    *form = (chy_slice){line.p + b, e - b};
    return true;
}

static chy_slice last_column(chy_slice line)
{
    size_t i = line.n;
    while (i && line.p[i - 1] != '\t') i--;
    return (chy_slice){line.p + i, line.n - i};
}

static bool is_name_item(chy_slice s) { return s.n >= 5 && memcmp(s.p, "Name=", 5) == 0; }

static void print_sentence(out *o, const lines *l, const chy_dispatch *d)
{
    uint32_t x = 0;
    for (uint32_t i = 0; i < l->n_lines; i++) {
        chy_slice line = l->line[i], form;
        if (!is_word(line, &form)) {
            out_slice(o, line);
            out_z(o, "\n");
            continue;
        }
        const chy_token *w = &d->tokens[x++];
        out_put(o, line.p, (size_t)(form.p + form.n - line.p));
        out_z(o, "\t");
        middle(o, w, w->head == CHY_NONE ? 0 : w->head + 1);
        out_f(o, "Name=%s", chy_name_tag_name(w->name));
        /* The rest of MISC is kept. */
        chy_slice misc = last_column(line);
        bool has = misc.n && misc.p > form.p && !(misc.n == 1 && misc.p[0] == '_');
        while (has && misc.n) {
            size_t n = 0;
            while (n < misc.n && misc.p[n] != '|') n++;
            chy_slice item = {misc.p, n};
            if (!is_name_item(item)) {
                out_z(o, "|");
                out_slice(o, item);
            }
            n += n < misc.n;
            misc.p += n, misc.n -= n;
        }
        out_z(o, "\n");
    }
    out_z(o, "\n");
}

static void sentence(job *j, lines *l, chy_session *s)
{
    if (!l->n_lines) return;
    const chy_dispatch *d = NULL;
    chy_error err;
    if (l->n_words && chy_session_parse(s, l->word, l->n_words, &d, &err) != CHY_OK) {
        j->refused = true;
        job_error(j, "%s", err.message);
    } else {
        print_sentence(&j->text, l, d);
        j->n_items++;
    }
    l->n_lines = l->n_words = 0;
}

static void parse_words(job *j, const options *o, chy_session *s);

static void work_parse(job *j, const options *o, chy_session *s)
{
    if (j->kind == CHY_INPUT_CONLLU) parse_words(j, o, s);
    else job_read(j, &cmd_parse, o, s);
}

static void parse_words(job *j, const options *o, chy_session *s)
{
    (void)o;
    lines l = {0};
    for (size_t i = 0; i < j->n;) {
        char *e = memchr(j->bytes + i, '\n', j->n - i);
        size_t end = e ? (size_t)(e - j->bytes) : j->n, n = end - i;
        chy_slice line = {j->bytes + i, n && j->bytes[end - 1] == '\r' ? n - 1 : n}, form;
        i = end + 1;
        if (!line.n) {
            sentence(j, &l, s);
            continue;
        }
        if (l.n_lines == l.cap) {
            l.cap = l.cap ? l.cap * 2 : 256;
            l.line = xrealloc(l.line, l.cap * sizeof *l.line);
            l.word = xrealloc(l.word, l.cap * sizeof *l.word);
        }
        l.line[l.n_lines++] = line;
        if (is_word(line, &form)) {
            if (memchr(line.p, '\0', line.n)) {
                /* A NUL is no part of a word; the parser sees what stands before it. */
                form.n = strnlen(form.p, form.n);
            }
            l.word[l.n_words++] = form;
        }
    }
    sentence(j, &l, s);
    free(l.line);
    free(l.word);
}

const command cmd_parse = {
    .name = "parse", .summary = "print the dependency trees as CoNLL-U",
    .formats = "conllu", .inputs = "text html jsonl conllu", .options = "whole", .upto = CHY_STAGE_SYNTAX, .print = print_parse,
    .work = work_parse,
    .help = "Universal Dependencies, with name spans (PER ORG LOC NORP) as Name= and byte ranges as TokenRange= in the\n"
            "last column. With CoNLL-U in, sentences, words, multiword ranges, empty nodes and comments are kept and\n"
            "columns 3 to 10 are ignored (but for what else stands in the last one, which is kept).\n",
};
