/* SPDX-License-Identifier: Apache-2.0
 *
 * chancery.h - the whole public interface of the Chancery library.
 *
 * Chancery reads news dispatches and codes the political events in them: who did what to whom, when and
 * where, who says so and who denies it. Three kinds of object:
 *
 *   chy_data     everything compiled (actors, frames, places, syntax weights). Immutable after chy_data_open,
 *                so any number of threads may share one.
 *   chy_session  one a thread. Owns scratch memory and the results of its last read.
 *   results      plain read-only structs (chy_page and what hangs off it), valid until the same session's next
 *                chy_session_* call that reads, or its chy_session_free, whichever comes first.
 *
 * Conventions. Text is UTF-8. Every position is a byte offset into chy_page.text; ranges are half open.
 * Items refer to each other by index into the arrays of their dispatch; CHY_NONE means "no such item".
 * Days count from 1970-01-01 (proleptic Gregorian calendar); intervals of days are inclusive at both ends.
 * The library never prints, never exits, never aborts and holds no mutable global.
 */
#ifndef CHANCERY_H
#define CHANCERY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CHY_API __attribute__((visibility("default")))
#else
#define CHY_API
#endif

#define CHY_VERSION_MAJOR 0
#define CHY_VERSION_MINOR 1
#define CHY_VERSION_PATCH 0
#define CHY_VERSION "0.1.0"

/* No such item (an index), no such day. */
#define CHY_NONE UINT32_MAX
#define CHY_NO_DAY INT32_MIN

/* The largest page, in bytes; a larger one is CHY_E_LIMIT. */
enum { CHY_MAX_PAGE_BYTES = 16 << 20 };

/* ------------------------------------------------------------------ errors */

/* The values are part of the interface and never change. */
typedef enum chy_status {
    CHY_OK = 0,
    CHY_E_MEMORY = 1,   /* out of memory */
    CHY_E_IO = 2,       /* a file cannot be opened or read */
    CHY_E_ARGUMENT = 3, /* a parameter is out of its range */
    CHY_E_FORMAT = 4,   /* the input is not in the format it claims to be in */
    CHY_E_BINARY = 5,   /* the input is no text */
    CHY_E_EMPTY = 6,    /* the input holds no text at all */
    CHY_E_LANGUAGE = 7, /* the text is in no language that is read (English only) */
    CHY_E_LIMIT = 8,    /* a limit of the limits table was passed and nothing could be skipped */
    CHY_E_DATA = 9,     /* the data file is damaged or of another version */
    CHY_E_RECORD = 10,  /* the record cannot be opened or written: no record, newer, damaged, read-only, disk full */
    CHY_E_BUSY = 11     /* the record is being written by another process */
} chy_status;

typedef enum chy_stage {
    CHY_STAGE_NONE = 0,
    CHY_STAGE_DATA,
    CHY_STAGE_PAGE,
    CHY_STAGE_TEXT,
    CHY_STAGE_SYNTAX,
    CHY_STAGE_TIME,
    CHY_STAGE_ACTORS,
    CHY_STAGE_PLACES,
    CHY_STAGE_EVENTS,
    CHY_STAGE_CLAIMS,
    CHY_STAGE_RECORD
} chy_stage;

/* An error by value. `message` is one line, NUL-terminated, and names what was wrong and where;
 * `offset` is the byte it was noticed at (0 where that says nothing). */
typedef struct chy_error {
    chy_status code;
    chy_stage stage;
    uint64_t offset;
    char message[240];
} chy_error;

/* ------------------------------------------------------------- small types */

/* n bytes at p; not NUL-terminated. p may be NULL where n is 0. */
typedef struct chy_slice {
    const char *p;
    size_t n;
} chy_slice;

/* Bytes [begin, end) of chy_page.text. */
typedef struct chy_range {
    uint32_t begin, end;
} chy_range;

typedef int32_t chy_day;

/* Days begin..end, both inclusive; CHY_NO_DAY at both ends where unknown. */
typedef struct chy_interval {
    chy_day begin, end;
} chy_interval;

/* ----------------------------------------------------------------- classes */

typedef enum chy_input_kind {
    CHY_INPUT_AUTO = 0,
    CHY_INPUT_TEXT,
    CHY_INPUT_HTML,
    CHY_INPUT_JSONL,
    CHY_INPUT_CONLLU
} chy_input_kind;

/* Universal parts of speech, in the order of the UD guidelines. */
typedef enum chy_upos {
    CHY_UPOS_ADJ, CHY_UPOS_ADP, CHY_UPOS_ADV, CHY_UPOS_AUX, CHY_UPOS_CCONJ, CHY_UPOS_DET, CHY_UPOS_INTJ, CHY_UPOS_NOUN, CHY_UPOS_NUM,
    CHY_UPOS_PART, CHY_UPOS_PRON, CHY_UPOS_PROPN, CHY_UPOS_PUNCT, CHY_UPOS_SCONJ, CHY_UPOS_SYM, CHY_UPOS_VERB, CHY_UPOS_X, CHY_N_UPOS
} chy_upos;

/* The relations of UD English, subtypes included. chy_deprel_base() drops the subtype. */
typedef enum chy_deprel {
    CHY_REL_DEP, CHY_REL_ROOT,
    CHY_REL_ACL, CHY_REL_ACL_RELCL, CHY_REL_ADVCL, CHY_REL_ADVCL_RELCL, CHY_REL_ADVMOD, CHY_REL_AMOD, CHY_REL_APPOS, CHY_REL_AUX, CHY_REL_AUX_PASS,
    CHY_REL_CASE, CHY_REL_CC, CHY_REL_CC_PRECONJ, CHY_REL_CCOMP, CHY_REL_COMPOUND, CHY_REL_COMPOUND_PRT, CHY_REL_CONJ, CHY_REL_COP, CHY_REL_CSUBJ,
    CHY_REL_CSUBJ_OUTER, CHY_REL_CSUBJ_PASS, CHY_REL_DET, CHY_REL_DET_PREDET, CHY_REL_DISCOURSE, CHY_REL_DISLOCATED, CHY_REL_EXPL, CHY_REL_FIXED,
    CHY_REL_FLAT, CHY_REL_GOESWITH, CHY_REL_IOBJ, CHY_REL_LIST, CHY_REL_MARK, CHY_REL_NMOD, CHY_REL_NMOD_DESC, CHY_REL_NMOD_POSS,
    CHY_REL_NMOD_UNMARKED, CHY_REL_NSUBJ, CHY_REL_NSUBJ_OUTER, CHY_REL_NSUBJ_PASS, CHY_REL_NUMMOD, CHY_REL_OBJ, CHY_REL_OBL, CHY_REL_OBL_AGENT,
    CHY_REL_OBL_UNMARKED, CHY_REL_ORPHAN, CHY_REL_PARATAXIS, CHY_REL_PUNCT, CHY_REL_REPARANDUM, CHY_REL_VOCATIVE, CHY_REL_XCOMP,
    CHY_N_DEPREL
} chy_deprel;

