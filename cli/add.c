/* SPDX-License-Identifier: Apache-2.0
 *
 * add.c - `chancery add` and `chancery recode`: pages into a record.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static chy_slice of(const char *z) { return (chy_slice){z, strlen(z)}; }

static void make(job *j, const options *o, chy_session *s, const chy_input *in, const char *id)
{
    chy_error err = {0};
    const chy_page *page = NULL;
    chy_status st = chy_session_read(s, in, CHY_STAGE_CLAIMS, 0, &page, &err);
    if (st == CHY_OK) st = chy_parcel_make(page, in, of(id), of(j->name), &j->parcel, &err);
    if (st != CHY_OK) {
        j->refused = true;
        out_z(&j->text, err.message); /* the reason, for the record */
        job_error(j, "%s", err.message);
        return;
    }
    job_notes(j, o, page);
}

static void work_add(job *j, const options *o, chy_session *s)
{
    chy_input in;
    char *id;
    if (!job_input(j, o, s, &in, &id)) {
        in = (chy_input){.bytes = {j->bytes, j->n}};
        out_z(&j->text, "is no record of JSON Lines");
    }
    chy_input_hash(&in, j->hash);
    int there = j->there ? chy_record_has(j->there, j->hash) : 0;
    if (there == 2 && !o->quiet) job_error(j, "note: passed over, for it has been forgotten");
    if (!j->refused && !there) make(j, o, s, &in, id ? id : j->id);
    free(id);
}

static bool take(job *j, chy_record *r, out *errors)
{
    chy_error err = {0};
    chy_status st = CHY_OK;
    if (j->parcel) st = chy_record_put(r, j->parcel, &j->changed, &err);
    else if (j->refused && j->hash[0]) st = chy_record_reject(r, j->hash, of(j->name), (chy_slice){j->text.p, j->text.n}, &err);
    j->text.n = 0;
    j->n_items = j->changed.added;
    if (st != CHY_OK) out_f(errors, "chancery: %s\n", err.message);
    return st == CHY_OK;
}

const command cmd_add = {
    .name = "add", .summary = "code pages and keep them, with their events, in a record",
    .formats = "text", .inputs = "text html jsonl", .record = true, .work = work_add, .take = take,
    .help = "The record is an SQLite database, made where there is none. A page that is in it already is passed over, so that a run that\n"
            "was broken off can be started again. Pages that cannot be taken are kept in the table `reject`, with the reason.\n",
};

static void work_recode(job *j, const options *o, chy_session *s)
{
    chy_input_hash(j->stored, j->hash);
    make(j, o, s, j->stored, j->id);
}

/* What cannot be read any more stays as it was read before. */
static bool take_again(job *j, chy_record *r, out *errors)
{
    if (j->parcel) return take(j, r, errors);
    j->text.n = 0; /* the reason has been told */
    return true;
}

const command cmd_recode = {
    .name = "recode", .summary = "code the pages of a record again, with this engine and these tables",
    .formats = "text", .inputs = "", .record = true, .again = true, .work = work_recode, .take = take_again,
    .help = "Events that come out otherwise are withdrawn and put anew, so that what was on record at any moment can still be asked; the rest\n"
            "stays as it is. A run that was broken off goes on where it stopped.\n",
};
