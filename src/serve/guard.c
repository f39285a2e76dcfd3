/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.c - who may ask. A page of another origin that is open in the same browser can send requests to this server, and with a name of its own
 * that resolves to 127.0.0.1 it could even read the answers: so the Host header has to name this server, and what comes from another site gets nothing.
 */
#include "serve/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/random.h>

bool chy_same(const char *a, const char *b)
{
    size_t n = strlen(a), k = strlen(b);
    unsigned char differ = n != k;
    for (size_t i = 0; i < n; i++) differ |= (unsigned char)(a[i] ^ b[k ? i % k : 0]);
    return !differ;
}

bool chy_random_token(char out[33])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b) return false;
    for (unsigned i = 0; i < sizeof b; i++) snprintf(out + 2 * i, 3, "%02x", b[i]);
    return true;
}

static const char *header(const chy_request *r, const char *name) { return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name); }

/* "NAME:PORT", the port left out where it is 80. */
static bool names_server(const chy_server *s, const char *host)
{
    static const char *const local[] = {"localhost", "127.0.0.1", "[::1]"};
    size_t n = strlen(host), digits = 0;
    while (digits < n && host[n - 1 - digits] >= '0' && host[n - 1 - digits] <= '9') digits++;
    unsigned port = 80;
    if (digits && digits <= 5 && n > digits && host[n - 1 - digits] == ':') {
        port = (unsigned)atoi(host + n - digits);
        n -= digits + 1;
    }
    if (port != s->port) return false;
    if (s->any_host) return true; /* whose names are not known; the token is wanted, and the cookie that has it goes to no other name */
    for (unsigned i = 0; i < 3; i++)
        if (strlen(local[i]) == n && strncasecmp(host, local[i], n) == 0) return true;
    return s->host[0] && strlen(s->host) == n && strncasecmp(host, s->host, n) == 0;
}

/* An origin that is this server's, as the request names it. Behind a proxy it may be of https. */
static bool own_origin(const char *origin, const char *host)
{
    const char *p = strstr(origin, "://");
    return p && strcasecmp(p + 3, host) == 0;
}

/* ----------------------------------------------------------------------- tokens */

/* The value of our cookie, which has the port in its name as cookies are shared by ports. */
static bool cookie_has(const chy_request *r, const char *token)
{
    char name[24];
    snprintf(name, sizeof name, "chancery-%u", r->server->port);
    const char *have = MHD_lookup_connection_value(r->connection, MHD_COOKIE_KIND, name);
    return have && chy_same(token, have);
}

static bool bearer_has(const chy_request *r, const char *token)
{
    const char *have = header(r, "Authorization");
    return have && strncasecmp(have, "Bearer ", 7) == 0 && chy_same(token, have + 7);
}

/* "/?token=T&…": the token goes into a cookie and out of the address. NULL where it is no such request. */
static struct MHD_Response *take_token(chy_request *r, unsigned *status)
{
    chy_slice rest = r->query, pair, value;
    char kept[CHY_MAX_TARGET + 2] = "/";
    size_t n = 1;
    bool right = false;
    while (rest.n && chy_slice_split(&rest, '&', &pair)) {
        if (chy_slice_starts(pair, CHY_LIT("token=")) && chy_percent(&r->arena, (chy_slice){pair.p + 6, pair.n - 6}, true, &value)) {
            right |= chy_same(r->server->token, value.p);
        } else if (pair.n && n + pair.n + 2 < sizeof kept) {
            kept[n] = n == 1 ? '?' : '&';
            memcpy(kept + n + 1, pair.p, pair.n);
            n += pair.n + 1;
        }
    }
    kept[n] = 0;
    if (!right) return NULL;
    struct MHD_Response *m = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!m) return NULL;
    char cookie[500];
    snprintf(cookie, sizeof cookie, "chancery-%u=%.300s; Path=/; HttpOnly; SameSite=Strict", r->server->port, r->server->token);
    chy_reply_common(m);
    MHD_add_response_header(m, "Set-Cookie", cookie);
    MHD_add_response_header(m, "Location", kept);
    MHD_add_response_header(m, "Cache-Control", "no-store");
    *status = 303;
    return m;
}

/* ------------------------------------------------------------------------- guard */

static enum MHD_Result count_hosts(void *ctx, enum MHD_ValueKind kind, const char *key, const char *value)
{
    (void)kind, (void)value;
    *(unsigned *)ctx += strcasecmp(key, "Host") == 0;
    return MHD_YES;
}

#define REFUSE(code, ...) return *status = (code), chy_reply_problem((code), NULL, __VA_ARGS__)

struct MHD_Response *chy_guard(chy_request *r, const char *method, unsigned *status)
{
    const chy_server *s = r->server;
    unsigned hosts = 0;
    MHD_get_connection_values(r->connection, MHD_HEADER_KIND, count_hosts, &hosts);
    const char *host = header(r, "Host"), *origin = header(r, "Origin"), *site = header(r, "Sec-Fetch-Site"), *mode = header(r, "Sec-Fetch-Mode");
    if (hosts > 1) REFUSE(400, "more than one Host");
    if (!host || !names_server(s, host)) REFUSE(403, "the Host header does not name this server");
    bool post = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0, api = chy_slice_starts(r->path, CHY_LIT("/api"));
    /* Some browsers send "null" where no referrer is to be told, from our own page too. */
    bool own = site && strcmp(site, "same-origin") == 0 && origin && strcmp(origin, "null") == 0;
    if (origin && (post || api) && !own && !own_origin(origin, host)) REFUSE(403, "a page of another origin may not ask");
    bool foreign = site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
    if (foreign && (post || (api && !(mode && strcmp(mode, "navigate") == 0)))) REFUSE(403, "a page of another site may not ask");
    if (!s->token || bearer_has(r, s->token) || cookie_has(r, s->token)) return NULL;
    struct MHD_Response *taken = !post && chy_slice_eqz(r->path, "/") ? take_token(r, status) : NULL;
    if (taken) return taken;
    REFUSE(401, "this server wants its token: Authorization: Bearer TOKEN, or open /?token=TOKEN once");
}
