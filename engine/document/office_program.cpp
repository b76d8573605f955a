#include "document/office_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "text/diagnostics.hpp"

extern char** environ;

namespace jixiao::forms {
namespace {

namespace fs = std::filesystem;
using text::Code;

// A folder nobody else can look into, removed at the end.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "jixiao-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Whether the program ended by itself, with success, in time.
bool run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int descriptor : {0, 1, 2})
    posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // it starts others: they are ended
                                                                 // with it
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, arguments[0], &files, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) return false;
  int status = 0;
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (waitpid(process, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > limit) {
      kill(-process, SIGKILL);
      waitpid(process, &status, 0);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool on_path(const char* program) {
  const char* path = std::getenv("PATH");
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const std::string folder(rest.substr(0, rest.find(':')));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.empty() && access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> convert(const std::string& file, const std::string& kind,
                                   std::vector<Diagnostic>& diagnostics) {
  const std::string written = fs::path(file).extension().string();
  const Text help{"在 Word、WPS 或 Excel 中另存为 ." + kind + "，或安装 LibreOffice",
                  "save it as ." + kind + ", or install LibreOffice"};
  if (!on_path("soffice")) {
    diagnostics.push_back(text::diagnose_file(
        Code::document_kind, file,
        {"读 " + written + " 要借助 LibreOffice，本机没有（PATH 中找不到 soffice）",
         written + " is read with the help of LibreOffice, which is not installed here (no soffice "
                   "on the PATH)"},
        help));
    return std::nullopt;
  }
  const OwnFolder folder;
  const auto failure = [&]() {
    diagnostics.push_back(text::diagnose_file(
        Code::document_kind, file,
        {"LibreOffice 未能转换此文件", "LibreOffice could not convert this file"}, help));
    return std::nullopt;
  };
  if (folder.path().empty()) return failure();
  std::error_code error;
  const fs::path copy = folder.path() / ("form" + written);  // a name of ours: never one that reads
                                                             // as an option
  fs::copy_file(file, copy, error);
  if (error) return failure();
  const std::string profile = "-env:UserInstallation=file://" +
                              (folder.path() / "profile").string();
  if (!run({"soffice", profile, "--headless", "--norestore", "--convert-to", kind, "--outdir",
            (folder.path() / "out").string(), copy.string()}))
    return failure();
  std::ifstream in(folder.path() / "out" / ("form." + kind), std::ios::binary);
  if (!in) return failure();
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace jixiao::forms
