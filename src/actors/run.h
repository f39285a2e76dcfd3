/* SPDX-License-Identifier: Apache-2.0
 *
 * run.h - what the files of the actors stage share: the tables with their cells read once, and one dispatch's run.
 *
 * The run goes: atoms (words that a table or a name tag knows) → drafts (noun phrases made of atoms, one a head) →
 * resolution in text order (country, office, person; what "the minister" and "he" refer to) → mentions and actors.
 */
#ifndef CHY_ACTORS_RUN_H
#define CHY_ACTORS_RUN_H

#include "actors/actors.h"
#include "syntax/tree.h"

/* ------------------------------------------------------------------ tables */

typedef enum chy_what {
    CHY_WHAT_STATE, CHY_WHAT_CAPITAL, CHY_WHAT_SEAT, CHY_WHAT_CITY, CHY_WHAT_REGION, CHY_WHAT_KINGDOM, CHY_WHAT_DEMONYM,
    CHY_WHAT_ETHNIC, CHY_WHAT_CONTINENT, CHY_WHAT_CONTINENTAL, CHY_WHAT_PEOPLE, CHY_WHAT_ORG, CHY_WHAT_GROUP,
    CHY_WHAT_ARMED, CHY_WHAT_PARTY, CHY_WHAT_FORCE, CHY_WHAT_SERVICE, CHY_WHAT_LEGISLATURE, CHY_WHAT_AGENCY,
    CHY_WHAT_COMPANY, CHY_WHAT_MNC, CHY_WHAT_NGO, CHY_N_WHAT
} chy_what;

typedef enum chy_office_kind {
    CHY_OFFICE_PERSON, CHY_OFFICE_PEOPLE, CHY_OFFICE_BODY, CHY_OFFICE_COUNTERPART, CHY_OFFICE_STATE, CHY_OFFICE_SIDE,
    CHY_N_OFFICE_KIND
} chy_office_kind;

enum { CHY_CASE_CAP, CHY_CASE_CAPS, CHY_CASE_ANY };
enum { CHY_OFFICE_HEAD = 1, CHY_OFFICE_ELECT = 2, CHY_OFFICE_WEAK = 4 };

typedef struct chy_name_row {
    char country[4];
    uint32_t sectors;
    uint8_t what, letters; /* chy_what, CHY_CASE_* */
    uint8_t shared;        /* 1: other states have something of this name too ("Congress") */
    uint8_t homes;         /* 1: a people of several states (members), the dispatch says which */
    uint8_t either;        /* 1: of a user's dictionary, which tells no person from an organisation */
    chy_day from, to;      /* the days it is valid on; INT32_MIN and INT32_MAX where open */
} chy_name_row;

typedef struct chy_office_row {
    char country[4]; /* of an office that only one state or body has (the pope); "" for all others */
    uint32_t sectors;
    uint8_t kind, flags;
} chy_office_row;

