/* SPDX-License-Identifier: Apache-2.0
 *
 * net.c - URLs, addresses, handles and names of files: one word each, whatever marks they hold.
 */
#include "text/scan.h"

enum { MAX_NET = 4096, MAX_ENDING = 8 };

static bool letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool alnum(char c) { return letter(c) || (c >= '0' && c <= '9'); }

/* The end of the chunk [i, e) without the marks that close over it. */
static uint32_t trimmed(const chy_scan *s, uint32_t i, uint32_t e)
{
    for (;;) {
        if (e > i + 1 && memchr(".,;:!?)]}\"'>", s->p[e - 1], 12)) e--;
        else if (e > i + 3 && memcmp(s->p + e - 3, "\xE2\x80", 2) == 0) e -= 3;
        else return e;
    }
}

/* "https://…", "www.…" */
static bool is_url(chy_slice c)
{
    size_t n = 0;
    while (n < c.n && n < 12 && letter(c.p[n])) n++;
    if (n > 1 && c.n - n > 3 && memcmp(c.p + n, "://", 3) == 0) return true;
    return c.n > 5 && memcmp(c.p, "www.", 4) == 0;
}

/* "name@host.example", "mailto:name@host", and name@HOST; the name may be cut short ("nam...@host"). Its end, or i. */
static uint32_t address(const chy_scan *s, uint32_t i, uint32_t stop)
{
    uint32_t b = stop - i > 7 && memcmp(s->p + i, "mailto:", 7) == 0 ? i + 7 : i, j = b;
    while (j < stop && (alnum(s->p[j]) || memchr("._%+-", s->p[j], 5))) j++;
    if (j == b || j + 1 >= stop || s->p[j] != '@' || !alnum(s->p[b]) || !letter(s->p[j + 1])) return i;
    j++;
    while (j < stop && (alnum(s->p[j]) || memchr("._-", s->p[j], 3))) j++;
    while (memchr(".-_", s->p[j - 1], 3)) j--;
    return j;
}

/* "@mfa_iran", "@example.org": its end, or i. */
static uint32_t handle(const chy_scan *s, uint32_t i, uint32_t stop)
{
    uint32_t j = i + 1;
    while (j < stop && (alnum(s->p[j]) || s->p[j] == '_' || (s->p[j] == '.' && j + 1 < stop && letter(s->p[j + 1])))) j++;
    return j - i >= 3 && (letter(s->p[i + 1]) || s->p[i + 1] == '_') ? j : i;
}

/* "Budget-2.xls", "al-monitor.com", ".doc": its end, or i. */
static uint32_t file_name(const chy_scan *s, uint32_t i, uint32_t stop)
{
    uint32_t e = trimmed(s, i, stop), dot = e;
    while (dot > i && e - dot < MAX_ENDING && alnum(s->p[dot - 1])) dot--;
    if (dot == i || dot == e || s->p[--dot] != '.') return i;
    if (!(chy_scan_kinds(s->m, (chy_slice){s->p + dot, e - dot}) & CHY_W_FILE)) return i;
    for (uint32_t j = i; j < dot; j++)
        if (!alnum(s->p[j]) && !memchr("._-#~%&!", s->p[j], 8)) return i;
    return e;
}

uint32_t chy_scan_net(const chy_scan *s, uint32_t i, uint32_t stop)
{
    if (stop - i > MAX_NET || stop - i < 4) return i;
    if (is_url((chy_slice){s->p + i, stop - i})) return trimmed(s, i, stop);
    uint32_t e = s->p[i] == '@' ? handle(s, i, stop) : address(s, i, stop);
    return e > i ? e : file_name(s, i, stop);
}
