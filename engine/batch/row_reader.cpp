#include "batch/row_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "project/indicator_text.hpp"
#include "project/reading.hpp"
#include "system/short_hash.hpp"
#include "table/short_number.hpp"
#include "text/diagnostics.hpp"
#include "value/field_template.hpp"
#include "value/most_money.hpp"

namespace jixiao::batch {

using text::Node;
using text::NodeKind;

namespace {

// Tables say the same thing again and again; where they do not, what is remembered is given up now
// and then.
constexpr std::size_t most_rows = 100000;
constexpr std::size_t longest_read_cell = 4000;
// Stands for a number in the words around it.
constexpr char number_mark = '\x01';
// Flags of a key: which of its cells are such words.
constexpr std::uint64_t actual_is_cut = 4;
constexpr std::uint64_t target_is_cut = 8;

struct Operator {
  std::string_view sign;
  std::optional<value::Direction> direction;
  std::optional<value::Kind> kind;
};
constexpr Operator operators[] = {
    {">=", value::Direction::at_least, std::nullopt},
    {"≥", value::Direction::at_least, std::nullopt},
    {"≧", value::Direction::at_least, std::nullopt},
    {"＞＝", value::Direction::at_least, std::nullopt},
    {">", value::Direction::more_than, std::nullopt},
    {"＞", value::Direction::more_than, std::nullopt},
    {"<=", value::Direction::at_most, std::nullopt},
    {"≤", value::Direction::at_most, std::nullopt},
    {"≦", value::Direction::at_most, std::nullopt},
    {"<", value::Direction::less_than, std::nullopt},
    {"＜", value::Direction::less_than, std::nullopt},
    {"=", value::Direction::equal, std::nullopt},
    {"＝", value::Direction::equal, std::nullopt},
    {"==", value::Direction::equal, std::nullopt},
    {"range", value::Direction::between, std::nullopt},
    {"区间", value::Direction::between, std::nullopt},
    {"date", std::nullopt, value::Kind::date},
    {"日期", std::nullopt, value::Kind::date},
    {"grade", std::nullopt, value::Kind::grade},
    {"等级", std::nullopt, value::Kind::grade},
    {"yes", std::nullopt, value::Kind::yes_no},
    {"是否", std::nullopt, value::Kind::yes_no},
    {"定性", std::nullopt, value::Kind::grade},
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

std::uint64_t flags_of(const RowCells& cells) {
  return static_cast<std::uint64_t>(cells.year) * 16 + (cells.has_reason ? 1U : 0U) +
         (cells.has_evidence ? 2U : 0U);
}

}  // namespace

std::string shown(double low, double high, const value::Unit& unit) {
  std::string text = value::show(low, unit);
  if (high != low) text += "–" + value::show(high, unit);
  return text;
}

// What a row is and everything reading it found.
struct RowReader::Meaning {
  project::Indicator indicator;
  Row row;
};

// How the numbers of rows that share their words are read.
struct RowReader::Template {
  bool usable = false;
  int actual_exponent = 0;
  int target_exponent = 0;
  project::SizedValues values;  // but for the numbers themselves
  project::NumberSizes sizes;
};

struct RowReader::Known {
  std::uint64_t flags = 0;
  std::array<std::uint32_t, 8> sizes{};
  std::string text;
  Row row;
  Template numbers;

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

RowReader::Meaning RowReader::meaning_of(const RowCells& cells) const {
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
    if (block.empty())
      diagnostics.push_back(
          text::diagnose(text::Code::key_missing, sheet.place(role_block),
                         {"没有写明属于哪个块", "the block it belongs to is not given"},
                         {"填写 block（一级指标）一列", "fill in the column block"}));
  }

  const auto word = [&](std::string_view text, Role role) {
    return project::Word{std::string(text), sheet.place(role)};
  };
  const Node target = sheet.string(role_target, cells.target);
  const Node actual = sheet.string(role_actual, cells.actual);
  project::IndicatorText written;
  written.place = sheet.place(role_indicator);
  written.id = indicator_mark;
  written.block = word(block, role_block);
  written.type = word(cells.type, role_type);
  written.method = word(cells.method, role_method);
  written.unit = word(cells.unit, role_unit);
  written.target = cells.target.empty() ? nullptr : &target;
  written.target_place = sheet.place(role_target);
  written.kind_place = written.direction_place = sheet.place(role_op);
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
      written.direction = found->direction;
      written.kind = found->kind;
    }
  }
  written.weight_place = sheet.place(role_weight);
  if (!cells.weight.empty()) {
    written.weight = value::read_number(cells.weight);
    if (!written.weight || *written.weight < 0) {
      diagnostics.push_back(text::diagnose(
          text::Code::weights_invalid, sheet.place(role_weight),
          {"权重应为不小于 0 的数，这里是 '" + std::string(cells.weight) + "'",
           "a weight is a number of at least 0, this is '" + std::string(cells.weight) + "'"}));
      written.weight.reset();
    }
  }
  Meaning out;
  out.indicator = project::interpret(written, cells.year, diagnostics);
  project::Indicator& own = out.indicator;

