/* SPDX-License-Identifier: Apache-2.0
 *
 * stream.h - bytes of files, of standard input, and of archives' members.
 */
#ifndef CHY_CLI_STREAM_H
#define CHY_CLI_STREAM_H

#include "cli.h"

typedef struct stream stream;

/* Opens `path` ("-": standard input). NULL and a message in err where that fails. */
stream *stream_open(const char *path, out *err);
void stream_close(stream *s);
/* Go to the first, then to the next member; what is left of the one before is passed over. 1, 0 at the end, -1 with a message in
 * err. *name is FILE or FILE/MEMBER, valid until the next call. */
int stream_member(stream *s, const char **name, out *err);
/* Up to n bytes of the member; 0 at its end, -1 where they cannot be read (stream_error). */
long stream_read(stream *s, char *buf, size_t n);
const char *stream_error(const stream *s);

#endif
