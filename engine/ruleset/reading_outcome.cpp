#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ruleset/reading.hpp"
#include "text/suggestion.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::TableReader;

Wording Reading::read_wording(TableReader& reader, const formula::Scope& scope) {
  Wording out;
  if (const auto zh = reader.formula("zh")) out.zh = compile_sentence(*zh, scope, diagnostics_);
  if (const auto en = reader.formula("en")) out.en = compile_sentence(*en, scope, diagnostics_);
  if (!reader.has("zh") && !reader.has("en")) reader.require("zh");
  return out;
}

Wording Reading::read_wording(const Node& node, const formula::Scope& scope) {
  if (node.kind == text::NodeKind::string) {
    Sentence both = compile_sentence(text::located(node), scope, diagnostics_);
    return {both, both};
  }
  TableReader reader(node, "text", diagnostics_);
  Wording out = read_wording(reader, scope);
  reader.finish();
  return out;
}

std::optional<Check> Reading::read_check(const Node& table, const formula::Scope& scope) {
  TableReader reader(table, "[[check]]", diagnostics_);
  Check out;
  std::unordered_set<std::string> taken;
  out.id = read_id(reader, taken, "-.");
  reader.allow("scope");
  out.when = read_selector(reader);
  const auto condition = reader.required_formula("if");
  out.severity =
      static_cast<Severity>(reader.choice("severity", {"note", "warning", "error"}).value_or(1));
  reader.require("text");
  if (const Node* words = reader.node("text")) out.wording = read_wording(*words, scope);
  out.cite = read_cite(reader, "cite", true, "[[check]] " + out.id);
  reader.finish();
  if (!condition) return std::nullopt;
  auto compiled = formula::compile(*condition, scope, diagnostics_);
  if (!compiled) return std::nullopt;
  out.condition = *std::move(compiled);
  return out;
}

void Reading::read_checks() {
  const formula::Scope row_scope = method_scope(Method{}, true);
  std::unordered_set<std::string> taken;
  for (const Node* table : top_.tables("check")) {
    TableReader reader(*table, "[[check]]", diagnostics_);
    const bool project = reader.choice("scope", {"indicator", "project"}).value_or(0) == 1;
    read_id(reader, taken, "-.");
    auto check = read_check(*table, project ? out_.project_scope : row_scope);
    if (!check) continue;
    if (project && check->when)
      report(Code::key_unknown, reader.place("when"),
             {"项目级检查没有 'when'", "a check of scope project has no 'when'"});
    (project ? out_.project_checks : out_.indicator_checks).push_back(*std::move(check));
  }
}

namespace {

// A negative limit would turn a penalty into points.
std::optional<double> read_limit(TableReader& reader, std::string_view key) {
  auto limit = reader.number(key);
  if (limit && *limit < 0) {
    reader.report(
        Code::value_number, reader.place(key),
        {"'" + std::string(key) + "' 不能为负", "'" + std::string(key) + "' cannot be negative"},
        {"写正数：加分减分由 kind 决定",
         "write it without a sign: 'kind' says which way it counts"});
    limit.reset();
  }
  return limit;
}

}  // namespace

void Reading::read_adjustments() {
  if (const Node* table = top_.table("adjustments")) {
    TableReader reader(*table, "[adjustments]", diagnostics_);
    out_.bonus_limit = read_limit(reader, "bonus_limit");
    out_.penalty_limit = read_limit(reader, "penalty_limit");
    reader.finish();
  }
  std::unordered_set<std::string> taken;
  for (const Node* table : top_.tables("adjustment")) {
    TableReader reader(*table, "[[adjustment]]", diagnostics_);
    Adjustment made;
    made.id = read_id(reader, taken, "-");
    reader.require("kind");
    made.kind =
        static_cast<AdjustmentKind>(reader.choice("kind", {"bonus", "penalty"}).value_or(0));
    made.name = reader.text("name").value_or(Text{made.id, made.id});
    made.params = read_params(reader);
    formula::Scope scope = out_.project_scope;
    scope.variables.emplace_back("n");
    for (const Parameter& param : made.params) scope.variables.push_back(param.name);
    const auto points = reader.formula("points");
    auto compiled =
        formula::compile(points.value_or(text::Located{"n", reader.place()}), scope, diagnostics_);
    made.limit = read_limit(reader, "limit");
    made.place = table->place;
    made.cite = read_cite(reader, "cite", true, "[[adjustment]] " + made.id);
    reader.finish();
    if (!compiled) continue;
    made.points = *std::move(compiled);
    out_.adjustments.push_back(std::move(made));
  }
}

