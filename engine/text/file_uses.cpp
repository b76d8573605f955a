#include "jixiao/file_uses.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <tuple>

#include "text/diagnostics.hpp"

namespace jixiao {

namespace {

namespace fs = std::filesystem;

// `place`: of a name that does not exist; the numbers are 0 then.
struct Identity {
  dev_t device = 0;
  ino_t inode = 0;
  std::string place;
  bool is_folder = false;

  bool operator<(const Identity& other) const {
    return std::tie(device, inode, place) < std::tie(other.device, other.inode, other.place);
  }
};

enum class Kind { read, written };

struct Use {
  Kind kind = Kind::read;
  std::string name;
  std::string as;        // empty: opened by the engine, named nowhere on the command line
  bool is_once = false;  // a second time would count twice
};

// Nothing for what cannot be overwritten: a device, a pipe, no name at all.
std::optional<Identity> identity_of(const std::string& name, Kind kind) {
  if (name.empty()) return std::nullopt;
  struct stat about {};
  const bool is_there =
      name == "-" ? ::fstat(kind == Kind::read ? STDIN_FILENO : STDOUT_FILENO, &about) == 0
                  : ::stat(name.c_str(), &about) == 0;
  if (is_there) {
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) return std::nullopt;
    return Identity{about.st_dev, about.st_ino, {}, S_ISDIR(about.st_mode)};
  }
  if (name == "-") return std::nullopt;
  std::error_code error;
  const fs::path place = fs::weakly_canonical(fs::absolute(name, error), error);
  return Identity{0, 0, error ? name : place.string(), false};
}

bool is_sqlite_file(const std::string& name) {
  constexpr std::string_view mark("SQLite format 3\0", 16);
  std::array<char, mark.size()> first{};
  std::error_code error;
  if (!fs::is_regular_file(name, error)) return false;
  std::ifstream in(name, std::ios::binary);
  return in.read(first.data(), first.size()) &&
         std::string_view(first.data(), first.size()) == mark;
}

std::string shown(const std::string& name, Kind kind, bool zh) {
  if (name != "-") return name;
  if (kind == Kind::read) return zh ? "标准输入" : "the standard input";
  return zh ? "标准输出" : "the standard output";
}

std::string called(const Use& use, bool zh) {
  const std::string name = shown(use.name, use.kind, zh);
  if (use.as.empty()) return zh ? "本次运行要读的 " + name : name + ", which this run reads,";
  return use.as + " " + name;
}

Diagnostic conflict(const Use& one, const Use& other) {
  const Use& output = one.kind == Kind::written ? one : other;
  const Use& before = &output == &one ? other : one;
  const std::string where = shown(output.name, output.kind, false);
  const std::string option = output.as.empty() ? std::string("-o") : output.as;
  if (before.kind == Kind::written) {
    return text::diagnose_file(
        text::Code::file_conflict, where,
        {"两个输出是同一个文件：" + called(before, true) + " 与 " + called(output, true),
         "two outputs are one file: " + called(before, false) + " and " + called(output, false)},
        {"给每个输出一个自己的名字", "give each output a name of its own"});
  }
  const std::string target = output.as.empty() ? where : output.as + " " + where;
  return text::diagnose_file(
      text::Code::file_conflict, where,
      {"输出会覆盖本次运行的输入：" +
           (output.as.empty() ? shown(output.name, output.kind, true) : called(output, true)) +
           " 与 " + called(before, true) + " 是同一个文件；什么都没有写",
       "the output would replace what is read: " + target + " and " + called(before, false) +
           " are one file; nothing was written"},
      {"给 " + option + " 换一个名字", "give " + option + " another name"});
}

Diagnostic given_twice(const Use& first, const Use& again) {
  return text::diagnose_file(
      text::Code::file_conflict, shown(again.name, again.kind, false),
      {"同一个输入给了两次：" + shown(first.name, first.kind, true) + " 与 " +
           shown(again.name, again.kind, true) + "，会重复计算",
       "one input is given twice: " + shown(first.name, first.kind, false) + " and " +
           shown(again.name, again.kind, false) + "; it would count twice"},
      {"只写一次", "name it once"});
}

Diagnostic replaces_database(const std::string& name, const std::string& as) {
  const std::string option = as.empty() ? std::string("-o") : as;
  return text::diagnose_file(
      text::Code::file_conflict, name,
      {"这个文件是 SQLite 数据库，不会被一个普通文件替换",
       "this file is an SQLite database; a plain file does not take its place"},
      {"写成数据库里的一张表：--db " + name + " " + option + " db:表名；或换一个文件名",
       "write a table into it: --db " + name + " " + option +
           " db:TABLE; or choose another file name"});
}

std::atomic<FileUses::State*> in_force{nullptr};

}  // namespace

