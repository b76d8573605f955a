#include "batch/row_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "project/reading.hpp"
#include "system/short_hash.hpp"
#include "table/short_number.hpp"
#include "text/diagnostics.hpp"
#include "value/field.hpp"
#include "value/most_money.hpp"

namespace jixiao::batch {

using text::Node;
using text::NodeKind;

namespace {

// Tables say the same thing again and again; where they do not, what is remembered is given up now
// and then.
constexpr std::size_t most_rows = 100000;
constexpr std::size_t longest_read_cell = 4000;
// Stands for the numbers of a row: how it takes one is what is asked.
constexpr std::string_view any_number_text = "1234567";
constexpr double any_number = 1234567;
constexpr std::string_view any_year_text = "1987";  // of a number that may be a year
constexpr double any_year = 1987;
constexpr std::string_view any_upper_text = "7654321";  // of a range
constexpr double any_upper = 7654321;

struct Operator {
  std::string_view sign;
  const char* direction;
  const char* value;
};
constexpr Operator operators[] = {
    {">=", "at_least", nullptr},   {"≥", "at_least", nullptr},   {"≧", "at_least", nullptr},
    {"＞＝", "at_least", nullptr}, {">", "more_than", nullptr},  {"＞", "more_than", nullptr},
    {"<=", "at_most", nullptr},    {"≤", "at_most", nullptr},    {"≦", "at_most", nullptr},
    {"<", "less_than", nullptr},   {"＜", "less_than", nullptr}, {"=", "equal", nullptr},
    {"＝", "equal", nullptr},      {"==", "equal", nullptr},     {"range", "between", nullptr},
    {"区间", "between", nullptr},  {"date", nullptr, "date"},    {"日期", nullptr, "date"},
    {"grade", nullptr, "grade"},   {"等级", nullptr, "grade"},   {"yes", nullptr, "yes_no"},
    {"是否", nullptr, "yes_no"},   {"定性", nullptr, "grade"},
};

// The cells as the lines of a small file, so that every finding knows which cell it is about.
class Sheet {
 public:
  explicit Sheet(const std::array<std::string_view, roles>& cells) {
    std::string text;
    for (const std::string_view cell : cells) {
      for (const char c : cell.substr(0, longest_read_cell))
        text += c == '\n' || c == '\r' ? ' ' : c;
      text += '\n';
    }
    source_ = std::make_shared<text::Source>("", std::move(text));
  }
  [[nodiscard]] text::Place place(Role role) const { return {source_, role + 1, 1, 1}; }
  [[nodiscard]] Node string(Role role, std::string_view text) const {
    Node node;
    node.kind = NodeKind::string;
    node.string = std::string(text);
    node.place = place(role);
    return node;
  }

 private:
  std::shared_ptr<const text::Source> source_;
};

void add(Node& table, const char* key, Node value) {
  const text::Place at = value.place;
  table.entries.push_back({key, at, std::move(value)});
}

std::vector<RowFinding> findings_of(const std::vector<Diagnostic>& diagnostics) {
  std::vector<RowFinding> out;
  for (const Diagnostic& d : diagnostics) {
    const std::size_t line = std::clamp<std::size_t>(d.line, 1, roles);
    Text message = d.message;
    if (!d.help.zh.empty()) message.zh += "；" + d.help.zh;
    if (!d.help.en.empty()) message.en += "; " + d.help.en;
    out.push_back({static_cast<Role>(line - 1), d.severity, d.code, std::move(message)});
  }
  return out;
}

// The cells a row's meaning depends on, as text.
std::array<std::string_view, 8> words_of(const RowCells& cells) {
  return {cells.block, cells.type,   cells.op,     cells.target,
          cells.unit,  cells.weight, cells.method, cells.actual};
}

// Word by word rather than one through the other, so that the processor makes them side by side.
std::uint64_t hash_of(const RowCells& cells, std::uint64_t flags) {
  std::uint64_t sum = flags;
  unsigned turn = 0;
  for (const std::string_view cell : words_of(cells))
    sum += std::rotl(system::hashed(0, cell), static_cast<int>(turn += 7));
  return system::mixed(0, sum);
}

// How many places the decimal point of `any` is moved to the right to give the value; -1 when it is
// no such number.
int exponent_over(double any, double value) {
  constexpr int most = 12;
  double shifted = any;
  for (int exponent = 0; exponent <= most; ++exponent, shifted *= 10) {
    if (shifted == value) return exponent;
  }
  return -1;
}

// The same of what stands for a number.
int exponent_of(double value) {
  return std::max(exponent_over(any_number, value), exponent_over(any_year, value));
}

}  // namespace

std::string shown(double low, double high, const value::Unit& unit) {
  std::string text = value::show(low, unit);
  if (high != low) text += "–" + value::show(high, unit);
  return text;
}

bool says_not_applicable(std::string_view actual) {
  return actual == "不适用" || actual == "n/a" || actual == "N/A" || actual == "NA" ||
         actual == "not_applicable";
}

struct RowReader::Known {
  std::uint64_t flags = 0;
  std::array<std::uint32_t, 8> sizes{};
  std::string text;
  Row row;

