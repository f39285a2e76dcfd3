/* SPDX-License-Identifier: Apache-2.0
 *
 * charset.c - bytes to UTF-8. A byte-order mark decides; then valid UTF-8 is UTF-8; then what HTML or XML declares;
 * then Windows-1252 where the bytes look like it; else they are UTF-8 with malformed bytes, each replaced by one '?'
 * so that positions stay.
 */
#include "page/pager.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

enum { DECLARATION_REACH = 4096, MAX_CHARSET_NAME = 40 };

/* First bytes of formats that are no text. */
static const struct { const char *bytes; size_t n; const char *what; } magics[] = {
    {"%PDF-", 5, "a PDF file"},          {"PK\3\4", 4, "a ZIP archive"},      {"\x89PNG", 4, "a PNG image"},
    {"\xFF\xD8\xFF", 3, "a JPEG image"}, {"GIF87a", 6, "a GIF image"},        {"GIF89a", 6, "a GIF image"},
    {"\x7F" "ELF", 4, "an ELF program"}, {"\x1F\x8B", 2, "gzip-compressed"},  {"BZh9", 4, "bzip2-compressed"},
    {"\xFD" "7zXZ", 5, "xz-compressed"}, {"\x28\xB5\x2F\xFD", 4, "zstd-compressed"}, {"7z\xBC\xAF", 4, "a 7z archive"},
    {"Rar!\x1A", 5, "a RAR archive"},    {"\xD0\xCF\x11\xE0", 4, "an OLE document"}, {"SQLite format 3", 15, "an SQLite database"},
    {"OggS", 4, "an Ogg stream"},        {"RIFF", 4, "a RIFF file"},          {"\xCA\xFE\xBA\xBE", 4, "a Java class"},
    {"{\\rtf", 5, "an RTF document"},
};

static bool control(unsigned char c) { return c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 27 && c != 26; }

/* 0, or 'L' or 'B' for UTF-16 without a mark: every other byte is NUL. */
static char utf16_by_nuls(chy_slice s)
{
    size_t n = s.n < 4096 ? s.n : 4096, nul[2] = {0, 0};
    if (n < 8) return 0;
    for (size_t i = 0; i < n; i++) nul[i & 1] += s.p[i] == 0;
    if (nul[1] * 3 > n && nul[0] * 20 < n) return 'L';
    if (nul[0] * 3 > n && nul[1] * 20 < n) return 'B';
    return 0;
}

static chy_status refuse_binary(chy_pager *p, chy_slice s)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (s.n >= magics[i].n && memcmp(s.p, magics[i].bytes, magics[i].n) == 0)
            return chy_fail(p->err, CHY_E_BINARY, CHY_STAGE_PAGE, 0, "input is %s, not text", magics[i].what);
    size_t controls = 0, first = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!control((unsigned char)s.p[i])) continue;
        if (!controls++) first = i;
    }
    if (controls > 8 && controls * 32 > s.n)
        return chy_fail(p->err, CHY_E_BINARY, CHY_STAGE_PAGE, first, "input is binary: %zu of its %zu bytes are control characters",
                        controls, s.n);
    return CHY_OK;
}

/* ------------------------------------------------------------ decoders */

static chy_slice from_utf16(chy_arena *a, chy_slice s, bool big)
{
    char *out = chy_arena_alloc(a, s.n / 2 * 3 + 4);
    if (!out) return (chy_slice){NULL, 0};
    size_t n = 0;
    for (size_t i = 0; i + 1 < s.n; i += 2) {
        unsigned hi = (unsigned char)s.p[i + !big], lo = (unsigned char)s.p[i + big];
        uint32_t cp = hi << 8 | lo;
        if (cp >= 0xD800 && cp < 0xDC00 && i + 3 < s.n) {
            uint32_t c2 = (uint32_t)(unsigned char)s.p[i + 2 + !big] << 8 | (unsigned char)s.p[i + 2 + big];
            if (c2 >= 0xDC00 && c2 < 0xE000) {
                cp = 0x10000 + ((cp - 0xD800) << 10) + (c2 - 0xDC00);
                i += 2;
            }
        }
        if (cp >= 0xD800 && cp < 0xE000) cp = '?';
        if (cp == 0xFEFF && n == 0) continue;
        n += chy_utf8_put(cp, out + n);
    }
    return (chy_slice){out, n};
}

/* WHATWG Encoding Standard, index windows-1252; 0 where it maps a byte to a control. */
static const uint16_t w1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                   0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static chy_slice from_1252(chy_arena *a, chy_slice s)
{
    char *out = chy_arena_alloc(a, s.n * 3 + 4);
    if (!out) return (chy_slice){NULL, 0};
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        uint32_t cp = c >= 0x80 && c < 0xA0 ? w1252[c - 0x80] : c;
        n += chy_utf8_put(cp || !c ? cp : '?', out + n);
    }
    return (chy_slice){out, n};
}

/* n = 0 and p NULL where iconv does not know the charset or memory is out. */
static chy_slice from_named(chy_arena *a, const char *name, chy_slice s)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1) return (chy_slice){NULL, 0};
    size_t cap = s.n * 4 + 16, left = cap, in_left = s.n;
    char *out = chy_arena_alloc(a, cap), *o = out, *in = (char *)(uintptr_t)s.p; /* iconv reads it only */
    while (out && in_left && left > 4) {
        if (iconv(cd, &in, &in_left, &o, &left) != (size_t)-1) break;
        if (errno == E2BIG || !in_left) break;
        *o++ = '?', left--; /* EILSEQ, EINVAL: skip one byte */
        in++, in_left--;
    }
    iconv_close(cd);
    return out ? (chy_slice){out, cap - left} : (chy_slice){NULL, 0};
}

