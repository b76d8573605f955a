#include "study/conditions.hpp"

#include <algorithm>

#include "text/diagnostics.hpp"

namespace jixiao::study {

text::Place whole(const text::Located& formula) {
  return formula.place(0, text::character_count(formula.text));
}

std::optional<ReadConditions> read_conditions(const std::vector<text::Located>& where,
                                              const std::vector<NamedQuantity>& names,
                                              text::Findings findings) {
  formula::Scope scope;
  std::vector<value::Unit> units;
  for (const NamedQuantity& named : names) {
    std::string name = named.name;
    std::replace(name.begin(), name.end(), '.', '_');
    scope.variables.push_back(std::move(name));
    units.push_back(named.unit);
  }
  scope.set_bounds(value::computed);
  ReadConditions out;
  std::vector<Diagnostic> found;
  for (const text::Located& text : where) {
    auto compiled = formula::compile(text, scope, found);
    if (!compiled) continue;
    static_cast<void>(compiled->unit(units, found));
    out.used.insert(out.used.end(), compiled->used().begin(), compiled->used().end());
    out.formulas.push_back(std::move(*compiled));
  }
  std::sort(out.used.begin(), out.used.end());
  out.used.erase(std::unique(out.used.begin(), out.used.end()), out.used.end());
  const bool sound = !text::has_error(found);
  findings.add(std::move(found));
  return sound ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace jixiao::study