/* Morphological features, as bits of chy_token.feats. */
enum {
    CHY_FEAT_PAST = 1 << 0,   /* Tense=Past */
    CHY_FEAT_PRES = 1 << 1,   /* Tense=Pres */
    CHY_FEAT_FIN = 1 << 2,    /* VerbForm=Fin */
    CHY_FEAT_INF = 1 << 3,    /* VerbForm=Inf */
    CHY_FEAT_PART = 1 << 4,   /* VerbForm=Part */
    CHY_FEAT_GER = 1 << 5,    /* VerbForm=Ger */
    CHY_FEAT_IMP = 1 << 6,    /* Mood=Imp */
    CHY_FEAT_PASS = 1 << 7,   /* Voice=Pass */
    CHY_FEAT_PLUR = 1 << 8,   /* Number=Plur */
    CHY_FEAT_SING = 1 << 9,   /* Number=Sing */
    CHY_FEAT_1 = 1 << 10,     /* Person=1 */
    CHY_FEAT_2 = 1 << 11,     /* Person=2 */
    CHY_FEAT_3 = 1 << 12,     /* Person=3 */
    CHY_FEAT_POSS = 1 << 13   /* Poss=Yes */
};

/* Name spans, one tag a token. */
typedef enum chy_name_tag {
    CHY_NAME_O, CHY_NAME_B_PER, CHY_NAME_I_PER, CHY_NAME_B_ORG, CHY_NAME_I_ORG, CHY_NAME_B_LOC, CHY_NAME_I_LOC,
    CHY_NAME_B_NORP, CHY_NAME_I_NORP, CHY_N_NAME
} chy_name_tag;

/* PLOVER event types, by quad class. */
typedef enum chy_type {
    CHY_AGREE, CHY_CONSULT, CHY_SUPPORT, CHY_CONCEDE, CHY_COOPERATE, CHY_AID, CHY_RETREAT, CHY_REQUEST,
    CHY_ACCUSE, CHY_REJECT, CHY_THREATEN, CHY_PROTEST, CHY_SANCTION, CHY_MOBILIZE, CHY_COERCE, CHY_ASSAULT,
    CHY_N_TYPE
} chy_type;

/* PLOVER sectors, as bits of chy_actor.sectors; PRE marks a partially recognised state. */
enum {
    CHY_SEC_GOV = 1 << 0, CHY_SEC_MIL = 1 << 1, CHY_SEC_COP = 1 << 2, CHY_SEC_JUD = 1 << 3, CHY_SEC_LEG = 1 << 4, CHY_SEC_SPY = 1 << 5,
    CHY_SEC_PTY = 1 << 6, CHY_SEC_OPP = 1 << 7, CHY_SEC_REB = 1 << 8, CHY_SEC_PRM = 1 << 9, CHY_SEC_UAF = 1 << 10, CHY_SEC_CRM = 1 << 11,
    CHY_SEC_CVL = 1 << 12, CHY_SEC_ELI = 1 << 13, CHY_SEC_REF = 1 << 14, CHY_SEC_LAB = 1 << 15, CHY_SEC_BUS = 1 << 16,
    CHY_SEC_JRN = 1 << 17, CHY_SEC_EDU = 1 << 18, CHY_SEC_MED = 1 << 19, CHY_SEC_REL = 1 << 20, CHY_SEC_SOC = 1 << 21,
    CHY_SEC_AGR = 1 << 22, CHY_SEC_PRE = 1 << 23, CHY_N_SECTOR = 24
};

typedef enum chy_event_status {
    CHY_REPORTED, CHY_CLAIMED, CHY_ADMITTED, CHY_DENIED, CHY_DISPUTED, CHY_PLANNED, CHY_POSSIBLE, CHY_NEGATED,
    CHY_N_EVENT_STATUS
} chy_event_status;

typedef enum chy_stance { CHY_ASSERTS, CHY_DENIES, CHY_ADMITS, CHY_DOUBTS, CHY_N_STANCE } chy_stance;

/* What a day or interval rests on. */
typedef enum chy_basis {
    CHY_BASIS_NONE,      /* unknown */
    CHY_BASIS_GIVEN,     /* publication: given with the input */
    CHY_BASIS_STATED,    /* publication: stated on the page */
    CHY_BASIS_INFERRED,  /* publication: inferred from the text */
    CHY_BASIS_TEXT,      /* event: a time expression */
    CHY_BASIS_PUBLISHED, /* event: the day of publication */
    CHY_BASIS_CONTEXT    /* event: tense and the narrative round it */
} chy_basis;

/* Names of the codes above as printed ("ADJ", "nsubj:pass", "B-PER", "ACCUSE", "reported", "asserts", "adjective", "given");
 * static strings; "?" for a value out of range. */
CHY_API const char *chy_upos_name(unsigned upos);
CHY_API const char *chy_deprel_name(unsigned deprel);
CHY_API const char *chy_name_tag_name(unsigned tag);
CHY_API const char *chy_type_name(unsigned type);
CHY_API const char *chy_sector_name(unsigned bit_index);
CHY_API const char *chy_event_status_name(unsigned status);
CHY_API const char *chy_stance_name(unsigned stance);
CHY_API const char *chy_place_use_name(unsigned use);
CHY_API const char *chy_basis_name(unsigned basis);
CHY_API const char *chy_mode_name(unsigned mode);       /* index of a PLOVER mode */
CHY_API const char *chy_context_name(unsigned context); /* index of a PLOVER context */
CHY_API const char *chy_stage_name(unsigned stage);
CHY_API const char *chy_status_name(unsigned status);

/* A relation without its subtype: CHY_REL_NSUBJ for CHY_REL_NSUBJ_PASS. */
CHY_API chy_deprel chy_deprel_base(chy_deprel deprel);

/* PLOVER quad class of a type, 1 to 4. */
CHY_API int chy_type_quad(chy_type type);

/* ----------------------------------------------------------------- results */

/* Something skipped, repaired or guessed; never silent. */
typedef struct chy_note {
    chy_stage stage;
    uint32_t offset;
    chy_slice text;
} chy_note;

