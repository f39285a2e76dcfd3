/* SPDX-License-Identifier: Apache-2.0
 *
 * main.c - the command line: which subcommand, its options, its help.
 */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const command *const commands[] = {
    &cmd_code, &cmd_explain, &cmd_page, &cmd_text, &cmd_parse, &cmd_dates, &cmd_actors, &cmd_places, &cmd_claims,
    &cmd_relate, &cmd_frames, &cmd_add, &cmd_recode, &cmd_query, &cmd_timeline, &cmd_dyad, &cmd_corroboration, &cmd_correct, &cmd_sample, &cmd_precision, &cmd_forget, &cmd_incident, &cmd_diff,
    &cmd_counts, &cmd_export, &cmd_import, &cmd_rehydrate, &cmd_serve,
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

typedef struct option_help {
    const char *name, *argument, *text;
    bool common; /* every subcommand takes it */
} option_help;

static const option_help option_table[] = {
    {"format", "F", "output format", true},
    {"input", "KIND", "what the files are: auto (by ending, then by first bytes)", true},
    {"published", "D1[,D2…]", "day of publication (YYYY-MM-DD) of each story in order; an empty one is\n"
     "                          dated from the text; a record's own `published` wins", true},
    {"threads", "N", "threads to work on (default: the cores); the output is the same", true},
    {"data", "FILE", "another compiled data file than the one built in", true},
    {"frames", "FILE", "coding rules of your own, or a verb dictionary of TABARI or PETRARCH, tried before those\n"
     "                          built in; may be given several times, the last comes first (docs/frames.md)", true},
    {"actors", "FILE", "actors of your own, tried before those built in; may be given several times, the last\n"
     "                          comes first (docs/actors.md)", true},
    {"codes", NULL, "of actors that belong to a state: its codes in other schemes and the groups that it is in on the day", false},
    {"only-own", NULL, "leave out the built-in frames where --frames is given, the built-in actors where --actors is", true},
    {"check", NULL, "the FILEs are tables of actors (frames: frames): print what is wrong with them, and do nothing else", false},
    {"unknown", NULL, "instead of events the verbs and nouns between two actors that no frame knows, the frequent first", false},
    {"import", NULL, "the FILEs are verb dictionaries of TABARI or PETRARCH: print them as frames", false},
    {"quiet", NULL, "no notes and no progress on standard error", true},
    {"whole", NULL, "plain text is one running text, blank lines part its paragraphs, and nothing is left out", false},
    {"judge", "on|off", "off: events are what the coding rules find, without what is learnt", false},
    {"sentence", "N", "only the N-th sentence of each dispatch", false},
    {"match", "WORDS", "only sentences in which these words stand", false},
    {"event", "ID", "only the sentence of this event", false},
    {"incidents", NULL, "incidents instead of events: what is told again by others counts once", false},
    {"as-of", "MOMENT", "what was on record then (YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ, in UTC)", false},
    {"by", "LIST", "correct: the name of who says so; sample, precision: the columns that make a stratum, with commas;\n"
     "                          counts: what to count by, with commas: one of day week month quarter year; dyad; one of quad type\n"
     "                          status; or a period and publisher, for dispatches (default: month,dyad,quad); timeline, dyad: the period", false},
    {"denominators", "FILE", "write to FILE how many dispatches each publisher has in each period", false},
    {"out", "DIR", "the folder to write to, made where there is none", false},
    {"corrected", NULL, "the latest verdict on each event applied: wrong ones are left out, what was changed is as it should be", false},
    {"no-text", NULL, "nothing of the publishers' words: places in the text and the page's hash stand for them", false},
    {"contested", NULL, "not files but a record is asked: who asserts and who denies what somebody denies", false},
    {"reverse", NULL, "the best corroborated first", false},
    {"plot", "on|off", "the plot too (default: on a terminal)", false},
    {"limit", "N", "at most N rows", false},
    {"n", "N", "how many events (200)", false},
    {"page", NULL, "forget the other stories of its page too", false},
    {"split", "KEY", "set this event apart (KEY, or KEY@DISPATCH where copies share it)", false},
    {"seed", "N", "of the lot (1)", false},
    {"note", "TEXT", "why", false},
    {"from", "FILE", "the verdicts of a CSV file with the columns id, key, dispatch, verdict, note, as `chancery sample` writes it", false},
    {"port", "N", "the port to listen at (8642, or any that is free; 0: any)", false},
    {"host", "ADDR", "the address to listen at, for others to reach; they need the token", false},
    {"token", "T", "the token that every request needs; made up where --host is given without one", false},
    {"open", NULL, "open the page in the browser, if this is a terminal", false},
    {"read-only", NULL, "take no verdicts", false},
    {"help", NULL, "this text", true},
};
enum { N_OPTIONS = sizeof option_table / sizeof *option_table };

static bool takes(const command *c, const option_help *h)
{
    size_t n = strlen(h->name);
    for (const char *p = c->options; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && memcmp(p, h->name, n) == 0) return true;
    return h->common;
}

static void print_commands(FILE *f)
{
    fputs("usage: chancery COMMAND [OPTION…] [FILE…]\n\n"
          "Chancery reads news dispatches and codes the political events in them: who did what to\n"
          "whom, when and where, who says so and who denies it.\n\n", f);
    for (unsigned i = 0; i < N_COMMANDS; i++) fprintf(f, "  %-13s  %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n  --help, -h     this text; `chancery COMMAND --help` for a command's\n"
          "  --version, -V  version, and the hash of the data built in\n\n"
          "`-` is standard input, and is read where no file is named and it is no terminal.\n"
          "Exit status: 0 done, 1 some input was refused (the rest is done), 2 wrong usage (nothing done).\n", f);
}

static void print_help(const command *c)
{
    printf("usage: chancery %s [OPTION…]%s%s\n\n%s\n\n%s\n", c->name, c->record ? " RECORD" : "", c->rest ? c->rest : c->inputs[0] ? " [FILE…]" : "", c->summary, c->help);
    for (unsigned i = 0; i < N_OPTIONS; i++) {
        const option_help *h = &option_table[i];
        if (!takes(c, h)) continue;
        char left[40];
        snprintf(left, sizeof left, "--%s%s%s", h->name, h->argument ? " " : "", h->argument ? h->argument : "");
        /* The ellipsis is three bytes and one column. */
        int pad = 22 + (strstr(left, "…") ? 2 : 0);
        printf("  %-*s  %s", pad, left, h->text);
        if (strcmp(h->name, "format") == 0) printf(": one of %s (default: the first)", c->formats);
        if (strcmp(h->name, "input") == 0) printf(", or one of %s%s", c->inputs, strstr(c->inputs, "html") ? " csv" : "");
        putchar('\n');
    }
}

static int usage(const char *name, const char *fmt, const char *what)
{
    fputs("chancery", stderr);
    if (name) fprintf(stderr, " %s", name);
    fputs(": ", stderr);
    fprintf(stderr, fmt, what);
    fprintf(stderr, "; see `chancery%s%s --help`\n", name ? " " : "", name ? name : "");
    return EXIT_USAGE;
}

static int print_version(void)
{
    chy_data *data;
    chy_error err;
    if (chy_data_open(NULL, &data, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return EXIT_REFUSED;
    }
    printf("chancery %s (data %s)\n", CHY_VERSION, chy_data_hash(data));
    chy_data_close(data);
    return EXIT_DONE;
}

/* Is `word` one of the blank-separated words of `list`? Returns the list's own spelling. */
static const char *one_of(const char *list, const char *word, char *buf, size_t size)
{
    size_t n = strlen(word);
    for (const char *p = list; *p;) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, word, n) == 0 && k < size) {
            memcpy(buf, p, k);
            buf[k] = 0;
            return buf;
        }
        p += k + strspn(p + k, " ");
    }
    return NULL;
}

