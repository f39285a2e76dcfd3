/* SPDX-License-Identifier: Apache-2.0 */
#include "events/events.h"

chy_status chy_events_relate(const chy_events_model *m, chy_work *w, chy_range source, chy_range target,
                             chy_relation *out)
{
    (void)m, (void)w, (void)source, (void)target;
    *out = (chy_relation){.type = CHY_CONSULT};
    return CHY_OK;
}