  [[nodiscard]] bool is(const RowCells& cells, std::uint64_t other_flags) const {
    if (flags != other_flags) return false;
    const char* at = text.data();
    const auto words = words_of(cells);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].size() != sizes[i] || !system::equal_bytes(at, words[i].data(), sizes[i]))
        return false;
      at += sizes[i];
    }
    return true;
  }
};

RowReader::RowReader(const ruleset::RuleSet& rules, std::uint64_t memory)
    : rules_(rules), known_(1024), memory_(memory) {}
RowReader::~RowReader() = default;

Row RowReader::resolve(const RowCells& cells) const {
  std::array<std::string_view, roles> lines{};
  lines[role_indicator] = indicator_mark;
  lines[role_block] = cells.block;
  lines[role_type] = cells.type;
  lines[role_op] = cells.op;
  lines[role_target] = cells.target;
  lines[role_unit] = cells.unit;
  lines[role_weight] = cells.weight;
  lines[role_method] = cells.method;
  lines[role_actual] = cells.actual;
  const Sheet sheet(lines);
  std::vector<Diagnostic> diagnostics;

  std::string block(cells.block);
  if (block.empty()) {  // the one block the type belongs to, or the only one there is
    const std::size_t type = rules_.find_type(cells.type);
    std::vector<std::size_t> fitting;
    for (std::size_t b = 0; b < rules_.blocks.size(); ++b) {
      const bool fits =
          rules_.blocks.size() == 1 ||
          (type != none && !rules_.blocks[b].types.empty() && rules_.type_belongs(type, b));
      if (fits) fitting.push_back(b);
    }
    if (fitting.size() == 1) block = rules_.blocks[fitting.front()].id;
  }

  Node table;
  table.place = sheet.place(role_indicator);
  add(table, "id", sheet.string(role_indicator, indicator_mark));
  if (!block.empty()) add(table, "block", sheet.string(role_block, block));
  if (!cells.type.empty()) add(table, "type", sheet.string(role_type, cells.type));
  if (!cells.method.empty()) add(table, "method", sheet.string(role_method, cells.method));
  if (!cells.unit.empty()) add(table, "unit", sheet.string(role_unit, cells.unit));
  if (!cells.target.empty()) add(table, "target", sheet.string(role_target, cells.target));
  if (!cells.op.empty()) {
    const auto* found = std::find_if(std::begin(operators), std::end(operators),
                                     [&](const Operator& o) { return o.sign == cells.op; });
    if (found == std::end(operators)) {
      diagnostics.push_back(
          text::diagnose(text::Code::value_choice, sheet.place(role_op),
                         {"没有运算符 '" + std::string(cells.op) + "'",
                          "there is no operator '" + std::string(cells.op) + "'"},
                         {">= > = < <= range date grade yes", ">= > = < <= range date grade yes"}));
    } else {
      if (found->direction != nullptr)
        add(table, "direction", sheet.string(role_op, found->direction));
      if (found->value != nullptr) add(table, "value", sheet.string(role_op, found->value));
    }
  }
  std::vector<std::string> taken;
  project::Project project;
  project.year = cells.year;
  project.has_results = true;
  project.money = {{value::Cell::of(1), {}}, {value::Cell::of(1), {}}, {value::Cell::of(1), {}}};
  project::Indicator indicator = project::read_indicator(table, cells.year, taken, diagnostics);
  if (!cells.weight.empty()) {
    indicator.weight = value::read_number(cells.weight);
    indicator.weight_place = sheet.place(role_weight);
    if (!indicator.weight || *indicator.weight < 0) {
      diagnostics.push_back(text::diagnose(
          text::Code::weights_invalid, sheet.place(role_weight),
          {"权重应为不小于 0 的数，这里是 '" + std::string(cells.weight) + "'",
           "a weight is a number of at least 0, this is '" + std::string(cells.weight) + "'"}));
      indicator.weight.reset();
    }
  }

  project::Result result;
  result.place = result.actual_place = sheet.place(role_actual);
  if (cells.has_reason) result.reason = "given";
  if (cells.has_evidence) result.evidence = {"given"};
  if (says_not_applicable(cells.actual)) {
    result.not_applicable = true;
    if (!cells.has_reason)
      diagnostics.push_back(text::diagnose(text::Code::key_missing, sheet.place(role_reason),
                                           {"不适用须写明原因", "not applicable needs a reason"},
                                           {"填写 reason 一列", "fill in the column reason"}));
  } else if (!cells.actual.empty()) {
    project::read_actual_into(result, sheet.string(role_actual, cells.actual), indicator,
                              cells.year, diagnostics);
  }
  const bool read = !text::has_error(diagnostics);
  indicator.result = std::move(result);
  project.indicators.push_back(std::move(indicator));
  const project::Indicator& own = project.indicators.front();

  std::vector<Diagnostic> found;
  const scoring::Binding binding = scoring::bind(rules_, project, false, found);
  // What the project as a whole lacks, or what its weights add up to, is no matter of this row.
  const std::string_view sums = text::entry(text::Code::weights_sum).name;
  std::erase_if(found, [&](const Diagnostic& d) { return d.line == 0 || d.code == sums; });
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());

  Row row;
  row.findings = findings_of(diagnostics);
  row.failed = std::any_of(row.findings.begin(), row.findings.end(), [](const RowFinding& f) {
    return f.severity == Severity::error && f.code != "result.missing";
  });
  row.unit = own.unit;
  row.sign = own.kind == value::Kind::number || own.kind == value::Kind::date
                 ? value::sign(own.direction)
                 : "";
  row.target_shown = own.target &&
                             (own.kind == value::Kind::number || own.kind == value::Kind::date)
                         ? shown(own.target->low, own.target->high, own.unit)
                         : own.target_text;
  const scoring::Rows& rows = binding.batch.rows;
  row.bound = rows.size() == 1;
  if (!row.bound) {
    row.failed = true;
    return row;
  }
  row.block = rows.block[0];
  row.method = rows.method[0];
  row.target = rows.target[0];
  row.upper = rows.upper[0];
  row.actual = {rows.actual.values[0], rows.actual.states[0]};
  row.state = rows.state[0];
  row.weight = rows.given_weight[0];
  row.refused = rows.refused[0] != 0 || !read;
  const bool measured = own.kind == value::Kind::number || own.kind == value::Kind::date;
  row.actual_shown = row.actual.ok() && measured && own.result->field
                         ? value::show(row.actual.value, row.unit)
                         : own.result->text;
  const bool clear = !row.failed && own.kind == value::Kind::number &&
                     rules_.methods[row.method].states.empty();
  row.percent = row.unit.is_percent();
  row.money = row.unit.text().find("元") != std::string::npos;
  row.actual_exponent = exponent_of(row.actual.value);
  row.target_exponent = exponent_of(row.target);
  row.takes_plain_actual = clear && row.findings.empty() && row.actual.ok() &&
                           row.actual_exponent >= 0;
  row.takes_plain_target =
      row.takes_plain_actual && row.target_exponent >= 0 &&
      (row.upper == row.target || exponent_over(any_upper, row.upper) == row.target_exponent);
  return row;
}

