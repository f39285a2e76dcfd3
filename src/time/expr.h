/* SPDX-License-Identifier: Apache-2.0
 *
 * expr.h - inside the time stage: atoms (classified words), expressions (what was read, not yet dated), resolution.
 *
 * lex.c classifies the words of a sentence by data/time/words.tsv, parse.c reads expressions off them, resolve.c gives
 * each its TIMEX3 value and its days, infer.c finds a publication for a dispatch that has none.
 */
#ifndef CHY_TIME_EXPR_H
#define CHY_TIME_EXPR_H

#include "data/file.h"
#include "time/time.h"

struct chy_time_model {
    chy_table words;   /* WORD CLASS VALUE */
    chy_table anchors; /* dated public events: NAME BEGIN END KIND */
    chy_table holders; /* people and their offices: NAMES … */
    chy_table eras;    /* things spoken of at some times only: NAME FROM TO KIND */
    chy_table topics, topics_also; /* words that were spoken of together for some months: by the one, and by the other */
    chy_table levels;  /* prices: NAME YEAR LOW HIGH */
    uint32_t class_col, value_col, begin_col, end_col, kind_col, role_col, from_col, to_col, era_from, era_to, era_kind, level_year, level_low, level_high,
        topic_one, topic_other, topic_from, topic_to;
};

/* The classes of words, by the letters that words.tsv names them with; what `n` holds is said in that table's head. */
typedef enum chy_time_class {
    T_NONE,
    T_NUMBER,   /* digits; n the number, `digits` how many of them, 0 where it holds a comma or a point */
    T_ORDINAL,  /* "21st", "first" */
    T_CARDINAL, /* "seven" */
    T_SCALE,    /* "hundred" */
    T_VAGUE,    /* "several" */
    T_ARTICLE,  /* "a" */
    T_THE,
    T_MONTH, T_WEEKDAY, T_UNIT, T_PART, T_SEASON,
    T_EDGE,     /* "early" */
    T_EDGE_OF,  /* "end", "beginning": of what follows */
    T_REL,      /* "last", "this": n steps from today */
    T_NREL,     /* "previous", "following": n steps from the day last spoken of */
    T_RECENT,
    T_EVERY, T_APPROX,
    T_AGO,      /* n the sign; counted from today */
    T_THEN,     /* "earlier", "later": n the sign; counted from the day last spoken of */
    T_SET,      /* "daily" */
    T_DAY,      /* "yesterday": n days from today */
    T_CONST,    /* "now" */
    T_OF, T_AND, T_TO, T_COMMA, T_HYPHEN, T_SLASH, T_POSS,
    T_CLOCK,    /* "8:30"; n = minutes */
    T_AMPM, T_ZONE, T_FISCAL, T_HALF, T_MORE, T_OLD, T_HOLIDAY, T_DECADE, T_ISO,
    T_BACK,     /* "back" in "back in May" */
    T_N
} chy_time_class;

typedef struct chy_time_atom {
    uint32_t token, n_tokens; /* the words it stands for */
    chy_range at;
    int32_t n, tenths;        /* the number; ten times the number */
    int32_t minutes;          /* "8.30" read as a time of day, -1 */
    uint32_t row;             /* of words.tsv, CHY_NONE where read off the letters */
    uint8_t cls, digits;
    bool cap, plural, weak;   /* weak: a word of other meanings too ("May", "Sun") */
} chy_time_atom;

typedef CHY_VEC(chy_time_atom) chy_time_atoms;

/* What a unit word counts. */
enum { U_SECOND, U_MINUTE, U_HOUR, U_DAY, U_WEEK, U_MONTH, U_QUARTER, U_YEAR, U_DECADE, U_CENTURY, U_WEEKEND, U_HALF, U_N };
/* Parts of a day. */
enum { P_NONE, P_MORNING, P_AFTERNOON, P_EVENING, P_NIGHT, P_NOON, P_MIDNIGHT, P_MIDAFTERNOON };
/* Which part of a longer stretch. */
enum { E_NONE, E_EARLY, E_MID, E_LATE, E_START, E_END, E_BEFORE_NOW, E_AFTER_NOW };

