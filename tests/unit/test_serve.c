/* SPDX-License-Identifier: Apache-2.0
 *
 * The server against clients that do not keep to the rules: slow ones, many of them, and requests that are cut, too large or two in one.
 */
#include "chancery.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/chancery-test-XXXXXX", path[64];
static chy_data *data;

static void check(chy_status st, const chy_error *err)
{
    if (st != CHY_OK) fail_msg("%s", err->message);
}

/* A record of some stories. */
static int make_record(void **state)
{
    (void)state;
    static const char text[] = "NAIROBI - Kenya accused Uganda of closing the border on Monday. Uganda denied it. Kenya's minister met Tanzania's president in Nairobi on Tuesday.";
    chy_error err = {0};
    chy_record *r;
    chy_session *s;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/record.db", folder);
    check(chy_data_open(NULL, &data, &err), &err);
    check(chy_session_new(data, &s, &err), &err);
    check(chy_record_open(path, CHY_RECORD_CREATE, &r, &err), &err);
    check(chy_record_begin(r, "add", chy_data_hash(data), &err), &err);
    for (int i = 0; i < 40; i++) {
        char story[400];
        const chy_page *page;
        chy_parcel *parcel;
        snprintf(story, sizeof story, "%s The talks lasted %d hours.", text, i + 2);
        chy_input in = {.bytes = {story, strlen(story)}, .kind = CHY_INPUT_TEXT};
        check(chy_session_read(s, &in, CHY_STAGE_CLAIMS, 0, &page, &err), &err);
        check(chy_parcel_make(page, &in, (chy_slice){"\"x\"", 3}, (chy_slice){"x", 1}, &parcel, &err), &err);
        check(chy_record_put(r, parcel, NULL, &err), &err);
        chy_parcel_free(parcel);
    }
    check(chy_record_end(r, &err), &err);
    chy_record_close(r);
    chy_session_free(s);
    return 0;
}

static int remove_record(void **state)
{
    (void)state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    chy_data_close(data);
    return rmdir(folder);
}

static chy_server *serve(chy_server_options o)
{
    chy_server *s;
    chy_error err = {0};
    o.record = path;
    check(chy_server_start(data, &o, &s, &err), &err);
    return s;
}

static int dial(const chy_server *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(chy_server_port(s)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static void say(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0) return; /* the server may have had enough */
        p += k;
        n -= (size_t)k;
    }
}

/* What comes until the other side closes or is silent for `ms`; NUL-terminated. True where it closed. */
static bool hear(int fd, char *out, size_t size, int ms)
{
    size_t n = 0;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        ssize_t k = poll(&p, 1, ms) > 0 ? recv(fd, out + n, size - 1 - n, 0) : -2;
        if (k <= 0) {
            out[n] = 0;
            return k != -2;
        }
        n += (size_t)k;
        if (n == size - 1) n = 0; /* only the last of it is looked at */
    }
}

/* One request on a connection of its own, which the server is asked to close. $PORT stands for the port. */
static void exchange(const chy_server *s, const char *request, char *out, size_t size)
{
    char text[4096], port[8];
    snprintf(port, sizeof port, "%u", chy_server_port(s));
    size_t n = 0;
    for (const char *p = request; *p; p++) {
        const char *end = strstr(request, "\r\n");
        if (p == end && p > request) n += (size_t)sprintf(text + n, "\r\nConnection: close");
        if (strncmp(p, "$PORT", 5) == 0) n += (size_t)sprintf(text + n, "%s", port), p += 4;
        else text[n++] = *p;
    }
    int fd = dial(s);
    say(fd, text, n);
    hear(fd, out, size, 3000);
    close(fd);
}

static int status(const char *answer) { return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0; }

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void slow_clients_are_cut(void **state)
{
    (void)state;
    static const char request[] = "GET /api/about HTTP/1.1\r\nHost: localhost\r\nX-A: 1111111111111111111111111111111111111111111111111111111111";
    chy_server *s = serve((chy_server_options){.receive_seconds = 1});
    char out[4096];
    int fd = dial(s), idle = dial(s);
    double begin = seconds();
    bool closed = false;
    /* A byte every 200 ms is no silence, and still too slow. */
    for (size_t i = 0; i < sizeof request - 1 && !closed; i++) {
        say(fd, request + i, 1);
        closed = hear(fd, out, sizeof out, 200);
    }
    assert_true(closed);
    assert_true(seconds() - begin < 8);
    assert_true(hear(idle, out, sizeof out, 4000));
    close(fd);
    close(idle);
    exchange(s, "GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", out, sizeof out);
    assert_int_equal(status(out), 200);
    chy_server_stop(s);
}

