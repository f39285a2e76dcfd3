/* SPDX-License-Identifier: Apache-2.0 */
#include "events/plover.h"

static const struct {
    const char *name;
    int quad;
    float score;
} types[CHY_N_TYPE] = {
    [CHY_AGREE] = {"AGREE", 1, 2.5f},         [CHY_CONSULT] = {"CONSULT", 1, 2.5f},
    [CHY_SUPPORT] = {"SUPPORT", 1, 5.0f},     [CHY_CONCEDE] = {"CONCEDE", 1, 4.5f},
    [CHY_COOPERATE] = {"COOPERATE", 2, 9.5f}, [CHY_AID] = {"AID", 2, 10.0f},
    [CHY_RETREAT] = {"RETREAT", 2, 6.5f},     [CHY_REQUEST] = {"REQUEST", 3, 0.0f},
    [CHY_ACCUSE] = {"ACCUSE", 3, -3.0f},      [CHY_REJECT] = {"REJECT", 3, -2.0f},
    [CHY_THREATEN] = {"THREATEN", 3, -3.5f},  [CHY_PROTEST] = {"PROTEST", 4, -5.0f},
    [CHY_SANCTION] = {"SANCTION", 4, -6.0f},  [CHY_MOBILIZE] = {"MOBILIZE", 4, -5.5f},
    [CHY_COERCE] = {"COERCE", 4, -7.0f},      [CHY_ASSAULT] = {"ASSAULT", 4, -9.0f},
};

/* "vandalize" has no score in the manual; it gets that of its type. */
const chy_plover_mode chy_plover_modes[CHY_N_MODE] = {
    {CHY_CONSULT, "visit", 4.0f},         {CHY_CONSULT, "third-party", 1.0f},
    {CHY_CONSULT, "multilateral", 4.0f},  {CHY_CONSULT, "phone", 1.5f},
    {CHY_RETREAT, "withdraw", 8.0f},      {CHY_RETREAT, "release", 6.5f},
    {CHY_RETREAT, "disarm", 10.0f},       {CHY_RETREAT, "ceasefire", 7.5f},
    {CHY_RETREAT, "access", 6.5f},        {CHY_RETREAT, "resign", 4.5f},
    {CHY_REQUEST, "assist", 0.5f},        {CHY_REQUEST, "change", -1.0f},
    {CHY_REQUEST, "yield", -1.0f},        {CHY_REQUEST, "meet", 0.0f},
    {CHY_ACCUSE, "disapprove", -2.0f},    {CHY_ACCUSE, "investigate", -3.5f},
    {CHY_ACCUSE, "allege", -3.5f},        {CHY_REJECT, "assist", -1.5f},
    {CHY_REJECT, "change", -2.0f},        {CHY_REJECT, "yield", -2.0f},
    {CHY_REJECT, "meet", -2.0f},          {CHY_THREATEN, "restrict", -3.0f},
    {CHY_THREATEN, "arrest", -3.5f},      {CHY_THREATEN, "relations", -3.5f},
    {CHY_THREATEN, "expel", -3.5f},       {CHY_THREATEN, "territory", -4.0f},
    {CHY_THREATEN, "violence", -3.5f},    {CHY_PROTEST, "demo", -5.0f},
    {CHY_PROTEST, "riot", -7.0f},         {CHY_PROTEST, "strike", -5.0f},
    {CHY_PROTEST, "hunger", -4.5f},       {CHY_PROTEST, "boycott", -4.5f},
    {CHY_PROTEST, "obstruct", -4.5f},     {CHY_PROTEST, "vandalize", -5.0f},
    {CHY_SANCTION, "convict", -6.0f},     {CHY_SANCTION, "expel", -5.5f},
    {CHY_SANCTION, "withdraw", -6.0f},    {CHY_SANCTION, "discontinue", -6.0f},
    {CHY_MOBILIZE, "troops", -6.5f},      {CHY_MOBILIZE, "weapons", -6.5f},
    {CHY_MOBILIZE, "police", -5.5f},      {CHY_MOBILIZE, "militia", -6.0f},
    {CHY_COERCE, "seize", -7.0f},         {CHY_COERCE, "restrict", -7.0f},
    {CHY_COERCE, "censor", -6.5f},        {CHY_COERCE, "curfew", -6.5f},
    {CHY_COERCE, "martial-law", -7.5f},   {CHY_COERCE, "arrest", -7.0f},
    {CHY_COERCE, "deport", -7.0f},        {CHY_COERCE, "withhold", -7.0f},
    {CHY_COERCE, "misinformation", -6.5f},{CHY_COERCE, "cyber", -7.0f},
    {CHY_ASSAULT, "abduct", -8.5f},       {CHY_ASSAULT, "beat", -7.5f},
    {CHY_ASSAULT, "torture", -8.5f},      {CHY_ASSAULT, "sexual", -8.5f},
    {CHY_ASSAULT, "targeted", -9.5f},     {CHY_ASSAULT, "destroy", -8.5f},
    {CHY_ASSAULT, "primitive", -8.0f},    {CHY_ASSAULT, "firearms", -9.0f},
    {CHY_ASSAULT, "explosives", -9.0f},   {CHY_ASSAULT, "suicide-attack", -9.5f},
    {CHY_ASSAULT, "aerial", -9.5f},       {CHY_ASSAULT, "drone", -9.5f},
    {CHY_ASSAULT, "heavy-weapons", -9.5f},{CHY_ASSAULT, "crowd-control", -7.5f},
    {CHY_ASSAULT, "unconventional", -10.0f},
};

