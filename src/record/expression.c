/* SPDX-License-Identifier: Apache-2.0
 *
 * expression.c - reading the search expression.
 *
 * An expression is terms with blanks between; all must hold. A term is FIELD:VALUE, values with commas are alternatives, "…" keeps blanks
 * and commas together, a minus before the term turns it round. Words without a field are looked for in the text. docs/query.md is the manual.
 */
#include "record/expression.h"

enum { MAX_VALUE = 512, MAX_VALUES = 512 };

static const char *const fields[] = {
    [CHY_FIELD_ACTOR] = "actor", [CHY_FIELD_SOURCE] = "source", [CHY_FIELD_TARGET] = "target", [CHY_FIELD_DYAD] = "dyad", [CHY_FIELD_SECTOR] = "sector",
    [CHY_FIELD_TYPE] = "type", [CHY_FIELD_MODE] = "mode", [CHY_FIELD_CONTEXT] = "context", [CHY_FIELD_QUAD] = "quad", [CHY_FIELD_STATUS] = "status",
    [CHY_FIELD_FROM] = "from", [CHY_FIELD_TO] = "to", [CHY_FIELD_PLACE] = "place", [CHY_FIELD_VOICE] = "voice", [CHY_FIELD_DENIER] = "denier",
    [CHY_FIELD_PUBLISHER] = "publisher", [CHY_FIELD_AGENCY] = "agency", [CHY_FIELD_TEXT] = "text", [CHY_FIELD_INCIDENT] = "incident",
    [CHY_FIELD_DISPATCH] = "dispatch", [CHY_FIELD_EVENT] = "event", [CHY_FIELD_CONTESTED] = "contested",
};
enum { N_FIELDS = sizeof fields / sizeof *fields };

static chy_status bad(chy_error *err, const char *what, chy_slice v)
{
    return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "%s: %.*s", what, (int)(v.n > 60 ? 60 : v.n), v.p);
}

/* The next piece of *rest up to a `sep` outside quotation marks, which are taken off. */
static bool piece(chy_slice *rest, char sep, char buf[MAX_VALUE], chy_slice *out)
{
    if (!rest->p) return false;
    size_t i = 0, n = 0;
    bool quoted = false;
    for (; i < rest->n && (quoted || rest->p[i] != sep); i++) {
        if (rest->p[i] == '"') quoted = !quoted;
        else if (n < MAX_VALUE) buf[n++] = rest->p[i];
    }
    *out = (chy_slice){buf, n};
    if (i < rest->n) rest->p += i + 1, rest->n -= i + 1;
    else *rest = (chy_slice){NULL, 0};
    return true;
}

static chy_status number(chy_value *v, chy_error *err)
{
    if (v->text.n > 18) return bad(err, "is no number", v->text);
    for (size_t i = 0; i < v->text.n; i++) {
        if (v->text.p[i] < '0' || v->text.p[i] > '9') return bad(err, "is no number", v->text);
        v->number = v->number * 10 + (v->text.p[i] - '0');
    }
    return CHY_OK;
}

/* Read what is in v->text as a value of the field. */
static chy_status value(chy_field field, chy_value *v, chy_error *err)
{
    chy_slice t = v->text;
    size_t at;
    switch (field) {
    case CHY_FIELD_DYAD:
        at = chy_slice_find(t, CHY_LIT(">"));
        v->one_way = at != SIZE_MAX;
        if (!v->one_way) at = chy_slice_find(t, CHY_LIT("-"));
        if (at == SIZE_MAX) return bad(err, "is no pair of actors (A-B, or A>B for A to B only)", t);
        v->text = (chy_slice){t.p, at};
        v->other = (chy_slice){t.p + at + 1, t.n - at - 1};
        return CHY_OK;
    case CHY_FIELD_FROM:
    case CHY_FIELD_TO: /* "2022", "2022-10", "2022-10-26": its first or last day */
        v->day = chy_day_cell(t, field == CHY_FIELD_TO, CHY_NO_DAY);
        return v->day == CHY_NO_DAY ? bad(err, "is no day, month or year (YYYY-MM-DD, YYYY-MM, YYYY)", t) : CHY_OK;
    case CHY_FIELD_QUAD:
        if (t.n != 1 || t.p[0] < '1' || t.p[0] > '4') return bad(err, "is no quad class (1 to 4)", t);
        v->number = t.p[0] - '0';
        return CHY_OK;
    case CHY_FIELD_CONTESTED:
        if (!chy_slice_in(t, "yes|no")) return bad(err, "is neither yes nor no", t);
        v->number = t.p[0] == 'y';
        return CHY_OK;
    case CHY_FIELD_INCIDENT:
    case CHY_FIELD_DISPATCH: return number(v, err);
    default: return CHY_OK;
    }
}

