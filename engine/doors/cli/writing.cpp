#include "writing.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace jixiao::cli {

bool write_whole(const Call& call, const std::string& file, const std::string& bytes) {
  std::error_code ignored;
  const bool special = std::filesystem::exists(file, ignored) &&
                       !std::filesystem::is_regular_file(file, ignored);
  const std::string beside = special ? file : file + ".part";
  std::ofstream out(beside, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
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

}  // namespace jixiao::cli
