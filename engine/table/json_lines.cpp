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
#include "text/diagnostics.hpp"

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

class FromJsonLines final : public ByteSource {
 public:
  FromJsonLines(std::unique_ptr<ByteSource> source, std::string name, std::size_t sampled)
      : source_(std::move(source)), name_(std::move(name)), lines_(*source_) {
    std::vector<Json> first;
    std::string line;
    while (first.size() < sampled && lines_.next(line)) {
      ++line_;
      first.push_back(blank(line) ? Json() : parsed(line));
      for (const auto& [key, value] : first.back().items())
        column_of_.try_emplace(key, column_of_.size());
    }
    std::vector<std::string_view> header(column_of_.size());
    for (const auto& [key, column] : column_of_) header[column] = key;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i > 0) ready_ += ',';
      append_cell(ready_, header[i]);
    }
    ready_ += '\n';
    for (const Json& object : first) object.is_null() ? end_line() : append(object);
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
    while (ready_.size() < 65536 && lines_.next(line)) {
      ++line_;
      blank(line) ? end_line() : append(parsed(line));
    }
  }

  static bool blank(const std::string& line) {
    return line.find_first_not_of(" \t\r") == std::string::npos;
  }
  // A blank line is a blank line again, so that lines keep their numbers.
  void end_line() { ready_ += '\n'; }

  [[noreturn]] void fail(const std::string& zh, const std::string& en) const {
    Diagnostic d =
        text::diagnose_file(text::Code::value_text, name_, {zh, en},
                            {"每行写一个 {\"列名\": 值, …}，值为文字或数字",
                             "one {\"column\": value, ...} a line, values are texts or numbers"});
    d.line = line_;
    throw StreamFailure(std::move(d));
  }

  Json parsed(const std::string& line) const {
    Json object = Json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object())
      fail("这一行不是 JSON 对象", "the line is no JSON object");
    return object;
  }

  void append(const Json& object) {
    cells_.assign(column_of_.size(), {});
    for (const auto& [key, value] : object.items()) {
      const auto column = column_of_.find(key);
      if (column == column_of_.end())
        fail("键 '" + key + "' 在前面的行中没有出现过",
             "the key '" + key + "' did not occur in the lines before");
      std::string& cell = cells_[column->second];
      if (value.is_string()) {
        cell = value.get<std::string>();
      } else if (value.is_boolean()) {
        cell = value.get<bool>() ? "是" : "否";
      } else if (value.is_number()) {
        cell = value.dump();
      } else if (!value.is_null()) {
        fail("键 '" + key + "' 的值是嵌套的", "the value of '" + key + "' is nested");
      }
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (i > 0) ready_ += ',';
      append_cell(ready_, cells_[i]);
    }
    end_line();
  }

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  Lines lines_;
  std::uint64_t line_ = 0;
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

std::unique_ptr<ByteSource> from_json_lines(std::unique_ptr<ByteSource> lines, std::string name,
                                            std::size_t sampled) {
  return std::make_unique<FromJsonLines>(std::move(lines), std::move(name), sampled);
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
