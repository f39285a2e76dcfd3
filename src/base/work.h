/* SPDX-License-Identifier: Apache-2.0
 *
 * work.h - one dispatch on its way through the stages.
 *
 * A stage takes the chy_work, reads what earlier stages left in its dispatch and fills in its own arrays, allocated
 * from the arena. The public dispatch holds const pointers; the few arrays that later stages amend (tokens by syntax,
 * events by claims) are kept here once more as mutable aliases.
 */
#ifndef CHY_BASE_WORK_H
#define CHY_BASE_WORK_H

#include "base/base.h"

typedef CHY_VEC(chy_note) chy_notes;

struct chy_time_notes;

typedef struct chy_work {
    chy_arena *arena;
    chy_error *err;
    chy_notes *notes;
    unsigned flags;         /* CHY_READ_* */
    chy_slice text;         /* the page's */
    chy_dispatch *d;
    chy_token *tokens;      /* == d->tokens */
    chy_event *events;      /* == d->events */
    chy_participant *participants; /* likewise */
    chy_claim *claims;
    /* The tree, by token (filled by syntax, see syntax/tree.h); CHY_NONE ends a chain. */
    uint32_t *first_child, *next_sibling;
    uint32_t *sub_begin, *sub_end; /* tokens [begin, end) that its subtree spans */
    /* The encoder's states of each token, 8 bits each, 128 for nought and 32 to the unit: projected for the reader of triggers, or
     * whole where asked for (training); NULL where nobody reads them. */
    uint8_t *states;
    uint32_t state_width;
    bool whole_states;
    int16_t *reader;        /* scores by token and class (events/reader.h), or NULL */
    const struct chy_time_notes *time; /* what the time stage keeps for its own questions (src/time/expr.h) */
} chy_work;

/* Add a note; printf-like. Notes beyond 1,000 a page are counted in the last one's place. */
void chy_note_add(chy_work *w, chy_stage stage, uint32_t offset, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static inline chy_slice chy_text_of(const chy_work *w, chy_range r)
{
    return (chy_slice){w->text.p + r.begin, r.end - r.begin};
}

/* The day as of which offices are held: publication, the middle of a range; CHY_NO_DAY where it is unknown or the range ten years wide. */
static inline chy_day chy_work_day(const chy_work *w)
{
    chy_interval p = w->d->published;
    if (!chy_interval_known(p) || (int64_t)p.end - p.begin > 3653) return CHY_NO_DAY;
    return p.end - p.begin <= 6 ? p.begin : p.begin + (p.end - p.begin) / 2;
}

/* Memory ran out somewhere in the arena: the error to give up with, or CHY_OK. */
chy_status chy_work_memory(const chy_work *w, chy_stage stage);

#endif