static bool parse_published(options *o, const char *arg)
{
    uint32_t n = 1;
    for (const char *p = arg; *p; p++) n += *p == ',';
    o->published = xrealloc(o->published, n * sizeof *o->published);
    o->n_published = 0;
    for (const char *p = arg;;) {
        size_t k = strcspn(p, ",");
        chy_day d = CHY_NO_DAY;
        if (k && chy_day_parse((chy_slice){p, k}, &d) != CHY_OK) return false;
        o->published[o->n_published++] = (chy_interval){d, d};
        if (!p[k]) return true;
        p += k + 1;
    }
}

/* Terms that begin with a minus ("-status:planned") are no options: they go behind a "--". Returns the new argv, to be freed. */
static char **terms_last(int *argc, char **argv)
{
    char **v = xrealloc(NULL, ((size_t)*argc + 2) * sizeof *v);
    int n = 0, moved = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < *argc; i++) {
            const char *colon = argv[i][0] == '-' && argv[i][1] != '-' ? strchr(argv[i], ':') : NULL;
            bool is_term = colon && strspn(argv[i] + 1, "abcdefghijklmnopqrstuvwxyz") == (size_t)(colon - argv[i] - 1);
            if (is_term != (pass == 1)) continue;
            if (is_term && !moved++) v[n++] = (char *)(uintptr_t)"--";
            v[n++] = argv[i];
        }
    }
    v[n] = NULL;
    *argc = n;
    return v;
}

