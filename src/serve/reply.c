/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.c - answers: headers that all have, entity tags, compression, problems.
 */
#include "serve/http.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

enum { ZIP_FROM = 1024, ZIP_LEVEL = 1 /* an answer is made for one reader, mostly on this machine */ };

static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                             "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

void chy_reply_common(struct MHD_Response *response)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy", policy},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Embedder-Policy", "require-corp"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };
    for (unsigned i = 0; i < sizeof headers / sizeof *headers; i++) MHD_add_response_header(response, headers[i][0], headers[i][1]);
}

enum MHD_Result chy_send(struct MHD_Connection *c, unsigned status, struct MHD_Response *response)
{
    if (!response) return MHD_NO;
    enum MHD_Result ok = MHD_queue_response(c, status, response);
    MHD_destroy_response(response);
    return ok;
}

/* ------------------------------------------------------------- what is accepted */

static bool space(char c) { return c == ' ' || c == '\t'; }

/* "0.5" as 500; 1000 where there is none. */
static int weight(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p != ';') continue;
        do p++;
        while (p < end && space(*p));
        if (p + 2 > end || (*p | 32) != 'q' || p[1] != '=') continue;
        p += 2;
        int v = p < end && *p == '1' ? 1000 : 0, unit = 100;
        if (p + 1 < end && p[1] == '.' && !v)
            for (p += 2; p < end && *p >= '0' && *p <= '9'; p++, unit /= 10) v += (*p - '0') * unit;
        return v;
    }
    return 1000;
}

int chy_quality(const char *header, const char *value)
{
    size_t n = strlen(value), major = strcspn(value, "/");
    int found = -1, rank = -1;
    for (const char *p = header; p && *p;) {
        const char *end = p + strcspn(p, ",");
        while (p < end && space(*p)) p++;
        size_t k = strcspn(p, ";, \t");
        int here = -1;
        if (k == n && strncasecmp(p, value, n) == 0) here = 2;
        else if (value[major] && k == major + 2 && strncasecmp(p, value, major + 1) == 0 && p[k - 1] == '*') here = 1;
        else if ((k == 1 && *p == '*') || (k == 3 && memcmp(p, "*/*", 3) == 0)) here = 0;
        if (here > rank) rank = here, found = weight(p + k, end);
        p = *end ? end + 1 : end;
    }
    return found;
}

bool chy_etag_matches(const char *header, const char *etag)
{
    size_t n = strlen(etag) - 1; /* less the closing mark, so that "…-gz" is the same thing */
    for (const char *p = header; p && *p;) {
        const char *end = p + strcspn(p, ",");
        while (p < end && space(*p)) p++;
        if (*p == '*') return true;
        if (end - p > 2 && p[0] == 'W' && p[1] == '/') p += 2;
        if ((size_t)(end - p) > n && memcmp(p, etag, n) == 0 && (p[n] == '"' || strncmp(p + n, "-gz\"", 4) == 0)) return true;
        p = *end ? end + 1 : end;
    }
    return false;
}

/* ----------------------------------------------------------------------- gzip */

char *chy_gzip(const char *p, size_t *n, int level)
{
    z_stream z = {0};
    if (*n > UINT32_MAX / 2 || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
    size_t cap = deflateBound(&z, (uLong)*n);
    char *out = malloc(cap);
    z.next_in = (Bytef *)(uintptr_t)p;
    z.avail_in = (uInt)*n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)cap;
    int code = out ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
    *n = z.total_out;
    deflateEnd(&z);
    if (code == Z_STREAM_END) return out;
    free(out);
    return NULL;
}

/* -------------------------------------------------------------------- answers */

struct MHD_Response *chy_reply(chy_request *r, char *bytes, size_t n, const char *type, const char *cache, unsigned *status)
{
    char etag[24] = "\"";
    bool get = !r->op || !r->op->post, zipped = false;
    chy_hex16(chy_hash(bytes, n, 0), etag + 1);
    if (r->gzip && n >= ZIP_FROM) {
        size_t k = n;
        char *zip = chy_gzip(bytes, &k, ZIP_LEVEL);
        zipped = zip && k < n;
        if (zipped) free(bytes), bytes = zip, n = k;
        else free(zip);
    }
    strcat(etag, zipped ? "-gz\"" : "\"");
    const char *have = MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "If-None-Match");
    char plain[24];
    snprintf(plain, sizeof plain, "%.17s\"", etag);
    bool same = get && *status == 200 && have && chy_etag_matches(have, plain);
    if (same) free(bytes), bytes = NULL, n = 0, *status = 304;
    struct MHD_Response *m = MHD_create_response_from_buffer(n, bytes, bytes ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!m) return free(bytes), NULL;
    chy_reply_common(m);
    MHD_add_response_header(m, "Cache-Control", cache);
    MHD_add_response_header(m, "Vary", "Accept-Encoding");
    if (get) MHD_add_response_header(m, "ETag", etag);
    if (!same) MHD_add_response_header(m, "Content-Type", type);
    if (zipped && !same) MHD_add_response_header(m, "Content-Encoding", "gzip");
    return m;
}

struct MHD_Response *chy_reply_json(chy_request *r, json_t *v, const char *cache, unsigned *status)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_REAL_PRECISION(7));
    return text ? chy_reply(r, text, strlen(text), "application/json", cache, status) : NULL;
}

static const char *title(unsigned status)
{
    switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

/* Text of a request may stand in a message, cut anywhere. */
static json_t *j_text(const char *p)
{
    chy_slice s = chy_slice_z(p);
    size_t bad;
    if (!chy_utf8_valid(s, &bad)) s.n = bad;
    return json_stringn(s.p, s.n);
}

struct MHD_Response *chy_reply_problem(unsigned status, const char *term, const char *fmt, ...)
{
    char detail[400];
    va_list a;
    va_start(a, fmt);
    vsnprintf(detail, sizeof detail, fmt, a);
    va_end(a);
    json_t *v = json_object();
    json_object_set_new(v, "title", json_string(title(status)));
    json_object_set_new(v, "status", json_integer(status));
    json_object_set_new(v, "detail", j_text(detail));
    if (term) json_object_set_new(v, "term", j_text(term));
    char *text = json_dumps(v, JSON_COMPACT);
    json_decref(v);
    struct MHD_Response *m = text ? MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE) : NULL;
    if (!m) return free(text), NULL;
    chy_reply_common(m);
    MHD_add_response_header(m, "Content-Type", "application/problem+json");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    if (status == 503) MHD_add_response_header(m, "Retry-After", "2");
    if (status == 401) MHD_add_response_header(m, "WWW-Authenticate", "Bearer realm=\"chancery\"");
    return m;
}
