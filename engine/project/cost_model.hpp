// What follows from what: drivers make items, items make money, drivers and money make results.
//
// A definition says how a number moves, not what it is: as long as its formula gives what it gives
// on the project as declared, the number stays what was declared or reported, to the last bit. Once
// the formula moves,
//   an item     becomes what its identity gives;
//   money       initial: declared + what the items changed by; adjusted: declared + what initial
//               changed by;
//               executed: the same share of adjusted as reported;
//   a result    follows its model or curve: the same share of it as reported (ratio), or the same
//               distance from it (shift; dates, and
//               models that give 0 as declared), or the model's own value (model). What was
//               reported whole, of things that are counted,
//               stays whole: rounded down; days are rounded up. Percentages that were within 0..100
//               stay there; what was not negative
//               does not become so.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "project/project.hpp"

namespace jixiao::project {

enum class NameKind : std::uint8_t { driver, item, initial, adjusted, executed, result, target };

// A name formulas of the project may use: rate, money_training, money_initial, result_trained,
// target_trained.
struct ModelName {
  std::string name;
  NameKind kind = NameKind::driver;
  std::size_t index = 0;  // of the driver, item or indicator
  value::Unit unit;       // as written, or the base unit where that is another
  double nominal = 0;     // as declared or reported; NaN when there is none
};

// How one name comes about. What money_initial, adjusted and executed follow is fixed; the others
// have a formula.
struct Definition {
  std::size_t name = 0;
  formula::Formula formula;
  std::optional<Curve> curve;  // of the formula's value
  std::vector<std::size_t> needs;
  double nominal = 0;  // what formula and curve give on the project as declared; NaN when that
                       // cannot be computed
  Follow follow = Follow::ratio;
  bool counted = false;  // stays whole
  bool days = false;     // stays a day
  bool share = false;    // stays within 0..100
};

struct ConstraintFormula {
  std::size_t constraint = 0;
  formula::Formula formula;
};

class CostModel {
 public:
  // Nothing, with diagnostics: names nobody has, units that do not fit, definitions that go in a
  // circle.
  static std::optional<CostModel> compile(const Project& project,
                                          std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] const std::vector<ModelName>& names() const { return names_; }
  // what is needed stands first
  [[nodiscard]] const std::vector<Definition>& definitions() const { return definitions_; }
  [[nodiscard]] const std::vector<ConstraintFormula>& constraints() const { return constraints_; }
  [[nodiscard]] std::size_t item(std::size_t index) const { return first_item_ + index; }
  [[nodiscard]] std::size_t initial() const { return first_money_; }
  [[nodiscard]] std::size_t adjusted() const { return first_money_ + 1; }
  [[nodiscard]] std::size_t executed() const { return first_money_ + 2; }
  [[nodiscard]] std::size_t result(std::size_t indicator) const {
    return first_result_ + indicator;
  }
  [[nodiscard]] std::size_t target(std::size_t indicator) const {
    return first_target_ + indicator;
  }

  // Takes the definitions of these names away: they stay as declared or reported.
  void hold(std::span<const std::size_t> names);
  // Which names change when the names in `moved` do, those included. One flag a name.
  [[nodiscard]] std::vector<std::uint8_t> affected(std::span<const std::size_t> moved) const;

  // The values of one definition on `out.size()` rows; `columns`: one per name, everything it needs
  // filled in.
  void evaluate(const Definition& definition, std::span<const formula::Column> columns,
                std::span<double> out) const;

 private:
  friend class CostModelCompiler;
  CostModel() = default;

  std::vector<ModelName> names_;
  std::vector<Definition> definitions_;
  std::vector<ConstraintFormula> constraints_;
  std::size_t first_item_ = 0, first_money_ = 0, first_result_ = 0, first_target_ = 0;
};

// NaN wherever something the formula names is NaN: no branch of it can make something of missing
// data.
void evaluate_known(const formula::Formula& formula, std::span<const formula::Column> columns,
                    std::span<double> out);

// The height of a curve above x; NaN above NaN.
double height(const Curve& curve, double x);

}  // namespace jixiao::project