typedef enum chy_block_kind {
    CHY_BLOCK_TITLE,     /* the headline: one a dispatch, first */
    CHY_BLOCK_STANDFIRST,/* a kicker or summary under the headline */
    CHY_BLOCK_PARAGRAPH, /* running text */
    CHY_BLOCK_HEADING,   /* a heading inside the story */
    CHY_BLOCK_CAPTION    /* a caption: kept and coded for context, told apart from the story */
} chy_block_kind;

/* A paragraph, headline or caption. `at` leaves out the dateline ("GENEVA, Jan 13 (Reuters) -") that opens it. */
typedef struct chy_block {
    chy_range at;
    uint32_t kind; /* chy_block_kind */
    uint32_t first_sentence, n_sentences;
} chy_block;

enum {
    CHY_TOKEN_SPACE_AFTER = 1 << 0,    /* white space follows in the text */
    CHY_TOKEN_SENTENCE_START = 1 << 1,
    CHY_TOKEN_MWT_FIRST = 1 << 2,      /* first word of a multiword token ("do" of "don't") */
    CHY_TOKEN_MWT_REST = 1 << 3,       /* a further word of it */
    CHY_TOKEN_CAP = 1 << 4,            /* begins with a capital */
    CHY_TOKEN_ALLCAPS = 1 << 5         /* two or more letters, all capitals */
};

/* A syntactic word as in Universal Dependencies English. */
typedef struct chy_token {
    chy_range at;
    chy_slice form;   /* its bytes in the text */
    chy_slice norm;   /* case-folded, marks stripped, straight quotes: the key that tables are looked up by */
    chy_slice lemma;
    uint32_t head;    /* index of its head in the dispatch's tokens; CHY_NONE for the root of a sentence */
    uint32_t quote;   /* index of the innermost quotation it stands in, or CHY_NONE */
    uint16_t feats;   /* CHY_FEAT_* */
    uint8_t upos;     /* chy_upos */
    uint8_t deprel;   /* chy_deprel */
    uint8_t name;     /* chy_name_tag */
    uint8_t flags;    /* CHY_TOKEN_* */
} chy_token;

typedef struct chy_sentence {
    chy_range at;
    uint32_t first_token, n_tokens;
    uint32_t block;
    uint32_t root;    /* index of its root token */
} chy_sentence;

/* A quotation, marks included; it may run over several sentences and paragraphs of one dispatch. Single marks
 * inside double ones are quotations of their own, tied by `parent`. */
typedef struct chy_quote {
    uint32_t first_token, end_token; /* half open, the marks' tokens included */
    uint32_t parent;                 /* the quotation it stands in, or CHY_NONE */
} chy_quote;

typedef enum chy_timex_type { CHY_TIMEX_DATE, CHY_TIMEX_TIME, CHY_TIMEX_DURATION, CHY_TIMEX_SET } chy_timex_type;

/* A time expression: type and value as in TIMEX3 (TimeML 1.2.1), and the days it stands for. */
typedef struct chy_timex {
    chy_range at;
    uint32_t first_token, end_token, head_token;
    uint32_t type;        /* chy_timex_type */
    chy_slice value;      /* "2022-11-09", "2022-W45", "P2M", "PAST_REF" … */
    chy_interval days;    /* CHY_NO_DAY where it cannot be placed */
} chy_timex;

typedef enum chy_actor_kind {
    CHY_ACTOR_STATE,   /* a state, under any of its names, or its seat of power */
    CHY_ACTOR_ORG,     /* an organisation, bloc, ministry, force, party, company */
    CHY_ACTOR_PERSON,  /* a person by name */
    CHY_ACTOR_OFFICE,  /* the holder of an office, not named ("the German foreign ministry", "an Iranian official") */
    CHY_ACTOR_PEOPLE,  /* people of a kind ("protesters", "Syrian refugees") */
    CHY_ACTOR_UNKNOWN
} chy_actor_kind;

/* Somebody or something that acts, once a dispatch, however often it is mentioned. */
typedef struct chy_actor {
    chy_slice id;      /* of the table's row ("IRN", "UNO"), or composed ("IRN.kazem-gharibabadi") */
    chy_slice code;    /* the user's own code, composed of those that the words have in the user's tables; n = 0 unless only
                        * those are used (chy_data_only_own) */
    chy_slice name;
    char country[4];   /* ISO 3166-1 alpha-3, or IGO NGO MNC ISM UNK; NUL-terminated */
    uint32_t sectors;  /* CHY_SEC_GOV … */
    chy_slice role;    /* office in words as of the day ("deputy foreign minister"), n = 0 where none */
    uint32_t kind;     /* chy_actor_kind */
    uint32_t former;   /* 1: in a role that is past by the words or by the day */
    chy_slice basis;   /* what it was resolved by: a table's name, or the rule that composed it */
    chy_slice wikidata; /* its item ("Q794"), n = 0 where none is known */
} chy_actor;

typedef enum chy_mention_kind {
    CHY_MENTION_NAME,      /* a proper name, with its title where it has one */
    CHY_MENTION_NOMINAL,   /* "the minister", "Iranian officials" */
    CHY_MENTION_ADJECTIVE, /* "Iranian", "Israeli" before a noun that is no actor itself */
    CHY_MENTION_PRONOUN    /* "he", "its", "they", "we" */
} chy_mention_kind;

/* Words that stand for one or more actors. */
typedef struct chy_mention {
    chy_range at;
    uint32_t first_token, end_token, head_token;
    uint32_t kind;                   /* chy_mention_kind */
    uint32_t first_actor, n_actors;  /* into chy_dispatch.mention_actors; several for "the E3", "they" */
    uint32_t government;             /* 1: a capital's name where it may stand for the government, as in "Tehran said", not "in Tehran" */
} chy_mention;

typedef enum chy_place_use {
    CHY_PLACE_NAME,       /* the place itself, or who rules it: "in Damascus", "Damascus said" */
    CHY_PLACE_ADJECTIVE,  /* the adjective or noun of its people: "Syrian", "Syrians" */
    CHY_PLACE_IN_NAME     /* part of the name of something else: "Boston" in "the Boston Globe" */
} chy_place_use;

/* Only a CHY_PLACE_NAME is ever the place of an event. */
typedef struct chy_place {
    chy_range at;
    uint32_t first_token, end_token, head_token;
    chy_slice name;
    char country[4];
    uint32_t use;         /* chy_place_use */
    float lat, lon;       /* degrees, WGS 84 */
} chy_place;

