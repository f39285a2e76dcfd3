#include "page/page.h"
chy_status chy_input_from_json(chy_session *session, chy_slice line, chy_input *out, chy_error *err)
{ (void)session; (void)line; *out = (chy_input){0}; return chy_fail(err, CHY_E_FORMAT, CHY_STAGE_PAGE, 0, "not yet"); }
chy_input_kind chy_input_guess(chy_slice name, chy_slice bytes)
{ (void)bytes; return chy_slice_ends(name, CHY_LIT("l")) ? CHY_INPUT_JSONL : chy_slice_ends(name, CHY_LIT("u")) ? CHY_INPUT_CONLLU : CHY_INPUT_TEXT; }
