/* SPDX-License-Identifier: Apache-2.0
 *
 * time_bed.h - the models that the time stage stands on, for a group of tests.
 */
#ifndef CHY_TEST_TIME_BED_H
#define CHY_TEST_TIME_BED_H

#include "syntax/syntax.h"
#include "text/text.h"
#include "time/time.h"

static chy_file file;
static chy_arena models, arena;
static const chy_text_model *text_model;
static const chy_syntax_model *syntax_model;
static const chy_time_model *time_model;

static int open_models(void **state)
{
    (void)state;
    chy_error err;
    chy_arena_init(&models);
    chy_arena_init(&arena);
    return chy_file_open(NULL, &file, &err) || chy_text_open(&file, &models, &text_model, &err) ||
           chy_syntax_open(&file, &models, &syntax_model, &err) || chy_time_open(&file, &models, &time_model, &err);
}

static int close_models(void **state)
{
    (void)state;
    chy_arena_free(&arena);
    chy_arena_free(&models);
    chy_file_close(&file);
    return 0;
}

#endif