namespace {

// The first band that breaks the order of the others; null when they fall or rise all the way. What
// a derived rule set adds stands behind what it inherits, wherever it belongs.
const Band* out_of_order(const std::vector<Band>& bands, std::size_t open_below) {
  const auto begins = [&](std::size_t b) {
    return b == open_below ? -std::numeric_limits<double>::infinity() : bands[b].range.low;
  };
  std::size_t count = bands.size();
  if (count == 0) return nullptr;
  const auto source = [&](std::size_t b) { return bands[b].place.source; };
  std::size_t own = count;
  while (own > 0 && source(own - 1) == source(count - 1)) --own;
  if (own > 0) count = own;
  // The rating without a 'from' is the lowest: where it stands says which way the others go.
  int direction = open_below == 0 ? 1 : open_below == bands.size() - 1 ? -1 : 0;
  for (std::size_t b = 1; b < count; ++b) {
    const double before = begins(b - 1);
    const double here = begins(b);
    if (before == here) continue;
    const int now = here < before ? -1 : 1;
    if (direction != 0 && now != direction) return &bands[b];
    direction = now;
  }
  return nullptr;
}

}  // namespace

void Reading::read_bands() {
  std::unordered_set<std::string> taken;
  struct Start {
    std::size_t band;
    double from;
  };
  std::vector<Start> starts;
  std::vector<Band> ranged;
  std::vector<Band> veto_only;
  std::size_t open_below = none;
  for (const Node* table : top_.tables("band")) {
    TableReader reader(*table, "[[band]]", diagnostics_);
    Band band;
    band.place = table->place;
    band.id = read_id(reader, taken, "-");
    band.label = reader.text("label").value_or(Text{band.id, band.id});
    const auto from = reader.number("from");
    const auto in = reader.string("in");
    band.only_veto = reader.choice("only", {"veto"}).has_value();
    reader.finish();
    if (band.only_veto) {
      veto_only.push_back(std::move(band));
      continue;
    }
    if (in) {
      if (const auto interval = Interval::parse(*in)) {
        band.range = *interval;
      } else {
        report(Code::value_text, reader.place("in"),
               {"读不懂区间 '" + *in + "'", "the interval '" + *in + "' cannot be read"},
               {"例如 \"[80,90)\"", "such as \"[80,90)\""});
        unread_band_ = true;
        continue;
      }
      if (from)
        report(Code::key_unknown, reader.place("from"),
               {"from 与 in 只能有一个", "give either from or in, not both"});
    } else if (from) {
      band.range = {*from, std::numeric_limits<double>::infinity(), true, false};
      starts.push_back({ranged.size(), *from});
    } else if (open_below == none) {
      open_below = ranged.size();
      starts.push_back({ranged.size(), -std::numeric_limits<double>::infinity()});
    } else {
      report(Code::key_missing, table->place,
             {"只有最低一档可以没有 'from'", "only the lowest band may go without 'from'"});
      continue;
    }
    ranged.push_back(std::move(band));
  }
  if (const Band* wrong = out_of_order(ranged, open_below)) {
    report(Code::bands_order, wrong->place,
           {"等级 '" + wrong->id + "' 的位置与分数线不一致：各档应从高到低（或从低到高）排列",
            "the rating '" + wrong->id +
                "' stands out of order: list the bands from the highest to the lowest, or the "
                "reverse"},
           {"检查各档的 from；顺序对了，分数线多半写错了",
            "look at each 'from': where the order is meant, one of the numbers is wrong"});
  }
  // A `from` band ends where the next one begins.
  std::sort(starts.begin(), starts.end(),
            [](const Start& a, const Start& b) { return a.from < b.from; });
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    ranged[starts[i].band].range.high = starts[i + 1].from;
    ranged[starts[i].band].range.high_closed = false;
    if (starts[i].from == starts[i + 1].from) {
      report(Code::bands_overlap, ranged[starts[i + 1].band].place,
             {"两档从同一分数开始", "two bands begin at the same value"});
    }
  }
  std::stable_sort(ranged.begin(), ranged.end(),
                   [](const Band& a, const Band& b) { return a.range.low > b.range.low; });
  out_.bands = std::move(ranged);
  out_.bands.insert(out_.bands.end(), std::make_move_iterator(veto_only.begin()),
                    std::make_move_iterator(veto_only.end()));
  if (const Node* table = top_.table("rating")) {
    TableReader reader(*table, "[rating]", diagnostics_);
    out_.rating_cite = read_cite(reader, "cite", false, "");
    reader.finish();
  }
}