struct FileUses::State {
  std::mutex mutex;
  std::multimap<Identity, Use> uses;

  std::optional<Diagnostic> declare(Use use) {
    const auto file = identity_of(use.name, use.kind);
    if (!file) return std::nullopt;
    const std::lock_guard lock(mutex);
    const auto [first, last] = uses.equal_range(*file);
    for (auto at = first; at != last; ++at) {
      const Use& before = at->second;
      if (use.is_once && before.is_once) return given_twice(before, use);
      if (file->is_folder || (use.kind == Kind::read && before.kind == Kind::read)) continue;
      return conflict(use, before);
    }
    uses.emplace(*file, std::move(use));
    return std::nullopt;
  }

  std::optional<Diagnostic> declare_written(const std::string& name, const std::string& as) {
    if (auto wrong = declare({Kind::written, name, as, false})) return wrong;
    if (name.empty() || name == "-") return std::nullopt;
    std::error_code error;
    if (fs::exists(name, error) && !fs::is_regular_file(name, error)) return std::nullopt;
    for (const char* ending : {".part", ".new"}) {
      if (auto wrong = declare({Kind::written, name + ending, as, false})) return wrong;
    }
    if (is_sqlite_file(name)) return replaces_database(name, as);
    return std::nullopt;
  }

  bool is_declared(const std::string& name, const std::string& as) {
    const std::lock_guard lock(mutex);
    return std::any_of(uses.begin(), uses.end(), [&](const auto& each) {
      return each.second.kind == Kind::written && each.second.name == name && each.second.as == as;
    });
  }

  std::optional<Diagnostic> opens(Use use) {
    const auto file = identity_of(use.name, use.kind);
    if (!file || file->is_folder) return std::nullopt;
    const std::lock_guard lock(mutex);
    const auto [first, last] = uses.equal_range(*file);
    for (auto at = first; at != last; ++at) {
      if (at->second.kind == use.kind) continue;
      Diagnostic out = conflict(use, at->second);
      // A file that was to be read is not written over later in the run either, whoever goes on
      // without it.
      if (use.kind == Kind::read) uses.emplace(*file, std::move(use));
      return out;
    }
    if (first == last) uses.emplace(*file, std::move(use));
    return std::nullopt;
  }
};

FileUses::FileUses(Scope scope) : state_(std::make_unique<State>()) {
  if (scope == Scope::declared) return;
  State* none = nullptr;
  in_force.compare_exchange_strong(none, state_.get());
}

FileUses::~FileUses() {
  State* own = state_.get();
  in_force.compare_exchange_strong(own, nullptr);
}

std::optional<Diagnostic> FileUses::reads(const std::string& name, const std::string& as) {
  return state_->declare({Kind::read, name, as, false});
}

std::optional<Diagnostic> FileUses::reads_once(const std::string& name, const std::string& as) {
  return state_->declare({Kind::read, name, as, true});
}

std::optional<Diagnostic> FileUses::writes(const std::string& name, const std::string& as) {
  return state_->declare_written(name, as);
}

std::optional<Diagnostic> FileUses::also_writes(const std::string& name, const std::string& as) {
  State* const state = in_force.load();
  return state == nullptr || state->is_declared(name, as) ? std::nullopt
                                                          : state->declare_written(name, as);
}

std::optional<Diagnostic> FileUses::before_reading(const std::string& name) {
  State* const state = in_force.load();
  return state == nullptr ? std::nullopt : state->opens({Kind::read, name, {}, false});
}

std::optional<Diagnostic> FileUses::before_writing(const std::string& name) {
  State* const state = in_force.load();
  if (state == nullptr) return std::nullopt;
  if (auto wrong = state->opens({Kind::written, name, {}, false})) return wrong;
  if (name != "-" && is_sqlite_file(name)) return replaces_database(name, {});
  return std::nullopt;
}

}  // namespace jixiao