/* What a choice is made by (weigh.c), each a yes or no about one option. */
typedef enum chy_feature {
    /* of the option that it is nobody's: who is asked about, and in what dispatch */
    CHY_F_NOBODY, CHY_F_NOBODY_ARMED, CHY_F_NOBODY_FLED, CHY_F_NOBODY_CIVIL, CHY_F_NOBODY_PLURAL, CHY_F_NOBODY_ABROAD, CHY_F_NOBODY_MANY,
    CHY_F_NOBODY_SAME, CHY_F_NOBODY_DEFINITE, CHY_F_NOBODY_BARE,
    /* of a state: its part in the dispatch */
    CHY_F_HOME, CHY_F_HOME_STRONG, CHY_F_HOME_WEAK, CHY_F_ONLY, CHY_F_SECOND, CHY_F_DATELINE, CHY_F_PUBLISHER, CHY_F_TITLE, CHY_F_UNION,
    CHY_F_UNION_ARMED,
    /* in the sentence */
    CHY_F_HERE_BEFORE, CHY_F_HERE_AFTER, CHY_F_HERE_ONLY, CHY_F_HERE_PLACE, CHY_F_HERE_SUBJECT, CHY_F_SUBJECT_OVER_ME, CHY_F_OBJECT_UNDER_ME,
    CHY_F_SAME_VERB, CHY_F_NEAREST, CHY_F_NEAREST_PLACE,
    /* before it */
    CHY_F_BACK, CHY_F_BACK_SUBJECT, CHY_F_BLOCK, CHY_F_BLOCK_ONLY, CHY_F_BLOCK_MOST, CHY_F_BLOCK_PLACE, CHY_F_LAST_BLOCK,
    CHY_F_SPEAKER, CHY_F_LAST_SPEAKER, CHY_F_SAME_WORD, CHY_F_SAME_WORD_GUESSED, CHY_F_SAME_SECTOR, CHY_F_LAST_GUESS, CHY_F_FAR, CHY_F_UNSEEN,
    CHY_F_SECTOR_KNOWN, CHY_F_BLOCK_HEAD,
    /* its share of what names a state: at least so many in a hundred; not named at all */
    CHY_F_SHARE_10, CHY_F_SHARE_25, CHY_F_SHARE_40, CHY_F_SHARE_60,
    /* "our": the publisher's, the dateline's; "another", "all"; an embassy or envoy, elsewhere than at home */
    CHY_F_OURS, CHY_F_NOBODY_OTHER, CHY_F_AWAY_DATELINE, CHY_F_AWAY_HOME, CHY_F_AWAY_PLACE,
    /* the sound of a name: fits this state best, by far, or another far better */
    CHY_F_SOUND_BEST, CHY_F_SOUND_CLEAR, CHY_F_SOUND_OTHER,
    CHY_N_FEATURE
} chy_feature;

/* What is asked about: each has weights of its own. */
typedef enum chy_asked {
    CHY_ASKED_BODY, CHY_ASKED_THE_OFFICIAL, CHY_ASKED_OFFICIALS, CHY_ASKED_THE_CIVIL, CHY_ASKED_CIVIL, CHY_ASKED_GROUP, CHY_ASKED_PERSON,
    CHY_ASKED_ORGANISATION, CHY_N_ASKED
} chy_asked;

struct chy_actors_model {
    chy_table names, offices, holders, cities, women, places, name_states;
    chy_table members, codes, items, epithets; /* codes.c */
    const chy_table *base;         /* names, holders, offices without the user's rows */
    uint32_t n_base[3];            /* their rows: those from here on are the user's */
    const struct chy_user *user;   /* all rows that users added, or NULL */
    bool only_own;                 /* the names are the user's alone, `dictionary` (dictionary.c) */
    chy_table dictionary;          /* its rows are those of user->codes */
    const chy_slice *name_basis, *holder_basis; /* FILE:LINE, by the number of the user's row */
    const chy_name_row *name;      /* by row of `names` */
    const chy_office_row *office;  /* by row of `offices` */
    const uint32_t *states;        /* 26^3: row of `names` of the state with that code, + 1 */
    uint32_t name_name, name_id, name_members, office_words;
    uint32_t holder_country, holder_sectors, holder_role, holder_from, holder_to, holder_person;
    uint32_t city_country, place_country;
    uint32_t member_group, member_states, member_from, member_to, code_scheme, code_code, item_item;
    uint32_t epithet_states, epithet_from, epithet_to;
    int16_t weight[CHY_N_ASKED][CHY_N_FEATURE];
};

/* Number of a kind of name as tables write it ("state", "org"); CHY_N_WHAT for another word. */
unsigned chy_what_of(chy_slice word);
/* Row of names of the state with that code, or CHY_NONE. */
uint32_t chy_actors_state_row(const chy_actors_model *m, const char *code);
/* codes.c: the states of the group that a row of names stands for, on that day (CHY_NO_DAY: now); how many, at most `max`. */
uint32_t chy_actors_members(const chy_actors_model *m, uint32_t row, chy_day on, char out[][4], uint32_t max);
/* The states, between blanks, that an epithet beginning at `begin` can mean ("Gulf kingdom"), and its length in tokens; false
 * where no epithet is there. */
bool chy_actors_epithet(const chy_actors_model *m, const chy_token *t, uint32_t begin, uint32_t end, chy_day on,
                        chy_slice *states, uint32_t *n_tokens);