/* Reported speech: who says so, by which words, what. The ranges of each role are in text order. */
typedef struct chy_attribution {
    uint32_t first_source, n_sources;   /* into chy_dispatch.spans */
    uint32_t first_cue, n_cues;
    uint32_t first_content, n_contents;
    uint32_t source_token;  /* head word of the source, or CHY_NONE */
    uint32_t cue_token;     /* head word of the cue */
    uint32_t mention;       /* the source's mention, pronouns resolved, or CHY_NONE */
    uint32_t outer;         /* the attribution whose content this one stands in, or CHY_NONE */
    uint32_t stance;        /* chy_stance */
    uint32_t quote;         /* 1: the content is quoted, wholly or in part */
    uint32_t attitude;      /* 1: backed, liked, shown or discussed rather than told; no voice of an event's */
} chy_attribution;

/* A place in an event: a mention, and one actor that it stands for. */
typedef struct chy_participant {
    uint32_t mention;       /* into chy_dispatch.mentions */
    uint32_t actor;         /* into chy_dispatch.actors */
    uint32_t sectors;       /* the actor's (CHY_SEC_…), and CHY_SEC_GOV where a capital stands for the government */
} chy_participant;

/* One voice on one event. */
typedef struct chy_claim {
    uint32_t mention;       /* who: a mention, or CHY_NONE where only `agency` is set */
    uint32_t actor;         /* the actor, or CHY_NONE */
    uint32_t sectors;       /* as a participant's; 0 without an actor */
    chy_slice agency;       /* an agency or publisher that vouches, n = 0 where it is a mention */
    uint32_t stance;        /* chy_stance */
    chy_range cue;
    uint32_t quote;         /* 1: in the voice's own words */
    uint32_t via;           /* index in the event's claims of the voice that passes this one on, or CHY_NONE */
} chy_claim;

/* Numbers of people told with an event; 0 where no exact number is. */
typedef struct chy_size {
    uint32_t dead, injured; /* of an ASSAULT */
    uint32_t arrested;      /* of a COERCE arrest */
    uint32_t protesters;
} chy_size;

typedef struct chy_event {
    chy_slice id;           /* stable: content of the dispatch, article, trigger range, ordinal */
    chy_slice revision;     /* hash of what was coded */
    uint32_t type;          /* chy_type */
    uint8_t modes[4];       /* chy_mode indices */
    uint32_t n_modes;
    uint8_t contexts[4];    /* chy_context indices */
    uint32_t n_contexts;
    chy_slice cameo;        /* CAMEO code */
    float intensity;        /* PLOVER score of type and mode */
    float confidence;       /* how likely type and participants are right, 0 … 1; 0 where nobody judged */
    uint32_t sentence;
    uint32_t trigger_token; /* head word of the predicate */
    chy_range trigger;      /* the predicate's own words */
    chy_range evidence;     /* the sentence */
    uint32_t first_source, n_sources;  /* into chy_dispatch.participants */
    uint32_t first_target, n_targets;
    chy_interval days;
    uint32_t timex;         /* the expression the days rest on, or CHY_NONE */
    uint32_t basis;         /* chy_basis: TEXT, PUBLISHED, CONTEXT, NONE */
    uint32_t place;         /* into chy_dispatch.places, or CHY_NONE */
    uint32_t status;        /* chy_event_status */
    uint32_t first_claim, n_claims;    /* into chy_dispatch.claims, nearest voice first */
    uint32_t first_denied, n_denied;   /* into chy_dispatch.denials: indices of the events that this one denies */
    uint32_t within;        /* the event whose content this is, or CHY_NONE */
    chy_slice frame;        /* the frame that fired */
    chy_slice rule;         /* how the participants and the status were come by, in words */
    chy_size size;
} chy_event;

/* Why a frame fired on a word, or why not (collected with CHY_READ_TRACE). */
typedef struct chy_trace {
    uint32_t token;
    uint32_t fired;         /* 1: an event came of it */
    chy_slice frame;
    chy_slice reason;
    uint32_t type;          /* chy_type of the event that it is a frame of; CHY_N_TYPE where it keeps others from firing */
} chy_trace;

typedef struct chy_dispatch {
    uint32_t article;       /* 0-based, among the stories of its page */
    chy_range at;
    chy_slice title, byline, url, publisher, dateline; /* n = 0 where absent */
    chy_range dateline_at;
    const chy_slice *agencies;
    uint32_t n_agencies;
    chy_interval published;
    uint32_t published_basis; /* chy_basis: NONE, GIVEN, STATED, INFERRED */
    chy_slice published_why;  /* INFERRED: the evidence that did most, "words; words"; n = 0 otherwise */

    /* Each array has its count beside it; those of stages that were not asked for are empty. */
    const chy_block *blocks;             uint32_t n_blocks;
    const chy_sentence *sentences;       uint32_t n_sentences;
    const chy_token *tokens;             uint32_t n_tokens;
    const chy_quote *quotes;             uint32_t n_quotes;
    const chy_timex *timexes;            uint32_t n_timexes;
    const chy_actor *actors;             uint32_t n_actors;
    const chy_mention *mentions;         uint32_t n_mentions;      /* in text order by head_token */
    const uint32_t *mention_actors;      uint32_t n_mention_actors;
    const uint32_t *mention_of;          /* n_tokens long: the mention whose head a token is, or CHY_NONE */
    const chy_place *places;             uint32_t n_places;
    const chy_attribution *attributions; uint32_t n_attributions;
    const chy_range *spans;              uint32_t n_spans;
    const chy_event *events;             uint32_t n_events;        /* in text order of trigger */
    const chy_participant *participants; uint32_t n_participants;
    const chy_claim *claims;             uint32_t n_claims;
    const uint32_t *denials;             uint32_t n_denials;
    const chy_trace *traces;             uint32_t n_traces;
} chy_dispatch;

typedef struct chy_page {
    chy_slice text;         /* what all offsets count in: the input's own bytes, or the text taken out of HTML */
    chy_slice charset;      /* what the bytes were read as */
    chy_input_kind kind;    /* TEXT or HTML: likewise. For HTML `text` holds all stories, their blocks set off by blank lines */
    const chy_dispatch *dispatches;
    uint32_t n_dispatches;
    const chy_note *notes;
    uint32_t n_notes;
} chy_page;

/* ------------------------------------------------------------------- data */

typedef struct chy_data chy_data;

/* Open the data file at `path`, or the one embedded in the library where `path` is NULL. It is mapped, verified
 * (magic, version, bounds of every section; the hash of an external file) and shared by all threads.
 * Errors: CHY_E_IO, CHY_E_DATA, CHY_E_MEMORY. Free with chy_data_close after every session on it. */
CHY_API chy_status chy_data_open(const char *path, chy_data **out, chy_error *err);
CHY_API void chy_data_close(chy_data *data);

