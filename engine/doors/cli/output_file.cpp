#include "output_file.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

namespace jixiao::cli {
namespace {

constexpr std::array<std::pair<std::string_view, FileKind>, 8> endings{{{".html", FileKind::html},
                                                                        {".htm", FileKind::html},
                                                                        {".svg", FileKind::svg},
                                                                        {".png", FileKind::png},
                                                                        {".md", FileKind::markdown},
                                                                        {".csv", FileKind::csv},
                                                                        {".json", FileKind::json},
                                                                        {".txt", FileKind::text}}};

}  // namespace

bool write_file(const Call& call, const std::string& file, const std::string& bytes) {
  std::error_code ignored;
  const bool special = std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored);
  const std::string beside = special ? file : file + ".part";
  std::ofstream out(beside, std::ios::binary);
  out << bytes;
  out.close();
  if (out && (special || std::rename(beside.c_str(), file.c_str()) == 0)) return true;
  if (!special) std::remove(beside.c_str());
  Diagnostic d;
  d.code = "file.unwritable";
  d.file = file;
  d.message = {"报告无法写出", "the report cannot be written"};
  d.help = {"检查目录与磁盘空间", "see whether the folder is there and the disk has room"};
  report(call, {d});
  return false;
}

std::optional<FileKind> kind_of(const std::string& file) {
  for (const auto& [ending, kind] : endings) {
    if (file.ends_with(ending)) return kind;
  }
  return std::nullopt;
}

std::string check_output(const std::string& file) {
  if (kind_of(file)) return "";
  return "'" + file + "' should end in .html, .svg, .png, .md, .csv, .json or .txt: the ending says what is written 文件名后缀决定写出什么";
}

bool write_picture(const Call& call, const std::string& file, const Picture& picture, FileKind kind) {
  if (kind == FileKind::svg && !picture.svg.empty()) return write_file(call, file, picture.svg);
  const auto png = png_of(picture);
  if (png) return write_file(call, file, *png);
  std::vector<Diagnostic> diagnostics = png.diagnostics();
  for (Diagnostic& d : diagnostics) d.file = file;
  report(call, diagnostics);
  return false;
}

}  // namespace jixiao::cli