/* The Wikidata item of an actor's id; n = 0 where none is known. */
chy_slice chy_actors_item(const chy_actors_model *m, chy_slice id);
/* Sector letters between ',' to bits; unknown ones are left out. */
uint32_t chy_sectors_of(chy_slice cell);

/* ------------------------------------------------------------------- atoms */

typedef enum chy_atom_kind {
    CHY_ATOM_NAME, CHY_ATOM_OFFICE, CHY_ATOM_PERSON, CHY_ATOM_CITY,
    CHY_ATOM_UNLISTED /* an organisation that only a name tag knows */
} chy_atom_kind;

typedef struct chy_atom {
    uint32_t begin, end;  /* tokens */
    uint32_t row;         /* of names, offices, holders or cities; CHY_NONE: a person whom no table knows */
    uint8_t kind;         /* chy_atom_kind */
    uint8_t taken;        /* 1: a title or a part of a larger phrase, heads no draft */
} chy_atom;

/* ------------------------------------------------------------------ drafts */

typedef enum chy_shape {
    CHY_SHAPE_STATE,    /* a state, city, seat or people by name */
    CHY_SHAPE_ADJECTIVE,/* a demonym before a noun */
    CHY_SHAPE_ORG,      /* an organisation by name; a named group of states */
    CHY_SHAPE_PERSON,   /* a person by name, titles included */
    CHY_SHAPE_OFFICE,   /* people or a body by office */
    CHY_SHAPE_PRONOUN
} chy_shape;

/* A noun phrase on its way to being a mention. */
typedef struct chy_draft {
    uint32_t begin, end, head;      /* tokens */
    uint32_t core_begin, core_end;  /* the words of the name or office */
    uint32_t full;                  /* where the phrase ends with all that hangs on it by prepositions; >= end */
    uint32_t atom;                  /* the atom at its head; CHY_NONE for a pronoun */
    uint32_t office;                /* row of offices, or CHY_NONE */
    uint32_t modifier;              /* row of offices of a word before the office ("opposition leaders"), or CHY_NONE */
    uint32_t org;                   /* row of names of the organisation it belongs to, or CHY_NONE */
    uint32_t whose;                 /* atom of a person whose it is ("an ally of Putin", "Trump's envoy"), or CHY_NONE */
    uint32_t possessor;             /* head word of an office whose it is ("the country's leaders"), or CHY_NONE */
    uint32_t poss;                  /* token of a possessive pronoun before it, or CHY_NONE */
    uint32_t countries[4];          /* rows of names or cities that say its countries (cities: row | CHY_CITY_BIT) */
    uint32_t sentence;
    uint32_t owner;                 /* sectors of whose it is ("his forces"), where they say more than the office's own */
    uint32_t first_actor, n_actors; /* into chy_run.of */
    uint8_t n_countries, shape, plural, definite, former;
    uint8_t right;                  /* 1: its country was found behind it */
    uint8_t abroad;                 /* 1: "foreign troops": of another state, which one nobody says */
    uint8_t number;                 /* "two", "both": 2; 0 where none is said */
    uint8_t guessed;                /* 1: its state was chosen by what is round it */
} chy_draft;

#define CHY_CITY_BIT 0x80000000u
enum { CHY_MAX_MEMBERS = 16 }; /* of a group that stands for its states */

typedef CHY_VEC(chy_atom) chy_atoms;
typedef CHY_VEC(chy_draft) chy_drafts;

/* A person of the dispatch: what a surname later on goes back to. */
typedef struct chy_person {
    uint32_t actor;
    uint32_t first, end;   /* tokens of the longest name so far */
    int8_t gender;         /* -1 she, 1 he, 0 not known */
    uint16_t mentions;     /* so far */
    uint8_t known;         /* country comes of the words or a table, not of a guess */
    uint8_t listed;        /* name comes of the table of office holders */
} chy_person;

/* An abbreviation that the text itself brings in, in brackets behind the name: "(IRGC)". */
typedef struct chy_alias {
    chy_slice norm;
    uint32_t actor;
} chy_alias;

