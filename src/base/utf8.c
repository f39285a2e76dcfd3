/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdlib.h>
#include <utf8proc.h>

uint32_t chy_utf8_at(chy_slice s, size_t i, unsigned *len)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x80) {
        *len = 1;
        return c;
    }
    utf8proc_int32_t cp;
    size_t left = s.n - i;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(left > 4 ? 4 : left), &cp);
    if (n <= 0 || cp < 0) {
        *len = 1;
        return 0xFFFD;
    }
    *len = (unsigned)n;
    return (uint32_t)cp;
}

unsigned chy_utf8_put(uint32_t cp, char out[4])
{
    return (unsigned)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

bool chy_utf8_valid(chy_slice s, size_t *bad_at)
{
    for (size_t i = 0; i < s.n;) {
        unsigned n;
        uint32_t cp = chy_utf8_at(s, i, &n);
        if (cp == 0xFFFD && n == 1) {
            if (bad_at) *bad_at = i;
            return false;
        }
        i += n;
    }
    return true;
}

const char *chy_lines_fault(chy_slice text, uint32_t *line)
{
    chy_slice one;
    for (*line = 1; chy_slice_split(&text, '\n', &one); ++*line) {
        if (one.n > CHY_MAX_LINE) return "a line is longer than 64 KiB";
        if (one.n && memchr(one.p, 0, one.n)) return "a NUL byte: no text, or UTF-16";
        if (!chy_utf8_valid(one, NULL)) return "not UTF-8 (another charset?)";
    }
    return NULL;
}

bool chy_is_letter(uint32_t cp)
{
    if (cp < 0x80) return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool chy_is_upper(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool chy_is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

bool chy_is_space(uint32_t cp)
{
    if (cp < 0x80) return cp == ' ' || (cp >= '\t' && cp <= '\r');
    if (cp == 0x85 || cp == 0xFEFF || cp == 0x200B) return true;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP;
}

/* Marks that NFKD leaves alone but that readers take for their ASCII cousins. */
static uint32_t ascii_cousin(uint32_t cp)
{
    switch (cp) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x02BC: case 0x02BB: case 0x60: case 0xB4:
        return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB: case 0xBB: case 0x2033:
        return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case 0xAD:
        return '-';
    case 0x131: return 'i';  /* dotless i */
    case 0xF8: return 'o';   /* o with stroke */
    case 0x142: return 'l';  /* l with stroke */
    case 0x111: case 0xF0: return 'd';
    default: return cp;
    }
}

static bool folded_already(chy_slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || c == '`' || (c < ' ')) return false;
        if (c == ' ' && i && s.p[i - 1] == ' ') return false;
    }
    return true;
}

chy_slice chy_fold(chy_arena *a, chy_slice s)
{
    if (folded_already(s)) return s;
    /* One code point becomes at most 18 by compatibility decomposition, but only a few exotic ligatures do so;
     * what does not fit in three bytes for each byte is cut. */
    size_t cap = s.n * 3 + 4;
    char *out = chy_arena_alloc(a, cap);
    if (!out) return (chy_slice){NULL, 0};
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned len;
        uint32_t cp = chy_utf8_at(s, i, &len);
        i += len;
        if (chy_is_space(cp)) {
            if (n && out[n - 1] != ' ') out[n++] = ' ';
            continue;
        }
        cp = ascii_cousin(cp);
        if (cp < 0x80) {
            out[n++] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
            continue;
        }
        utf8proc_int32_t parts[18];
        int boundclass = UTF8PROC_BOUNDCLASS_START;
        utf8proc_ssize_t k = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 18,
            (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE),
            &boundclass);
        for (utf8proc_ssize_t j = 0; j < k && j < 18; j++) {
            char buf[4];
            unsigned m = chy_utf8_put(ascii_cousin((uint32_t)parts[j]), buf);
            if (n + m > cap) break;
            memcpy(out + n, buf, m);
            n += m;
        }
    }
    while (n && out[n - 1] == ' ') n--;
    return (chy_slice){out, n};
}
