/* SPDX-License-Identifier: Apache-2.0 */
#include "text/text.h"

chy_status chy_text_run(chy_work *w)
{
    (void)w;
    return CHY_OK;
}
