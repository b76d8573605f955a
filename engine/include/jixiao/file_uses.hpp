// The files that one run reads held against the files that it writes: a run never writes over what
// it reads.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"

namespace jixiao {

// Declared names of one run. Files are told by identity (device and inode, through symbolic and
// hard links); a name that does not exist yet by its folder and its last component; "-" is what the
// standard input or output is redirected to. Devices, pipes and folders are never in conflict.
// Every function returns nothing, or the diagnostic file.conflict that names both uses and a way
// out.
//
// `as`: what the user calls this name, as "-o" or "--earlier"; it stands in the message.
//
// While an object of Scope::process lives it is in force (the first one, when there are several):
// every file that the engine opens by name, from whatever thread, is held against it, so that what
// only the engine knows of (extended rule sets, scenarios, results beside a project) counts too. It
// is for a program that does one run. Thread-safe.
class JIXIAO_EXPORT FileUses {
 public:
  enum class Scope { declared, process };
  explicit FileUses(Scope scope = Scope::declared);
  ~FileUses();
  FileUses(const FileUses&) = delete;
  FileUses& operator=(const FileUses&) = delete;

  std::optional<Diagnostic> reads(const std::string& name, const std::string& as);
  // Also in conflict with the same file or folder declared by reads_once before: it would count
  // twice.
  std::optional<Diagnostic> reads_once(const std::string& name, const std::string& as);
  // In conflict with whatever is read or written. Files written beside `name` before it gets its
  // name (.part, .new) are held too. A file that is an SQLite database is not replaced by a plain
  // file.
  std::optional<Diagnostic> writes(const std::string& name, const std::string& as);

  // A file that is about to be opened, or written over: nothing when no run is in force. Unlike
  // reads() and writes(), opening what was declared is no second use of it.
  static std::optional<Diagnostic> before_reading(const std::string& name);
  static std::optional<Diagnostic> before_writing(const std::string& name);

  // A name that only the engine knows of, as the errors file beside an output: declared like
  // writes(), where a run is in force.
  static std::optional<Diagnostic> also_writes(const std::string& name, const std::string& as);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace jixiao
