// What is wrong with what somebody wrote, as a room finds it and as it is said.
//
// A room's messages stand in its messages.hpp: a function each, that returns a Message with both
// languages side by side. What reads and checks takes a Findings and reports them at their places.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "text/diagnostics.hpp"

namespace jixiao::text {

struct Message {
  Code code;
  Text text;
  Text help = {};                         // what to type instead; empty: nothing to say
  std::optional<Severity> severity = {};  // nothing: the code's own
};

// Where findings go. A handle: copies report to the same place.
class Findings {
 public:
  // `all` must outlive this and its copies. Implicit: who keeps the diagnostics passes them as they
  // are.
  Findings(std::vector<Diagnostic>& all) : all_(&all) {}  // NOLINT(google-explicit-constructor)

  void report(const Place& place, Message message) {
    const Severity severity = message.severity.value_or(entry(message.code).severity);
    all_->push_back(
        diagnose(severity, message.code, place, std::move(message.text), std::move(message.help)));
  }
  // About a whole file, or about no file when `file` is empty.
  void report_file(const std::string& file, Message message) {
    report(Place{}, std::move(message));
    all_->back().file = file;
  }
  // Takes over the findings of others.
  void add(std::vector<Diagnostic> others) {
    all_->insert(all_->end(), std::make_move_iterator(others.begin()),
                 std::make_move_iterator(others.end()));
  }
  // The errors among them; warnings and notes are left out.
  void add_errors(const std::vector<Diagnostic>& others) {
    for (const Diagnostic& d : others) {
      if (d.severity == Severity::error) all_->push_back(d);
    }
  }

  [[nodiscard]] bool has_error() const { return text::has_error(*all_); }
  [[nodiscard]] std::size_t size() const { return all_->size(); }
  // For what takes the diagnostics themselves, such as a TableReader.
  [[nodiscard]] std::vector<Diagnostic>& all() const { return *all_; }

 private:
  std::vector<Diagnostic>* all_;
};

}  // namespace jixiao::text
