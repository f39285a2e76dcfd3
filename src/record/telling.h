/* SPDX-License-Identifier: Apache-2.0
 *
 * telling.h - an event on record as it is compared with others: who, when, where, and the words of its sentence.
 */
#ifndef CHY_RECORD_TELLING_H
#define CHY_RECORD_TELLING_H

#include "record/record.h"

enum { CHY_TELLING_PARTS = 48, CHY_TELLING_WORDS = 96, CHY_TELLING_STEM = 5 };

typedef struct chy_part {
    bool target, person;
    int64_t actor;
} chy_part;

typedef struct chy_telling {
    int64_t id, place, dispatch;
    chy_day begin, end;
    double lat, lon;
    char country[4]; /* of the place */
    char fold[200];
    bool speech, known_place;
    char trigger[CHY_TELLING_STEM + 1];
    chy_part part[CHY_TELLING_PARTS];
    uint32_t n_parts;
    uint64_t word[CHY_TELLING_WORDS]; /* of four letters and more, by their first five, each once */
    uint32_t n_words;
} chy_telling;

/* An SQLite code. */
int chy_telling_load(chy_record *r, int64_t event, chy_telling *t);
/* Add the words of a text to the telling's. */
void chy_telling_words(chy_telling *t, chy_slice text);
/* The share of the shorter sentence's words that both have. */
double chy_telling_shared(const chy_telling *a, const chy_telling *b);
/* Persons named on one side by both, and none of them the same. */
bool chy_telling_other_persons(const chy_telling *a, const chy_telling *b);
/* Put at points more than half a degree apart, or in two states. */
bool chy_telling_other_place(const chy_telling *a, const chy_telling *b);

#endif
