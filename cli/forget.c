/* SPDX-License-Identifier: Apache-2.0
 *
 * forget.c - `chancery forget`: a dispatch taken out of a record for good.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>

static int run_forget(const options *o)
{
    char *end = NULL;
    errno = 0;
    long long id = o->n_files == 1 ? strtoll(o->files[0], &end, 10) : 0;
    if (o->n_files != 1 || errno || *end || id < 1) {
        fputs("chancery forget: the number of one dispatch is wanted; see `chancery forget --help`\n", stderr);
        return EXIT_USAGE;
    }
    chy_record *r;
    chy_error err = {0};
    uint32_t n = 0;
    chy_status st = chy_record_open(o->record, 0, &r, &err);
    if (st == CHY_OK) st = chy_record_forget(r, id, o->page, &n, &err);
    if (st != CHY_OK) fprintf(stderr, "chancery: %s%s\n", err.message, st == CHY_E_ARGUMENT && !o->page ? " (--page forgets a whole page)" : "");
    else if (!o->quiet) printf("%u dispatch%s forgotten\n", n, n == 1 ? "" : "es");
    chy_record_close(r);
    return st == CHY_OK ? EXIT_DONE : st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
}

const command cmd_forget = {
    .name = "forget", .summary = "take a dispatch out of a record for good: text, events, verdicts",
    .formats = "text", .inputs = "", .options = "page", .record = true, .rest = " DISPATCH", .run = run_forget,
    .help = "Nothing of it is left in the file but the hash of its page, so that `chancery add` passes the same page over. Where other stories stand on that\n"
            "page, --page is wanted, and they are forgotten with it. Copies in other papers are dispatches of their own and stay\n"
            "(table `copy`).\n",
};
