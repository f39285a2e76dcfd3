/* SPDX-License-Identifier: Apache-2.0
 *
 * stream.c - bytes out of a file, standard input, or the members of an archive, one behind the other.
 *
 * gzip, bzip2, xz and zstd are unpacked wherever they are met; zip and tar have members. A plain file is one member. (libarchive)
 */
#include "stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD = 512, BLOCK = 64 << 10 };

struct stream {
    FILE *f;
    const char *path;
    char head[HEAD];      /* what was read to see what it is */
    size_t n_head, at_head;
    struct archive *a;    /* NULL: the file's own bytes */
    char block[BLOCK];    /* handed to libarchive */
    char *name;           /* of the member at hand */
    bool begun;
};

static const char *shown(const char *path) { return strcmp(path, "-") == 0 ? "stdin" : path; }

static bool packed(const char *p, size_t n)
{
    static const struct magic {
        size_t at, n;
        const char *bytes;
    } magic[] = {{0, 2, "\x1f\x8b"}, {0, 4, "PK\3\4"}, {0, 4, "PK\5\6"}, {0, 4, "\x28\xb5\x2f\xfd"}, {0, 6, "\xfd" "7zXZ\0"}, {0, 3, "BZh"}, {257, 5, "ustar"}};
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (magic[i].at + magic[i].n <= n && memcmp(p + magic[i].at, magic[i].bytes, magic[i].n) == 0) return true;
    return false;
}

static la_ssize_t feed(struct archive *a, void *ctx, const void **buf)
{
    stream *s = ctx;
    if (s->at_head < s->n_head) {
        *buf = s->head + s->at_head;
        size_t n = s->n_head - s->at_head;
        s->at_head = s->n_head;
        return (la_ssize_t)n;
    }
    *buf = s->block;
    size_t n = fread(s->block, 1, sizeof s->block, s->f);
    if (n == 0 && ferror(s->f)) {
        archive_set_error(a, errno, "%s", strerror(errno));
        return -1;
    }
    return (la_ssize_t)n;
}

stream *stream_open(const char *path, out *err)
{
    bool std = strcmp(path, "-") == 0;
    FILE *f = std ? stdin : fopen(path, "rb");
    struct stat st;
    if (!f) {
        out_f(err, "chancery: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    if (fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
        out_f(err, "chancery: %s: is a folder\n", shown(path));
        if (!std) fclose(f);
        return NULL;
    }
    stream *s = xrealloc(NULL, sizeof *s);
    *s = (stream){.f = f, .path = path};
    s->n_head = fread(s->head, 1, sizeof s->head, f);
    if (s->n_head == 0 && ferror(f)) {
        out_f(err, "chancery: %s: %s\n", shown(path), strerror(errno));
        stream_close(s);
        return NULL;
    }
    if (!packed(s->head, s->n_head)) return s;
    s->a = archive_read_new();
    if (!s->a) {
        fputs("chancery: out of memory\n", stderr);
        exit(EXIT_REFUSED);
    }
    archive_read_support_filter_gzip(s->a), archive_read_support_filter_bzip2(s->a);
    archive_read_support_filter_xz(s->a), archive_read_support_filter_zstd(s->a);
    archive_read_support_format_zip(s->a), archive_read_support_format_tar(s->a), archive_read_support_format_raw(s->a);
    if (archive_read_open(s->a, s, NULL, feed, NULL) == ARCHIVE_OK) return s;
    out_f(err, "chancery: %s: cannot be unpacked: %s\n", shown(path), archive_error_string(s->a));
    stream_close(s);
    return NULL;
}

void stream_close(stream *s)
{
    if (!s) return;
    if (s->a) archive_read_free(s->a);
    if (s->f != stdin) fclose(s->f);
    free(s->name);
    free(s);
}

/* The file's name less the ending of what packed it. */
static char *unpacked_name(const char *path)
{
    size_t n = strlen(path);
    const char *dot = strrchr(path, '.');
    if (dot && (strcmp(dot, ".gz") == 0 || strcmp(dot, ".bz2") == 0 || strcmp(dot, ".xz") == 0 || strcmp(dot, ".zst") == 0)) n = (size_t)(dot - path);
    char *name = xrealloc(NULL, n + 1);
    memcpy(name, path, n);
    name[n] = 0;
    return name;
}

int stream_member(stream *s, const char **name, out *err)
{
    free(s->name);
    s->name = NULL;
    if (!s->a) {
        if (s->begun) return 0;
        s->begun = true;
        *name = s->path;
        return 1;
    }
    for (;;) {
        struct archive_entry *e;
        int code = archive_read_next_header(s->a, &e);
        if (code == ARCHIVE_EOF) return 0;
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
            out_f(err, "chancery: %s: cannot be unpacked further: %s\n", shown(s->path), archive_error_string(s->a));
            return -1;
        }
        if (archive_format(s->a) == ARCHIVE_FORMAT_RAW) {
            s->name = unpacked_name(shown(s->path));
        } else {
            const char *member = archive_entry_pathname(e);
            if (archive_entry_filetype(e) != AE_IFREG || !member) continue;
            out n = {0};
            out_f(&n, "%s/%s", shown(s->path), member);
            s->name = n.p;
        }
        *name = s->name;
        return 1;
    }
}

long stream_read(stream *s, char *buf, size_t n)
{
    if (s->a) {
        la_ssize_t got = archive_read_data(s->a, buf, n);
        return got < 0 ? -1 : (long)got;
    }
    size_t had = s->n_head - s->at_head;
    if (had) {
        if (n > had) n = had;
        memcpy(buf, s->head + s->at_head, n);
        s->at_head += n;
        return (long)n;
    }
    n = fread(buf, 1, n, s->f);
    return n == 0 && ferror(s->f) ? -1 : (long)n;
}

const char *stream_error(const stream *s)
{
    const char *why = s->a ? archive_error_string(s->a) : strerror(errno);
    return why ? why : "damaged";
}