void RowReader::begin_piece() {
  if (count_ < most_rows && held_bytes_ < memory_) return;
  for (Place& place : known_) place.row.reset();
  count_ = 0;
  held_bytes_ = 0;
}

void RowReader::grow() {
  std::vector<Place> larger(known_.size() * 2);
  for (Place& place : known_) {
    if (!place.row) continue;
    std::size_t at = place.hash & (larger.size() - 1);
    while (larger[at].row) at = (at + 1) & (larger.size() - 1);
    larger[at] = std::move(place);
  }
  known_ = std::move(larger);
}

const Row& RowReader::remembered(const RowCells& cells) {
  const std::uint64_t flags = static_cast<std::uint64_t>(cells.year) * 4 +
                              (cells.has_reason ? 1U : 0U) + (cells.has_evidence ? 2U : 0U);
  const std::uint64_t hash = hash_of(cells, flags);
  if (count_ * 2 >= known_.size()) grow();
  std::size_t at = hash & (known_.size() - 1);
  for (; known_[at].row; at = (at + 1) & (known_.size() - 1)) {
    if (known_[at].hash == hash && known_[at].row->is(cells, flags)) return known_[at].row->row;
  }
  auto entry = std::make_unique<Known>();
  entry->flags = flags;
  const auto words = words_of(cells);
  for (std::size_t i = 0; i < words.size(); ++i)
    entry->text += words[i], entry->sizes[i] = static_cast<std::uint32_t>(words[i].size());
  entry->row = resolve(cells);
  // Its words are also in the row, some of them twice, as the table shows them.
  held_bytes_ += sizeof(Known) + 2 * sizeof(Place) + 3 * entry->text.size();
  known_[at] = {hash, std::move(entry)};
  ++count_;
  return known_[at].row->row;
}