typedef struct chy_run {
    const chy_actors_model *m;
    chy_work *w;
    const chy_token *t;
    uint32_t n;
    uint32_t *atom_of;              /* by token, or CHY_NONE */
    uint32_t *draft_of;             /* by head token, or CHY_NONE */
    chy_atoms atoms;
    chy_drafts drafts;
    CHY_VEC(chy_actor) actors;
    CHY_VEC(uint32_t) of;           /* actors of the drafts */
    CHY_VEC(chy_person) persons;
    CHY_VEC(chy_alias) aliases;
    uint32_t *actor_slots, actor_mask; /* open addressing over ids: actor index + 1 */
    uint32_t *word_slots, word_mask;   /* surname or abbreviation → person (even) or actor (odd), + 1 */
    chy_slice *word_keys;
    uint32_t words;
    char home[4];                   /* the state that the dispatch is about or written from; "" where none */
    uint32_t home_share;            /* its share of what names a state, in percent */
    char second[4];                 /* the state named most after it */
    char dateline[4], publisher[4]; /* the states of these; "" where none */
    char named[64][4];              /* the states that the dispatch names */
    uint8_t titled[64];             /* … in its title */
    uint8_t share[64];              /* … how much of what names a state is it, in percent */
    CHY_VEC(chy_rows) towns;        /* rows of places of the towns that no other table knows … */
    uint32_t *town_of;              /* … by their first token, + 1; 0 where there is none */
    uint32_t n_named;
} chy_run;

/* dictionary.c: user->codes by their names; the run of one dispatch by them alone. */
chy_status chy_actors_dictionary(const chy_actors_model *m, chy_arena *arena, chy_table *out, chy_error *err);
chy_status chy_actors_run_dictionary(const chy_actors_model *m, chy_work *w);
/* An answer to choose from, with what speaks for it: bits by chy_feature. */
typedef struct chy_option {
    uint64_t features;
    char country[4];
} chy_option;

enum { CHY_MAX_OPTIONS = 16 };

typedef struct chy_choice {
    uint32_t begin, end; /* tokens asked about */
    uint32_t asked;      /* chy_asked */
    uint32_t n;
    chy_option option[CHY_MAX_OPTIONS];
} chy_choice;

/* names.c: atoms of the sentence [b, e). */
void chy_actors_atoms(chy_run *r, uint32_t b, uint32_t e);
/* phrases.c: drafts of the sentence, from its atoms [first, r->atoms.n). */
void chy_actors_phrases(chy_run *r, uint32_t sentence, uint32_t b, uint32_t e, uint32_t first);
bool chy_actors_ethnic(const chy_run *r, const chy_atom *a);
/* actor.c: words of the text; an id "IRN.gov.ministry"; the state of a code; the code a row says; whether a code is a
 * state's; the actor of a row of names or cities, which `words` stand for. */
chy_slice chy_actors_text(const chy_run *r, uint32_t b, uint32_t e);
chy_slice chy_actors_id(chy_run *r, const char *country, const char *part, chy_slice name);
uint32_t chy_actors_state_of(chy_run *r, const char *country, chy_slice basis);
void chy_actors_country_of(const chy_run *r, uint32_t row, char out[4]);
bool chy_actors_real(const char *country);
uint32_t chy_actors_of_row(chy_run *r, uint32_t row, chy_slice words);
/* A draft of one word, not yet in draft_of; CHY_NONE where memory is out. */
uint32_t chy_actors_one_word(chy_run *r, uint32_t token, unsigned shape);
uint32_t chy_actors_of_city(chy_run *r, uint32_t row, chy_slice words);
/* offices.c, organisations.c, persons.c: the actors of one draft of that shape; false where there are none. */
bool chy_actors_office(chy_run *r, uint32_t draft);
bool chy_actors_organisation(chy_run *r, uint32_t draft);
bool chy_actors_person(chy_run *r, uint32_t draft);
const chy_office_row *chy_actors_office_row(const chy_run *r, uint32_t row);
uint32_t chy_actors_office_sectors(const chy_run *r, const chy_draft *d);
const chy_alias *chy_actors_alias(const chy_run *r, chy_slice norm);
void chy_actors_learn_alias(chy_run *r, uint32_t draft);
/* persons.c: words like "bin"; the slot of a word of a name (0, or the person + 1); the person of the dispatch that a name
 * goes back to; whether a draft describes one person; the draft in apposition to this one. CHY_NONE where there is none. */