namespace {

// The highest total a veto leaves: one a total can be, and not rounded up to a better one.
std::optional<double> read_most(TableReader& parts, std::string_view key, const RuleSet& rules) {
  const auto most = parts.number(key);
  if (!most) return most;
  const std::string shown = value::plain(*most, 9);
  if (rules.total_range && (*most < rules.total_range->low || *most > rules.total_range->high)) {
    parts.report(
        Code::value_number, parts.place(key),
        {"总分只在 " + rules.total_range->text() + " 之内，否决的 " + shown + " 不在其中",
         "totals lie within " + rules.total_range->text() + ", the veto's " + shown + " does not"},
        {"写其中的一个总分", "write a total within it"});
  } else if (rules.total_rounding && (*rules.total_rounding)(*most) > *most) {
    const std::string rounded =
        value::fixed((*rules.total_rounding)(*most), rules.total_rounding->digits);
    parts.report(Code::value_number, parts.place(key),
                 {"总分取 " + std::to_string(rules.total_rounding->digits) + " 位小数，否决的 " +
                      shown + " 会进到 " + rounded,
                  "totals have " + std::to_string(rules.total_rounding->digits) +
                      " decimals: the veto's " + shown + " would be rounded up to " + rounded},
                 {"写总分取得到的数", "write a number that a total can be"});
  }
  return most;
}

}  // namespace

void Reading::read_vetoes() {
  std::unordered_set<std::string> taken;
  KnownIds bands;
  for (const Band& band : out_.bands) bands.add(band.id);
  for (const Node* table : top_.tables("veto")) {
    TableReader reader(*table, "[[veto]]", diagnostics_);
    Veto made;
    made.id = read_id(reader, taken, "-");
    made.name = reader.text("name").value_or(Text{made.id, made.id});
    if (const auto when = reader.formula("when"))
      made.when = formula::compile(*when, out_.project_scope, diagnostics_);
    reader.require("effect");
    if (const Node* effect = reader.table("effect")) {
      TableReader parts(*effect, "effect", diagnostics_);
      if (const auto rating = parts.string("rating"))
        made.rating = reference(parts.place("rating"), "[[band]]", *rating, bands);
      made.total = read_most(parts, "total", out_);
      made.limit = read_most(parts, "limit", out_);
      if (effect->entries.empty()) parts.require("rating");
      parts.finish();
    }
    made.place = table->place;
    made.cite = read_cite(reader, "cite", true, "[[veto]] " + made.id);
    reader.finish();
    out_.vetoes.push_back(std::move(made));
  }
}

Text unlimited(const RuleSet& rules, std::size_t band) {
  const Band& of = rules.bands[band];
  if (of.only_veto)
    return {"等级“" + of.label.zh + "”只由否决给出，不能限制其比例",
            "the rating '" + of.label.en + "' is given by vetoes alone: its share has no limit"};
  const bool is_lowest = band + 1 == rules.bands.size() || rules.bands[band + 1].only_veto;
  if (!is_lowest) return {};
  return {
      "等级“" + of.label.zh + "”是最低一档，超出的项目无处可去",
      "the rating '" + of.label.en + "' is the lowest: those beyond a limit have nowhere to go"};
}

void Reading::read_distribution() {
  const Node* table = top_.table("distribution");
  if (table == nullptr) return;
  TableReader reader(*table, "[distribution]", diagnostics_);
  Distribution made;
  made.place = table->place;
  made.by = reader.string("by").value_or(std::string());
  made.ties_up = reader.choice("ties", {"down", "up"}).value_or(0) == 1;
  constexpr std::array modes{value::RoundingMode::down, value::RoundingMode::half_up,
                             value::RoundingMode::up};
  made.rounding = modes[reader.choice("round", {"down", "nearest", "up"}).value_or(0)];
  made.cite = read_cite(reader, "cite", true, "[distribution]");
  KnownIds bands;
  for (const Band& band : out_.bands) bands.add(band.id);
  reader.require("limit");
  for (const Node* item : reader.tables("limit")) {
    TableReader parts(*item, "[[distribution.limit]]", diagnostics_);
    Distribution::Limit limit;
    const std::string rating = parts.required_string("rating");
    if (!rating.empty()) limit.band = reference(parts.place("rating"), "[[band]]", rating, bands);
    parts.require("percent");
    limit.percent = parts.number("percent").value_or(0);
    limit.or_better = parts.boolean("or_better").value_or(false);
    parts.finish();
    if (limit.percent < 0 || limit.percent > 100)
      report(Code::value_number, parts.place("percent"),
             {"比例应在 0 至 100 之间", "a share is within 0 to 100"},
             {"写百分数：至多 30% 写 percent = 30", "write percent: 30 % at most is percent = 30"});
    if (limit.band == none) continue;
    if (const Text why = unlimited(out_, limit.band); !why.empty())
      report(Code::value_choice, parts.place("rating"), why,
             {"限制较好的等级", "limit a better rating"});
    if (std::any_of(made.limits.begin(), made.limits.end(), [&](const Distribution::Limit& other) {
          return other.band == limit.band && other.or_better == limit.or_better;
        }))
      report(Code::id_duplicate, parts.place("rating"),
             {"等级 '" + rating + "' 的比例设了两次",
              "the share of '" + rating + "' is limited twice"},
             {"只保留一个比例", "keep one of the two"});
    made.limits.push_back(limit);
  }
  reader.finish();
  if (!made.limits.empty()) out_.distribution = std::move(made);
}

}  // namespace jixiao::ruleset
