// What is on an edge on paper is on it: every method of every shipped rule set over money in cents
// and rates that lie on edges, beside exact rational numbers. JIXIAO_EDGES=1000000 tries a million
// a rule set instead of a few thousand.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "property/exact.hpp"
#include "property/made_up.hpp"
#include "value/decimals.hpp"

using namespace jixiao;
using namespace made_up;
using exact::Rational;

namespace {

std::size_t wanted() {
  const char* const set = std::getenv("JIXIAO_EDGES");
  return set != nullptr ? static_cast<std::size_t>(std::strtoull(set, nullptr, 10)) : 4000;
}

// A decimal with its double: n / 10^decimals, rounded once as when it is read.
struct Decimal {
  std::int64_t n = 0;
  int decimals = 0;

  [[nodiscard]] double number() const { return static_cast<double>(n) / std::pow(10.0, decimals); }
};

class Chooser {
 public:
  explicit Chooser(unsigned seed) : random_(seed) {}
  std::uint64_t below(std::uint64_t n) { return random_() % n; }

  // Money to the cent, up to ten billion yuan, or a count, a rate, a share of a unit.
  Decimal size() {
    switch (below(6)) {
      case 0: return {static_cast<std::int64_t>(below(1'000'000'000'000)) + 1, 2};
      case 1: return {static_cast<std::int64_t>(below(1'000'000)) + 1, 2};
      case 2: return {static_cast<std::int64_t>(below(1000)) + 1, 0};
      case 3: return {static_cast<std::int64_t>(below(1000)) + 1, 1};
      case 4: return {static_cast<std::int64_t>(below(100'000)) + 1, 3};
      default: return {static_cast<std::int64_t>(below(100)) + 1, 0};
    }
  }

  // Beside `of`: the same, a share of it that rules ask for, so many steps away from it, or by the
  // last digit beside one of those. What has more than 15 digits is taken as it is.
  Decimal beside(const Decimal& of) {
    static constexpr std::int64_t shares[] = {1000, 500,  550,  580,  600,  700,  750,  800,  850,
                                              900,  950,  970,  980,  1030, 1050, 1100, 1150, 1200,
                                              1270, 1300, 1500, 2000, 3000, 100,  50,   200,  250,
                                              300,  400,  0,    620,  990,  1001, 999};
    static constexpr std::int64_t steps[] = {1, 2, 3, 5, 10, 15, 20, 25, 27, 30, 50, 60, 100};
    Decimal out = of;
    switch (below(4)) {
      case 0: return of;
      case 1: {
        if (of.n > 100'000'000'000) break;
        out = {of.n * shares[below(std::size(shares))], of.decimals + 3};
        break;
      }
      default: {
        std::int64_t unit = 1;
        for (int k = 0; k < of.decimals; ++k) unit *= 10;
        const std::int64_t away = steps[below(std::size(steps))] *
                                  static_cast<std::int64_t>(below(6)) * unit /
                                  (below(3) == 0 && unit >= 10 ? 10 : 1);
        out.n = below(2) == 0 ? of.n + away : std::max<std::int64_t>(of.n - away, 0);
        break;
      }
    }
    if (below(5) == 0) out.n = std::max<std::int64_t>(out.n + (below(2) == 0 ? 1 : -1), 0);
    return out;
  }

 private:
  std::mt19937_64 random_;
};

// A batch of rows, each a project of its own, of one method; and the same on paper.
struct Trial {
  const ruleset::RuleSet& rules;
  Batch batch;
  std::vector<std::vector<Rational>> given;  // [project] B0, B, E, year, inputs

  explicit Trial(const ruleset::RuleSet& of) : rules(of), batch(empty_batch(of)) {}

  void add_project(Chooser& choose) {
    const Decimal budget = choose.size();
    const Decimal initial = choose.beside(budget), spent = choose.beside(budget);
    batch.initial.push(Cell::of(initial.number()));
    batch.adjusted.push(Cell::of(budget.number()));
    batch.executed.push(Cell::of(spent.number()));
    batch.year.push_back(2020);
    std::vector<Rational> own = {exact::decimal(initial.number()), exact::decimal(budget.number()),
                                 exact::decimal(spent.number()), 2020};
    for (std::size_t i = 0; i < rules.inputs.size(); ++i) {
      const double x = choose.beside(choose.size()).number();
      batch.inputs[i].push(Cell::of(x));
      own.push_back(exact::decimal(x));
    }
    for (auto& weights : batch.block_weights) weights.push_back(std::nan(""));
    for (auto& fixed : batch.fixed) {
      fixed.has_reason.push_back(0);
      fixed.has_evidence.push_back(0);
      fixed.not_applicable.push_back(0);
    }
    given.push_back(std::move(own));
    ++batch.projects;
  }

  void add_row(std::size_t method, Chooser& choose) {
    auto& rows = batch.rows;
    const Decimal target = choose.below(40) == 0 ? Decimal{} : choose.size();
    const Decimal upper = choose.below(2) == 0 ? target : choose.beside(target);
    rows.project.push_back(static_cast<std::uint32_t>(batch.projects - 1));
    rows.block.push_back(0);
    rows.method.push_back(static_cast<std::uint32_t>(method));
    rows.target.push_back(target.number());
    rows.upper.push_back(std::max(target.number(), upper.number()));
    rows.actual.push(Cell::of(choose.beside(choose.below(3) == 0 ? upper : target).number()));
    rows.state.push_back(ruleset::none);
    rows.given_weight.push_back(
        Decimal{static_cast<std::int64_t>(choose.below(6000)) + 1, 2}.number());
    rows.has_reason.push_back(0);
    rows.has_evidence.push_back(0);
    rows.refused.push_back(0);
    batch.row_begin.push_back(rows.size());
  }
};

// A method on paper. Nothing where it needs more than rational numbers.
struct OnPaper {
  const ruleset::Method& method;
  exact::Formula points;
  std::optional<exact::Formula> domain, outside;
  std::vector<exact::Formula> accepts;

  explicit OnPaper(const ruleset::Method& of) : method(of), points(of.points, of.scope) {
    if (of.domain) domain.emplace(*of.domain, of.scope);
    if (of.outside.points) outside.emplace(*of.outside.points, of.scope);
    for (const auto& accept : of.accepts) accepts.emplace_back(accept.that, of.scope);
  }
  [[nodiscard]] bool is_rational() const {
    const auto rational = [](const exact::Formula& formula) { return formula.is_rational(); };
    return std::all_of(accepts.begin(), accepts.end(), rational) && method.states.empty() &&
           points.is_rational() && (!domain || domain->is_rational()) &&
           (!outside || outside->is_rational());
  }

  // The unrounded points; nothing where there are none.
  [[nodiscard]] exact::Value operator()(const std::vector<Rational>& values) const {
    for (const exact::Formula& accept : accepts) {
      const exact::Value accepted = accept(values);
      if (!accepted || *accepted == 0) return {};
    }
    if (domain) {
      const exact::Value inside = (*domain)(values);
      if (!inside) return {};
      if (*inside == 0) {
        switch (method.outside.policy) {
          case ruleset::OutsidePolicy::zero: return Rational(0);
          case ruleset::OutsidePolicy::full: return values[ruleset::row_W];
          case ruleset::OutsidePolicy::formula: return (*outside)(values);
          default: return {};
        }
      }
    }
    return points(values);
  }

  // `values` up to the method's own names, which are added.
  [[nodiscard]] std::vector<Rational> with_own(
      std::vector<Rational> values, const std::vector<ruleset::Parameter>& params) const {
    for (const auto& param : params) values.push_back(exact::decimal(param.value));
    for (const auto& input : method.inputs) {
      values.push_back(0);
      if (!input.otherwise) continue;
      values.resize(method.scope.variables.size(), 0);
      const exact::Value otherwise = exact::Formula(*input.otherwise, method.scope)(values);
      values.resize(method.first_input + static_cast<std::size_t>(&input - method.inputs.data()) +
                    1);
      values.back() = otherwise.value_or(Rational(0));
    }
    return values;
  }
};

// Whether what came out is what there is on paper, but for what a difference of numbers as large as
// `largest` loses: a step or a band missed moves more than rounding ever does.
bool same(const exact::Value& on_paper, CellState state, double points, double weight,
          double largest) {
  if (!on_paper) return state != CellState::ok;
  if (state != CellState::ok) return false;
  const Rational size = *on_paper < 0 ? Rational(-*on_paper) : *on_paper;
  Rational apart = exact::decimal(points) - *on_paper;
  if (apart < 0) apart = -apart;
  return apart <=
         (size + 1) / 10'000'000'000 + exact::decimal(1e-15 * std::max(1.0, weight) * largest);
}

// Points as they are rounded on paper; nothing where they are so near to an edge, without being on
// it, that doubles cannot tell.
exact::Value rounded(Rational points, const value::Rounding& rule, double weight, double largest) {
  const value::Rounding own = value::beside_weight(rule, weight);
  Rational scale = 1;
  for (int k = 0; k < own.digits; ++k) scale *= 10;
  const bool negative = points < 0;
  if (negative) points = -points;
  const Rational scaled = points * scale;
  const Rational whole(exact::floor(scaled));
  const Rational rest = scaled - whole, half(1, 2);
  const Rational blur = scale *
                        exact::decimal(4e-15 * std::max(1.0, weight) * std::max(largest, 1.0));
  const auto near = [&](const Rational& edge) {
    const Rational apart = rest > edge ? Rational(rest - edge) : Rational(edge - rest);
    return apart != 0 && apart <= blur;
  };
  if (near(0) || near(half) || near(1)) return {};
  const bool even = exact::Integer(numerator(whole) % 2) == 0;
  bool away = false;
  switch (own.mode) {
    case value::RoundingMode::half_up: away = rest >= half; break;
    case value::RoundingMode::half_even: away = rest > half || (rest == half && !even); break;
    case value::RoundingMode::down: break;
    case value::RoundingMode::up: away = rest > 0; break;
  }
  Rational out = (whole + (away ? 1 : 0)) / scale;
  if (negative) out = -out;
  return std::min(out, exact::decimal(weight));
}

std::vector<std::string> shipped() {
  std::vector<std::string> ids;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(JIXIAO_SOURCE_DIR) + "/rules")) {
    if (std::filesystem::exists(entry.path() / "ruleset.toml"))
      ids.push_back(entry.path().filename().string());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

TEST_CASE("every shipped method gives what it gives on paper, edges above all", "[property]") {
  std::set<std::string> tried;
  std::size_t compared = 0, compared_rounded = 0, methods_tried = 0;
  for (const std::string& id : shipped()) {
    const auto& rules = rules_named(id);
    if (rules.lacks_table()) continue;  // nothing can be computed without its statistics
    std::vector<std::size_t> methods;
    for (std::size_t m = 0; m < rules.methods.size(); ++m) {
      const auto& method = rules.methods[m];
      if (!method.statistics.empty()) continue;  // parameters that only a table gives
      // The same method under the same weights is tried once, in the first rule set that has it.
      std::string words = method.points.text() + "|" + (method.domain ? method.domain->text() : "");
      for (const auto& param : method.params)
        words += "|" + param.name + std::to_string(param.value);
      if (rules.indicator_rounding)
        words += "|" + std::to_string(rules.indicator_rounding->digits) +
                 std::to_string(static_cast<int>(rules.indicator_rounding->mode));
      if (OnPaper(method).is_rational() && tried.insert(words).second) methods.push_back(m);
    }
    methods_tried += methods.size();
    const std::size_t each = methods.empty() ? 0
                                             : std::max<std::size_t>(wanted() / methods.size(), 1);
    for (const std::size_t m : methods) {
      const OnPaper paper(rules.methods[m]);
      Chooser choose(static_cast<unsigned>(m + 1));
      for (std::size_t done = 0; done < each;) {
        Trial trial(rules);
        const std::size_t rows = std::min<std::size_t>(each - done, 512);
        for (std::size_t i = 0; i < rows; ++i) {
          trial.add_project(choose);
          trial.add_row(m, choose);
        }
        const scoring::Outcomes outcomes = scoring::evaluate_alone(rules, trial.batch);
        for (std::size_t i = 0; i < rows; ++i) {
          const auto& of = trial.batch.rows;
          std::vector<Rational> values = {exact::decimal(of.actual.values[i]),
                                          exact::decimal(of.target[i]), exact::decimal(of.upper[i]),
                                          exact::decimal(of.given_weight[i])};
          values.insert(values.end(), trial.given[i].begin(),
                        trial.given[i].begin() + ruleset::project_names);
          values.insert(values.end(), {0, 0});
          values.insert(values.end(), trial.given[i].begin() + ruleset::project_names,
                        trial.given[i].end());
          const exact::Value on_paper =
              paper(paper.with_own(std::move(values), rules.methods[m].params));
          ++compared;
          const double largest = std::max(
              {std::fabs(of.actual.values[i]), of.upper[i], trial.batch.adjusted.values[i]});
          const auto& method = rules.methods[m];
          exact::Value shown;
          if (on_paper && rules.indicator_rounding && !method.beyond) {
            const Rational weight = exact::decimal(of.given_weight[i]);
            const Rational held = *on_paper < 0 ? Rational(0) : std::min(*on_paper, weight);
            shown = rounded(held, *rules.indicator_rounding, of.given_weight[i],
                            of.target[i] > 0 ? largest / of.target[i] : largest);
          }
          if (shown) ++compared_rounded;
          if (same(on_paper, outcomes.state[i], outcomes.unrounded[i], of.given_weight[i],
                   largest) &&
              (!shown || shown->convert_to<double>() == outcomes.points[i]))
            continue;
          if (shown) CHECK(outcomes.points[i] == shown->convert_to<double>());
          INFO(id << " " << rules.methods[m].id << ": " << rules.methods[m].points.text());
          INFO("A " << of.actual.values[i] << " T " << of.target[i] << " U " << of.upper[i] << " W "
                    << of.given_weight[i] << " B " << trial.batch.adjusted.values[i] << " E "
                    << trial.batch.executed.values[i]);
          CHECK(outcomes.unrounded[i] ==
                (on_paper ? on_paper->convert_to<double>() : std::nan("")));
        }
        done += rows;
      }
    }
  }
  if (std::getenv("JIXIAO_EDGES") != nullptr)
    WARN(methods_tried << " methods, " << compared << " rows, " << compared_rounded << " rounded");
  CHECK(methods_tried > 30);
  CHECK(compared_rounded > 1000);
}

TEST_CASE("indicators of shipped rule sets give what they give on paper", "[property]") {
  std::size_t compared = 0, indicators_tried = 0;
  for (const std::string& id : shipped()) {
    const auto& rules = rules_named(id);
    if (rules.lacks_table()) continue;  // nothing can be computed without its statistics
    struct Known {
      std::size_t f;
      OnPaper paper;
      exact::Formula actual;
      std::optional<exact::Formula> domain;
    };
    std::vector<std::unique_ptr<Known>> known;
    formula::Scope scope;
    scope.variables = {"B0", "B", "E", "fiscal_year"};
    for (const auto& input : rules.inputs) scope.variables.push_back(input.id);
    for (std::size_t f = 0; f < rules.indicators.size(); ++f) {
      const auto& indicator = rules.indicators[f];
      auto made = std::make_unique<Known>(Known{f,
                                                OnPaper(rules.methods[indicator.method]),
                                                exact::Formula(indicator.actual, scope),
                                                {}});
      if (indicator.domain) made->domain.emplace(*indicator.domain, scope);
      if (made->paper.is_rational() && made->actual.is_rational() &&
          (!made->domain || made->domain->is_rational()) &&
          indicator.outside.policy != ruleset::OutsidePolicy::formula)
        known.push_back(std::move(made));
    }
    if (known.empty()) continue;
    indicators_tried += known.size();
    Chooser choose(3);
    const std::size_t each = std::max<std::size_t>(wanted() / known.size(), 1);
    for (std::size_t done = 0; done < each;) {
      Trial trial(rules);
      const std::size_t projects = std::min<std::size_t>(each - done, 512);
      for (std::size_t i = 0; i < projects; ++i) {
        trial.add_project(choose);
        trial.batch.row_begin.push_back(0);
      }
      const auto cards = scoring::evaluate(rules, trial.batch);
      for (const auto& one : known) {
        const auto& indicator = rules.indicators[one->f];
        const auto& outcomes = cards.fixed[one->f];
        for (std::size_t p = 0; p < projects; ++p) {
          exact::Value on_paper;
          const exact::Value inside = one->domain ? (*one->domain)(trial.given[p])
                                                  : exact::Value(1);
          if (inside && *inside == 0) {
            if (indicator.outside.policy == ruleset::OutsidePolicy::zero) on_paper = Rational(0);
            if (indicator.outside.policy == ruleset::OutsidePolicy::full)
              on_paper = exact::decimal(outcomes.weight[p]);
          } else if (const exact::Value actual = inside ? one->actual(trial.given[p])
                                                        : exact::Value()) {
            const Rational target = exact::decimal(indicator.target);
            std::vector<Rational> values = {*actual, target, target,
                                            exact::decimal(outcomes.weight[p])};
            values.insert(values.end(), trial.given[p].begin(),
                          trial.given[p].begin() + ruleset::project_names);
            values.insert(values.end(), {0, 0});
            values.insert(values.end(), trial.given[p].begin() + ruleset::project_names,
                          trial.given[p].end());
            on_paper = one->paper(one->paper.with_own(std::move(values), indicator.params));
          }
          ++compared;
          const bool nowhere = outcomes.state[p] == CellState::not_applicable && inside &&
                               *inside == 0;
          double largest = 1;
          for (const Rational& given : trial.given[p])
            largest = std::max(largest, std::fabs(given.convert_to<double>()));
          if (nowhere ||
              same(on_paper, outcomes.state[p], outcomes.unrounded[p], outcomes.weight[p], largest))
            continue;
          INFO(id << " " << indicator.id << ": " << indicator.actual.text() << "; "
                  << rules.methods[indicator.method].points.text());
          INFO("B0 " << trial.batch.initial.values[p] << " B " << trial.batch.adjusted.values[p]
                     << " E " << trial.batch.executed.values[p]);
          CHECK(outcomes.unrounded[p] ==
                (on_paper ? on_paper->convert_to<double>() : std::nan("")));
        }
      }
      done += projects;
    }
  }
  if (std::getenv("JIXIAO_EDGES") != nullptr)
    WARN(indicators_tried << " indicators, " << compared << " projects");
  CHECK(indicators_tried > 10);
}

namespace {

// A rule set of inputs, with `rest` after them; projects are rows of inputs, of the year 2025
// unless `years` says otherwise.
scoring::Scorecards scored(const std::string& inputs, const std::string& rest,
                           const std::vector<std::vector<double>>& projects,
                           const std::vector<double>& years = {}) {
  const scratch::Folder folder;
  std::string text =
      "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = \"r\"\ncite = { text = "
      "\"x\", evidence = \"illustrative\" }\n"
      "scale = 100\n" +
      rest;
  std::string id;
  for (const char c : inputs + " ") {
    if (c == ' ')
      text += "[[input]]\nid = \"" + std::exchange(id, "") + "\"\n";
    else
      id += c;
  }
  const auto read = read_rules(folder.write("r/ruleset.toml", text), scratch::shipped_rules());
  for (const auto& d : read.diagnostics()) UNSCOPED_INFO(d.code << " " << d.message.en);
  REQUIRE(read.has_value());
  const auto& rules = read->model();
  Batch batch = empty_batch(rules);
  for (std::size_t p = 0; p < projects.size(); ++p) {
    for (auto* money : {&batch.initial, &batch.adjusted, &batch.executed})
      money->push({0, CellState::missing});
    batch.year.push_back(years.empty() ? 2025 : years[p]);
    for (std::size_t i = 0; i < projects[p].size(); ++i) {
      const double x = projects[p][i];
      batch.inputs[i].push(std::isnan(x) ? Cell{0, CellState::missing} : Cell::of(x));
    }
    for (auto& weights : batch.block_weights) weights.push_back(std::nan(""));
    for (auto& fixed : batch.fixed) {
      fixed.has_reason.push_back(0);
      fixed.has_evidence.push_back(0);
      fixed.not_applicable.push_back(0);
    }
    batch.row_begin.push_back(0);
    ++batch.projects;
  }
  return scoring::evaluate(rules, batch);
}

std::string one_indicator(const std::string& actual, const std::string& method,
                          const std::string& target = "") {
  return "block = [ { id = \"b\", weight = 100 } ]\n[[method]]\nid = \"m\"\n" + method +
         "\ncite = { text = \"x\", evidence = \"illustrative\" }\n[[indicator]]\nid = \"i\"\nblock "
         "= \"b\"\nactual = '" +
         actual + "'\nmethod = \"m\"\n" + target;
}

}  // namespace

TEST_CASE("a share that is on the edge on paper is in the band, in the method and in the actual",
          "[property]") {
  const std::vector<std::vector<double>> projects = {
      {29, 50}, {58, 100}, {14.5, 25}, {28.999, 50}, {579, 1000}, {0.58, 1}, {5.8e11, 1e12}};
  const std::vector<double> expected = {100, 100, 100, 0, 0, 100, 100};
  const std::string bands =
      "domain = 'of > 0'\nbands = { of = '@', rows = [ { in = \"(,58)\", points = '0' }, { in = "
      "\"[58,)\", points = 'W' } ] }";
  for (const auto& [actual, of] :
       {std::pair{"got", "got/of*100"}, std::pair{"got/of*100", "A"},
        std::pair{"100*(1 - (of - got)/of)", "A"}, std::pair{"of - got", "100*(1 - A/of)"}}) {
    std::string method = bands;
    method.replace(method.find('@'), 1, of);
    INFO(actual << " " << of);
    CHECK(scored("got of", one_indicator(actual, method), projects).total == expected);
  }
}

TEST_CASE(
    "what cannot be computed is an error of the project, in the method, its bands and the actual",
    "[property]") {
  const std::vector<std::vector<double>> projects = {{5, 5, 5}, {1, 1, 3}, {3, 1, 3}};
  for (const std::string& rest :
       {one_indicator("x", "points = '(x - lo)/(hi - lo) < 0.5 ? 0 : W'"),
        one_indicator("x",
                      "bands = { of = '(x - lo)/(hi - lo)', rows = [ { in = \"(,0.5)\", points = "
                      "'0' }, { in = \"[0.5,)\", points = 'W' } ] }"),
        one_indicator("100*(x - lo)/(hi - lo)", "points = 'A < 50 ? 0 : W'"),
        one_indicator("x", "points = 'sqrt(hi - lo - 1) >= 1 && (x - lo)/2 > 0.5 ? W : 0'"),
        one_indicator(
            "x",
            "domain = '(x - lo)/(hi - lo) < 2'\noutside = \"full\"\npoints = 'A >= 2 ? W : 0'")}) {
    INFO(rest);
    const auto cards = scored("x lo hi", rest, projects);
    CHECK(cards.state == std::vector<CellState>{CellState::error, CellState::ok, CellState::ok});
    CHECK(cards.total[1] == 0);
    CHECK(cards.total[2] == 100);
  }
}

TEST_CASE("a total without rounding is one number: rated, ranked and equal", "[property]") {
  std::string rest;
  for (const char c : {'1', '2', '3'}) {
    const std::string n(1, c);
    rest += "[[block]]\nid = \"b" + n + "\"\nweight = " + (c == '1' ? "34" : "33") +
            "\n[[indicator]]\nid = \"i" + n + "\"\nblock = \"b" + n + "\"\nactual = 'x" + n +
            "'\nmethod = \"m\"\n";
  }
  rest +=
      "[[method]]\nid = \"m\"\npoints = 'A'\ncite = { text = \"x\", evidence = \"illustrative\" "
      "}\n[[band]]\nid = \"passed\"\nfrom = 60\n"
      "[[band]]\nid = \"failed\"\n[[veto]]\nid = \"v\"\nname = \"v\"\nwhen = 'b1 + b2 + b3 < 60 && "
      "b1 == 20.3'\neffect = { total = 1 }\n"
      "cite = { text = \"x\", evidence = \"illustrative\" }\n";
  const auto cards = scored("x1 x2 x3", rest,
                            {{0.3, 32.3, 27.4},
                             {20, 20, 20},
                             {0.1, 0.2, 0.3},
                             {0.3, 0.2, 0.1},
                             {0.3, 32.3, 27.3999999},
                             {20.3, 12.3, 27.4},
                             {20.3, 12.3, 27.39}});
  CHECK(cards.band == std::vector<std::size_t>{0, 0, 1, 1, 1, 0, 1});
  CHECK(cards.total == std::vector<double>{60, 60, 0.6, 0.6, 59.9999999, 60, 1});
}

TEST_CASE("a formula that names the year is missing where there is none", "[property]") {
  const auto cards = scored("x", one_indicator("x", "points = 'fiscal_year >= 2025 ? W*A/100 : W'"),
                            {{40}, {40}, {40}}, {2024, 2025, 0});
  CHECK(cards.state == std::vector<CellState>{CellState::ok, CellState::ok, CellState::missing});
  CHECK(cards.total[0] == 100);
  CHECK(cards.total[1] == 40);
  const auto guarded = scored("x",
                              one_indicator("x", "points = 'W*A/100'",
                                            "domain = 'fiscal_year >= 2025'\noutside = \"full\"\n"),
                              {{40}, {40}, {40}}, {2024, 2025, 0});
  CHECK(guarded.state[2] == CellState::missing);
  CHECK(guarded.total[0] == 100);
}
