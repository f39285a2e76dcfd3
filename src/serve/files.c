/* SPDX-License-Identifier: Apache-2.0
 *
 * files.c - the page's files, which are part of the program: compressed, as web/pack.mjs wrote them.
 *
 *   "CHYWEB1\0", u32 n, u32 0, n × { char name[64], char type[48], u32 offset, u32 compressed, u32 size, u32 0 }, then the files
 */
#include "serve/http.h"

#include <stdlib.h>
#include <zlib.h>

extern const char chy_embedded_web[], chy_embedded_web_end[];

enum { HEAD = 16, ENTRY = 128 };

static uint32_t u32(const char *p)
{
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static uint32_t n_files(void)
{
    size_t n = (size_t)(chy_embedded_web_end - chy_embedded_web);
    return n >= HEAD && memcmp(chy_embedded_web, "CHYWEB1", 8) == 0 ? u32(chy_embedded_web + 8) : 0;
}

bool chy_web_there(void) { return n_files() != 0; }
int chy_server_has_page(void) { return chy_web_there(); }

bool chy_web_find(chy_slice name, chy_web_file *out)
{
    for (uint32_t i = 0, n = n_files(); i < n; i++) {
        const char *e = chy_embedded_web + HEAD + i * ENTRY;
        if (!chy_slice_eqz(name, e)) continue;
        memcpy(out->name, e, 64);
        memcpy(out->type, e + 64, 48);
        out->gzip = (chy_slice){chy_embedded_web + u32(e + 112), u32(e + 116)};
        out->size = u32(e + 120);
        return true;
    }
    return false;
}

static char *unpack(const chy_web_file *f)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)f->gzip.p, .avail_in = (uInt)f->gzip.n};
    char *out = malloc(f->size + 1);
    if (!out || inflateInit2(&z, 15 + 16) != Z_OK) return free(out), NULL;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)f->size;
    int code = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    if (code == Z_STREAM_END) return out;
    free(out);
    return NULL;
}

static const char no_page[] = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Chancery</title>\n<h1>Chancery</h1>\n"
                              "<p>This build has no page, only the API that the page stands on: <a href=\"/api/openapi.json\">/api/openapi.json</a> tells what it answers,\n"
                              "<a href=\"/api/about\">/api/about</a> what record this is.</p>\n<p>A build with <code>-DCHY_WEB=ON</code> has the page.</p>\n</html>\n";

struct MHD_Response *chy_web_reply(chy_request *r, unsigned *status)
{
    chy_web_file f;
    chy_slice name = {r->path.p + 1, r->path.n - 1};
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.' && name.p[dot - 1] != '/') dot--;
    bool has_ending = dot && name.p[dot - 1] == '.';
    if (!chy_web_there()) {
        bool root = !name.n;
        if (!root) return chy_reply_problem(*status = 404, NULL, "there is no such path; this build has no page, and the API is under /api");
        char *text = strdup(no_page);
        return text ? chy_reply(r, text, strlen(text), "text/html; charset=utf-8", "private, no-cache", status) : NULL;
    }
    /* A state of the page has an address of its own; what has an ending was meant to be a file. */
    if (!chy_web_find(name, &f) && (has_ending || !chy_web_find(CHY_LIT("index.html"), &f))) return chy_reply_problem(*status = 404, NULL, "there is no such file");
    char etag[24] = "\"";
    chy_hex16(chy_hash(f.gzip.p, f.gzip.n, 0), etag + 1);
    strcat(etag, "\"");
    const char *have = MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "If-None-Match");
    bool same = have && chy_etag_matches(have, etag);
    if (r->gzip) memcpy(etag + 17, "-gz\"", 5);
    char *plain = r->gzip || same ? NULL : unpack(&f);
    if (!r->gzip && !same && !plain) return chy_reply_problem(*status = 503, NULL, "out of memory");
    if (same) *status = 304;
    struct MHD_Response *m = plain ? MHD_create_response_from_buffer(f.size, plain, MHD_RESPMEM_MUST_FREE)
                                   : MHD_create_response_from_buffer(same ? 0 : f.gzip.n, same ? NULL : (void *)(uintptr_t)f.gzip.p, MHD_RESPMEM_PERSISTENT);
    if (!m) return free(plain), NULL;
    chy_reply_common(m);
    MHD_add_response_header(m, "Cache-Control", "private, no-cache");
    MHD_add_response_header(m, "Vary", "Accept-Encoding");
    MHD_add_response_header(m, "ETag", etag);
    if (!same) MHD_add_response_header(m, "Content-Type", f.type);
    if (r->gzip && !same) MHD_add_response_header(m, "Content-Encoding", "gzip");
    return m;
}
