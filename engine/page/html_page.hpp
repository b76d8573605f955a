// The frame of a page: one file, no scripts, nothing fetched, light and dark, ready to print.
#pragma once

#include <string>
#include <string_view>

#include "jixiao/text.hpp"

namespace jixiao::page {

// For element text and for attributes in double quotes.
std::string html_escaped(std::string_view text);
// `body` is markup already.
std::string html_page(std::string_view title, Language language, std::string_view body);
// A link when the address is http(s), else its text.
std::string html_link(std::string_view address, std::string_view text);

}  // namespace jixiao::page
