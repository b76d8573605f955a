#include "text/unsaved.hpp"

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "jixiao/unsaved.hpp"

namespace jixiao {
namespace {

struct UnsavedFiles {
  std::mutex mutex;
  std::map<std::string, std::string> texts;  // by absolute name
  std::atomic<bool> any = false;             // readers outside editors pay for one look at this
};

UnsavedFiles& unsaved_files() {
  static UnsavedFiles files;
  return files;
}

std::string absolute_name(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

}  // namespace

void keep_unsaved(const std::string& path, std::string text) {
  UnsavedFiles& files = unsaved_files();
  const std::lock_guard lock(files.mutex);
  files.texts[absolute_name(path)] = std::move(text);
  files.any = true;
}

void forget_unsaved(const std::string& path) {
  UnsavedFiles& files = unsaved_files();
  const std::lock_guard lock(files.mutex);
  files.texts.erase(absolute_name(path));
  files.any = !files.texts.empty();
}

namespace text {

std::optional<std::string> unsaved_text(const std::string& path) {
  UnsavedFiles& files = unsaved_files();
  if (!files.any) return std::nullopt;
  const std::lock_guard lock(files.mutex);
  const auto found = files.texts.find(absolute_name(path));
  if (found == files.texts.end()) return std::nullopt;
  return found->second;
}

}  // namespace text
}  // namespace jixiao
