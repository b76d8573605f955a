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

constexpr char refusal_mark = '\x1f';

std::string refusal(const Text& why, const std::string& line) {
  const std::string shown = shortened(line);
  return refusal_mark + why.zh + "：" + shown + refusal_mark + why.en + ": " + shown;
}

// Looks whether a text is JSON, and where it stops being it.
class Validator final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    at = position;
    too_large = error.id == 406;
    no_text = std::string_view(error.what()).find("UTF-8") != std::string_view::npos;
    return false;
  }

  std::size_t at = 0;  // 1-based byte
  bool too_large = false, no_text = false;
};

bool is_json(std::string_view text, Validator& validator) {
  return nlohmann::json::sax_parse(text.begin(), text.end(), &validator);
}

std::string_view without_blanks(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

// The letters around a byte: NaN, None, True.
std::string_view word_around(std::string_view line, std::size_t at) {
  const auto is_letter = [&](std::size_t i) {
    return i < line.size() &&
           ((line[i] >= 'a' && line[i] <= 'z') || (line[i] >= 'A' && line[i] <= 'Z'));
  };
  std::size_t begin = std::min(at, line.size());
  while (begin > 0 && is_letter(begin - 1)) --begin;
  std::size_t end = begin;
  while (is_letter(end)) ++end;
  return line.substr(begin, end - begin);
}

// Why a line is no record, and the way out. Requires: it is no JSON object.
Text why_no_object(std::string_view line) {
  line = without_blanks(line);
  Validator found;
  const bool whole = is_json(line, found);
  if (line.starts_with('[') || line == "]")
    return {"这里是 JSON 数组，不是每行一个对象；可用 jq -c '.[]' 转换",
            "a JSON array, not an object on each line; jq -c '.[]' makes such lines of it"};
  Validator rest;
  if (line.ends_with(',') && is_json(line.substr(0, line.size() - 1), rest))
    return {"对象后面有逗号；每行一个对象，行末不加逗号，可用 jq -c '.[]' 转换",
            "a comma behind the object: objects stand on lines of their own without commas; "
            "jq -c '.[]' makes such lines of an array"};
  if (whole) return {"这一行不是 JSON 对象", "the line is no JSON object"};
  if (found.too_large) return {"有一个数超过 1.8e308", "a number is larger than 1.8e308"};
  if (found.no_text) return {"有不是 UTF-8 的字节", "the line holds bytes that are not UTF-8"};
  const std::string word(word_around(line, found.at == 0 ? 0 : found.at - 1));
  for (const std::string_view known : {"NaN", "nan", "Infinity", "None", "True", "False"}) {
    if (word == known)
      return {"JSON 没有 '" + word + "'；没有值写 null，是否写 true、false",
              "JSON has no '" + word + "'; write null where there is no value, true or false"};
  }
  return {"从第 " + std::to_string(found.at) + " 个字节起不是 JSON（每行一个对象）",
          "no JSON from byte " + std::to_string(found.at) + " on (one object on each line)"};
}

// One key of an object with its value as it stands.
struct Member {
  std::string key;
  std::string_view value;
};

// The members of an object, in order. Requires: `line` is JSON. Nothing where it is no object.
class ObjectReader {
 public:
  explicit ObjectReader(std::string_view line) : line_(line) {}

  std::optional<std::vector<Member>> members() {
    std::vector<Member> out;
    if (next() != '{') return std::nullopt;
    ++at_;
    while (next() != '}') {
      if (line_[at_] == ',') ++at_;
      next();
      const std::string_view key = string();
      next();
      ++at_;  // the colon
      next();
      out.push_back({Json::parse(key).get<std::string>(), value()});
    }
    return out;
  }

 private:
  // The next byte that is no blank.
  char next() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r'))
      ++at_;
    return at_ < line_.size() ? line_[at_] : '}';
  }
  std::string_view string() {
    const std::size_t begin = at_++;
    while (at_ < line_.size() && line_[at_] != '"') at_ += line_[at_] == '\\' ? 2 : 1;
    ++at_;
    return line_.substr(begin, at_ - begin);
  }
  std::string_view value() {
    const std::size_t begin = at_;
    int depth = 0;
    while (at_ < line_.size()) {
      const char c = line_[at_];
      if (c == '"') {
        string();
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}')) break;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
    return without_blanks(line_.substr(begin, at_ - begin));
  }

  std::string_view line_;
  std::size_t at_ = 0;
};

std::optional<std::vector<Member>> members_of(std::string_view line) {
  Validator validator;
  if (!is_json(line, validator)) return std::nullopt;
  return ObjectReader(line).members();
}

// A value as the cell of a table: numbers, and what is nested, as they stand.
std::string cell_of(std::string_view value) {
  if (value == "null") return {};
  if (value == "true") return "是";
  if (value == "false") return "否";
  if (value.starts_with('"')) return Json::parse(value).get<std::string>();
  return std::string(value);
}

class FromJsonLines final : public ByteSource {
 public:
  FromJsonLines(std::unique_ptr<ByteSource> source, std::size_t sampled)
      : source_(std::move(source)), lines_(*source_) {
    std::vector<std::string> first;
    std::string line;
    while (first.size() < sampled && lines_.next(line)) {
      first.push_back(line);
      const auto members = members_of(line);
      if (!members) continue;
      for (const Member& member : *members) column_of_.try_emplace(member.key, column_of_.size());
    }
    put_header(first);
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
  void put_header(const std::vector<std::string>& first) {
    std::vector<std::string_view> header(column_of_.size());
    for (const auto& [key, column] : column_of_) header[column] = key;
    const auto written = std::find_if_not(first.begin(), first.end(), blank);
    const std::string none_is = written == first.end() ? std::string()
                                                       : refusal(why_no_object(*written), *written);
    if (header.empty() && !none_is.empty()) header.push_back(none_is);
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i > 0) ready_ += ',';
      append_cell(ready_, header[i]);
    }
    ready_ += '\n';
  }

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
    const std::size_t columns = column_of_.size();
    cells_.assign(columns, {});
    const auto members = members_of(line);
    if (!members) {
      cells_.push_back(refusal(why_no_object(line), line));
      return end_record();
    }
    given_.assign(columns, 0);
    for (const Member& member : *members) {
      const auto column = column_of_.find(member.key);
      if (column == column_of_.end()) {
        refuse({"键 '" + member.key + "' 在前面各行都没有",
                "no line before has the key '" + member.key + "'"},
               line);
        continue;
      }
      if (given_[column->second] != 0)
        refuse({"键 '" + member.key + "' 出现两次", "the key '" + member.key + "' is there twice"},
               line);
      given_[column->second] = 1;
      cells_[column->second] = cell_of(member.value);
    }
    end_record();
  }

  // The first reason is enough.
  void refuse(const Text& why, const std::string& line) {
    if (cells_.size() == column_of_.size()) cells_.push_back(refusal(why, line));
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
  std::vector<std::uint8_t> given_;  // of each column, in the line that is read
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

std::optional<Text> refusal_of(std::string_view cell) {
  if (!cell.starts_with(refusal_mark)) return std::nullopt;
  cell.remove_prefix(1);
  const std::size_t second = cell.find(refusal_mark);
  if (second == std::string_view::npos) return std::nullopt;
  return Text{std::string(cell.substr(0, second)), std::string(cell.substr(second + 1))};
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
