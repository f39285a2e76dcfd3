/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.c - `chancery explain`: for a sentence the tree, the mentions, the dates and places, the frames that fired and
 * why the rest did not, and the events with who vouches for them.
 */
#include "cli.h"

#include <string.h>

static bool within(chy_range a, chy_range b) { return a.begin >= b.begin && a.end <= b.end; }

static void heading(job *j, const options *o, const char *z)
{
    out_f(&j->text, "%s%s%s\n", color_on(o, "\033[1m"), z, color_off(o));
}

static void tree(job *j, const options *o, const chy_dispatch *d, const chy_sentence *s)
{
    heading(j, o, "tree");
    for (uint32_t i = s->first_token; i < s->first_token + s->n_tokens; i++) {
        const chy_token *t = &d->tokens[i];
        out_f(&j->text, "  %4u  ", i - s->first_token + 1);
        out word = {0};
        out_line(&word, t->form, 24);
        out_f(&j->text, "%-24s ", word.p ? word.p : "");
        out_free(&word);
        out_line(&word, t->lemma, 20);
        out_f(&j->text, "%-20s %-6s %4u  %-14s %s\n", word.p ? word.p : "", chy_upos_name(t->upos),
              t->head == CHY_NONE ? 0 : t->head - s->first_token + 1, chy_deprel_name(t->deprel),
              t->name ? chy_name_tag_name(t->name) : "");
        out_free(&word);
    }
}

static void mentions(job *j, const options *o, const chy_page *page, const chy_dispatch *d, const chy_sentence *s)
{
    bool any = false;
    for (uint32_t i = 0; i < d->n_mentions; i++) {
        const chy_mention *m = &d->mentions[i];
        if (!within(m->at, s->at)) continue;
        if (!any) heading(j, o, "actors");
        any = true;
        out_z(&j->text, "  “");
        out_line(&j->text, cut(page, m->at), 60);
        out_z(&j->text, "” →");
        for (uint32_t k = 0; k < m->n_actors; k++) {
            const chy_actor *a = &d->actors[d->mention_actors[m->first_actor + k]];
            out_f(&j->text, "%s %.*s, %s", k ? ";" : "", (int)a->name.n, a->name.p, a->country);
            for (unsigned b = 0; b < CHY_N_SECTOR; b++)
                if (a->sectors >> b & 1) out_f(&j->text, " %s", chy_sector_name(b));
            if (a->role.n) out_f(&j->text, ", %s%.*s", a->former ? "former " : "", (int)a->role.n, a->role.p);
            out_f(&j->text, " (%.*s)", (int)a->basis.n, a->basis.p);
        }
        out_z(&j->text, "\n");
    }
}

static void interval(out *o, chy_interval i)
{
    char a[11], b[11];
    if (i.begin == CHY_NO_DAY || i.end == CHY_NO_DAY) {
        out_z(o, "not placed");
        return;
    }
    chy_day_format(i.begin, a);
    chy_day_format(i.end, b);
    out_f(o, "%s … %s", a, b);
}

static void times_and_places(job *j, const options *o, const chy_page *page, const chy_dispatch *d, const chy_sentence *s)
{
    bool any = false;
    for (uint32_t i = 0; i < d->n_timexes; i++) {
        const chy_timex *t = &d->timexes[i];
        if (!within(t->at, s->at)) continue;
        if (!any) heading(j, o, "dates");
        any = true;
        out_z(&j->text, "  “");
        out_line(&j->text, cut(page, t->at), 60);
        out_f(&j->text, "” = %.*s, ", (int)t->value.n, t->value.p);
        interval(&j->text, t->days);
        out_z(&j->text, "\n");
    }
    any = false;
    for (uint32_t i = 0; i < d->n_places; i++) {
        const chy_place *p = &d->places[i];
        if (p->use != CHY_PLACE_NAME || !within(p->at, s->at)) continue;
        if (!any) heading(j, o, "places");
        any = true;
        out_f(&j->text, "  %.*s, %s (%.2f, %.2f)\n", (int)p->name.n, p->name.p, p->country, (double)p->lat, (double)p->lon);
    }
}

static void voices(job *j, const options *o, const chy_page *page, const chy_dispatch *d, const chy_sentence *s)
{
    bool any = false;
    for (uint32_t i = 0; i < d->n_attributions; i++) {
        const chy_attribution *a = &d->attributions[i];
        if (!a->n_cues || a->attitude || !within(d->spans[a->first_cue], s->at)) continue;
        if (!any) heading(j, o, "voices");
        any = true;
        out_z(&j->text, "  ");
        for (uint32_t k = 0; k < a->n_sources; k++) out_line(&j->text, cut(page, d->spans[a->first_source + k]), 60);
        if (!a->n_sources) out_z(&j->text, "(nobody named)");
        out_f(&j->text, " — %s — “", chy_stance_name(a->stance));
        out_line(&j->text, cut(page, d->spans[a->first_cue]), 40);
        out_z(&j->text, "” — ");
        for (uint32_t k = 0; k < a->n_contents; k++) {
            if (k) out_z(&j->text, " … ");
            out_line(&j->text, cut(page, d->spans[a->first_content + k]), 80);
        }
        out_z(&j->text, "\n");
    }
}