/* Codes are taken in any case: "accuse", "Gov". */
static void spell(chy_field field, char *v, size_t n)
{
    bool large = field == CHY_FIELD_TYPE || field == CHY_FIELD_SECTOR, small = field == CHY_FIELD_MODE || field == CHY_FIELD_CONTEXT || field == CHY_FIELD_STATUS;
    for (size_t i = 0; i < n; i++) {
        if (large && v[i] >= 'a' && v[i] <= 'z') v[i] = (char)(v[i] - 'a' + 'A');
        if (small && v[i] >= 'A' && v[i] <= 'Z') v[i] = (char)(v[i] - 'A' + 'a');
    }
}

static chy_status term(chy_arena *a, chy_slice t, chy_term *out, chy_error *err)
{
    *out = (chy_term){.field = CHY_FIELD_TEXT, .text = t};
    out->negated = t.n > 1 && t.p[0] == '-';
    if (out->negated) t.p++, t.n--;
    CHY_VEC(chy_value) values = {0};
    size_t colon = t.p[0] == '"' ? SIZE_MAX : chy_slice_find(t, CHY_LIT(":"));
    chy_slice rest = t, name = {t.p, 0};
    if (colon != SIZE_MAX) {
        name.n = colon;
        unsigned f = 0;
        while (f < N_FIELDS && !chy_slice_eqz(name, fields[f])) f++;
        if (f == N_FIELDS) return bad(err, "no such field", name);
        out->field = (chy_field)f;
        rest = (chy_slice){t.p + colon + 1, t.n - colon - 1};
    }
    char buf[MAX_VALUE];
    chy_value v = {.day = CHY_NO_DAY};
    chy_status st = CHY_OK;
    while (st == CHY_OK && piece(&rest, colon == SIZE_MAX ? '\0' : ',', buf, &v.text)) {
        if (!v.text.n && name.n) return bad(err, "has no value", name);
        spell(out->field, buf, v.text.n);
        chy_value one = v;
        one.text = chy_arena_copy(a, v.text);
        if (!one.text.p) break;
        if ((st = value(out->field, &one, err)) == CHY_OK) (void)CHY_PUSH(a, &values, one);
    }
    out->value = values.v;
    out->n = values.n;
    return st;
}

chy_status chy_expression_parse(chy_arena *a, chy_slice text, chy_expression *out, chy_slice *wrong, chy_error *err)
{
    *out = (chy_expression){0};
    CHY_VEC(chy_term) terms = {0};
    chy_status st = CHY_OK;
    uint32_t n_values = 0;
    if (text.n && memchr(text.p, 0, text.n)) return chy_fail(err, CHY_E_ARGUMENT, CHY_STAGE_RECORD, 0, "the expression has a NUL");
    for (size_t i = 0; st == CHY_OK && i < text.n; i++) {
        bool quoted = false;
        size_t from = i;
        for (; i < text.n && (quoted || text.p[i] != ' '); i++) quoted ^= text.p[i] == '"';
        if (i == from) continue;
        chy_term t;
        chy_slice s = {text.p + from, i - from};
        st = term(a, s, &t, err);
        if (st != CHY_OK && wrong) *wrong = s;
        if (st == CHY_OK) (void)CHY_PUSH(a, &terms, t);
        n_values += t.n;
        if (st == CHY_OK && n_values > MAX_VALUES) st = chy_fail(err, CHY_E_LIMIT, CHY_STAGE_RECORD, 0, "the expression is too long");
    }
    if (a->failed) return chy_fail(err, CHY_E_MEMORY, CHY_STAGE_RECORD, 0, "out of memory");
    *out = (chy_expression){terms.v, terms.n};
    return st;
}
