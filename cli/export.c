/* SPDX-License-Identifier: Apache-2.0
 *
 * export.c - `chancery export`: events of a record in the layouts that data sets of events have, each with a description of its files.
 */
#include "export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const layout *const layouts[] = {&layout_csv, &layout_jsonl, &layout_plover, &layout_gdelt, &layout_icews, &layout_polecat, &layout_phoenix};

/* ------------------------------------------------------------------------ rows */

static void note_maker(exporter *x)
{
    char made[80];
    chy_slice e = cell(x, "engine"), d = cell(x, "data");
    snprintf(made, sizeof made, "%.*s %.*s", (int)e.n, e.p, (int)d.n, d.p);
    for (unsigned i = 0; i < x->n_made_by; i++)
        if (strcmp(made, x->made_by[i]) == 0) return;
    if (x->n_made_by < 16) memcpy(x->made_by[x->n_made_by++], made, sizeof made);
}

static void flush(exporter *x, file *f)
{
    if (f->text.n) x->broken |= fwrite(f->text.p, 1, f->text.n, f->f) != f->text.n;
    f->text.n = 0;
}

static int no_row(void *ctx, const chy_slice *cells, uint32_t n)
{
    (void)ctx, (void)cells, (void)n;
    return 1;
}

static int row(void *ctx, const chy_slice *cells, uint32_t n)
{
    exporter *x = ctx;
    x->cells = cells, x->n_cells = n;
    x->first[0] = x->first[1] = 0;
    uint64_t left_out = x->left_out;
    x->layout->row(x);
    for (unsigned i = 0; i < 2; i++) json_decref(x->side[i]), x->side[i] = NULL;
    if (x->left_out == left_out) note_maker(x);
    for (unsigned i = 0; i < x->layout->n_sheets; i++)
        if (x->file[i].text.n > 1 << 16) flush(x, &x->file[i]);
    return x->broken;
}

/* --------------------------------------------------------------------- package */

static json_t *j_field(const char *name, const char *type) { return json_pack("{s:s, s:s}", "name", name, "type", type); }

static json_t *j_resource(const layout *l, const sheet *s, const file *f)
{
    static const char *const format[] = {[FORM_CSV] = "csv", [FORM_TABS] = "tsv", [FORM_LINES] = "jsonl"};
    json_t *v = json_object(), *fields = json_array(), *schema = json_object();
    char name[32];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(s->file, "."), s->file);
    json_object_set_new(v, "name", json_string(name));
    json_object_set_new(v, "path", json_string(s->file));
    json_object_set_new(v, "format", json_string(format[s->form]));
    json_object_set_new(v, "encoding", json_string("utf-8"));
    if (s->form == FORM_TABS) json_object_set_new(v, "dialect", json_pack("{s:s, s:b, s:b}", "delimiter", "\t", "header", s->head, "doubleQuote", 0));
    for (unsigned i = 0; i < s->n; i++) json_array_append_new(fields, j_field(s->fields[i].name, s->fields[i].type));
    chy_export_field own;
    for (uint32_t i = 0; chy_export_field_at(l->name, i, &own); i++) json_array_append_new(fields, j_field(own.name, own.type));
    if (json_array_size(fields)) json_object_set_new(schema, "fields", fields), json_object_set_new(v, "schema", schema);
    else json_decref(fields), json_decref(schema);
    json_object_set_new(v, "rows", json_integer((json_int_t)f->n_rows));
    return v;
}

static bool write_package(exporter *x, const char *path, const char *expression)
{
    json_t *v = json_object(), *resources = json_array(), *made = json_array();
    bool tables = true;
    for (unsigned i = 0; i < x->layout->n_sheets; i++) {
        tables &= x->layout->sheets[i].form != FORM_LINES;
        json_array_append_new(resources, j_resource(x->layout, &x->layout->sheets[i], &x->file[i]));
    }
    for (unsigned i = 0; i < x->n_made_by; i++) {
        char *blank = strchr(x->made_by[i], ' ');
        json_array_append_new(made, json_pack("{s:s%, s:s}", "engine", x->made_by[i], blank ? (size_t)(blank - x->made_by[i]) : 0, "data", blank ? blank + 1 : ""));
    }
    json_object_set_new(v, "profile", json_string(tables ? "tabular-data-package" : "data-package"));
    json_object_set_new(v, "name", json_string("chancery-events"));
    json_object_set_new(v, "version", json_string("1"));
    json_object_set_new(v, "layout", json_string(x->o->format));
    json_object_set_new(v, "exported_by", json_pack("{s:s, s:s}", "engine", CHY_VERSION, "data", chy_data_hash(x->data)));
    json_object_set_new(v, "coded_by", made);
    json_object_set_new(v, "codebook", json_pack("{s:s, s:s}", "name", "PLOVER, as docs/codebook applies it", "version", CHY_VERSION));
    json_object_set_new(v, "expression", json_string(expression));
    json_object_set_new(v, "as_of", x->o->as_of ? json_string(x->o->as_of) : json_null());
    json_object_set_new(v, "text", json_boolean(!x->o->no_text));
    json_object_set_new(v, "corrected", json_boolean(x->o->corrected));
    if (x->o->corrected) /* of the whole record, whatever the terms */
        json_object_set_new(v, "verdicts", json_pack("{s:I, s:I, s:I}", "right", (json_int_t)x->corrections.right, "wrong", (json_int_t)x->corrections.wrong, "changed", (json_int_t)x->corrections.changed));
    json_object_set_new(v, "resources", resources);
    bool ok = json_dump_file(v, path, JSON_INDENT(2)) == 0;
    json_decref(v);
    return ok;
}