static void too_many_connections_wait_or_are_closed(void **state)
{
    (void)state;
    chy_server *s = serve((chy_server_options){.max_connections = 6, .max_per_address = 4, .receive_seconds = 2});
    char out[4096];
    int fd[20];
    for (int i = 0; i < 20; i++) fd[i] = dial(s);
    poll(NULL, 0, 300);
    int alive = 0;
    for (int i = 0; i < 20; i++) alive += !hear(fd[i], out, sizeof out, 1);
    assert_true(alive <= 6);
    for (int i = 0; i < 20; i++) close(fd[i]);
    poll(NULL, 0, 300);
    exchange(s, "GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", out, sizeof out);
    assert_int_equal(status(out), 200);
    chy_server_stop(s);
}

static void requests_that_are_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *request;
        int status;
    } tries[] = {
        {"GET /api/about HTTP/1.1\r\nHost: 127.0.0.1:$PORT\r\n\r\n", 200},
        {"GET /api/about HTTP/1.1\r\nHost: LOCALHOST:$PORT\r\n\r\n", 200},
        {"GET /api/about HTTP/1.1\r\nHost: [::1]:$PORT\r\n\r\n", 200},
        {"GET /api/about HTTP/1.1\r\nHost: evil.example:$PORT\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\nHost: localhost.evil.example:$PORT\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\nHost: localhost\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\nHost:\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\n\r\n", 400},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nHost: evil.example\r\n\r\n", 400},
        {"GET http://evil.example/api/about HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", 400},
        {"OPTIONS * HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", 204},
        {"OPTIONS /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", 204},
        {"TRACE /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\n\r\n", 405},
        {"POST /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Type: application/json\r\n\r\n", 411},
        {"POST /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n", 413},
        {"POST /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415},
        {"POST /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
         "9\r\n{\"text\":\"\r\n12\r\nKenya met Uganda.\"\r\n1\r\n}\r\n0\r\n\r\n", 200},
        {"POST /api/code HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nContent-Length: 4\r\n\r\nbody", 200},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nAccept: text/html;q=0.9, image/*\r\n\r\n", 406},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nAccept: application/*;q=0.5, text/html\r\n\r\n", 200},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nAccept: application/json;q=0, */*\r\n\r\n", 406},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nAccept-Encoding: identity;q=0, gzip;q=0\r\n\r\n", 406},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nOrigin: http://evil.example\r\n\r\n", 403},
        {"GET /api/about HTTP/1.1\r\nHost: localhost:$PORT\r\nSec-Fetch-Site: cross-site\r\n\r\n", 403},
        {"GET / HTTP/1.1\r\nHost: localhost:$PORT\r\nSec-Fetch-Site: cross-site\r\n\r\n", 200},
    };
    chy_server *s = serve((chy_server_options){.port = 0});
    char out[1 << 16];
    for (unsigned i = 0; i < sizeof tries / sizeof *tries; i++) {
        exchange(s, tries[i].request, out, sizeof out);
        if (status(out) != tries[i].status) fail_msg("%s: %.300s", tries[i].request, out);
    }
    /* Nothing that is half a request, garbage or NULs stops it. */
    static const char *const rubbish[] = {"\r\n\r\n\r\n", "GET", "GET /api/about HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x00\x01", "\377\376"};
    for (unsigned i = 0; i < sizeof rubbish / sizeof *rubbish; i++) {
        int half = dial(s);
        say(half, rubbish[i], strlen(rubbish[i]));
        hear(half, out, sizeof out, 300);
        close(half);
    }
    int fd = dial(s);
    static const char nuls[] = "GET /api/\0about HTTP/1.1\r\nHost: \0\r\n\r\n\0\0\0";
    say(fd, nuls, sizeof nuls);
    hear(fd, out, sizeof out, 300);
    assert_int_not_equal(status(out), 200);
    close(fd);
    exchange(s, tries[0].request, out, sizeof out);
    assert_int_equal(status(out), 200);
    chy_server_stop(s);
}