/* Put a user's frames, or a verb dictionary of TABARI or PETRARCH (docs/frames.md), before those of the data file; later ones come before earlier ones. The hash changes with
 * them. Not while a session is on the data. `name` is for messages. Errors: CHY_E_DATA (message: name, line and what is wrong
 * there; the data are as before), CHY_E_FORMAT (no UTF-8), CHY_E_LIMIT, CHY_E_MEMORY. */
CHY_API chy_status chy_data_add_frames(chy_data *data, chy_slice text, chy_slice name, chy_error *err);

/* Put a user's table of actors, or a TABARI / PETRARCH dictionary (docs/actors.md says which and how), before the tables of the
 * data file; later ones come before earlier ones. `text` and `name` (for messages) are copied. The hash changes with them. Not
 * while a session is on the data, nor from two threads at once. Errors: CHY_E_DATA (message: name, line and what is wrong
 * there first; the text is refused as a whole and the data are as before), CHY_E_LIMIT (over 16 MiB, or a million names),
 * CHY_E_MEMORY. */
CHY_API chy_status chy_data_add_actors(chy_data *data, chy_slice text, chy_slice name, chy_error *err);

enum { CHY_OWN_FRAMES = 1 << 0, CHY_OWN_ACTORS = 1 << 1 };

/* Leave the built-in frames, or the built-in actors, or both out, so that only what the user adds (before or after) is coded.
 * With CHY_OWN_ACTORS names and agents are looked up as they are written: codes are composed phrase by phrase (chy_actor.code),
 * nothing is inferred, and pronouns stand for nobody. The hash changes. Not while a session is on the data.
 * Errors: CHY_E_ARGUMENT, CHY_E_LIMIT, CHY_E_MEMORY. */
CHY_API chy_status chy_data_only_own(chy_data *data, unsigned what, chy_error *err);

/* The values are part of the interface and never change. */
typedef enum chy_finding_kind {
    CHY_FINDING_ERROR = 0,    /* such a table is refused */
    CHY_FINDING_CONFLICT = 1, /* rows that contradict each other */
    CHY_FINDING_NOTE = 2      /* worth knowing: a code not known, a name that the built-in tables know otherwise */
} chy_finding_kind;

typedef struct chy_finding {
    chy_finding_kind kind;
    uint32_t line;            /* from 1; 0: of the whole */
    chy_slice text;           /* what, in one line; valid while the callback runs */
} chy_finding;

/* What is to be said about such a text: each finding, by line, is handed to `each` with `ctx`. The data stay as they are;
 * threads may share them. Errors: CHY_E_LIMIT, CHY_E_MEMORY; a table with errors is checked with success. */
CHY_API chy_status chy_data_check_actors(const chy_data *data, chy_slice text, chy_slice name,
                                         void (*each)(void *ctx, const chy_finding *finding), void *ctx, chy_error *err);

/* Codes of a state in other schemes; 0 or "" where a scheme has none for it. */
typedef struct chy_state_codes {
    char iso2[3];         /* ISO 3166-1 alpha-2 */
    char fips[3];         /* FIPS 10-4 */
    char cow_letters[4];  /* Correlates of War, by letters ("UKG") */
    uint32_t iso_numeric; /* ISO 3166-1 numeric */
    uint32_t cow, gw;     /* Correlates of War; Gleditsch and Ward */
    chy_slice name;       /* in English */
} chy_state_codes;

/* The codes of a state (ISO 3166-1 alpha-3, or 3166-3 of one that is no more) as of a day; CHY_NO_DAY: the latest. 0 where
 * `country` is no state's code, else 1. */
CHY_API int chy_data_state_codes(const chy_data *data, const char *country, chy_day on, chy_state_codes *out);

/* What CAMEO's codebook says of a code of its: the title, and Goldstein's value ("-4.4"). */
typedef struct chy_cameo {
    chy_slice title, goldstein;
} chy_cameo;

/* Of a code, or of the longest beginning of it that is one. 0 where there is none, else 1. */
CHY_API int chy_data_cameo(const chy_data *data, chy_slice code, chy_cameo *out);

/* The ids of the blocs and organisations that a state is a member of on a day (CHY_NO_DAY: now): how many; the first `max` go to
 * `out` and live as long as the data. */
CHY_API uint32_t chy_data_groups(const chy_data *data, const char *country, chy_day on, chy_slice *out, uint32_t max);

/* An office that a person has held. */
typedef struct chy_tenure {
    chy_slice role;       /* in words */
    char country[4];      /* whose office it is: as in chy_actor */
    uint32_t sectors;     /* CHY_SEC_* */
    chy_interval days;    /* each end CHY_NO_DAY where it is open */
} chy_tenure;

/* The offices that the tables know of a person by its id (chy_actor.id), newest first: how many, at most `max`, of which `out` has room. Slices live
 * as long as the data. */
CHY_API uint32_t chy_data_tenures(const chy_data *data, chy_slice id, chy_tenure *out, uint32_t max);

typedef struct chy_state {
    char code[4];         /* ISO 3166-1 alpha-3, or 3166-3 of one that is no more */
    chy_slice name;
} chy_state;

/* All states in the order of their codes: how many; the first `max` go to `out`. Names live as long as the data. */
CHY_API uint32_t chy_data_states(const chy_data *data, chy_state *out, uint32_t max);
/* The code of the state that goes by a name, in any case ("Britain"). 0 where there is none, else 1. */
CHY_API int chy_data_state_called(const chy_data *data, chy_slice name, char code[4]);

/* Write a verb dictionary of TABARI or PETRARCH as frames: each finding (what could not be carried over, and last a count, of
 * line 0) goes to `each`, then the frames to `put`, both with `ctx`. Errors: CHY_E_DATA (the findings say why; nothing is put),
 * CHY_E_LIMIT, CHY_E_MEMORY. */
CHY_API chy_status chy_data_import_frames(const chy_data *data, chy_slice text, chy_slice name,
                                          void (*each)(void *ctx, const chy_finding *finding),
                                          void (*put)(void *ctx, chy_slice frames), void *ctx, chy_error *err);

/* The hash of the data file: 16 hexadecimal digits, NUL-terminated, owned by `data`. */
CHY_API const char *chy_data_hash(const chy_data *data);

/* ------------------------------------------------------------------ input */

/* One page to be read. Slices are borrowed for the length of the call that takes it. */
typedef struct chy_input {
    chy_slice bytes;
    chy_input_kind kind;          /* TEXT, HTML, or AUTO (by the first bytes); JSONL: see chy_input_from_json */
    chy_slice name;               /* file name for messages and for AUTO by ending; n = 0: none */
    chy_slice title, url, publisher; /* given with the page; n = 0: none */
    chy_slice id;                 /* JSON text of the record's id (a string or a number); n = 0: none */
    const chy_interval *published; /* day of each story in order, CHY_NO_DAY where not given */
    uint32_t n_published;
} chy_input;

