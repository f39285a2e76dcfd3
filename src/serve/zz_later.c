/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/serve.h"

/* Endpoints that are still to come; weak, so that each gives way to the one that is written. */
#define LATER(name)                                                                                                    \
    __attribute__((weak)) chy_status name(chy_serve *serve, const chy_ask *ask, chy_answer *answer, chy_error *err)                          \
    {                                                                                                                  \
        (void)serve, (void)ask;                                                                                        \
        answer->status = 501;                                                                                          \
        return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_NONE, 0, "not written yet");                                    \
    }

LATER(chy_serve_contested)
