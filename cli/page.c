/* SPDX-License-Identifier: Apache-2.0
 *
 * page.c - `chancery page` and `chancery text`: the stories of a page, their blocks, sentences and words.
 */
#include "cli.h"

#include <string.h>

static const char *block_kind(uint32_t kind)
{
    static const char *const names[] = {"title", "standfirst", "paragraph", "heading", "caption"};
    return kind < 5 ? names[kind] : "?";
}

static json_t *strings(const chy_slice *s, uint32_t n)
{
    json_t *v = json_array();
    for (uint32_t i = 0; i < n; i++) json_array_append_new(v, j_slice(s[i]));
    return v;
}

static void print_page(job *j, const options *o, const chy_page *page, const char *id)
{
    bool text = strcmp(o->format, "text") == 0, blank = false;
    if (text && page->kind == CHY_INPUT_HTML) { /* what the offsets of every subcommand count in, datelines and all */
        out_slice(&j->text, page->text);
        out_z(&j->text, "\n");
        j->n_items += page->n_dispatches;
        return;
    }
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        j->n_items++;
        if (text) {
            for (uint32_t i = 0; i < d->n_blocks; i++) {
                if (blank) out_z(&j->text, "\n\n");
                out_slice(&j->text, cut(page, d->blocks[i].at));
                blank = true;
            }
            continue;
        }
        json_t *v = json_object(), *blocks = json_array();
        json_object_set_new(v, "dispatch", j_dispatch(id, d));
        json_object_set_new(v, "title", j_slice_or_null(d->title));
        json_object_set_new(v, "byline", j_slice_or_null(d->byline));
        json_object_set_new(v, "agency", strings(d->agencies, d->n_agencies));
        json_object_set_new(v, "publisher", j_slice_or_null(d->publisher));
        json_object_set_new(v, "url", j_slice_or_null(d->url));
        json_object_set_new(v, "dateline", j_slice_or_null(d->dateline));
        json_object_set_new(v, "published", j_interval(d->published));
        json_object_set_new(v, "published_basis", json_string(chy_basis_name(d->published_basis)));
        if (d->published_why.n) json_object_set_new(v, "published_why", j_slice(d->published_why));
        json_object_set_new(v, "charset", j_slice(page->charset));
        for (uint32_t i = 0; i < d->n_blocks; i++) {
            const chy_block *b = &d->blocks[i];
            json_array_append_new(blocks, json_pack("{s:s,s:i,s:i,s:o}", "kind", block_kind(b->kind), "begin", (int)b->at.begin,
                                                    "end", (int)b->at.end, "text", j_slice(cut(page, b->at))));
        }
        json_object_set_new(v, "blocks", blocks);
        out_json(&j->text, v);
    }
    if (text && blank) out_z(&j->text, "\n");
}

static void print_text(job *j, const options *o, const chy_page *page, const char *id)
{
    bool text = strcmp(o->format, "text") == 0;
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_sentences; i++) {
            const chy_sentence *s = &d->sentences[i];
            j->n_items++;
            json_t *v = NULL, *tokens = NULL;
            if (!text) {
                v = json_object(), tokens = json_array();
                json_object_set_new(v, "dispatch", j_dispatch(id, d));
                json_object_set_new(v, "begin", json_integer(s->at.begin));
                json_object_set_new(v, "end", json_integer(s->at.end));
                json_object_set_new(v, "block", json_string(block_kind(d->blocks[s->block].kind)));
                json_object_set_new(v, "text", j_slice(cut(page, s->at)));
            }
            for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
                if (text) {
                    if (t > s->first_token) out_z(&j->text, " ");
                    out_slice(&j->text, d->tokens[t].form);
                } else {
                    json_array_append_new(tokens, json_pack("[i,i,o]", (int)d->tokens[t].at.begin, (int)d->tokens[t].at.end,
                                                            d->tokens[t].quote == CHY_NONE ? json_null()
                                                                                           : json_integer(d->tokens[t].quote)));
                }
            }
            if (text) {
                out_z(&j->text, "\n");
            } else {
                json_object_set_new(v, "tokens", tokens);
                out_json(&j->text, v);
            }
        }
        if (text && k + 1 < page->n_dispatches) out_z(&j->text, "\n");
    }
}

const command cmd_page = {
    .name = "page", .summary = "print the stories of a page without its furniture",
    .formats = "jsonl text", .inputs = "text html jsonl", .upto = CHY_STAGE_TIME, .print = print_page,
    .help = "jsonl: one line a story with title, byline, agencies, dateline, publication date and its basis (inferred from\n"
            "the text where nobody says it, with published_why: by what), and its blocks with their kind and byte ranges. text: all stories of the page in order, one blank line between;\n"
            "for HTML it is this text that the offsets of every other subcommand count in.\n",
};

const command cmd_text = {
    .name = "text", .summary = "print sentences and words",
    .formats = "jsonl text", .inputs = "text html jsonl", .options = "whole", .upto = CHY_STAGE_TEXT, .print = print_text,
    .help = "jsonl: one line a sentence with its byte range, the kind of block it stands in, its text and its words as\n"
            "[begin, end, quotation or null]. text: one sentence a line, its words between blanks.\n",
};
