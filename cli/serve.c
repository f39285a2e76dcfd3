/* SPDX-License-Identifier: Apache-2.0
 *
 * serve.c - `chancery serve`: a record as a page, and as the API under it.
 */
#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORT = 8642 };

/* Without a shell, and without waiting for it. */
static void open_browser(const char *url)
{
    pid_t child = fork();
    if (child < 0) return;
    if (child > 0) {
        waitpid(child, NULL, 0);
        return;
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (fork() != 0) _exit(0);
    setsid();
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; null >= 0 && fd < 3; fd++) dup2(null, fd);
    execlp("xdg-open", "xdg-open", url, (char *)NULL);
    _exit(127);
}

static bool make_token(char hex[33])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t)sizeof b) return false;
    for (unsigned i = 0; i < sizeof b; i++) snprintf(hex + 2 * i, 3, "%02x", b[i]);
    return true;
}

static int run_serve(const options *o)
{
    chy_server *server = NULL;
    chy_error err = {0};
    char token[33] = "";
    bool local = !o->host || strcmp(o->host, "127.0.0.1") == 0 || strcmp(o->host, "localhost") == 0 || strcmp(o->host, "::1") == 0;
    if (!local && !o->token && !make_token(token)) {
        fputs("chancery: no token can be made\n", stderr);
        return EXIT_REFUSED;
    }
    chy_server_options with = {.record = o->record, .address = o->host, .port = o->port < 0 ? PORT : (uint16_t)o->port, .read_only = o->read_only,
                               .token = o->token ? o->token : token[0] ? token : NULL, .threads = o->threads < 2 ? 2 : o->threads};
    chy_data *data = NULL;
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    chy_status st = chy_data_open(o->data, &data, &err);
    if (st == CHY_OK) st = chy_server_start(data, &with, &server, &err);
    if (st == CHY_E_BUSY && o->port < 0) { /* the usual port is taken, perhaps by another record: any will do */
        with.port = 0;
        st = chy_server_start(data, &with, &server, &err);
    }
    if (st != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        if (data) chy_data_close(data);
        return st == CHY_E_ARGUMENT ? EXIT_USAGE : EXIT_REFUSED;
    }
    char url[512];
    const char *host = o->host ? o->host : "127.0.0.1";
    snprintf(url, sizeof url, strchr(host, ':') ? "http://[%.250s]:%u/%s%.200s" : "http://%.250s:%u/%s%.200s", host, chy_server_port(server),
             with.token ? "?token=" : "", with.token ? with.token : "");
    printf("%s\n", url);
    fflush(stdout);
    if (!o->quiet && !chy_server_has_page()) fputs("chancery: this build has no page, only the API: /api/openapi.json tells what it answers\n", stderr);
    if (!o->quiet && !local) fputs("chancery: others can reach it: the token is all that keeps them out, and nothing is encrypted\n", stderr);
    if (!o->quiet && isatty(2)) fputs("Ctrl-C ends it.\n", stderr);
    if (o->open && isatty(1) && chy_server_has_page()) open_browser(url);
    int got;
    sigwait(&stop, &got);
    chy_server_stop(server);
    chy_data_close(data);
    return EXIT_DONE;
}

const command cmd_serve = {
    .name = "serve", .summary = "a record as a page in the browser, and as the JSON API under it", .formats = "", .inputs = "",
    .options = "port host token open read-only", .record = true, .run = run_serve,
    .help = "Prints the address and serves until it is interrupted, on this machine only. A box on the page codes a text that is pasted; nothing of that\n"
            "is kept. With --host others can reach it, and then every request needs the token that is in the address printed.\n\n"
            "    chancery serve record.db --open\n",
};