static void frames(job *j, const options *o, const chy_dispatch *d, const chy_sentence *s)
{
    bool any = false;
    for (uint32_t i = 0; i < d->n_traces; i++) {
        const chy_trace *t = &d->traces[i];
        if (t->token < s->first_token || t->token >= s->first_token + s->n_tokens) continue;
        if (!any) heading(j, o, "frames");
        any = true;
        const chy_slice w = d->tokens[t->token].form;
        out_f(&j->text, "  %s%s%s “%.*s” ", color_on(o, t->fired ? "\033[32m" : "\033[31m"), t->fired ? "fired" : "no   ",
              color_off(o), (int)w.n, w.p);
        out_line(&j->text, t->frame, 72);
        if (t->reason.n) out_f(&j->text, ": %.*s", (int)t->reason.n, t->reason.p);
        out_z(&j->text, "\n");
    }
}

static void side(job *j, const chy_page *page, const chy_dispatch *d, const char *what, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < first + n; i++) {
        const chy_participant *p = &d->participants[i];
        const chy_actor *a = &d->actors[p->actor];
        out_f(&j->text, "      %s  %.*s, %s", what, (int)a->name.n, a->name.p, a->country);
        if (p->mention != CHY_NONE) {
            out_z(&j->text, " “");
            out_line(&j->text, cut(page, d->mentions[p->mention].at), 50);
            out_z(&j->text, "”");
        }
        out_z(&j->text, "\n");
    }
}

static void events(job *j, const options *o, const chy_page *page, const chy_dispatch *d, const chy_sentence *s)
{
    bool any = false;
    for (uint32_t i = 0; i < d->n_events; i++) {
        const chy_event *e = &d->events[i];
        if (!within(e->trigger, s->at)) continue;
        if (!any) heading(j, o, "events");
        any = true;
        out_f(&j->text, "  %.*s  %s", (int)e->id.n, e->id.p, chy_type_name(e->type));
        for (uint32_t k = 0; k < e->n_modes; k++) out_f(&j->text, " %s", chy_mode_name(e->modes[k]));
        out_f(&j->text, " [%s] ", chy_event_status_name(e->status));
        if (e->confidence > 0) out_f(&j->text, "%.3f ", (double)e->confidence);
        out_z(&j->text, "“");
        out_line(&j->text, cut(page, e->trigger), 0);
        out_f(&j->text, "”\n      by %s%.*s; %.*s\n", e->frame.n ? "frame " : "the reader of triggers", (int)e->frame.n, e->frame.p, (int)e->rule.n, e->rule.p);
        side(j, page, d, "source", e->first_source, e->n_sources);
        side(j, page, d, "target", e->first_target, e->n_targets);
        out_z(&j->text, "      days    ");
        interval(&j->text, e->days);
        out_f(&j->text, " (%s)\n", chy_basis_name(e->basis));
        for (uint32_t k = 0; k < e->n_claims; k++) {
            const chy_claim *c = &d->claims[e->first_claim + k];
            chy_slice who = c->actor != CHY_NONE ? d->actors[c->actor].name : c->agency;
            out_f(&j->text, "      voice   %.*s %s", (int)who.n, who.p, chy_stance_name(c->stance));
            if (c->via != CHY_NONE) out_f(&j->text, ", passed on by voice %u", c->via + 1);
            out_z(&j->text, "\n");
        }
        if (e->within != CHY_NONE) {
            chy_slice up = d->events[e->within].id;
            out_f(&j->text, "      within  %.*s\n", (int)up.n, up.p);
        }
    }
    if (!any) out_z(&j->text, "no event\n");
}

static bool wanted(const options *o, const chy_page *page, const chy_dispatch *d, uint32_t i)
{
    const chy_sentence *s = &d->sentences[i];
    if (o->sentence && o->sentence != i + 1) return false;
    if (o->match) {
        chy_slice t = cut(page, s->at);
        size_t n = strlen(o->match), k = 0;
        if (!n) return true;
        while (k + n <= t.n && memcmp(t.p + k, o->match, n) != 0) k++;
        if (k + n > t.n) return false;
    }
    if (o->event) {
        for (uint32_t k = 0; k < d->n_events; k++)
            if (d->events[k].id.n == strlen(o->event) && memcmp(d->events[k].id.p, o->event, d->events[k].id.n) == 0 &&
                within(d->events[k].trigger, s->at))
                return true;
        return false;
    }
    return true;
}

static void print_explain(job *j, const options *o, const chy_page *page, const char *id)
{
    for (uint32_t k = 0; k < page->n_dispatches; k++) {
        const chy_dispatch *d = &page->dispatches[k];
        for (uint32_t i = 0; i < d->n_sentences; i++) {
            if (!wanted(o, page, d, i)) continue;
            const chy_sentence *s = &d->sentences[i];
            out_f(&j->text, "%s%s/%u sentence %u%s, bytes %u to %u\n  ", color_on(o, "\033[1m"), id, d->article, i + 1,
                  color_off(o), s->at.begin, s->at.end);
            out_line(&j->text, cut(page, s->at), 0);
            out_z(&j->text, "\n");
            tree(j, o, d, s);
            mentions(j, o, page, d, s);
            times_and_places(j, o, page, d, s);
            voices(j, o, page, d, s);
            frames(j, o, d, s);
            events(j, o, page, d, s);
            out_z(&j->text, "\n");
            j->n_items++;
        }
    }
}

const command cmd_explain = {
    .name = "explain", .summary = "show how a sentence came to its events, or why it has none",
    .formats = "text", .inputs = "text html jsonl", .options = "sentence match event judge", .upto = CHY_STAGE_CLAIMS,
    .flags = CHY_READ_TRACE, .print = print_explain,
    .help = "For each sentence asked for: the tree, the actors, dates, places and voices, the frames that fired and why\n"
            "the rest did not, and the events with their participants, days and who vouches for them.\n",
};
