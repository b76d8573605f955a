// Results that go to a file instead of stdout.
#pragma once

#include <optional>
#include <string>

#include "commands.hpp"

namespace jixiao::cli {

// Written beside its name and renamed: the file is there whole or as it was. A device or a pipe keeps its place. False, and said, when it
// cannot be written.
bool write_file(const Call& call, const std::string& file, const std::string& bytes);

enum class FileKind { text, json, csv, markdown, html, svg, png };
// By the ending of the name; nothing for one that says nothing.
std::optional<FileKind> kind_of(const std::string& file);
// "" when the ending is one of those, else what is wrong with it.
std::string check_output(const std::string& file);

// Writes a result as the ending of `file` says. `rendered(style)` gives its text, `sheet(style)` its picture.
template <class Rendered, class Sheet>
bool write_result(const Call& call, const std::string& file, const Rendered& rendered, const Sheet& sheet);

// Picture formats. False, and said, when there is nothing to draw or to draw with.
bool write_picture(const Call& call, const std::string& file, const Picture& picture, FileKind kind);

template <class Rendered, class Sheet>
bool write_result(const Call& call, const std::string& file, const Rendered& rendered, const Sheet& sheet) {
  const FileKind kind = kind_of(file).value_or(FileKind::text);
  if (kind == FileKind::svg || kind == FileKind::png)
    return write_picture(call, file, sheet(PictureStyle{call.out.language, Paper::light}), kind);
  Style style = call.out;
  style.colour = false;
  style.format = kind == FileKind::json       ? Format::json
                 : kind == FileKind::csv      ? Format::csv
                 : kind == FileKind::markdown ? Format::markdown
                 : kind == FileKind::html     ? Format::html
                                              : Format::text;
  return write_file(call, file, rendered(style));
}

}  // namespace jixiao::cli
