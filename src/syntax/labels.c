/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

static const char *const upos[CHY_N_UPOS] = {
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

static const struct {
    const char *name;
    chy_deprel base;
} deprels[CHY_N_DEPREL] = {
    [CHY_REL_DEP] = {"dep", CHY_REL_DEP},
    [CHY_REL_ROOT] = {"root", CHY_REL_ROOT},
    [CHY_REL_ACL] = {"acl", CHY_REL_ACL},
    [CHY_REL_ACL_RELCL] = {"acl:relcl", CHY_REL_ACL},
    [CHY_REL_ADVCL] = {"advcl", CHY_REL_ADVCL},
    [CHY_REL_ADVCL_RELCL] = {"advcl:relcl", CHY_REL_ADVCL},
    [CHY_REL_ADVMOD] = {"advmod", CHY_REL_ADVMOD},
    [CHY_REL_AMOD] = {"amod", CHY_REL_AMOD},
    [CHY_REL_APPOS] = {"appos", CHY_REL_APPOS},
    [CHY_REL_AUX] = {"aux", CHY_REL_AUX},
    [CHY_REL_AUX_PASS] = {"aux:pass", CHY_REL_AUX},
    [CHY_REL_CASE] = {"case", CHY_REL_CASE},
    [CHY_REL_CC] = {"cc", CHY_REL_CC},
    [CHY_REL_CC_PRECONJ] = {"cc:preconj", CHY_REL_CC},
    [CHY_REL_CCOMP] = {"ccomp", CHY_REL_CCOMP},
    [CHY_REL_COMPOUND] = {"compound", CHY_REL_COMPOUND},
    [CHY_REL_COMPOUND_PRT] = {"compound:prt", CHY_REL_COMPOUND},
    [CHY_REL_CONJ] = {"conj", CHY_REL_CONJ},
    [CHY_REL_COP] = {"cop", CHY_REL_COP},
    [CHY_REL_CSUBJ] = {"csubj", CHY_REL_CSUBJ},
    [CHY_REL_CSUBJ_OUTER] = {"csubj:outer", CHY_REL_CSUBJ},
    [CHY_REL_CSUBJ_PASS] = {"csubj:pass", CHY_REL_CSUBJ},
    [CHY_REL_DET] = {"det", CHY_REL_DET},
    [CHY_REL_DET_PREDET] = {"det:predet", CHY_REL_DET},
    [CHY_REL_DISCOURSE] = {"discourse", CHY_REL_DISCOURSE},
    [CHY_REL_DISLOCATED] = {"dislocated", CHY_REL_DISLOCATED},
    [CHY_REL_EXPL] = {"expl", CHY_REL_EXPL},
    [CHY_REL_FIXED] = {"fixed", CHY_REL_FIXED},
    [CHY_REL_FLAT] = {"flat", CHY_REL_FLAT},
    [CHY_REL_GOESWITH] = {"goeswith", CHY_REL_GOESWITH},
    [CHY_REL_IOBJ] = {"iobj", CHY_REL_IOBJ},
    [CHY_REL_LIST] = {"list", CHY_REL_LIST},
    [CHY_REL_MARK] = {"mark", CHY_REL_MARK},
    [CHY_REL_NMOD] = {"nmod", CHY_REL_NMOD},
    [CHY_REL_NMOD_DESC] = {"nmod:desc", CHY_REL_NMOD},
    [CHY_REL_NMOD_POSS] = {"nmod:poss", CHY_REL_NMOD},
    [CHY_REL_NMOD_UNMARKED] = {"nmod:unmarked", CHY_REL_NMOD},
    [CHY_REL_NSUBJ] = {"nsubj", CHY_REL_NSUBJ},
    [CHY_REL_NSUBJ_OUTER] = {"nsubj:outer", CHY_REL_NSUBJ},
    [CHY_REL_NSUBJ_PASS] = {"nsubj:pass", CHY_REL_NSUBJ},
    [CHY_REL_NUMMOD] = {"nummod", CHY_REL_NUMMOD},
    [CHY_REL_OBJ] = {"obj", CHY_REL_OBJ},
    [CHY_REL_OBL] = {"obl", CHY_REL_OBL},
    [CHY_REL_OBL_AGENT] = {"obl:agent", CHY_REL_OBL},
    [CHY_REL_OBL_UNMARKED] = {"obl:unmarked", CHY_REL_OBL},
    [CHY_REL_ORPHAN] = {"orphan", CHY_REL_ORPHAN},
    [CHY_REL_PARATAXIS] = {"parataxis", CHY_REL_PARATAXIS},
    [CHY_REL_PUNCT] = {"punct", CHY_REL_PUNCT},
    [CHY_REL_REPARANDUM] = {"reparandum", CHY_REL_REPARANDUM},
    [CHY_REL_VOCATIVE] = {"vocative", CHY_REL_VOCATIVE},
    [CHY_REL_XCOMP] = {"xcomp", CHY_REL_XCOMP},
};

static const char *const names[CHY_N_NAME] = {
    "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-NORP", "I-NORP",
};

const char *chy_upos_name(unsigned u) { return u < CHY_N_UPOS ? upos[u] : "?"; }
const char *chy_deprel_name(unsigned d) { return d < CHY_N_DEPREL ? deprels[d].name : "?"; }
const char *chy_name_tag_name(unsigned t) { return t < CHY_N_NAME ? names[t] : "?"; }
chy_deprel chy_deprel_base(chy_deprel d) { return (unsigned)d < CHY_N_DEPREL ? deprels[d].base : CHY_REL_DEP; }
