/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHY_EVENTS_MODEL_H
#define CHY_EVENTS_MODEL_H

#include "events/forest.h"
#include "events/frames.h"
#include "events/reader.h"

struct chy_events_model {
    const chy_frames *frames;
    const chy_forests *judge; /* NULL: the frames alone */
    const chy_reader *reader; /* NULL where the data file has none */
    chy_slice added; /* the text of frames added at run time, before ours */
    bool only_own;   /* ours are left out */
};

#endif