typedef enum chy_time_form {
    X_CALENDAR, /* year, month, day as far as set; the year by the nearest where it is not */
    X_WEEKDAY,  /* weekday, `steps` weeks off */
    X_SEASON,   /* season `month` (0 spring … 3 winter) of `year`, or by `steps` */
    X_QUARTER,  /* quarter `month` of `year`, or the nearest past one */
    X_HALF,     /* half `month` of `year` */
    X_DECADE,   /* year's decade */
    X_CENTURY,  /* year / 100 */
    X_STEP,     /* `steps` units from today, or from the day last spoken of */
    X_SPAN,     /* a duration of `count` units; `steps` < 0 up to today, > 0 from today on, 0 unplaced */
    X_SET,      /* value as it stands */
    X_CONST,    /* value as it stands */
    X_HOLIDAY,  /* rule in `row` */
    X_INTERVAL  /* begin and end given: a dated public event */
} chy_time_form;

/* What was read. 0 or -1 where unset, as said. */
typedef struct chy_time_expr {
    uint32_t first, end;  /* tokens */
    chy_range at;
    uint8_t form;         /* chy_time_form */
    uint8_t edge, part, unit;
    bool narrative;       /* counted from the day last spoken of, not from publication */
    bool has_steps;       /* "last May": which one is said */
    bool vague;           /* count unknown: "several" */
    int32_t year, month, day; /* 0 unset */
    int32_t weekday;      /* -1 unset */
    int32_t steps, count; /* count: tenths of a unit */
    int32_t minutes;      /* of the clock, -1 unset */
    bool old;             /* "three-year-old": measures, does not place */
    bool by_month;        /* steps are in years, month is given ("May last year") */
    uint32_t row;
    chy_slice value;
    chy_interval days;    /* X_INTERVAL */
} chy_time_expr;

typedef CHY_VEC(chy_time_expr) chy_time_exprs;

/* A dated public event that the text names. */
typedef struct chy_time_anchor {
    uint32_t first, end;  /* tokens */
    chy_rows rows;        /* of anchors.tsv: several where the name stands for several */
} chy_time_anchor;

struct chy_time_notes {
    const chy_time_anchor *anchors; /* in text order */
    uint32_t n_anchors;
    const chy_time_model *model;
};

/* Dated events named in the dispatch, into w->time. False where memory is out. */
bool chy_time_anchors(const chy_time_model *m, chy_work *w);
/* Days of row `row` of anchors.tsv as a story published then means it; unknown where it cannot. */
chy_interval chy_time_anchor_days(const chy_time_model *m, uint32_t row, chy_interval published);
/* Does expression `timex` date a main clause (and not a relative clause, or the noun behind it)? */
bool chy_time_is_main(const chy_work *w, uint32_t head_token);

/* Atoms of the sentence's tokens [begin, end). False where memory is out. */
bool chy_time_lex(const chy_time_model *m, chy_work *w, uint32_t begin, uint32_t end, chy_time_atoms *out);
/* Expressions among the atoms, in text order. */
bool chy_time_parse(const chy_time_model *m, chy_work *w, const chy_time_atoms *atoms, chy_time_exprs *out);
/* Values and days of all expressions, from publication `now` (CHY_NO_DAY: unknown), into d->timexes. */
bool chy_time_resolve(const chy_time_model *m, chy_work *w, const chy_time_exprs *x, chy_interval now);
/* Month * 32 + day of a dateline that does not say its year; 0 where there is none. */
int32_t chy_time_dateline(const chy_work *w);
/* Publication from what the text says, unknown where it says too little, and in *why by what. */
chy_interval chy_time_infer(const chy_time_model *m, const chy_work *w, const chy_time_exprs *x, chy_slice *why);

/* Grammar's hint for an expression whose year or week is not said: +1 ahead of the publication, -1 behind, 0 none. */
int chy_time_direction(const chy_work *w, uint32_t token);
/* First day of the ISO week with `day` in it. */
static inline chy_day chy_week_begin(chy_day day) { return day - (chy_day)chy_day_weekday(day); }
/* `day` moved by so many months, clipped to the month's length. */
chy_day chy_month_shift(chy_day day, int months);

#endif