bool chy_actors_particle(chy_slice word);
uint32_t *chy_actors_word(chy_run *r, chy_slice word);
uint32_t chy_actors_known_person(chy_run *r, uint32_t b, uint32_t e);
bool chy_actors_describes(const chy_run *r, uint32_t draft);
uint32_t chy_actors_apposed(const chy_run *r, uint32_t draft);
/* resolve.c: actors of all drafts but pronouns, in text order; fills r->of. */
void chy_actors_resolve(chy_run *r);
/* offices.c, for refer.c: the draft's office in a country that the context gives; a state by its code. */
uint32_t chy_actors_office_in(chy_run *r, uint32_t draft, const char *country, chy_slice basis);
uint32_t chy_actors_state(chy_run *r, const char *country);
/* weigh.c: the weights of a table; the option of most weight, of equals the first; names as the table has them. */
chy_status chy_actors_weights(const chy_table *t, chy_actors_model *m, chy_error *err);
uint32_t chy_actors_choose(const chy_run *r, const chy_choice *c);
const char *chy_feature_name(unsigned feature);
const char *chy_asked_name(unsigned asked);
/* context.c: the state that what is round a draft gives it, "UNK" where none is likely; marks it as guessed. `d`: the draft
 * with what is known of it besides. */
void chy_actors_in_context(chy_run *r, uint32_t draft, const chy_draft *d, unsigned asked, char out[4]);
static inline chy_slice chy_actors_context_basis(const char *country) { return chy_actors_real(country) || country[0] == 'I' ? CHY_LIT("states round it") : CHY_LIT("none"); }
/* … the class of an office that is asked about. */
unsigned chy_actors_asked(const chy_run *r, const chy_draft *d);
/* refer.c, called in text order: what a nominal without a country goes back to, what a pronoun does. */
bool chy_actors_refer(chy_run *r, uint32_t draft);
/* refer.c: an epithet that means one state more often than others ("the Islamic republic"), where the dispatch names another of
 * those it can mean. */
bool chy_actors_epithet_refers(chy_run *r, uint32_t draft);
/* refer.c: the last so many persons that the nominal can mean, of `country` where one is given; false where there are not. */
bool chy_actors_last_persons(chy_run *r, uint32_t draft, uint32_t want, const char *country);
void chy_actors_pronoun(chy_run *r, uint32_t token);
/* quotes.c: the draft that is the subject of the verb of speech beside a quotation, its actors known or not yet, or CHY_NONE;
 * "we" and "I" inside quotations. */
uint32_t chy_actors_speaker(const chy_run *r, const chy_quote *q);
bool chy_actors_speech(const chy_token *t); /* a verb of speech */
void chy_actors_quoted(chy_run *r);

/* The actor of that id, made where it is new. CHY_NONE where memory is out. */
uint32_t chy_actors_get(chy_run *r, chy_slice id, const chy_actor *made);
/* Does the dispatch name that state, or something of it that only it has? */
bool chy_actors_named(const chy_run *r, const char *country);
/* Lower-case letters and digits of s, everything else one '-'. */
chy_slice chy_actors_slug(chy_run *r, chy_slice s);
bool chy_actors_give(chy_run *r, uint32_t draft, uint32_t actor);

static inline const chy_name_row *chy_atom_name(const chy_run *r, const chy_atom *a)
{
    return a->kind == CHY_ATOM_NAME ? &r->m->name[a->row] : NULL;
}
static inline bool chy_what_is_place(unsigned what) { return what <= CHY_WHAT_KINGDOM; }
static inline bool chy_what_is_org(unsigned what) { return what >= CHY_WHAT_ORG; }
static inline bool chy_token_is(const chy_token *t, const char *norm) { return chy_slice_eqz(t->norm, norm); }

#endif
