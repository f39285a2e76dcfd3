/* SPDX-License-Identifier: Apache-2.0 */
#include "time/time.h"

chy_when chy_time_of(const chy_work *w, uint32_t token)
{
    (void)token;
    return (chy_when){w->d->published, CHY_NONE, CHY_BASIS_PUBLISHED, false};
}
