// Our own report in English, as the Chinese form it says the same as. Private to this room.
#pragma once

#include "document/document.hpp"

namespace jixiao::forms {

// Where a table has the headings "level 1" to "level 3" of an English report, its fixed words
// become those of the official form, before it is recognised; what people wrote stays. Other
// documents are left as they are.
void into_chinese(Document& document);

}  // namespace jixiao::forms
