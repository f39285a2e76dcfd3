/* SPDX-License-Identifier: Apache-2.0
 *
 * refer_dump.c - the command with every weighed choice written to the file that CHANCERY_CHOICES names: what
 * tools/train/refer.py learns from. Linked with --wrap=chy_actors_choose (cmake --build … --target refer_dump).
 *
 *   BEGIN END CLASS, then of each option COUNTRY:FEATURE,FEATURE…; bytes of the text, the chosen option first marked '*'.
 */
#include "actors/run.h"

#include <stdio.h>
#include <stdlib.h>

uint32_t __real_chy_actors_choose(const chy_run *r, const chy_choice *c);
uint32_t __wrap_chy_actors_choose(const chy_run *r, const chy_choice *c);

uint32_t __wrap_chy_actors_choose(const chy_run *r, const chy_choice *c)
{
    uint32_t best = __real_chy_actors_choose(r, c);
    const char *path = getenv("CHANCERY_CHOICES");
    FILE *f = path ? fopen(path, "a") : NULL;
    if (!f) return best;
    fprintf(f, "%u %u %s", r->t[c->begin].at.begin, r->t[c->end - 1].at.end, chy_asked_name(c->asked));
    for (uint32_t i = 0; i < c->n; i++) {
        fprintf(f, " %s%s:", i == best ? "*" : "", c->option[i].country);
        for (unsigned k = 0, n = 0; k < CHY_N_FEATURE; k++)
            if (c->option[i].features >> k & 1) fprintf(f, "%s%s", n++ ? "," : "", chy_feature_name(k));
    }
    fputc('\n', f);
    fclose(f);
    return best;
}
