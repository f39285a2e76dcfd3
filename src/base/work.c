/* SPDX-License-Identifier: Apache-2.0 */
#include "base/work.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_NOTES = 1000 };

void chy_note_add(chy_work *w, chy_stage stage, uint32_t offset, const char *fmt, ...)
{
    if (w->notes->n == MAX_NOTES) {
        w->notes->v[MAX_NOTES - 1] = (chy_note){stage, offset, CHY_LIT("further notes left out")};
        return;
    }
    char buf[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    chy_slice s = chy_arena_copy(w->arena, chy_slice_z(buf));
    if (s.p) CHY_PUSH(w->arena, w->notes, (chy_note){stage, offset, s});
}

chy_status chy_work_memory(const chy_work *w, chy_stage stage)
{
    return w->arena->failed ? chy_fail(w->err, CHY_E_MEMORY, stage, 0, "out of memory") : CHY_OK;
}