typedef struct chy_session chy_session;

/* Errors: CHY_E_MEMORY. The data must outlive the session. */
CHY_API chy_status chy_session_new(const chy_data *data, chy_session **out, chy_error *err);
CHY_API void chy_session_free(chy_session *session);

/* Turn one line of JSON Lines (id, text or html, title, url, publisher, published) into an input whose slices live
 * in the session until its next chy_session_read has returned. Errors: CHY_E_FORMAT (with the offset in the line). */
CHY_API chy_status chy_input_from_json(chy_session *session, chy_slice line, chy_input *out, chy_error *err);

/* Guess the kind of some input from its name and first bytes: TEXT, HTML, JSONL or CONLLU. */
CHY_API chy_input_kind chy_input_guess(chy_slice name, chy_slice bytes);

enum {
    CHY_READ_TRACE = 1 << 0, /* fill chy_dispatch.traces */
    CHY_READ_WHOLE = 1 << 1, /* text is one dispatch, blank lines part its paragraphs, nothing is left out; HTML is read as ever */
    CHY_READ_FRAMES_ONLY = 1 << 2 /* events are what the frames find, without the learned reader and judge; no confidence */
};

/* Read one page and run the stages up to `upto` (CHY_STAGE_PAGE … CHY_STAGE_CLAIMS) on every dispatch of it.
 * Finding no event is success. *out is valid until the next call that reads on this session.
 * Errors: CHY_E_BINARY, CHY_E_EMPTY, CHY_E_LANGUAGE, CHY_E_FORMAT, CHY_E_LIMIT, CHY_E_MEMORY, CHY_E_ARGUMENT. */
CHY_API chy_status chy_session_read(chy_session *session, const chy_input *input, chy_stage upto, unsigned flags,
                                    const chy_page **out, chy_error *err);

/* An event of a page that was read up to CHY_STAGE_CLAIMS as the JSON object of chancery-events(5), which `chancery code` prints: one line, without a
 * line feed, NUL-terminated; to be freed with free(). `id`: JSON text of the page's id. Errors: CHY_E_ARGUMENT (no such event), CHY_E_MEMORY. */
CHY_API chy_status chy_event_json(const chy_page *page, uint32_t dispatch, uint32_t event, chy_slice id, const char *data_hash, char **out,
                                  chy_error *err);

/* Tag and parse one sentence given as words. *out is one dispatch with one sentence; its offsets count in the words
 * joined by single spaces. No limit splits a sentence. Errors: CHY_E_MEMORY, CHY_E_LIMIT (over 16 Mi bytes). */
CHY_API chy_status chy_session_parse(chy_session *session, const chy_slice *words, uint32_t n_words,
                                     const chy_dispatch **out, chy_error *err);

/* The PLOVER type that holds between two marked actors of a text: always an answer. */
typedef struct chy_relation {
    chy_type type;
    float confidence;   /* 0 … 1 */
    chy_slice rule;     /* what it rests on */
} chy_relation;

/* `source` and `target` are byte ranges in `text`. Errors: CHY_E_ARGUMENT (a range outside the text), CHY_E_MEMORY. */
CHY_API chy_status chy_session_relate(chy_session *session, chy_slice text, chy_range source, chy_range target,
                                      chy_relation *out, chy_error *err);

/* ----------------------------------------------------------------- record */

/* A record (docs/design/record.md): an SQLite database of dispatches and their events. One connection, one thread at a time; several
 * processes may read while one writes. */
typedef struct chy_record chy_record;

enum {
    CHY_RECORD_CREATE = 1 << 0, /* make the file where there is none */
    CHY_RECORD_READ = 1 << 1    /* for reading only */
};

/* Open the record at `path`. One with the layout of an earlier version is brought up to this one's first, in one transaction, even to be read.
 * Errors: CHY_E_RECORD (message: what is wrong with which file), CHY_E_BUSY, CHY_E_MEMORY. */
CHY_API chy_status chy_record_open(const char *path, unsigned flags, chy_record **out, chy_error *err);
/* What was not committed is lost. */
CHY_API void chy_record_close(chy_record *record);

/* A run is what one engine with its data does to a record. `kind` is "add", "recode" or "import". A run of that kind, engine and data
 * that was broken off is gone on with. Opens a transaction. Errors: CHY_E_RECORD, CHY_E_BUSY. */
CHY_API chy_status chy_record_begin(chy_record *record, const char *kind, const char *data_hash, chy_error *err);
/* Make all that was put so far last, and go on in a new transaction. Errors: CHY_E_RECORD. */
CHY_API chy_status chy_record_commit(chy_record *record, chy_error *err);
/* Commit and close the run as finished. Errors: CHY_E_RECORD. */
CHY_API chy_status chy_record_end(chy_record *record, chy_error *err);

/* What tells pages apart: XXH3-128 over the bytes and the metadata given with them, 32 hexadecimal digits and a NUL. The file's name is
 * no part of it, a record's own id is. */
CHY_API void chy_input_hash(const chy_input *input, char hash[33]);
/* 1: a page of that hash is there, 2: it was and has been forgotten, 0: neither. */
CHY_API int chy_record_has(chy_record *record, const char *hash);

/* What a record keeps of one page, made by any thread and put by the one that writes. */
typedef struct chy_parcel chy_parcel;

/* `given_id` is JSON text, `name` is for people (FILE or FILE:LINE). Nothing of page or input is referred to afterwards.
 * Errors: CHY_E_MEMORY. Free with chy_parcel_free. */
CHY_API chy_status chy_parcel_make(const chy_page *page, const chy_input *input, chy_slice given_id, chy_slice name, chy_parcel **out,
                                   chy_error *err);
CHY_API void chy_parcel_free(chy_parcel *parcel);

/* What a put changed. */
typedef struct chy_put {
    uint32_t added, withdrawn, kept; /* events; a changed event counts in both of the first */
    uint32_t passed;                 /* of an import: of pages that the record has read itself, or forgotten */
} chy_put;

/* Put a page and its events; of a page that is there already, only what differs: events coded otherwise are withdrawn and put anew.
 * Either all of a parcel is put or nothing of it. `done` may be NULL. Errors: CHY_E_RECORD. */
CHY_API chy_status chy_record_put(chy_record *record, const chy_parcel *parcel, chy_put *done, chy_error *err);