const Row& RowReader::read(const RowCells& cells) { return remembered(cells); }

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Where the digits that begin at `first` end, one point among them at most.
std::size_t end_of_digits(std::string_view text, std::size_t first) {
  bool point = false;
  while (first < text.size() && (is_digit(text[first]) || (text[first] == '.' && !point)))
    point = text[first++] == '.' || point;
  return first;
}

// Of a date, whose numbers mean something else the larger they are.
bool begins_date_word(std::string_view after) {
  constexpr std::array<std::string_view, 6> words = {"年", "月", "日", "号", "季", "时"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return after.starts_with(word); });
}

}  // namespace

// A text with one number in it in plain digits, "≥6382平方米", or with two that are a range,
// "600-700人".
struct RowReader::Numbered {
  std::string_view before, digits, between, upper_digits, after;
  double number = 0;
  double upper = 0;  // the number itself when there is one
  [[nodiscard]] bool is_range() const { return !upper_digits.empty(); }
  // What may be a rate or half a person is looked at closely; so is zero, for which there are
  // methods of its own.
  [[nodiscard]] bool is_clear_amount() const { return number > 1 && upper >= number; }
  [[nodiscard]] bool is_clear_count() const {
    return is_clear_amount() && number == std::trunc(number) && upper == std::trunc(upper);
  }
  [[nodiscard]] bool may_be_year() const { return number < 2200 && upper >= 1900; }
  [[nodiscard]] std::string_view stand_in() const {
    return may_be_year() ? any_year_text : any_number_text;
  }
};

std::optional<RowReader::Numbered> RowReader::numbered(std::string_view text) {
  if (table::ShortDecimal decimal; table::read_short(text, decimal)) {
    const double number = decimal.value();
    return Numbered{text.substr(0, 0), text, {}, {}, text.substr(text.size()), number, number};
  }
  std::size_t first = 0;
  while (first < text.size() && !is_digit(text[first])) ++first;
  const std::size_t last = end_of_digits(text, first);
  if (last == first) return std::nullopt;
  Numbered out{text.substr(0, first), text.substr(first, last - first), {}, {}, text.substr(last)};
  if (!table::read_shifted(out.digits, 0, out.number)) return std::nullopt;
  out.upper = out.number;
  if (out.after.size() > 1 && out.after[0] == '-' && is_digit(out.after[1])) {
    const std::size_t end = end_of_digits(out.after, 1);
    out.between = out.after.substr(0, 1);
    out.upper_digits = out.after.substr(1, end - 1);
    out.after.remove_prefix(end);
    if (!table::read_shifted(out.upper_digits, 0, out.upper)) return std::nullopt;
  }
  const auto clear = [](std::string_view rest) {
    return std::none_of(rest.begin(), rest.end(),
                        [](char c) { return is_digit(c) || c == '.' || c == ','; });
  };
  if (!clear(out.before) || !clear(out.after) || begins_date_word(out.after)) return std::nullopt;
  return out;
}

