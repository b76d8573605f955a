#include "table/json_lines.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>

#include "table/cells.hpp"
#include "table/guard.hpp"
#include "table/record_scan.hpp"

namespace jixiao::table {

using Json = nlohmann::ordered_json;

namespace {

// Lines of a stream, whatever its reads are cut into.
class Lines {
 public:
  explicit Lines(ByteSource& source) : source_(source) {}
  bool next(std::string& line) {
    line.clear();
    while (true) {
      const std::size_t end = held_.find('\n', at_);
      if (end != std::string::npos) {
        line.append(held_, at_, end - at_);
        at_ = end + 1;
        return true;
      }
      line.append(held_, at_);
      at_ = 0;
      held_.resize(65536);
      const std::size_t got = source_.read(held_);
      held_.resize(got);
      if (got == 0) return !line.empty();
    }
  }

 private:
  ByteSource& source_;
  std::string held_;
  std::size_t at_ = 0;
};

// The beginning of a long text, no character cut in two.
std::string shortened(std::string text) {
  constexpr std::size_t longest = 200;
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + "…";
}

class FromJsonLines final : public ByteSource {
 public:
  FromJsonLines(std::unique_ptr<ByteSource> source, std::size_t sampled)
      : source_(std::move(source)), lines_(*source_) {
    std::vector<std::string> first;
    std::string line;
    while (first.size() < sampled && lines_.next(line)) {
      first.push_back(line);
      const Json object = Json::parse(line, nullptr, false);
      if (!object.is_object()) continue;
      for (const auto& [key, value] : object.items())
        column_of_.try_emplace(key, column_of_.size());
    }
    std::vector<std::string_view> header(column_of_.size());
    for (const auto& [key, column] : column_of_) header[column] = key;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i > 0) ready_ += ',';
      append_cell(ready_, header[i]);
    }
    ready_ += '\n';
    for (const std::string& held : first) append(held);
  }

  std::size_t read(std::span<char> room) override {
    if (at_ == ready_.size()) refill();
    const std::size_t count = std::min(room.size(), ready_.size() - at_);
    std::copy_n(ready_.data() + at_, count, room.data());
    at_ += count;
    return count;
  }
  [[nodiscard]] Extent extent() const override { return source_->extent(); }

 private:
  void refill() {
    ready_.clear();
    at_ = 0;
    std::string line;
    while (ready_.size() < 65536 && lines_.next(line)) append(line);
  }

  static bool blank(const std::string& line) {
    return line.find_first_not_of(" \t\r") == std::string::npos;
  }
  // A blank line is a blank line again, so that lines keep their numbers.
  void end_line() { ready_ += '\n'; }

  // A line that is no record of this table has one cell more than the header, which says why: it
  // fails alone.
  void append(const std::string& line) {
    if (blank(line)) return end_line();
    cells_.assign(column_of_.size(), {});
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) {
      cells_.push_back("不是 JSON 对象 (no JSON object): " + shortened(line));
      return end_record();
    }
    for (const auto& [key, value] : object.items()) {
      const auto column = column_of_.find(key);
      std::string text;
      if (value.is_string()) {
        text = value.get<std::string>();
      } else if (value.is_boolean()) {
        text = value.get<bool>() ? "是" : "否";
      } else if (!value.is_null()) {
        // numbers, and what is nested as it stands
        text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
      }
      if (column != column_of_.end()) {
        cells_[column->second] = std::move(text);
      } else if (cells_.size() == column_of_.size()) {
        cells_.push_back("键 " + key + " 前面没有 (a key no line before has): " + shortened(text));
      }
    }
    end_record();
  }

  void end_record() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (i > 0) ready_ += ',';
      append_cell(ready_, cells_[i]);
    }
    end_line();
  }

  std::unique_ptr<ByteSource> source_;
  Lines lines_;
  std::map<std::string, std::size_t, std::less<>> column_of_;
  std::vector<std::string> cells_;
  std::string ready_;
  std::size_t at_ = 0;
};

// 2023 stays 2023, not 2023.0.
Json number_value(std::string_view text, double number) {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  const bool exact = error == std::errc() && end == text.data() + text.size() &&
                     number == static_cast<double>(whole);
  return exact && std::abs(number) < 0x1p53 ? Json(whole) : Json(number);
}

class ToJsonLines final : public ByteSink {
 public:
  explicit ToJsonLines(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)) {}
  void write(std::string_view bytes) override {
    held_ += bytes;
    std::size_t at = 0;
    for (std::size_t end = find_record_end(held_, at, ',', '\n'); end != std::string::npos;
         end = find_record_end(held_, at, ',', '\n')) {
      take(std::string_view(held_).substr(at, end - at));
      at = end;
    }
    held_.erase(0, at);
  }
  void finish() override {
    if (!held_.empty()) take(held_);
    sink_->finish();
  }

 private:
  void take(std::string_view record) {
    if (is_blank(record)) return;
    const std::vector<std::string> cells = split_record(record, ',');
    if (header_.empty()) {
      header_ = cells;
      return;
    }
    Json object = Json::object();
    for (std::size_t i = 0; i < std::min(cells.size(), header_.size()); ++i) {
      if (cells[i].empty()) continue;
      double number = 0;
      const bool plain = read_plain(cells[i], number) && !is_code(cells[i]);
      if (plain)
        object[header_[i]] = number_value(cells[i], number);
      else
        object[header_[i]] = cells[i];
    }
    sink_->write(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  std::unique_ptr<ByteSink> sink_;
  std::vector<std::string> header_;
  std::string held_;
};

}  // namespace

std::unique_ptr<ByteSource> from_json_lines(std::unique_ptr<ByteSource> lines,
                                            std::size_t sampled) {
  return std::make_unique<FromJsonLines>(std::move(lines), sampled);
}

std::unique_ptr<ByteSink> to_json_lines(std::unique_ptr<ByteSink> out) {
  return std::make_unique<ToJsonLines>(std::move(out));
}

bool names_json_lines(const std::string& path) {
  std::string_view name = path;
  for (const std::string_view end : {".gz", ".zst"}) {
    if (name.ends_with(end)) name.remove_suffix(end.size());
  }
  return name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

}  // namespace jixiao::table