/* Note that a page could not be taken, and why. Errors: CHY_E_RECORD. */
CHY_API chy_status chy_record_reject(chy_record *record, const char *hash, chy_slice name, chy_slice reason, chy_error *err);

/* Rows of an export (Chancery's own layouts) on their way back. Between open and close nothing else is written to the record. */
typedef struct chy_import chy_import;

/* `name` is that of the file, for people. Errors: CHY_E_RECORD, CHY_E_BUSY, CHY_E_MEMORY; *out is to be closed even so, where it is not NULL. */
CHY_API chy_status chy_import_open(chy_record *record, chy_slice name, chy_import **out, chy_error *err);
/* One row, its cells in the order of chy_record_columns("import"), n 0 where there is nothing. Where one of them is at fault, *wrong (may be NULL) is its
 * number, else CHY_NONE; after a row that failed nothing more is taken. Errors: CHY_E_FORMAT, CHY_E_RECORD, CHY_E_MEMORY. */
CHY_API chy_status chy_import_row(chy_import *import, const chy_slice *cells, uint32_t *wrong, chy_error *err);
/* Make all of it last, or nothing where a row failed or `keep` is 0. `done` may be NULL. Errors: CHY_E_RECORD. */
CHY_API chy_status chy_import_close(chy_import *import, int keep, chy_put *done, chy_error *err);

/* 1: the page of that hash is on record without its text, as an import leaves it. */
CHY_API int chy_record_lacks(chy_record *record, const char *hash);

/* What a page gave to a record that had only been told of it. */
typedef struct chy_filled {
    uint32_t stories, events; /* that have their words now */
    uint32_t otherwise;       /* of the events: coded otherwise by the engine at hand, so that the words for day, place and voices are not known */
} chy_filled;

/* The text of a page that the record lacks, out of the page read again, with the words at the offsets of its events. All or nothing. `done` may be NULL.
 * Errors: CHY_E_ARGUMENT (the record lacks nothing of it), CHY_E_FORMAT (what the record says does not stand in this text), CHY_E_RECORD, CHY_E_BUSY. */
CHY_API chy_status chy_record_fill(chy_record *record, const chy_parcel *parcel, chy_filled *done, chy_error *err);
/* The pages that are still without their text: hash, and how many events of the present they have. Anything but 0 from `each` ends the matter. */
CHY_API chy_status chy_record_missing(chy_record *record, int (*each)(void *ctx, const char *hash, uint64_t events), void *ctx, chy_error *err);

/* A page as it was put. Slices are valid until the next call on the record. */
typedef struct chy_stored_page {
    int64_t id;
    chy_input input;
    chy_slice given_id, name;
} chy_stored_page;

/* The first page with an id above `after` that the run at hand has not read yet. *out is zero where there is none.
 * Errors: CHY_E_RECORD, CHY_E_MEMORY. */
CHY_API chy_status chy_record_next_page(chy_record *record, int64_t after, chy_stored_page *out, chy_error *err);

/* The rows of a record that an expression (docs/query.md) asks for, in the order of their days. `what` is "events", "incidents", "export", "export
 * all" (voices, links and story too) or "export incidents" (their figures too); "timeline", the incidents with who asserts and who denies them; "latest", these from
 * the last on; "least" and "most" by the number of independent voices, rising and falling; "contested", those that somebody denies, with the first denial;
 * "corroboration", how many incidents have 0, 1, 2 and (3) more voices. `as_of`
 * a moment in UTC ("2026-08-05T12:00:00Z", or the beginning of one) for what was on record then, NULL for now; `limit` 0 for all.
 * Each row is handed to `each` with `ctx`; cells are in the order of chy_record_columns, p NULL where there is nothing, and valid while
 * `each` runs; anything but 0 from it ends the matter. Errors: CHY_E_ARGUMENT (the expression; the message says which term),
 * CHY_E_LIMIT, CHY_E_RECORD, CHY_E_MEMORY. */
CHY_API chy_status chy_record_select(chy_record *record, const char *what, chy_slice expression, const char *as_of, uint64_t limit,
                                     int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err);
/* How many events on record people say something of, by the latest verdict on each. */
typedef struct chy_corrections {
    uint64_t right, wrong, changed;
} chy_corrections;

/* The same of events as people have corrected them: without those whose latest verdict is "wrong", and with what was changed, which the terms see too; as of a moment,
 * by the verdicts until then. A column "verdict" has "right" or "changed". Not for incidents. `about` may be NULL. */
CHY_API chy_status chy_record_select_corrected(chy_record *record, const char *what, chy_slice expression, const char *as_of, uint64_t limit, chy_corrections *about,
                                               int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err);
/* The names of a selection's columns, blanks between; NULL for no such selection. */
CHY_API const char *chy_record_columns(const char *what);

/* Chancery's own layouts of events, "csv" and "jsonl" (docs/export.md). */
typedef struct chy_export_field {
    const char *name, *type; /* type as in Frictionless Data */
} chy_export_field;
/* Field i of a layout: 1, or 0 where there is none. */
CHY_API int chy_export_field_at(const char *layout, uint32_t i, chy_export_field *out);

enum { CHY_EXPORT_NO_TEXT = 1 << 0 /* nothing of the publishers' words */ };

/* Rows of chy_export_selection(layout) as lines of the layout. Lines live until the next call. Errors: CHY_E_ARGUMENT (no such layout), CHY_E_MEMORY. */
typedef struct chy_export chy_export;
CHY_API chy_status chy_export_new(const chy_data *data, const char *layout, unsigned flags, chy_export **out, chy_error *err);
CHY_API void chy_export_free(chy_export *x);
CHY_API const char *chy_export_selection(const char *layout);
CHY_API chy_status chy_export_head(chy_export *x, chy_slice *out, chy_error *err); /* what stands before the first; n 0: nothing */
CHY_API chy_status chy_export_line(chy_export *x, const chy_slice *cells, chy_slice *out, chy_error *err);

/* A person's verdict on an event. Fields that are empty or 0 are not given. */
typedef struct chy_verdict {
    chy_slice key;      /* the event's */
    int64_t dispatch;   /* 0: the only one that has an event of that key now */
    int64_t event;      /* the row that was looked at; 0: the one of the present */
    chy_slice verdict;  /* "right", "wrong", or what it should be: FIELD=VALUE with blanks between, "…" round values with blanks */
    chy_slice judge, note;
    int drawn;          /* 1: the event was drawn by lot */
} chy_verdict;

/* Keep verdicts, all of them or none. A judge's later verdict on the same coding replaces the earlier one. What the engine coded is not
 * touched. Errors: CHY_E_ARGUMENT (no such event, or more than one; no such field or value: the message says which), CHY_E_RECORD,
 * CHY_E_BUSY, CHY_E_MEMORY. */
