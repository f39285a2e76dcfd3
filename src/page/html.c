#include "page/pager.h"
chy_status chy_page_html(chy_pager *p, chy_slice html) { p->text = html; return chy_page_plain(p); }
