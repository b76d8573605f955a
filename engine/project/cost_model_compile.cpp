// Reading the definitions of a project: names, units, the order in which they can be computed.
#include <algorithm>
#include <cmath>
#include <map>

#include "project/cost_model.hpp"
#include "project/reading.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::project {

using text::Code;

namespace {

// 人, 个, 期: things, as opposed to money, percentages, dates, durations and rates of anything per
// anything.
bool is_counted(const value::Unit& unit) {
  const bool plain = unit.text().find('/') == std::string::npos &&
                     unit.text().find("每") == std::string::npos;
  return plain && !unit.is_number() && !unit.is_money() && !unit.is_percent() && !unit.is_date() &&
         !unit.is_time() && unit.exponent() == 0;
}

bool is_whole(double x) { return std::isfinite(x) && std::floor(x) == x; }

value::Unit unit_of(const Indicator& indicator) {
  return indicator.kind == value::Kind::date ? value::Unit::date() : indicator.unit;
}

double reported(const Indicator& indicator) {
  if (!indicator.result || indicator.result->not_applicable) return std::nan("");
  const Result& result = *indicator.result;
  if (indicator.kind == value::Kind::key_points && !result.key_points.empty())
    return static_cast<double>(
        std::count(result.key_points.begin(), result.key_points.end(), true));
  return result.field && indicator.kind != value::Kind::grade ? result.field->low : std::nan("");
}

double known_value(const formula::Formula& formula, const std::vector<double>& values) {
  std::vector<formula::Column> columns;
  for (const double& value : values) columns.push_back(formula::Column::uniform(value));
  double out = 0;
  evaluate_known(formula, columns, std::span(&out, 1));
  return out;
}

double of(const Amount& amount) { return amount.yuan.ok() ? amount.yuan.value : std::nan(""); }

}  // namespace

class CostModelCompiler {
 public:
  CostModelCompiler(const Project& project, std::vector<Diagnostic>& diagnostics)
      : project_(project), diagnostics_(diagnostics) {}

  std::optional<CostModel> compile() {
    const std::size_t before = errors();
    name_everything();
    if (is_too_large()) return std::nullopt;
    define_items();
    define_money();
    define_results();
    if (errors() > before || !sort()) return std::nullopt;
    find_nominals();
    for (std::size_t c = 0; c < project_.constraints.size(); ++c) {
      auto formula = compile(project_.constraints[c].formula);
      if (formula) model_.constraints_.push_back({c, std::move(*formula)});
    }
    if (errors() > before) return std::nullopt;
    return std::move(model_);
  }