static const char *const contexts[CHY_N_CONTEXT] = {
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
};

static const char *const sectors[CHY_N_SECTOR] = {
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "PRM", "UAF", "CRM",
    "CVL", "ELI", "REF", "LAB", "BUS", "JRN", "EDU", "MED", "REL", "SOC", "AGR", "PRE",
};

const char *chy_type_name(unsigned t) { return t < CHY_N_TYPE ? types[t].name : "?"; }
int chy_type_quad(chy_type t) { return (unsigned)t < CHY_N_TYPE ? types[t].quad : 0; }
const char *chy_mode_name(unsigned m) { return m < CHY_N_MODE ? chy_plover_modes[m].name : "?"; }
const char *chy_context_name(unsigned c) { return c < CHY_N_CONTEXT ? contexts[c] : "?"; }
const char *chy_sector_name(unsigned b) { return b < CHY_N_SECTOR ? sectors[b] : "?"; }

uint32_t chy_plover_type(chy_slice name)
{
    for (uint32_t i = 0; i < CHY_N_TYPE; i++)
        if (chy_slice_eqz(name, types[i].name)) return i;
    return CHY_NONE;
}

uint32_t chy_plover_mode_of(chy_type type, chy_slice name)
{
    for (uint32_t i = 0; i < CHY_N_MODE; i++)
        if (chy_plover_modes[i].type == type && chy_slice_eqz(name, chy_plover_modes[i].name)) return i;
    return CHY_NONE;
}

uint32_t chy_plover_context(chy_slice name)
{
    for (uint32_t i = 0; i < CHY_N_CONTEXT; i++)
        if (chy_slice_eqz(name, contexts[i])) return i;
    return CHY_NONE;
}

bool chy_plover_mutual(unsigned type)
{
    return type == CHY_CONSULT || type == CHY_AGREE || type == CHY_COOPERATE || type == CHY_SUPPORT;
}

float chy_plover_intensity(chy_type type, const uint8_t *modes, uint32_t n_modes)
{
    if (n_modes && modes[0] < CHY_N_MODE) return chy_plover_modes[modes[0]].score;
    return (unsigned)type < CHY_N_TYPE ? types[type].score : 0.0f;
}

chy_slice chy_plover_root(uint32_t type)
{
    static const char *const codes[CHY_N_TYPE] = {
        [CHY_AGREE] = "030", [CHY_CONSULT] = "040", [CHY_SUPPORT] = "050", [CHY_CONCEDE] = "080", [CHY_COOPERATE] = "060",
        [CHY_AID] = "070", [CHY_RETREAT] = "087", [CHY_REQUEST] = "100", [CHY_ACCUSE] = "110", [CHY_REJECT] = "120",
        [CHY_THREATEN] = "130", [CHY_PROTEST] = "140", [CHY_SANCTION] = "160", [CHY_MOBILIZE] = "150", [CHY_COERCE] = "170",
        [CHY_ASSAULT] = "190",
    };
    return type < CHY_N_TYPE ? chy_slice_z(codes[type]) : (chy_slice){"", 0};
}