// The text with any numbers in the place of its own.
std::string_view RowReader::pattern_of(const Numbered& text, std::string& buffer) {
  if (text.before.empty() && text.after.empty() && !text.is_range()) return text.stand_in();
  buffer.assign(text.before).append(text.stand_in());
  if (text.is_range()) buffer.append(text.between).append(any_upper_text);
  buffer.append(text.after);
  return buffer;
}

PlainRow RowReader::read_plain(const RowCells& cells) {
  const auto actual = numbered(cells.actual);
  if (!actual || actual->is_range()) return {};
  const auto target = numbered(cells.target);
  const bool has_unit = target && (!cells.unit.empty() || !target->after.empty());
  const PlainRow both = has_unit ? with_numbers(cells, *actual, &*target) : PlainRow{};
  return both.row != nullptr ? both : with_numbers(cells, *actual, nullptr);
}

PlainRow RowReader::with_numbers(const RowCells& cells, const Numbered& actual,
                                 const Numbered* target) {
  if (target != nullptr && !(target->number > 1 && !(target->may_be_year() && target->is_range())))
    return {};
  RowCells words = cells;
  words.actual = pattern_of(actual, actual_pattern_);
  if (target != nullptr) words.target = pattern_of(*target, target_pattern_);
  const Row& row = remembered(words);
  if (!(target != nullptr ? row.takes_plain_target : row.takes_plain_actual)) return {};
  PlainRow out{&row, 0, row.target, row.upper, target != nullptr};
  if (!table::read_shifted(actual.digits, row.actual_exponent, out.actual)) return {};
  if (target != nullptr) {
    if (!row.percent && !(row.money ? target->is_clear_amount() : target->is_clear_count()))
      return {};
    if (!table::read_shifted(target->digits, row.target_exponent, out.target)) return {};
    out.upper = out.target;
    if (target->is_range() &&
        (target->upper <= target->number ||
         !table::read_shifted(target->upper_digits, row.target_exponent, out.upper)))
      return {};
  }
  // A rate of 0.95 beside 95% is a question, not a value.
  if (row.percent && !(out.actual > 1 && !(target != nullptr && out.upper > 100))) return {};
  // So is an amount that may be in another unit of money.
  constexpr double near = 100;
  if (row.money &&
      !(out.actual > 0 && out.actual < near * out.target && out.actual * near > out.target))
    return {};
  return out;
}

const AmountReader::KnownUnit& AmountReader::unit(std::string_view text) {
  constexpr std::size_t most_units = 64;
  for (const KnownUnit& known : units_) {
    if (known.text == text) return known;
  }
  if (units_.size() == most_units) units_.clear();
  KnownUnit fresh{std::string(text), 0, false};
  read_slowly("1", text);
  if (findings_.empty() && yuan_.ok() && yuan_.value >= 1) {
    double power = 1;
    while (power < yuan_.value && fresh.exponent < 12) power *= 10, ++fresh.exponent;
    fresh.plain = power == yuan_.value;
  }
  return units_.emplace_back(std::move(fresh));
}

const value::Cell& AmountReader::read(std::string_view amount, std::string_view unit_text) {
  findings_.clear();
  yuan_ = value::Cell::none();
  if (amount.empty()) return yuan_;
  const KnownUnit& known = unit(unit_text);
  findings_.clear();
  double yuan = 0;
  if (known.plain && amount.front() >= '0' && amount.front() <= '9' &&
      table::read_shifted(amount, known.exponent, yuan) && yuan <= value::most_yuan) {
    yuan_ = value::Cell::of(yuan);
  } else {
    read_slowly(amount, unit_text);
  }
  return yuan_;
}

void AmountReader::read_slowly(std::string_view amount, std::string_view unit_text) {
  std::array<std::string_view, roles> lines{};
  lines[role_actual] = amount;
  const Sheet sheet(lines);
  Node money;
  money.place = sheet.place(role_actual);
  std::string text(amount);
  double number = 0;
  if (table::read_plain(text, number) || value::read_number(text))
    text += unit_text.empty() ? "元" : std::string(unit_text);
  add(money, "amount", sheet.string(role_actual, text));
  std::vector<Diagnostic> diagnostics;
  text::TableReader reader(money, "@", diagnostics);
  yuan_ = project::read_amount(reader, "amount", diagnostics).yuan;
  findings_ = findings_of(diagnostics);
}

}  // namespace jixiao::batch
