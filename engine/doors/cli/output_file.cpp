#include "output_file.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace jixiao::cli {
namespace {

constexpr std::array<std::pair<std::string_view, OutputKind>, 8> endings{
    {{".html", OutputKind::html},
     {".htm", OutputKind::html},
     {".svg", OutputKind::svg},
     {".png", OutputKind::png},
     {".md", OutputKind::markdown},
     {".csv", OutputKind::csv},
     {".json", OutputKind::json},
     {".txt", OutputKind::text}}};

}  // namespace

std::optional<OutputKind> kind_of(const std::string& file) {
  for (const auto& [ending, kind] : endings) {
    if (file.ends_with(ending)) return kind;
  }
  return std::nullopt;
}

std::optional<Format> format_of(const std::string& file) {
  const auto kind = kind_of(file);
  if (!kind) return std::nullopt;
  switch (*kind) {
    case OutputKind::text: return Format::text;
    case OutputKind::json: return Format::json;
    case OutputKind::csv: return Format::csv;
    case OutputKind::markdown: return Format::markdown;
    case OutputKind::html: return Format::html;
    case OutputKind::svg:
    case OutputKind::png: return std::nullopt;
  }
  return std::nullopt;
}

std::string check_output(const std::string& file) {
  if (kind_of(file)) return "";
  return "'" + file +
         "' should end in .html, .svg, .png, .md, .csv, .json or .txt: the ending says what is "
         "written 文件名后缀决定写出什么";
}

bool write_picture(const Call& call, const std::string& file, const Picture& picture,
                   OutputKind kind) {
  if (kind == OutputKind::svg && !picture.svg.empty()) return write_whole(call, file, picture.svg);
  const auto png = png_of(picture);
  if (png) return write_whole(call, file, *png);
  std::vector<Diagnostic> diagnostics = png.diagnostics();
  for (Diagnostic& d : diagnostics) d.file = file;
  report(call, diagnostics);
  return false;
}

}  // namespace jixiao::cli