static int parse_options(const command *c, int argc, char **argv, options *o, char *format, size_t format_size)
{
    enum { FIRST = 1000 };
    struct option longs[N_OPTIONS + 1] = {0};
    int n = 0;
    for (unsigned i = 0; i < N_OPTIONS; i++)
        if (takes(c, &option_table[i]))
            longs[n++] = (struct option){option_table[i].name, option_table[i].argument != NULL, NULL, FIRST + (int)i};
    opterr = 0;
    optind = 1;
    for (int k; (k = getopt_long(argc, argv, ":hq", longs, NULL)) != -1;) {
        const char *name = k == 'h' ? "help" : k == 'q' ? "quiet" : k >= FIRST ? option_table[k - FIRST].name : "";
        if (k == '?' || k == ':') {
            const char *given = argv[optind - 1];
            return usage(c->name, k == ':' ? "option %s wants a value" : "unknown option %s", given);
        }
        if (strcmp(name, "help") == 0) {
            print_help(c);
            return -1;
        }
        if (strcmp(name, "quiet") == 0) o->quiet = true;
        if (strcmp(name, "whole") == 0) o->whole = true;
        if (strcmp(name, "data") == 0) o->data = optarg;
        if (strcmp(name, "check") == 0) o->check = true;
        if (strcmp(name, "codes") == 0) o->codes = true;
        if (strcmp(name, "unknown") == 0) o->unknown = true;
        if (strcmp(name, "incidents") == 0) o->incidents = true;
        if (strcmp(name, "as-of") == 0) o->as_of = optarg;
        if (strcmp(name, "out") == 0) o->out = optarg;
        if (strcmp(name, "no-text") == 0) o->no_text = true;
        if (strcmp(name, "corrected") == 0) o->corrected = true;
        if (strcmp(name, "denominators") == 0) o->denominators = optarg;
        if (strcmp(name, "import") == 0) o->import = true;
        if (strcmp(name, "only-own") == 0) o->only_own = true;
        if (strcmp(name, "frames") == 0) {
            o->frames = xrealloc(o->frames, (o->n_frames + 1) * sizeof *o->frames);
            o->frames[o->n_frames++] = optarg;
        }
        if (strcmp(name, "actors") == 0) {
            o->actors = xrealloc(o->actors, (o->n_actors + 1) * sizeof *o->actors);
            o->actors[o->n_actors++] = optarg;
        }
        if (strcmp(name, "judge") == 0) {
            o->frames_only = strcmp(optarg, "off") == 0;
            if (!o->frames_only && strcmp(optarg, "on") != 0) return usage(c->name, "--judge is on or off, not %s", optarg);
        }
        if (strcmp(name, "match") == 0) o->match = optarg;
        if (strcmp(name, "event") == 0) o->event = optarg;
        if (strcmp(name, "page") == 0) o->page = true;
        if (strcmp(name, "contested") == 0) o->contested = true;
        if (strcmp(name, "reverse") == 0) o->reverse = true;
        if (strcmp(name, "plot") == 0) {
            if (strcmp(optarg, "on") != 0 && strcmp(optarg, "off") != 0) return usage(c->name, "--plot is on or off, not %s", optarg);
            o->plot = optarg;
        }
        if (strcmp(name, "split") == 0) o->split = optarg;
        if (strcmp(name, "host") == 0) o->host = optarg;
        if (strcmp(name, "token") == 0) o->token = optarg;
        if (strcmp(name, "open") == 0) o->open = true;
        if (strcmp(name, "read-only") == 0) o->read_only = true;
        if (strcmp(name, "by") == 0) o->by = optarg;
        if (strcmp(name, "note") == 0) o->note = optarg;
        if (strcmp(name, "from") == 0) o->from = optarg;
        if (strcmp(name, "format") == 0 && !(o->format = one_of(c->formats, optarg, format, format_size)))
            return usage(c->name, "no format %s", optarg);
        if (strcmp(name, "input") == 0) {
            char kind[16];
            bool is_auto = strcmp(optarg, "auto") == 0;
            o->csv = strcmp(optarg, "csv") == 0 && strstr(c->inputs, "html");
            if (!is_auto && !o->csv && !one_of(c->inputs, optarg, kind, sizeof kind))
                return usage(c->name, "does not take input of kind %s", optarg);
            o->input = is_auto || o->csv                ? CHY_INPUT_AUTO
                       : strcmp(optarg, "text") == 0    ? CHY_INPUT_TEXT
                       : strcmp(optarg, "html") == 0    ? CHY_INPUT_HTML
                       : strcmp(optarg, "jsonl") == 0   ? CHY_INPUT_JSONL
                                                        : CHY_INPUT_CONLLU;
        }
        if (strcmp(name, "published") == 0 && !parse_published(o, optarg))
            return usage(c->name, "%s is no list of days (YYYY-MM-DD, some may be empty)", optarg);
        if (strcmp(name, "threads") == 0 || strcmp(name, "sentence") == 0 || strcmp(name, "limit") == 0 ||
            strcmp(name, "n") == 0 || strcmp(name, "seed") == 0 || strcmp(name, "port") == 0) {
            char *end;
            errno = 0;
            long v = strtol(optarg, &end, 10);
            if (errno || *end || end == optarg || v < (name[0] != 'p') || v > (name[0] == 't' ? 256 : name[0] == 'p' ? 65535 : 100000000))
                return usage(c->name, "%s is no number in range", optarg);
            if (name[0] == 't') o->threads = (unsigned)v;
            else if (name[0] == 'p') o->port = (int)v;
            else if (name[0] == 'n') o->draw = (uint64_t)v;
            else if (strcmp(name, "seed") == 0) o->seed = (uint64_t)v;
            else if (name[0] == 's') o->sentence = (uint32_t)v;
            else o->limit = (uint64_t)v;
        }
    }
    if (o->unknown && (strcmp(o->format, "timeline") == 0 || strcmp(o->format, "dyads") == 0))
        return usage(c->name, "no format %s with --unknown", o->format);
    if ((o->check || o->import) && (o->n_actors || o->n_frames))
        return usage(c->name, "%s", "--check and --import take what they look at as FILEs and nothing else");
    if (o->only_own && !o->n_actors && !o->n_frames) return usage(c->name, "%s", "--only-own wants --frames or --actors");
    if (c == &cmd_frames && o->check == o->import) return usage(c->name, "%s", "either --import or --check is wanted");
    o->files = argv + optind;
    o->n_files = (unsigned)(argc - optind);
    if (c->record) {
        if (!o->n_files) return usage(c->name, "%s", "name the record");
        o->record = *o->files++;
        o->n_files--;
    }
    if (c->rest) return 0;
    if (c->again) return o->n_files ? usage(c->name, "%s is one name too many", o->files[0]) : 0;
    if (!c->inputs[0]) return o->n_files ? usage(c->name, "%s is one name too many", o->files[0]) : 0;
    static char *standard_input[] = {(char *)(uintptr_t)"-", NULL};
    if (!o->n_files) {
        if (isatty(0)) return usage(c->name, "%s", "name a file, or - for standard input");
        o->files = standard_input;
        o->n_files = 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        for (unsigned i = 0; argc > 2 && i < N_COMMANDS; i++) {
            if (strcmp(argv[2], commands[i]->name) != 0) continue;
            print_help(commands[i]);
            return EXIT_DONE;
        }
        print_commands(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) return print_version();
    const command *c = NULL;
    for (unsigned i = 0; i < N_COMMANDS; i++)
        if (strcmp(argv[1], commands[i]->name) == 0) c = commands[i];
    if (!c) return usage(NULL, argv[1][0] == '-' ? "unknown option %s" : "no command %s", argv[1]);

    for (int i = 2; c == &cmd_claims && i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--contested") == 0) c = &cmd_contested;

    char format[16];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    options o = {.port = -1, .threads = cores < 1 ? 1 : cores > 64 ? 64 : (unsigned)cores,
                 .color = isatty(1) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0)};
    char first[16];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(c->formats, " "), c->formats);
    o.format = first;
    int n_words = argc - 1;
    char **words = c->rest ? terms_last(&n_words, argv + 1) : NULL;
    int st = parse_options(c, n_words, words ? words : argv + 1, &o, format, sizeof format);
    if (st == 0) st = c->run ? c->run(&o) : o.check ? check_actors(&o) : run_command(o.unknown ? &cmd_unknown : c, &o);
    free(words);
    free(o.published);
    free(o.frames);
    free(o.actors);
    return st < 0 ? EXIT_DONE : st;
}
