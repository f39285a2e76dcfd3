/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - rows of a record as they are printed: columns by name, JSON Lines, CSV, incidents for people.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* The name of column i of a list with blanks between. */
static chy_slice column(const char *list, uint32_t i)
{
    for (; i; i--) list += strcspn(list, " ") + 1;
    return (chy_slice){list, strcspn(list, " ")};
}

chy_slice rows_cell(const row_out *p, const chy_slice *cells, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++) {
        chy_slice c = column(p->columns, i);
        if (c.n == strlen(name) && memcmp(c.p, name, c.n) == 0) return cells[i];
    }
    return (chy_slice){NULL, 0};
}

uint64_t rows_number(const row_out *p, const chy_slice *cells, uint32_t n, const char *name)
{
    chy_slice c = rows_cell(p, cells, n, name);
    return c.n ? strtoull(c.p, NULL, 10) : 0;
}

void rows_head(row_out *p)
{
    if (p->o->format[0] != 'c') return;
    for (const char *c = p->columns; *c; c++) out_put(&p->text, *c == ' ' ? "," : c, 1);
    out_z(&p->text, "\r\n");
}

static bool is_number(const char *name)
{
    static const char *const numbers[] = {"events", "dispatches", "publishers", "voices", "deniers", "contested", "single_source"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i]) == 0) return true;
    return false;
}

void rows_json(row_out *p, const chy_slice *cells, uint32_t n)
{
    json_t *v = json_object();
    for (uint32_t i = 0; i < n; i++) {
        chy_slice c = column(p->columns, i);
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)c.n, c.p);
        if (cells[i].p && is_number(name)) json_object_set_new(v, name, json_integer(strtoll(cells[i].p, NULL, 10)));
        else json_object_set_new(v, name, cells[i].p ? json_stringn_nocheck(cells[i].p, cells[i].n) : json_null());
    }
    out_json(&p->text, v);
}

void rows_csv(row_out *p, const chy_slice *cells, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i) out_z(&p->text, ",");
        out_csv_safe(&p->text, cells[i]);
    }
    out_z(&p->text, "\r\n");
}

bool rows_flush(row_out *p)
{
    if (p->text.n) p->broken |= fwrite(p->text.p, 1, p->text.n, stdout) != p->text.n;
    p->text.n = 0;
    return !p->broken;
}

int rows_ask(row_out *p, const char *what, int (*each)(void *ctx, const chy_slice *cells, uint32_t n), uint64_t limit)
{
    chy_error err = {0};
    out words = words_of(p->o);
    chy_slice expression = {words.p, words.n};
    chy_status st = p->o->corrected ? chy_record_select_corrected(p->record, what, expression, p->o->as_of, limit, NULL, each, p, &err)
                                    : chy_record_select(p->record, what, expression, p->o->as_of, limit, each, p, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s\n", err.message);
    out_free(&words);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

int rows_open(row_out *p)
{
    chy_error err = {0};
    if (chy_record_open(p->o->record, CHY_RECORD_READ, &p->record, &err) == CHY_OK) return EXIT_DONE;
    fprintf(stderr, "chancery: %s\n", err.message);
    return EXIT_REFUSED;
}

/* Rows are printed where all went well. */
int rows_close(row_out *p, int status)
{
    if (status == EXIT_DONE && !rows_flush(p)) status = EXIT_REFUSED;
    out_free(&p->text);
    chy_record_close(p->record);
    return status;
}

/* ------------------------------------------------------------------ incidents */

static void count(out *t, uint64_t n, const char *one, const char *many) { out_f(t, "%llu %s", (unsigned long long)n, n == 1 ? one : many); }

void rows_names(row_out *p, chy_slice list)
{
    for (size_t i = 0, from = 0; i <= list.n; i++) { /* a comma and no blank is between two */
        if (i < list.n && (list.p[i] != ',' || (i + 1 < list.n && list.p[i + 1] == ' '))) continue;
        if (from) out_z(&p->text, ", ");
        out_line(&p->text, (chy_slice){list.p + from, i - from}, 40);
        from = i + 1;
    }
}

void rows_incident(row_out *p, const chy_slice *cells, uint32_t n)
{
    out *t = &p->text;
    chy_slice begin = rows_cell(p, cells, n, "date_begin"), end = rows_cell(p, cells, n, "date_end"), target = rows_cell(p, cells, n, "target");
    chy_slice mode = rows_cell(p, cells, n, "mode"), place = rows_cell(p, cells, n, "place"), said = rows_cell(p, cells, n, "asserted_by"), denied = rows_cell(p, cells, n, "denied_by");
    bool contested = rows_number(p, cells, n, "contested") != 0;
    out_z(t, color_on(p->o, "\033[1m"));
    if (begin.n) out_slice(t, begin);
    else out_z(t, "no date   ");
    if (begin.n && (end.n != begin.n || memcmp(end.p, begin.p, begin.n) != 0)) out_z(t, " … "), out_slice(t, end);
    out_f(t, "%s  ", color_off(p->o));
    out_slice(t, rows_cell(p, cells, n, "type"));
    if (mode.n) out_z(t, "."), out_slice(t, mode);
    out_z(t, "  "), out_line(t, rows_cell(p, cells, n, "source"), 48);
    if (target.n) out_z(t, " → "), out_line(t, target, 48);
    if (place.n) out_z(t, "  at "), out_line(t, place, 32);
    out_z(t, "  ("), out_slice(t, rows_cell(p, cells, n, "status")), out_z(t, ")");
    if (contested) out_f(t, "  %scontested%s", color_on(p->o, "\033[31m"), color_off(p->o));
    out_z(t, "\n    "), count(t, rows_number(p, cells, n, "dispatches"), "dispatch", "dispatches");
    out_z(t, ", "), count(t, rows_number(p, cells, n, "publishers"), "publisher", "publishers");
    out_z(t, ", "), count(t, rows_number(p, cells, n, "voices"), "voice", "voices");
    if (said.n) out_z(t, ": "), rows_names(p, said);
    if (denied.n) out_z(t, "; denied by "), rows_names(p, denied);
    out_f(t, "   [incident %llu]\n", (unsigned long long)rows_number(p, cells, n, "id"));
    out_z(t, "    “"), out_line(t, rows_cell(p, cells, n, "evidence"), 160), out_z(t, "”\n");
}
