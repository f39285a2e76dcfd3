/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHY_EVENTS_MODEL_H
#define CHY_EVENTS_MODEL_H

#include "events/frames.h"

struct chy_events_model {
    const chy_frames *frames;
    chy_slice added; /* the text of frames added at run time, before ours */
    bool only_own;   /* ours are left out */
};

#endif