/* The bytes as they are, malformed ones replaced by '?' and NULs by blanks, one for one. */
static chy_slice from_utf8(chy_pager *p, chy_slice s)
{
    char *out = chy_arena_alloc(p->a, s.n + 1);
    if (!out) return (chy_slice){NULL, 0};
    memcpy(out, s.p, s.n);
    size_t bad = 0, nul = 0, first_bad = 0, first_nul = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned n = 1;
        if (c == 0) {
            if (!nul++) first_nul = i;
            out[i] = ' ';
        } else if (c >= 0x80 && chy_utf8_at(s, i, &n) == 0xFFFD && n == 1) {
            if (!bad++) first_bad = i;
            out[i] = '?';
        }
        i += n;
    }
    if (bad) chy_note_add(&p->note, CHY_STAGE_PAGE, (uint32_t)first_bad, "%zu malformed UTF-8 byte%s read as '?'", bad, bad == 1 ? "" : "s");
    if (nul) chy_note_add(&p->note, CHY_STAGE_PAGE, (uint32_t)first_nul, "%zu NUL byte%s read as blank", nul, nul == 1 ? "" : "s");
    return (chy_slice){out, s.n};
}

/* ------------------------------------------------------------- guessing */

typedef struct census {
    size_t sequences; /* UTF-8 sequences, whole or broken off behind a continuation byte */
    size_t lone;      /* single bytes that Windows-1252 has a letter or mark for */
    size_t bad;       /* malformed bytes */
} census;

static census count(chy_slice s)
{
    census c = {0, 0, 0};
    for (size_t i = 0; i < s.n;) {
        unsigned char b = (unsigned char)s.p[i];
        unsigned n = 1;
        if (b >= 0x80) {
            bool malformed = chy_utf8_at(s, i, &n) == 0xFFFD && n == 1;
            unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
            if (!malformed) {
                c.sequences++;
            } else {
                c.bad++;
                if (b >= 0xC2 && b <= 0xF4 && next >= 0x80 && next < 0xC0) {
                    c.sequences++;
                } else if (next < 0x80 && (i == 0 || (unsigned char)s.p[i - 1] < 0x80)) {
                    c.lone += b != 0xFF && (b >= 0xA0 || w1252[b - 0x80]);
                }
            }
        }
        i += n;
    }
    return c;
}

/* The charset named in an HTML <meta> or an XML declaration near the beginning; n = 0 where none. */
static chy_slice declared(chy_slice s)
{
    if (s.n > DECLARATION_REACH) s.n = DECLARATION_REACH;
    for (size_t i = 0; i + 10 < s.n; i++) {
        size_t k = strncasecmp(s.p + i, "charset", 7) == 0 ? 7 : strncasecmp(s.p + i, "encoding", 8) == 0 ? 8 : 0;
        if (!k) continue;
        size_t j = i + k;
        while (j < s.n && (s.p[j] == ' ' || s.p[j] == '=' || s.p[j] == '"' || s.p[j] == '\'')) j++;
        size_t e = j;
        while (e < s.n && e - j < MAX_CHARSET_NAME && ((s.p[e] | 32) >= 'a' ? (s.p[e] | 32) <= 'z' : memchr("0123456789-_:.", s.p[e], 14) != NULL)) e++;
        if (e > j && j > i + k) return (chy_slice){s.p + j, e - j};
    }
    return (chy_slice){NULL, 0};
}

static bool latin1(chy_slice name)
{
    static const char *const names[] = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252", "iso8859-1", "iso_8859-1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.n == strlen(names[i]) && strncasecmp(name.p, names[i], name.n) == 0) return true;
    return false;
}

chy_status chy_page_decode(chy_pager *p, chy_slice s, chy_slice *out, chy_slice *charset)
{
    *charset = CHY_LIT("UTF-8");
    char wide = 0;
    if (s.n >= 2 && memcmp(s.p, "\xFF\xFE", 2) == 0) wide = 'L';
    else if (s.n >= 2 && memcmp(s.p, "\xFE\xFF", 2) == 0) wide = 'B';
    else wide = utf16_by_nuls(s);
    if (wide) {
        *charset = wide == 'L' ? CHY_LIT("UTF-16LE") : CHY_LIT("UTF-16BE");
        s = from_utf16(p->a, s, wide == 'B');
        if (!s.p) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    }
    chy_status st = refuse_binary(p, s);
    if (st != CHY_OK) return st;
    size_t bad_at;
    chy_slice name = {NULL, 0};
    if (!wide && !chy_utf8_valid(s, &bad_at)) {
        census c = count(s);
        if (p->html) name = declared(s);
        char z[MAX_CHARSET_NAME + 1];
        chy_slice t = {NULL, 0};
        bool says_utf8 = name.n >= 3 && strncasecmp(name.p, "utf", 3) == 0;
        if (name.n && !says_utf8 && !latin1(name)) {
            memcpy(z, name.p, name.n);
            z[name.n] = 0;
            t = from_named(p->a, z, s);
            if (t.p) *charset = chy_arena_copy(p->a, name);
            else chy_note_add(&p->note, CHY_STAGE_PAGE, 0, "declared charset %s is not known", z);
        }
        if (!t.p && !says_utf8 && c.lone > c.sequences) {
            t = from_1252(p->a, s);
            *charset = CHY_LIT("windows-1252");
        }
        if (t.p) s = t;
    }
    *out = from_utf8(p, s);
    if (p->a->failed) return chy_fail(p->err, CHY_E_MEMORY, CHY_STAGE_PAGE, 0, "out of memory");
    return CHY_OK;
}