  project::ResultText given;
  given.place = sheet.place(role_actual);
  given.actual = cells.actual.empty() ? nullptr : &actual;
  if (cells.has_reason) given.reason = "given";
  project::Result result = project::interpret(given, &own, cells.year, diagnostics);
  if (cells.has_evidence) result.evidence = {"given"};
  const bool read = !text::has_error(diagnostics);
  own.result = std::move(result);
  const scoring::Binding binding = scoring::bind_indicator(rules_, own, diagnostics);

  Row& row = out.row;
  row.findings = findings_of(diagnostics);
  row.failed = std::any_of(row.findings.begin(), row.findings.end(), [](const RowFinding& f) {
    return f.severity == Severity::error && f.code != "result.missing";
  });
  row.unit = own.unit;
  const bool measured = own.kind == value::Kind::number || own.kind == value::Kind::date;
  row.sign = measured ? value::sign(own.direction) : "";
  row.target_shown = own.target && measured ? shown(own.target->low, own.target->high, own.unit)
                                            : own.target_text;
  const scoring::Rows& rows = binding.batch.rows;
  row.bound = rows.size() == 1;
  if (!row.bound) {
    row.failed = true;
    return out;
  }
  row.block = rows.block[0];
  row.method = rows.method[0];
  row.type = rules_.find_type(own.type.text);
  row.direction = own.direction;
  row.kind = own.kind;
  row.target = rows.target[0];
  row.upper = rows.upper[0];
  row.actual = {rows.actual.values[0], rows.actual.states[0]};
  row.state = rows.state[0];
  row.weight = rows.given_weight[0];
  row.refused = rows.refused[0] != 0 || !read;
  row.actual_shown = row.actual.ok() && measured && own.result->field
                         ? value::show(row.actual.value, row.unit)
                         : own.result->text;
  return out;
}

Row RowReader::interpret(const RowCells& cells) const { return meaning_of(cells).row; }

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

RowReader::Known* RowReader::find(const RowCells& cells, std::uint64_t flags, std::uint64_t hash) {
  for (std::size_t at = hash & (known_.size() - 1); known_[at].row;
       at = (at + 1) & (known_.size() - 1)) {
    if (known_[at].hash == hash && known_[at].row->is(cells, flags)) return known_[at].row.get();
  }
  return nullptr;
}

RowReader::Known& RowReader::keep(const RowCells& cells, std::uint64_t flags, std::uint64_t hash) {
  if (count_ * 2 >= known_.size()) grow();
  std::size_t at = hash & (known_.size() - 1);
  while (known_[at].row) at = (at + 1) & (known_.size() - 1);
  auto entry = std::make_unique<Known>();
  entry->flags = flags;
  const auto words = words_of(cells);
  for (std::size_t i = 0; i < words.size(); ++i)
    entry->text += words[i], entry->sizes[i] = static_cast<std::uint32_t>(words[i].size());
  // Its words are also in the row, some of them twice, as the table shows them.
  held_bytes_ += sizeof(Known) + 2 * sizeof(Place) + 3 * entry->text.size();
  known_[at] = {hash, std::move(entry)};
  ++count_;
  return *known_[at].row;
}

const Row& RowReader::remembered(const RowCells& cells) {
  const std::uint64_t flags = flags_of(cells);
  const std::uint64_t hash = hash_of(cells, flags);
  if (const Known* known = find(cells, flags, hash)) return known->row;
  Row row = meaning_of(cells).row;
  Known& fresh = keep(cells, flags, hash);
  fresh.row = std::move(row);
  return fresh.row;
}

// A cell cut around its numbers.
struct RowReader::Cut {
  value::FieldSlots slots;

  static std::optional<Cut> of(std::string_view text) {
    if (table::ShortDecimal decimal; !text.empty() && text.back() != '.' && text.front() != '.' &&
                                     table::read_short(text, decimal))
      return Cut{{text.substr(0, 0), text, {}, {}, text.substr(text.size())}};
    const auto slots = value::cut_field(text);
    if (!slots || slots->before.find(number_mark) != std::string_view::npos) return std::nullopt;
    return Cut{*slots};
  }
};

// What is left of a cell without its numbers.
std::string_view RowReader::words_around(const Cut& cut, std::string& buffer) {
  static constexpr std::string_view number_alone(&number_mark, 1);
  const value::FieldSlots& slots = cut.slots;
  if (slots.before.empty() && slots.after.empty() && !slots.is_range()) return number_alone;
  buffer.assign(slots.before) += number_mark;
  if (slots.is_range()) buffer.append(slots.between) += number_mark;
  buffer.append(slots.after);
  return buffer;
}

ReadRow RowReader::read(const RowCells& cells) {
  const auto actual = Cut::of(cells.actual);
  if (actual && !actual->slots.is_range()) {
    const auto target = Cut::of(cells.target);
    const ReadRow numbers = with_numbers(cells, *actual, target ? &*target : nullptr);
    if (numbers.row != nullptr) return numbers;
  }
  return {&remembered(cells)};
}