 private:
  void report(Code code, const text::Place& place, Text message, Text help = {}) {
    diagnostics_.push_back(text::diagnose(code, place, std::move(message), std::move(help)));
  }
  [[nodiscard]] std::size_t errors() const {
    return static_cast<std::size_t>(
        std::count_if(diagnostics_.begin(), diagnostics_.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; }));
  }

  void add(std::string name, NameKind kind, std::size_t index, const value::Unit& unit,
           double nominal) {
    model_.names_.push_back(
        {std::move(name), kind, index, unit.exponent() == 0 ? unit : unit.base(), nominal});
  }

  void name_everything() {
    const auto& p = project_;
    for (std::size_t i = 0; i < p.drivers.size(); ++i)
      add(p.drivers[i].id, NameKind::driver, i, p.drivers[i].unit, p.drivers[i].value);
    model_.first_item_ = model_.names_.size();
    for (std::size_t i = 0; i < p.items.size(); ++i)
      add("money_" + p.items[i].id, NameKind::item, i, value::Unit::money(), of(p.items[i].amount));
    model_.first_money_ = model_.names_.size();
    add("money_initial", NameKind::initial, 0, value::Unit::money(), of(p.money.initial));
    add("money_adjusted", NameKind::adjusted, 0, value::Unit::money(), of(p.money.adjusted));
    add("money_executed", NameKind::executed, 0, value::Unit::money(), of(p.money.executed));
    model_.first_result_ = model_.names_.size();
    for (std::size_t i = 0; i < p.indicators.size(); ++i)
      add("result_" + p.indicators[i].id, NameKind::result, i, unit_of(p.indicators[i]),
          reported(p.indicators[i]));
    model_.first_target_ = model_.names_.size();
    for (std::size_t i = 0; i < p.indicators.size(); ++i) {
      const auto& target = p.indicators[i].target;
      add("target_" + p.indicators[i].id, NameKind::target, i, unit_of(p.indicators[i]),
          target ? target->low : std::nan(""));
    }
    std::map<std::string_view, std::size_t> first;
    for (const ModelName& name : model_.names_) {
      scope_.add(name.name, value::computed);
      units_.push_back(name.unit);
    }
    for (std::size_t i = 0; i < model_.names_.size(); ++i) {
      const auto [other, is_new] = first.emplace(model_.names_[i].name, i);
      if (is_new || model_.names_[other->second].kind != NameKind::driver) continue;
      report(Code::id_duplicate, project_.drivers[other->second].place,
             {"驱动量 '" + model_.names_[i].name + "' 与公式中的同名量冲突",
              "the driver '" + model_.names_[i].name + "' has the name of another number"},
             {"换一个名字", "choose another name"});
    }
  }

  // Compiling a formula takes time that grows with the names it may use.
  bool is_too_large() {
    std::size_t formulas = project_.constraints.size();
    for (const Item& item : project_.items) formulas += item.identity ? 1 : 0;
    for (const Indicator& indicator : project_.indicators)
      formulas += indicator.model || indicator.curve ? 1 : 0;
    constexpr std::size_t most = 5'000'000;
    if (formulas * model_.names_.size() <= most) return false;
    diagnostics_.push_back(text::diagnose_file(
        Code::file_too_large, project_.file,
        {std::to_string(formulas) + " 个公式、" + std::to_string(model_.names_.size()) +
             " 个名称，超过上限",
         std::to_string(formulas) + " formulas over " + std::to_string(model_.names_.size()) +
             " names are more than are read"},
        {"拆分为几个项目", "split it into several projects"}));
    return true;
  }

  std::optional<formula::Formula> compile(const text::Located& source) {
    return formula::compile(source, scope_, diagnostics_);
  }

  // `wanted` when the unit of the formula is known to be another one.
  void check_unit(const formula::Formula& formula, const value::Unit& wanted) {
    const auto unit = formula.unit(units_, diagnostics_);
    if (!unit || unit->is_number() || wanted.is_number() || unit->same_dimension(wanted)) return;
    // A percentage of people, divided by 100 or not, is people.
    if ((*unit / value::Unit::percent()).same_dimension(wanted)) return;
    const auto shown = [](const value::Unit& u) {
      return u.is_date() ? Text{"日期", "a date"} : Text{u.base().text(), u.base().text()};
    };
    const Text is = shown(*unit);
    const Text should = shown(wanted);
    report(
        Code::formula_unit, formula.source().place(0, text::character_count(formula.text())),
        {"公式的单位是" + is.zh + "，应为" + should.zh,
         "the formula gives " + is.en + ", " + should.en + " was expected"},
        {"检查变量是否用错，或少乘少除了一项", "check the names, and whether a factor is missing"});
  }

  void define(std::size_t name, const text::Located& source, Definition definition) {
    auto formula = compile(source);
    if (!formula) return;
    definition.name = name;
    const auto used = formula->used();
    definition.needs.assign(used.begin(), used.end());
    if (!definition.curve) {
      check_unit(*formula, model_.names_[name].unit);
    } else {
      std::vector<Diagnostic>& all = diagnostics_;
      (void)formula->unit(units_, all);
    }
    definition.formula = std::move(*formula);
    unsorted_.push_back(std::move(definition));
  }

  void define_items() {
    // Whether the identity holds, units and all, was checked when the arithmetic was.
    for (std::size_t i = 0; i < project_.items.size(); ++i) {
      if (project_.items[i].identity) define(model_.item(i), *project_.items[i].identity, {});
    }
  }

  void define_money() {
    Definition initial, adjusted, executed;
    initial.name = model_.initial();
    for (std::size_t i = 0; i < project_.items.size(); ++i) initial.needs.push_back(model_.item(i));
    adjusted.name = model_.adjusted();
    adjusted.needs = {model_.initial()};
    executed.name = model_.executed();
    executed.needs = {model_.adjusted()};
    for (Definition* definition : {&initial, &adjusted, &executed})
      unsorted_.push_back(std::move(*definition));
  }

  void define_results() {
    for (std::size_t i = 0; i < project_.indicators.size(); ++i) {
      const Indicator& indicator = project_.indicators[i];
      if (!indicator.model && !indicator.curve) continue;
      Definition definition;
      const double actual = model_.names_[model_.result(i)].nominal;
      const value::Unit unit = unit_of(indicator);
      definition.days = unit.is_date();
      definition.counted = is_counted(indicator.unit) && (std::isnan(actual) || is_whole(actual));
      definition.share = unit.is_percent() && actual >= 0 && actual <= 100 && indicator.target &&
                         indicator.target->high <= 100;
      definition.follow =
          indicator.follow.value_or(definition.days ? Follow::shift : Follow::ratio);
      definition.curve = indicator.curve;
      define(model_.result(i), indicator.model ? *indicator.model : indicator.curve->of,
             std::move(definition));
    }
  }

  // Every definition after those it needs. Depth first along what is needed, with a stack of our
  // own: a chain may be long.
  bool sort() {
    std::vector<std::size_t> of_name(model_.names_.size(), none);
    for (std::size_t d = 0; d < unsorted_.size(); ++d) of_name[unsorted_[d].name] = d;
    enum class Mark : std::uint8_t { fresh, open, done };
    std::vector<Mark> marks(unsorted_.size(), Mark::fresh);
    std::vector<std::size_t> order;
    struct Step {
      std::size_t definition;
      std::size_t next;
    };
    for (std::size_t start = 0; start < unsorted_.size(); ++start) {
      if (marks[start] != Mark::fresh) continue;
      std::vector<Step> path{{start, 0}};
      marks[start] = Mark::open;
      while (!path.empty()) {
        auto& [at, next] = path.back();
        if (next == unsorted_[at].needs.size()) {
          marks[at] = Mark::done;
          order.push_back(at);
          path.pop_back();
          continue;
        }
        const std::size_t needed = of_name[unsorted_[at].needs[next++]];
        if (needed == none || marks[needed] == Mark::done) continue;
        if (marks[needed] == Mark::open) {
          std::vector<std::size_t> circle;
          for (const Step& step : path) circle.push_back(step.definition);
          circle.erase(circle.begin(), std::find(circle.begin(), circle.end(), needed));
          report_circle(circle);
          return false;
        }
        marks[needed] = Mark::open;
        path.push_back({needed, 0});
      }
    }
    for (const std::size_t d : order) model_.definitions_.push_back(std::move(unsorted_[d]));
    return true;
  }

  void report_circle(const std::vector<std::size_t>& circle) {
    // It is shown from a definition somebody wrote, not from one that goes by itself.
    const auto written = [&](std::size_t d) { return model_.names_[unsorted_[d].name].kind; };
    std::size_t first = 0;
    while (first + 1 < circle.size() && written(circle[first]) != NameKind::item &&
           written(circle[first]) != NameKind::result)
      ++first;
    std::string path;
    for (std::size_t i = 0; i <= circle.size(); ++i)
      path += (i == 0 ? "" : " ← ") +
              model_.names_[unsorted_[circle[(first + i) % circle.size()]].name].name;
    report(Code::model_circle,
           unsorted_[circle[first]].formula.source().place(
               0, text::character_count(unsorted_[circle[first]].formula.text())),
           {"定义兜了圈子：" + path, "definitions go in a circle: " + path},
           {"去掉其中一个公式，写成已知的数（支出项变动时 money_initial 随之变动）",
            "take one of the formulas out of the circle and give a number instead (money_initial "
            "moves with the items)"});
  }

  void find_nominals() {
    std::vector<double> values;
    for (const ModelName& name : model_.names_) values.push_back(name.nominal);
    for (Definition& definition : model_.definitions_) {
      ModelName& name = model_.names_[definition.name];
      if (name.kind != NameKind::item && name.kind != NameKind::result) continue;
      definition.nominal = known_value(definition.formula, values);
      if (definition.curve) definition.nominal = height(*definition.curve, definition.nominal);
      // Nothing was reported anywhere: the plan is what its model says.
      if (name.kind == NameKind::result && !project_.has_results &&
          std::isfinite(definition.nominal))
        values[definition.name] = name.nominal = definition.nominal;
    }
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  const Project& project_;
  std::vector<Diagnostic>& diagnostics_;
  CostModel model_;
  formula::Scope scope_;
  std::vector<value::Unit> units_;
  std::vector<Definition> unsorted_;
};