/* A first line, a header and a body that are too large. */
static void sizes_are_limited(void **state)
{
    (void)state;
    chy_server *s = serve((chy_server_options){.port = 0});
    enum { MANY = 70000 };
    char *big = malloc(MANY + 200), head[200], *out = malloc(1 << 16);
    memset(big, 'a', MANY);
    snprintf(head, sizeof head, " HTTP/1.1\r\nHost: localhost:%u\r\n\r\n", chy_server_port(s));
    static const struct {
        const char *begin;
        size_t n;
        int status;
    } tries[] = {{"GET /", 28000, 414}, {"GET /", MANY, 414}, {"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ", MANY, 431}};
    for (unsigned i = 0; i < 3; i++) {
        int fd = dial(s);
        say(fd, tries[i].begin, strlen(tries[i].begin));
        say(fd, big, tries[i].n);
        if (i < 2) say(fd, head, strlen(head));
        else say(fd, "\r\n\r\n", 4);
        hear(fd, out, 1 << 16, 700);
        if (status(out) != tries[i].status) fail_msg("%u: %.200s", i, out);
        close(fd);
    }
    /* Without a length the body is counted as it comes. */
    int fd = dial(s);
    snprintf(head, sizeof head, "POST /api/code HTTP/1.1\r\nHost: localhost:%u\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", chy_server_port(s));
    say(fd, head, strlen(head));
    for (int i = 0; i < 90; i++) {
        snprintf(head, sizeof head, "%x\r\n", MANY);
        say(fd, head, strlen(head));
        say(fd, big, MANY);
        say(fd, "\r\n", 2);
    }
    say(fd, "0\r\n\r\n", 5);
    hear(fd, out, 1 << 16, 2000);
    assert_int_equal(status(out), 413);
    close(fd);
    free(big);
    free(out);
    chy_server_stop(s);
}

static void two_requests_in_one_piece(void **state)
{
    (void)state;
    chy_server *s = serve((chy_server_options){.port = 0});
    char out[1 << 16];
    char request[200];
    snprintf(request, sizeof request, "GET /api/about HTTP/1.1\r\nHost: localhost:%u\r\n\r\nGET /api/nothing HTTP/1.1\r\nHost: localhost:%u\r\nConnection: close\r\n\r\n",
             chy_server_port(s), chy_server_port(s));
    int fd = dial(s);
    say(fd, request, strlen(request));
    assert_true(hear(fd, out, sizeof out, 5000));
    close(fd);
    assert_int_equal(status(out), 200);
    assert_non_null(strstr(out, "HTTP/1.1 404"));
    chy_server_stop(s);
}

/* A client that goes, or a server that stops, in the middle of an export or of anything else. */
static void broken_off(void **state)
{
    (void)state;
    char out[4096], request[200];
    for (int round = 0; round < 10; round++) {
        chy_server *s = serve((chy_server_options){.threads = 3});
        int fd[8];
        for (int i = 0; i < 8; i++) {
            fd[i] = dial(s);
            snprintf(request, sizeof request, "GET /api/%s HTTP/1.1\r\nHost: localhost:%u\r\n\r\n", i % 2 ? "export.csv" : "values", chy_server_port(s));
            say(fd[i], request, strlen(request));
        }
        for (int i = 0; i < 4; i++) close(fd[i]);
        if (round % 2) hear(fd[7], out, sizeof out, 100);
        double begin = seconds();
        chy_server_stop(s);
        assert_true(seconds() - begin < 8);
        for (int i = 4; i < 8; i++) close(fd[i]);
    }
}

static void starts_that_fail(void **state)
{
    (void)state;
    chy_server *s = serve((chy_server_options){.port = 0}), *other = NULL;
    chy_error err = {0};
    assert_int_equal(chy_server_start(data, &(chy_server_options){.record = path, .port = chy_server_port(s)}, &other, &err), CHY_E_BUSY);
    assert_int_equal(chy_server_start(data, &(chy_server_options){.record = "/nonesuch/record.db"}, &other, &err), CHY_E_RECORD);
    assert_int_equal(chy_server_start(data, &(chy_server_options){.record = path, .address = "0.0.0.0"}, &other, &err), CHY_E_ARGUMENT);
    assert_int_equal(chy_server_start(data, &(chy_server_options){.record = path, .address = "no such name"}, &other, &err), CHY_E_ARGUMENT);
    assert_int_equal(chy_server_start(data, &(chy_server_options){.record = path, .token = "a b"}, &other, &err), CHY_E_ARGUMENT);
    assert_null(other);
    chy_server_stop(NULL);
    chy_server_stop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_clients_are_cut), cmocka_unit_test(too_many_connections_wait_or_are_closed), cmocka_unit_test(requests_that_are_wrong),
        cmocka_unit_test(sizes_are_limited),    cmocka_unit_test(two_requests_in_one_piece),               cmocka_unit_test(broken_off),
        cmocka_unit_test(starts_that_fail),
    };
    return cmocka_run_group_tests(tests, make_record, remove_record);
}
