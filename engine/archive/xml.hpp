// XML from strangers: what may be parsed at all, and its nodes without their prefixes.
#pragma once

#include <optional>
#include <string_view>

#include <pugixml.hpp>

#include "jixiao/text.hpp"

namespace jixiao::archive {

// What makes XML unfit to be parsed: nothing when it may be.
std::optional<Text> refuse_xml(std::string_view xml);

// Children and attributes by the name behind the prefix: w:tbl and x:tbl are "tbl".
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
std::string_view attribute(const pugi::xml_node& node, std::string_view name);

}  // namespace jixiao::archive
