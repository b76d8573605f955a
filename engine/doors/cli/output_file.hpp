// Results that go to a file instead of stdout.
#pragma once

#include <optional>
#include <string>

#include "commands.hpp"
#include "writing.hpp"

namespace jixiao::cli {

enum class OutputKind { text, json, csv, markdown, html, svg, png };
// Returns what the ending of the name says, whatever its folder; nothing for any other ending.
std::optional<OutputKind> kind_of(const std::string& file);
// Returns the same as a format of reports; nothing for pictures and other endings.
std::optional<Format> format_of(const std::string& file);
// "" when the ending is one of those, else what is wrong with it.
std::string check_output(const std::string& file);

// Writes a result as the ending of `file` says. `rendered(style)` gives its text, `sheet(style)`
// its picture.
template <class Rendered, class Sheet>
bool write_result(const Call& call, const std::string& file, const Rendered& rendered,
                  const Sheet& sheet);

// Picture formats. False, and said, when there is nothing to draw or to draw with.
bool write_picture(const Call& call, const std::string& file, const Picture& picture,
                   OutputKind kind);

template <class Rendered, class Sheet>
bool write_result(const Call& call, const std::string& file, const Rendered& rendered,
                  const Sheet& sheet) {
  const OutputKind kind = kind_of(file).value_or(OutputKind::text);
  if (kind == OutputKind::svg || kind == OutputKind::png)
    return write_picture(call, file, sheet(PictureStyle{call.out.language, Paper::light}), kind);
  Style style = call.out;
  style.colour = false;
  style.format = format_of(file).value_or(Format::text);
  return write_whole(call, file, rendered(style));
}

}  // namespace jixiao::cli