// Nothing (row null) where the numbers decide more than their own value.
ReadRow RowReader::with_numbers(const RowCells& cells, const Cut& actual, const Cut* target) {
  RowCells words = cells;
  words.actual = words_around(actual, actual_words_);
  if (target != nullptr) words.target = words_around(*target, target_words_);
  const std::uint64_t flags = flags_of(cells) | actual_is_cut |
                              (target != nullptr ? target_is_cut : 0);
  const std::uint64_t hash = hash_of(words, flags);
  Known* known = find(words, flags, hash);
  if (known == nullptr) {
    const std::uint64_t own_flags = flags_of(cells);
    const std::uint64_t own_hash = hash_of(cells, own_flags);
    if (const Known* whole = find(cells, own_flags, own_hash)) return {&whole->row};
    Meaning meaning = meaning_of(cells);
    // What was found may be due to these numbers, and what it says may name them.
    if (!meaning.row.bound || !meaning.row.findings.empty()) {
      Known& whole = keep(cells, own_flags, own_hash);
      whole.row = std::move(meaning.row);
      return {&whole.row};
    }
    known = &keep(words, flags, hash);
    known->row = std::move(meaning.row);
    known->numbers = template_of(cells, meaning.indicator, known->row, target != nullptr);
  }
  const Template& numbers = known->numbers;
  const Row& row = known->row;
  if (!numbers.usable) return {};
  ReadRow out{&row, true, target != nullptr, 0, row.target, row.upper};
  if (!table::read_shifted(actual.slots.first, numbers.actual_exponent, out.actual)) return {};
  if (target != nullptr) {
    if (!table::read_shifted(target->slots.first, numbers.target_exponent, out.target)) return {};
    out.upper = out.target;
    if (target->slots.is_range() &&
        (!table::read_shifted(target->slots.second, numbers.target_exponent, out.upper) ||
         out.upper < out.target))
      return {};
  }
  project::SizedValues values = numbers.values;
  values.low = out.target;
  values.high = out.upper;
  values.actual = out.actual;
  return project::sizes_of(values) == numbers.sizes ? out : ReadRow{};
}

RowReader::Template RowReader::template_of(const RowCells& cells,
                                           const project::Indicator& indicator, const Row& row,
                                           bool with_target) const {
  Template out;
  constexpr int least = 0;
  constexpr int most = 12;
  if (indicator.kind != value::Kind::number || !row.actual.ok() ||
      !rules_.methods[row.method].states.empty())
    return out;
  if (with_target) {
    const auto unit = value::Unit::parse(cells.unit);
    const auto target = value::FieldTemplate::of(cells.target, cells.year,
                                                 unit ? project::bare_exponent(*unit) : 0);
    if (!target || !indicator.target || target->field().low != row.target ||
        target->field().high != row.upper)
      return out;
    out.target_exponent = target->exponent();
  }
  const auto actual =
      value::FieldTemplate::of(cells.actual, cells.year, project::bare_exponent(indicator.unit));
  if (!actual || actual->field().low != row.actual.value) return out;
  out.actual_exponent = actual->exponent();
  const auto fits = [&](int exponent) { return exponent >= least && exponent <= most; };
  out.values = project::sized(indicator, cells.actual, row.actual.value);
  out.sizes = project::sizes_of(out.values);
  out.usable = fits(out.actual_exponent) && fits(out.target_exponent);
  return out;
}

const AmountReader::KnownUnit& AmountReader::unit(std::string_view text) {
  constexpr std::size_t most_units = 64;
  for (const KnownUnit& known : units_) {
    if (known.text == text) return known;
  }
  if (units_.size() == most_units) units_.clear();
  KnownUnit fresh{std::string(text), 0, false};
  const auto read = value::Unit::parse(text);
  fresh.plain = text.empty() || (read && read->is_money() && read->exponent() >= 0);
  if (read) fresh.exponent = read->exponent();
  return units_.emplace_back(std::move(fresh));
}

namespace {

// Digits, or digits, a point and digits, and nothing else.
bool is_plain_number(std::string_view text) {
  const auto cut = value::cut_field(text);
  return cut && cut->first.size() == text.size();
}

}  // namespace

const value::Cell& AmountReader::read(std::string_view amount, std::string_view unit_text) {
  findings_.clear();
  yuan_ = value::Cell::none();
  if (amount.empty()) return yuan_;
  const KnownUnit& known = unit(unit_text);
  findings_.clear();
  double yuan = 0;
  if (known.plain && is_plain_number(amount) && table::read_shifted(amount, known.exponent, yuan) &&
      yuan <= value::most_yuan) {
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
  if (value::read_number(text)) text += unit_text.empty() ? "元" : std::string(unit_text);
  add(money, "amount", sheet.string(role_actual, text));
  std::vector<Diagnostic> diagnostics;
  text::TableReader reader(money, "@", diagnostics);
  yuan_ = project::read_amount(reader, "amount", diagnostics).yuan;
  findings_ = findings_of(diagnostics);
}

}  // namespace jixiao::batch