std::optional<CostModel> CostModel::compile(const Project& project,
                                            std::vector<Diagnostic>& diagnostics) {
  return CostModelCompiler(project, diagnostics).compile();
}

void check_cost_model(const Project& project, std::vector<Diagnostic>& diagnostics) {
  const bool any =
      !project.constraints.empty() ||
      std::any_of(project.items.begin(), project.items.end(),
                  [](const Item& item) { return item.identity.has_value(); }) ||
      std::any_of(project.indicators.begin(), project.indicators.end(),
                  [](const Indicator& indicator) { return indicator.model || indicator.curve; });
  if (!any) return;
  const auto model = CostModel::compile(project, diagnostics);
  if (!model) return;
  std::vector<double> values;
  for (const ModelName& name : model->names()) values.push_back(name.nominal);
  for (const ConstraintFormula& own : model->constraints()) {
    const Constraint& constraint = project.constraints[own.constraint];
    if (known_value(own.formula, values) != 0) continue;  // kept; NaN: cannot be told yet
    diagnostics.push_back(text::diagnose(
        Code::constraint_violated,
        constraint.formula.place(0, text::character_count(constraint.formula.text)),
        {"项目现状就不满足约束“" + constraint.text.zh + "”",
         "the project as it stands violates the constraint '" + constraint.text.en + "'"},
        {"改正约束或数值", "correct the constraint or the numbers"}));
  }
}

}  // namespace jixiao::project