CHY_API chy_status chy_record_judge(chy_record *record, const chy_verdict *verdicts, uint32_t n, chy_error *err);

/* Take the page of a dispatch out for good: text, events, verdicts, and persons whom nothing else names; overwritten in the file. Only the page's
 * hash is kept (chy_record_has). Its other stories go with it, and only where `whole_page` is set. `n_stories`, which may be NULL, gets
 * how many went. All or nothing. Errors: CHY_E_ARGUMENT (no such dispatch; other stories), CHY_E_RECORD, CHY_E_BUSY. */
CHY_API chy_status chy_record_forget(chy_record *record, int64_t dispatch, int whole_page, uint32_t *n_stories, chy_error *err);

/* A difference that a run made: a field of an event that was coded otherwise, or an event that has come or gone (field "event"). */
typedef struct chy_change {
    int64_t run, dispatch;
    int64_t before, after; /* rows; 0: there was none, there is none */
    chy_slice key, field;  /* "other": nothing that is told by fields */
    chy_slice was, is;     /* in words; n 0 where there was or is nothing */
} chy_change;

/* What run `run` changed (0: the last recoding), by dispatch and key; slices are valid while `each` runs, and anything but 0 from it ends the
 * matter. Errors: CHY_E_ARGUMENT (no such run), CHY_E_RECORD. */
CHY_API chy_status chy_record_diff(chy_record *record, int64_t run, int (*each)(void *ctx, const chy_change *change), void *ctx, chy_error *err);

/* Set an event of an incident apart: it becomes an incident of its own, *apart (may be NULL), to which nothing is folded. `dispatch` may be 0
 * where only one has an event of that key there. Errors: CHY_E_ARGUMENT, CHY_E_RECORD, CHY_E_BUSY. */
CHY_API chy_status chy_record_split(chy_record *record, int64_t incident, chy_slice key, int64_t dispatch, int64_t *apart, chy_error *err);

/* Events drawn by lot for people to judge: `n` of those that the expression asks for, each stratum with its share (largest remainder). `by` names
 * the columns of "events" that make a stratum, commas between; the same record and seed give the same draw. Rows as from
 * chy_record_select. Errors: CHY_E_ARGUMENT, CHY_E_LIMIT, CHY_E_RECORD, CHY_E_MEMORY. */
CHY_API chy_status chy_record_sample(chy_record *record, chy_slice expression, uint64_t n, const char *by, uint64_t seed,
                                     int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err);

/* What the verdicts on events that were drawn say of a stratum. */
typedef struct chy_precision {
    chy_slice stratum;       /* its values with "/" between; empty: all */
    uint32_t n, right;       /* events judged, and those that are right */
    uint32_t withdrawn;      /* of the n: coded otherwise since */
    double share, low, high; /* right / n, and Wilson's interval at 95 % */
} chy_precision;

/* One row a stratum in the order of their names, then one for all; none where nothing was judged. `by` takes type, mode, status, judge and
 * dispatch; the latest verdict on an event counts. Anything but 0 from `each` ends the matter. Errors: CHY_E_ARGUMENT, CHY_E_RECORD. */
CHY_API chy_status chy_record_precision(chy_record *record, const char *by, int (*each)(void *ctx, const chy_precision *row), void *ctx,
                                        chy_error *err);

typedef struct chy_counts {
    char columns[96];   /* names, blanks between */
    uint64_t undated;   /* events, or dispatches, that are in no row because their day is not known */
} chy_counts;

/* How many events, and incidents that they tell of, an expression finds, and the events' mean intensity. `by` is a list with commas: one of day week month quarter year, dyad,
 * one of quad type status. There is a row, with 0 where nothing is, for every period from the first to the last with every pair of countries and every class that
 * occur (all four quads). Or a period and "publisher": how many dispatches of the whole record are of each publisher; the expression is
 * not asked. *about is filled before the first row. The rest is as in chy_record_select, and so are the errors. */
CHY_API chy_status chy_record_counts(chy_record *record, const char *by, chy_slice expression, const char *as_of, chy_counts *about,
                                     int (*each)(void *ctx, const chy_slice *cells, uint32_t n_cells), void *ctx, chy_error *err);

/* ----------------------------------------------------------------- server */

/* The record over HTTP: the JSON API (docs/api.md) and the page that stands on it. It reads the record and writes nothing to it but verdicts. */
typedef struct chy_server chy_server;

/* Zero means the default, all through. */
typedef struct chy_server_options {
    const char *record;          /* path */
    const char *address;         /* to listen at: a name or number; NULL: 127.0.0.1. Any but a loopback address wants a token */
    uint16_t port;               /* 0: any that is free */
    const char *token;           /* that every request has to bring; NULL: none */
    int read_only;               /* 1: no verdicts either */
    unsigned threads;            /* that answer; 4 */
    unsigned max_connections;    /* 256 */
    unsigned max_per_address;    /* of them from one address; 128 */
    unsigned max_queue;          /* requests that wait for a thread; 256. Further ones get a 503 */
    unsigned receive_seconds;    /* for a whole request, and between two; 30 */
    unsigned send_seconds;       /* for a whole answer that is not an export; 60 */
    unsigned work_seconds;       /* for the record to answer; 10. Then a 503 */
} chy_server_options;

/* Start to serve; all is done by threads of its own. What `options` points to is copied, `data` must outlive the server. Errors: CHY_E_RECORD (no record, or it cannot be
 * read), CHY_E_ARGUMENT (the address), CHY_E_BUSY (the port is taken), CHY_E_IO, CHY_E_MEMORY. */
CHY_API chy_status chy_server_start(const chy_data *data, const chy_server_options *options, chy_server **out, chy_error *err);
/* The port that it listens at. */
CHY_API uint16_t chy_server_port(const chy_server *server);
/* 1: this build has the page; 0: the API only. */
CHY_API int chy_server_has_page(void);
/* Take no more requests, finish those begun (exports for five seconds more), and free it. NULL is allowed. */
CHY_API void chy_server_stop(chy_server *server);

/* ------------------------------------------------------------------- days */

/* "YYYY-MM-DD" to a day; CHY_E_ARGUMENT for anything else or a day that no calendar has. */
CHY_API chy_status chy_day_parse(chy_slice text, chy_day *out);

/* Write "YYYY-MM-DD" and a NUL into buf. Years outside 0..9999 are clamped. */
CHY_API void chy_day_format(chy_day day, char buf[11]);

#ifdef __cplusplus
}
#endif

#endif
