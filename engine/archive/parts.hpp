// The parts of a .docx or .xlsx: a ZIP file from strangers.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "jixiao/diagnostic.hpp"

namespace jixiao::archive {

// Parts are looked up by name and read into memory, never written to disk. What is too large,
// packed beyond reason, locked or damaged is a diagnostic and no part.
class Archive {
 public:
  static constexpr std::size_t most_entries = 10000;
  static constexpr std::size_t most_part = std::size_t{64} << 20;  // bytes of one part, unpacked
  static constexpr std::size_t most_ratio = 250;  // unpacked to packed, of parts over a megabyte
  // bytes of all parts that were read
  static constexpr std::size_t most_unpacked = std::size_t{160} << 20;

  // Nothing when the bytes are no readable ZIP file. `bytes` must outlive the archive.
  static std::optional<Archive> open(const std::string& file, const std::string& bytes,
                                     std::vector<Diagnostic>& diagnostics);

  // A part that another one points to.
  struct Relation {
    std::string type;    // the last words of it say which: .../styles
    std::string target;  // the name of a part, from the top of the package
  };

  // Names of parts are compared without regard to case, and \ is taken as /, as office programs do.
  [[nodiscard]] bool has(const std::string& part) const;
  // Returns what `part` points to, by id; "" is the package itself. What points outside the file is
  // left out. Empty when there are no relations.
  std::map<std::string, Relation> relations(const std::string& part,
                                            std::vector<Diagnostic>& diagnostics) const;
  // Nothing, with a diagnostic, when it is missing or refused.
  std::optional<std::string> read(const std::string& part,
                                  std::vector<Diagnostic>& diagnostics) const;
  // The same as XML: UTF-8, no document type, at most 256 deep. Null when refused.
  std::unique_ptr<pugi::xml_document> xml(const std::string& part,
                                          std::vector<Diagnostic>& diagnostics) const;

 private:
  struct State;
  explicit Archive(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace jixiao::archive
