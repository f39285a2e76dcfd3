/* SPDX-License-Identifier: Apache-2.0
 *
 * check.c - `chancery actors --check`: what is to be said about tables of actors before they are used.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

bool read_whole(const char *path, out *text)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char buf[16384];
    errno = 0;
    for (size_t n; f && text->n <= CHY_MAX_PAGE_BYTES && (n = fread(buf, 1, sizeof buf, f)) > 0;) out_put(text, buf, n);
    bool ok = f && !ferror(f);
    if (!ok) {
        fprintf(stderr, "chancery: %s: %s\n", path, strerror(errno));
        out_free(text);
    }
    if (f && f != stdin) fclose(f);
    return ok;
}

typedef struct counts {
    const options *o;
    const char *file;
    uint64_t of[3];
} counts;

static void print_finding(void *ctx, const chy_finding *f)
{
    static const char *const kinds[] = {"error", "conflict", "note"};
    counts *c = ctx;
    c->of[f->kind]++;
    if (f->kind == CHY_FINDING_NOTE && c->o->quiet) return;
    printf("%s:%u: %s: %.*s\n", c->file, f->line, kinds[f->kind], (int)f->text.n, f->text.p);
}

int check_actors(const options *o)
{
    chy_data *data;
    chy_error err = {0};
    bool refused = false;
    counts c = {.o = o};
    if (chy_data_open(o->data, &data, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    for (unsigned i = 0; i < o->n_files; i++) {
        out text = {0};
        c.file = o->files[i];
        if (!read_whole(o->files[i], &text)) {
            refused = true;
            continue;
        }
        chy_slice name = {o->files[i], strlen(o->files[i])};
        if (chy_data_check_actors(data, (chy_slice){text.p ? text.p : "", text.n}, name, print_finding, &c, &err) != CHY_OK) {
            fprintf(stderr, "chancery: %s\n", err.message);
            refused = true;
        }
        out_free(&text);
    }
    chy_data_close(data);
    if (!o->quiet)
        fprintf(stderr, "%llu errors, %llu conflicts, %llu notes\n", (unsigned long long)c.of[CHY_FINDING_ERROR],
                (unsigned long long)c.of[CHY_FINDING_CONFLICT], (unsigned long long)c.of[CHY_FINDING_NOTE]);
    if (fflush(stdout) != 0) return EXIT_REFUSED;
    return refused || c.of[CHY_FINDING_ERROR] || c.of[CHY_FINDING_CONFLICT] ? EXIT_REFUSED : EXIT_DONE;
}
