#include "sampling/formula_model.hpp"

#include <algorithm>

#include "text/diagnostics.hpp"

namespace jixiao::sampling {
namespace {

// Whether the names can stand in a formula and no two are the same; `what` is "输入" or "output" in
// both languages.
bool check_names(const std::vector<Quantity>& quantities, const Text& what,
                 std::vector<Diagnostic>& diagnostics) {
  const std::size_t before = diagnostics.size();
  for (auto quantity = quantities.begin(); quantity != quantities.end(); ++quantity) {
    const std::string& name = quantity->name;
    if (!formula::is_name(name)) {
      diagnostics.push_back(text::diagnose_file(
          text::Code::id_invalid, "",
          {what.zh + "名 “" + name + "” 不能用在公式里",
           "the " + what.en + " name \"" + name + "\" cannot stand in a formula"},
          {"名称用字母、汉字、数字和下划线，不以数字开头，也不是函数名",
           "use letters, digits and '_', not starting with a digit, and no function's name"}));
    }
    if (std::any_of(quantities.begin(), quantity,
                    [&name](const Quantity& other) { return other.name == name; })) {
      diagnostics.push_back(
          text::diagnose_file(text::Code::id_duplicate, "",
                              {what.zh + " “" + name + "” 写了两次",
                               "the " + what.en + " \"" + name + "\" stands there twice"},
                              {"给其中一个换个名字", "rename one of the two"}));
    }
  }
  return diagnostics.size() == before;
}

}  // namespace

std::unique_ptr<FormulaModel> FormulaModel::compile(std::vector<Quantity> inputs,
                                                    const std::vector<OutputFormula>& outputs,
                                                    std::vector<Diagnostic>& diagnostics) {
  std::unique_ptr<FormulaModel> model(new FormulaModel);
  formula::Scope scope;
  std::vector<value::Unit> units;
  for (const Quantity& input : inputs) {
    scope.variables.push_back(input.name);
    units.push_back(input.unit);
  }
  bool sound = check_names(inputs, {"输入", "input"}, diagnostics);
  for (const OutputFormula& output : outputs) {
    auto compiled = formula::compile(output.text, scope, diagnostics);
    if (!compiled) {
      sound = false;
      continue;
    }
    std::vector<Diagnostic> misfits;
    const auto unit = compiled->unit(units, misfits);
    sound = sound && !text::has_error(misfits);
    diagnostics.insert(diagnostics.end(), misfits.begin(), misfits.end());
    model->outputs_.push_back({output.name, unit.value_or(value::Unit())});
    model->formulas_.push_back(std::move(*compiled));
  }
  sound = sound && check_names(model->outputs_, {"输出", "output"}, diagnostics);
  if (!sound) return nullptr;
  model->inputs_ = std::move(inputs);
  return model;
}

std::string FormulaModel::identity() const {
  std::string text = "formulas";
  for (const Quantity& input : inputs_) text += '\n' + input.name;
  for (std::size_t i = 0; i < outputs_.size(); ++i)
    text += '\n' + outputs_[i].name + " = " + formulas_[i].text();
  return text;
}

void FormulaModel::evaluate(std::span<const formula::Column> in,
                            std::span<const std::span<double>> out) const {
  for (std::size_t i = 0; i < formulas_.size(); ++i) formulas_[i].evaluate(in, out[i]);
}

}  // namespace jixiao::sampling
