/* SPDX-License-Identifier: Apache-2.0
 *
 * export_own.c - Chancery's own layouts, csv and jsonl: the library's lines.
 */
#include "export.h"

static void row(exporter *x)
{
    chy_slice line;
    chy_error err;
    x->broken |= chy_export_line(x->own, x->cells, &line, &err) != CHY_OK;
    out_slice(&x->file[0].text, line);
    x->file[0].n_rows++;
}

const layout layout_csv = {.name = "csv", .what = "export", .n_sheets = 1, .row = row, .sheets = {{"events.csv", NULL, 0, FORM_CSV, true}}};
const layout layout_jsonl = {.name = "jsonl", .what = "export all", .n_sheets = 1, .row = row, .sheets = {{"events.jsonl", NULL, 0, FORM_LINES, false}}};
