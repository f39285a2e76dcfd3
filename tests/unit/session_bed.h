/* SPDX-License-Identifier: Apache-2.0
 *
 * session_bed.h - the built-in data and one session for a group of tests.
 */
#ifndef CHY_TEST_SESSION_BED_H
#define CHY_TEST_SESSION_BED_H

#include "chancery.h"

static chy_data *data;
static chy_session *session;

static int set_up(void **state)
{
    (void)state;
    return chy_data_open(NULL, &data, NULL) != CHY_OK || chy_session_new(data, &session, NULL) != CHY_OK;
}

static int tear_down(void **state)
{
    (void)state;
    chy_session_free(session);
    chy_data_close(data);
    return 0;
}

#endif
