#include "batch/fault_log.hpp"

#include <algorithm>
#include <charconv>
#include <queue>
#include <tuple>

namespace jixiao::batch {
namespace {

bool before(const PlacedFault& a, const PlacedFault& b) {
  return std::tie(a.input, a.fault.line) < std::tie(b.input, b.fault.line);
}

// "12:text" for a text, "7;" for a number: what stands in it needs no escaping.
void append_field(std::string& to, std::string_view text) {
  to += std::to_string(text.size());
  to += ':';
  to += text;
}
void append_field(std::string& to, std::uint64_t number) {
  to += std::to_string(number);
  to += ';';
}

bool take_number(std::string_view& bytes, char end, std::uint64_t& out) {
  const auto [after, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), out);
  if (error != std::errc() || after == bytes.data() + bytes.size() || *after != end) return false;
  bytes.remove_prefix(static_cast<std::size_t>(after - bytes.data()) + 1);
  return true;
}

bool take_field(std::string_view& bytes, std::string& out) {
  std::uint64_t length = 0;
  if (!take_number(bytes, ':', length) || length > bytes.size()) return false;
  out.assign(bytes.substr(0, length));
  bytes.remove_prefix(length);
  return true;
}

std::uint64_t size_of(const PlacedFault& fault) {
  return sizeof fault + fault.fault.project.size() + fault.fault.column.size() +
         fault.fault.cell.size() + fault.fault.message.zh.size() + fault.fault.message.en.size();
}

// Reads the faults of a sorted run one by one, some at a time.
class RunReader {
 public:
  RunReader(const table::Spill& spill, std::uint64_t offset, std::uint64_t length)
      : spill_(&spill), offset_(offset), left_(length) {}

  bool next(PlacedFault& out) {
    // A fault may be cut off at the end of what was read: read on and try again.
    for (;;) {
      std::string_view rest = std::string_view(buffer_).substr(at_);
      if (!rest.empty() && take_bytes(rest, out)) {
        at_ = buffer_.size() - rest.size();
        return true;
      }
      if (left_ == 0) return false;
      buffer_.erase(0, at_);
      at_ = 0;
      const std::uint64_t part =
          std::min<std::uint64_t>(left_, std::max<std::size_t>(16384, buffer_.size()));
      const std::size_t had = buffer_.size();
      buffer_.resize(had + part);
      spill_->read(offset_, std::span<char>(buffer_).subspan(had));
      offset_ += part;
      left_ -= part;
    }
  }

 private:
  const table::Spill* spill_;
  std::uint64_t offset_;
  std::uint64_t left_;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace

void append_bytes(std::string& to, const PlacedFault& fault) {
  const Fault& f = fault.fault;
  append_field(to, fault.input);
  append_field(to, f.line);
  append_field(to, static_cast<std::uint64_t>(f.severity));
  for (const std::string* text :
       {&f.project, &f.column, &f.cell, &f.code, &f.message.zh, &f.message.en})
    append_field(to, *text);
}

bool take_bytes(std::string_view& bytes, PlacedFault& out) {
  std::string_view rest = bytes;
  std::uint64_t input = 0;
  std::uint64_t severity = 0;
  Fault& f = out.fault;
  if (!take_number(rest, ';', input) || !take_number(rest, ';', f.line) ||
      !take_number(rest, ';', severity) || severity > 2)
    return false;
  for (std::string* text :
       {&f.project, &f.column, &f.cell, &f.code, &f.message.zh, &f.message.en}) {
    if (!take_field(rest, *text)) return false;
  }
  out.input = static_cast<std::uint32_t>(input);
  f.severity = static_cast<Severity>(severity);
  bytes = rest;
  return true;
}

void FaultLog::add(std::vector<PlacedFault>& piece) {
  for (PlacedFault& fault : piece) {
    fault.fault.severity == Severity::error ? ++errors_ : ++warnings_;
    if (in_order_) {
      taker_(fault);
      continue;
    }
    held_bytes_ += size_of(fault);
    held_.push_back(std::move(fault));
  }
  piece.clear();
  if (held_bytes_ > memory_) put_aside();
}

void FaultLog::put_aside() {
  std::stable_sort(held_.begin(), held_.end(), before);
  std::string bytes;
  const std::uint64_t offset = spill_.size();
  for (const PlacedFault& fault : held_) {
    append_bytes(bytes, fault);
    if (bytes.size() < 65536) continue;
    spill_.append(bytes);
    bytes.clear();
  }
  spill_.append(bytes);
  runs_.push_back({offset, spill_.size() - offset});
  held_ = {};
  held_bytes_ = 0;
}

void FaultLog::finish() {
  std::stable_sort(held_.begin(), held_.end(), before);
  if (runs_.empty()) {
    for (const PlacedFault& fault : held_) taker_(fault);
    held_ = {};
    return;
  }
  if (!held_.empty()) put_aside();
  std::vector<RunReader> readers;
  std::vector<PlacedFault> fronts(runs_.size());
  const auto later = [&](std::size_t a, std::size_t b) {
    return before(fronts[b], fronts[a]) || (!before(fronts[a], fronts[b]) && b < a);
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
  for (std::size_t run = 0; run < runs_.size(); ++run) {
    readers.emplace_back(spill_, runs_[run].offset, runs_[run].length);
    if (readers[run].next(fronts[run])) queue.push(run);
  }
  while (!queue.empty()) {
    const std::size_t run = queue.top();
    queue.pop();
    taker_(fronts[run]);
    if (readers[run].next(fronts[run])) queue.push(run);
  }
}

namespace {

constexpr std::size_t reported_faults = 20;

}  // namespace

void FirstFaults::add(const PlacedFault& fault, const std::vector<std::string>& inputs) {
  auto& kept = fault.fault.severity == Severity::error ? errors_ : lesser_;
  if (kept.size() < reported_faults)
    kept.push_back(to_diagnostic(fault.fault, inputs[fault.input]));
}

void FirstFaults::report(BatchOutcome& outcome, bool strict) {
  outcome.findings.insert(outcome.findings.end(), errors_.begin(), errors_.end());
  const std::size_t left = std::min(lesser_.size(), reported_faults - errors_.size());
  outcome.findings.insert(outcome.findings.end(), lesser_.begin(),
                          lesser_.begin() + static_cast<std::ptrdiff_t>(left));
  if (strict && !errors_.empty()) throw StrictFault{errors_.front()};
}

}  // namespace jixiao::batch
