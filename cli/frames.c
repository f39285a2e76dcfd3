/* SPDX-License-Identifier: Apache-2.0
 *
 * frames.c - `chancery frames`: a verb dictionary as frames, and whether frames are right, before they are used.
 */
#include "cli.h"

#include <string.h>

typedef struct import {
    const options *o;
    const char *file;
    uint64_t errors;
} import;

static void print_finding(void *ctx, const chy_finding *f)
{
    static const char *const kinds[] = {"error", "conflict", "note"};
    import *im = ctx;
    im->errors += f->kind == CHY_FINDING_ERROR;
    if (f->kind != CHY_FINDING_ERROR && im->o->quiet) return;
    if (f->line) fprintf(stderr, "%s:%u: %s: %.*s\n", im->file, f->line, kinds[f->kind], (int)f->text.n, f->text.p);
    else fprintf(stderr, "%s: %.*s\n", im->file, (int)f->text.n, f->text.p);
}

static void print_frames(void *ctx, chy_slice frames)
{
    (void)ctx;
    fwrite(frames.p, 1, frames.n, stdout);
}

static bool one_file(const options *o, chy_data *data, const char *file)
{
    out text = {0};
    chy_error err = {0};
    import im = {.o = o, .file = file};
    if (!read_whole(file, &text)) return false;
    chy_slice bytes = {text.p ? text.p : "", text.n}, name = {file, strlen(file)};
    chy_status st = o->import ? chy_data_import_frames(data, bytes, name, print_finding, print_frames, &im, &err)
                              : chy_data_add_frames(data, bytes, name, &err);
    if (st != CHY_OK && !im.errors) fprintf(stderr, "chancery: %s\n", err.message);
    out_free(&text);
    return st == CHY_OK;
}

static int run_frames(const options *o)
{
    chy_data *data;
    chy_error err = {0};
    bool ok = true;
    if (chy_data_open(o->data, &data, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    for (unsigned i = 0; i < o->n_files; i++) ok &= one_file(o, data, o->files[i]);
    chy_data_close(data);
    return fflush(stdout) == 0 && ok ? EXIT_DONE : EXIT_REFUSED;
}

const command cmd_frames = {
    .name = "frames", .summary = "turn a verb dictionary into frames, or check frames",
    .formats = "text", .inputs = "text", .options = "import check", .run = run_frames,
    .help = "With --import the FILEs are verb dictionaries of TABARI or PETRARCH: they are printed as frames (docs/frames.md), and\n"
            "what could not be carried over, line by line and in all, goes to standard error. With --check the FILEs are frames\n"
            "or such dictionaries for --frames: the first fault of each is named; exit status 1 where there is one.\n",
};
