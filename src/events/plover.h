/* SPDX-License-Identifier: Apache-2.0
 *
 * plover.h - the PLOVER 2.0 ontology as facts: types, quad classes, modes, contexts, scores.
 * Source: openeventdata/PLOVER, manual v2.0 draft (codes and scores; wording ours). See docs/codebook.
 */
#ifndef CHY_EVENTS_PLOVER_H
#define CHY_EVENTS_PLOVER_H

#include "base/base.h"

typedef struct chy_plover_mode {
    chy_type type;
    const char *name;
    float score;
} chy_plover_mode;

enum { CHY_N_MODE = 67, CHY_N_CONTEXT = 37 };
/* Sectors that make an actor a political one whoever it is. */
enum {
    CHY_SEC_POLITICAL = CHY_SEC_GOV | CHY_SEC_MIL | CHY_SEC_COP | CHY_SEC_JUD | CHY_SEC_LEG | CHY_SEC_SPY | CHY_SEC_PTY |
                        CHY_SEC_OPP | CHY_SEC_REB | CHY_SEC_PRM | CHY_SEC_UAF | CHY_SEC_REF
};

extern const chy_plover_mode chy_plover_modes[CHY_N_MODE];

/* By name; CHY_NONE where there is none. A mode is looked up within its type. */
uint32_t chy_plover_type(chy_slice name);
uint32_t chy_plover_mode_of(chy_type type, chy_slice name);
uint32_t chy_plover_context(chy_slice name);
/* Done by both sides alike: CONSULT, AGREE, COOPERATE, SUPPORT. Either may stand as source. */
bool chy_plover_mutual(unsigned type);
/* CAMEO's code of a type as a whole ("110"). */
chy_slice chy_plover_root(uint32_t type);
/* The score of the first mode that has one, else of the type. */
float chy_plover_intensity(chy_type type, const uint8_t *modes, uint32_t n_modes);

#endif