/* How the export is to be cited: CITATION.cff of the project, with the versions of engine and data. */
static bool write_citation(const exporter *x, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) return false;
    fprintf(f, "cff-version: 1.2.0\nmessage: Please cite Chancery with the versions of engine and data, and the publishers of the dispatches.\n"
               "title: Chancery, political events coded from news\ntype: dataset\nauthors:\n  - name: The Chancery authors\nversion: \"engine %s, data %s\"\n",
            CHY_VERSION, chy_data_hash(x->data));
    return fclose(f) == 0;
}

/* ------------------------------------------------------------------------- run */

static bool open_files(exporter *x)
{
    if (mkdir(x->o->out, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "chancery: %s: %s\n", x->o->out, strerror(errno));
        return false;
    }
    for (unsigned i = 0; i < x->layout->n_sheets; i++) {
        const sheet *s = &x->layout->sheets[i];
        out path = {0};
        out_f(&path, "%s/%s", x->o->out, s->file);
        x->file[i].f = fopen(path.p, "w");
        if (!x->file[i].f) fprintf(stderr, "chancery: %s: %s\n", path.p, strerror(errno));
        out_free(&path);
        if (!x->file[i].f) return false;
        chy_slice head;
        if (x->own && chy_export_head(x->own, &head, NULL) == CHY_OK) out_slice(&x->file[i].text, head);
        for (unsigned k = 0; s->head && k < s->n; k++) out_f(&x->file[i].text, "%s%s", !k ? "" : s->form == FORM_CSV ? "," : "\t", s->fields[k].name);
        if (s->head && !x->own) out_z(&x->file[i].text, s->form == FORM_CSV ? "\r\n" : "\n");
    }
    return true;
}

static bool close_files(exporter *x)
{
    for (unsigned i = 0; i < MAX_SHEETS; i++) {
        if (x->file[i].f) {
            flush(x, &x->file[i]);
            x->broken |= fclose(x->file[i].f) != 0;
        }
        out_free(&x->file[i].text);
    }
    out_free(&x->buf);
    return !x->broken;
}

static int run_export(const options *o)
{
    chy_record *r = NULL;
    chy_error err = {0};
    exporter x = {.o = o};
    if (!o->out) {
        fputs("chancery export: --out DIR is wanted\n", stderr);
        return EXIT_USAGE;
    }
    for (unsigned i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (strcmp(layouts[i]->name, o->format) == 0) x.layout = layouts[i];
    x.columns = chy_record_columns(x.layout->what);
    out expression = words_of(o), path = {0}, asked = {0};
    out_f(&asked, "%s%s%s", expression.p, x.layout->terms ? " " : "", x.layout->terms ? x.layout->terms : "");
    out_f(&path, "%s/datapackage.json", o->out);
    chy_status st = chy_record_open(o->record, CHY_RECORD_READ, &r, &err);
    if (st == CHY_OK) st = chy_data_open(o->data, &x.data, &err);
    chy_export_field own;
    if (st == CHY_OK && chy_export_field_at(o->format, 0, &own)) st = chy_export_new(x.data, o->format, o->no_text ? CHY_EXPORT_NO_TEXT : 0, &x.own, &err);
    /* Nothing is written for an expression that is wrong. */
    if (st == CHY_OK) st = chy_record_select(r, x.layout->what, (chy_slice){asked.p, asked.n}, o->as_of, 1, no_row, NULL, &err);
    if (st == CHY_OK && !open_files(&x)) st = CHY_E_IO;
    chy_slice terms = {asked.p, asked.n};
    if (st == CHY_OK && o->corrected) st = chy_record_select_corrected(r, x.layout->what, terms, o->as_of, 0, &x.corrections, row, &x, &err);
    else if (st == CHY_OK) st = chy_record_select(r, x.layout->what, terms, o->as_of, 0, row, &x, &err);
    if (x.layout->end) x.layout->end(&x);
    if (!close_files(&x) && st == CHY_OK) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", o->out);
    if (st == CHY_OK && !write_package(&x, path.p, asked.p)) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", path.p);
    path.n = 0, out_f(&path, "%s/CITATION.cff", o->out);
    if (st == CHY_OK && !write_citation(&x, path.p)) st = CHY_E_IO, snprintf(err.message, sizeof err.message, "%s: cannot be written", path.p);
    if (st != CHY_OK && err.message[0]) fprintf(stderr, "chancery: %s\n", err.message);
    if (st == CHY_OK && x.left_out && !o->quiet) fprintf(stderr, "chancery: %llu events left out: no day, no code, or nobody on a side\n", (unsigned long long)x.left_out);
    if (st == CHY_OK && !o->quiet) fprintf(stderr, "chancery: %llu rows in %s/%s\n", (unsigned long long)x.file[0].n_rows, o->out, x.layout->sheets[0].file);
    free(x.held);
    chy_export_free(x.own);
    out_free(&expression), out_free(&asked), out_free(&path);
    if (x.data) chy_data_close(x.data);
    if (r) chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

const command cmd_export = {
    .name = "export", .summary = "write a record's events in the layouts of data sets: CSV, JSON Lines, PLOVER, GDELT, ICEWS, POLECAT, Phoenix",
    .formats = "csv jsonl plover gdelt icews polecat phoenix", .inputs = "", .options = "out no-text corrected as-of", .record = true, .rest = " [TERM…]", .run = run_export,
    .help = "TERMs are those of `chancery query`. DIR gets the events and datapackage.json, which tells their columns and what they were coded by\n"
            "(docs/export.md).\n\n"
            "    chancery export record.db from:2022 --format gdelt --out gdelt\n"
            "    chancery export record.db dyad:IRN-UKR --no-text --out replication\n",
};
