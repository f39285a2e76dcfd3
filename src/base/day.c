/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdio.h>

chy_day chy_day_of(int year, unsigned month, unsigned day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * ((int)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int)day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void chy_day_civil(chy_day d, int *year, unsigned *month, unsigned *day)
{
    int64_t z = (int64_t)d + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
    *month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

unsigned chy_month_days(int year, unsigned month)
{
    static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

bool chy_day_ok(int year, unsigned month, unsigned day)
{
    return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= chy_month_days(year, month);
}

unsigned chy_day_weekday(chy_day d)
{
    int64_t w = ((int64_t)d + 3) % 7; /* 1970-01-01 was a Thursday */
    return (unsigned)(w < 0 ? w + 7 : w);
}

chy_status chy_day_parse(chy_slice t, chy_day *out)
{
    if (t.n != 10 || t.p[4] != '-' || t.p[7] != '-') return CHY_E_ARGUMENT;
    unsigned v[3] = {0, 0, 0};
    static const unsigned char field[10] = {0, 0, 0, 0, 9, 1, 1, 9, 2, 2};
    for (int i = 0; i < 10; i++) {
        if (field[i] == 9) continue;
        if (t.p[i] < '0' || t.p[i] > '9') return CHY_E_ARGUMENT;
        v[field[i]] = v[field[i]] * 10 + (unsigned)(t.p[i] - '0');
    }
    if (!chy_day_ok((int)v[0], v[1], v[2])) return CHY_E_ARGUMENT;
    *out = chy_day_of((int)v[0], v[1], v[2]);
    return CHY_OK;
}

chy_day chy_day_cell(chy_slice cell, bool last, chy_day otherwise)
{
    char full[11] = "0000-01-01";
    chy_day d;
    if (cell.n != 4 && cell.n != 7 && cell.n != 10) return otherwise;
    memcpy(full, cell.p, cell.n);
    if (last && cell.n == 4) memcpy(full + 4, "-12-31", 6);
    if (chy_day_parse((chy_slice){full, 10}, &d) != CHY_OK) return otherwise;
    if (last && cell.n == 7) {
        int y;
        unsigned m, day;
        chy_day_civil(d, &y, &m, &day);
        d += (chy_day)(chy_month_days(y, m) - day);
    }
    return d;
}

void chy_day_format(chy_day day, char buf[11])
{
    int y;
    unsigned m, d;
    chy_day_civil(day, &y, &m, &d);
    if (y < 0) y = 0, m = 1, d = 1;
    if (y > 9999) y = 9999, m = 12, d = 31;
    unsigned v = (unsigned)y * 10000 + m * 100 + d;
    for (int i = 9; i >= 0; i--) {
        if (i == 4 || i == 7) {
            buf[i] = '-';
        } else {
            buf[i] = (char)('0' + v % 10);
            v /= 10;
        }
    }
    buf[10] = 0;
}
