/* SPDX-License-Identifier: Apache-2.0
 *
 * import.h - a row of an export, checked (import_row.c), on its way back into a record (import.c).
 */
#ifndef CHY_RECORD_IMPORT_H
#define CHY_RECORD_IMPORT_H

#include "record/record.h"

#include <jansson.h>

/* Columns of Chancery's own layouts, by the names that they have there. */
typedef enum chy_col {
    C_ID, C_EVENT, C_REVISION, C_DISPATCH_HASH, C_ARTICLE, C_INCIDENT, C_DATE_BEGIN, C_DATE_END, C_DATE_BASIS, C_TYPE, C_MODE, C_CONTEXT, C_CAMEO, C_QUAD, C_INTENSITY,
    C_STATUS, C_CONFIDENCE,
    C_SOURCE, C_SOURCE_NAME, C_SOURCE_KIND, C_SOURCE_COUNTRY, C_SOURCE_COW, C_SOURCE_GW, C_SOURCE_SECTOR, C_SOURCE_BEGIN, C_SOURCE_END,
    C_TARGET, C_TARGET_NAME, C_TARGET_KIND, C_TARGET_COUNTRY, C_TARGET_COW, C_TARGET_GW, C_TARGET_SECTOR, C_TARGET_BEGIN, C_TARGET_END,
    C_PLACE, C_PLACE_COUNTRY, C_PLACE_COW, C_PLACE_GW, C_LAT, C_LON, C_DEAD, C_INJURED, C_ARRESTED, C_PROTESTERS, C_SENTENCE, C_EVIDENCE_BEGIN, C_EVIDENCE_END,
    C_TRIGGER_BEGIN, C_TRIGGER_END, C_DISPATCH_BEGIN, C_ASSERTED_BY, C_DENIED_BY, C_PUBLISHER, C_PUBLISHED, C_URL, C_RECORDED_UTC, C_ENGINE, C_DATA, C_VERDICT, C_TITLE,
    C_EVIDENCE, C_DATE_TEXT, C_PLACE_TEXT,
    C_SOURCES, C_TARGETS, C_WITHIN, C_CLAIMS, C_LINKS, C_STORY, C_FRAME, C_RULE, C_N
} chy_col;

/* The largest number of an event or incident that is taken over, and of a byte of a page. */
#define CHY_IMPORT_MAX_ID ((int64_t)1 << 40)
enum { CHY_IMPORT_MAX_AT = CHY_MAX_PAGE_BYTES * 4 };

/* A row whose cells are in order. */
typedef struct chy_import_cells {
    const chy_slice *cell; /* C_N */
    int64_t integer[C_N];  /* of the columns of integers; 0 where empty */
    double real[C_N];
    json_t *list[C_N];     /* of the columns of JSON; NULL where empty */
} chy_import_cells;

extern const char chy_import_columns[];

/* Check a row's cells, and what they say together. *wrong gets the column at fault. Release with chy_import_cells_free, whatever comes of it. */
chy_status chy_import_check(const chy_slice *cells, chy_import_cells *out, uint32_t *wrong, chy_error *err);
void chy_import_cells_free(chy_import_cells *row);

/* A member of an object: a string (n 0 where it is none, or null), or an integer (0). */
chy_slice chy_import_text(const json_t *object, const char *name);
int64_t chy_import_number(const json_t *object, const char *name);

#endif
