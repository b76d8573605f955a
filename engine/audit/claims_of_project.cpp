#include <filesystem>

#include "audit/claims.hpp"

namespace jixiao::audit {
namespace {

AuditPlace line_of(const std::string& file, const text::Place& place) {
  return place.line == 0 ? AuditPlace{}
                         : place_of_line(place.source ? place.source->name() : file, place.line);
}

Number points(double value, const AuditPlace& place) {
  Number out{{value::show(value, {}), place, true}, value, 0};
  const std::size_t point = out.words.text.find('.');
  if (point != std::string::npos)
    out.decimals = static_cast<int>(out.words.text.size() - point - 1);
  return out;
}

Number money(const project::Amount& amount, const std::string& file) {
  if (!amount.yuan.ok()) return {};
  return {{value::show(amount.yuan.value, value::Unit::money()), line_of(file, amount.place), true},
          amount.yuan.value,
          0};
}

Row row_of(const project::Project& project, std::size_t index) {
  const project::Indicator& indicator = project.indicators[index];
  const AuditPlace place = line_of(project.file, indicator.place);
  Row row;
  row.indicator = index;
  row.id = indicator.id;
  row.name = {indicator.name.in(Language::zh), place, true};
  row.block = {indicator.filed.block.name.empty() ? indicator.block.text
                                                  : indicator.filed.block.name.in(Language::zh),
               place, true};
  row.type = {indicator.type.text, place, true};
  row.block_id = indicator.block.text;
  row.type_id = indicator.type.text;
  row.target = {indicator.target_text, line_of(project.file, indicator.target_place), true};
  row.graded = indicator.kind == value::Kind::grade;
  row.assessed = !indicator.target && indicator.method.text == "value.direct";
  if (indicator.target &&
      (indicator.kind == value::Kind::number || indicator.kind == value::Kind::date)) {
    row.aim = indicator.target;
    row.aim->direction = indicator.direction;
    row.aim_signed = true;
  }
  if (indicator.weight)
    row.weight = points(*indicator.weight, line_of(project.file, indicator.weight_place));
  if (!indicator.result) return row;
  const project::Result& result = *indicator.result;
  row.actual = {result.text, line_of(project.results_file, result.actual_place), true};
  if (result.field &&
      (result.field->kind == value::Kind::number || result.field->kind == value::Kind::date))
    row.reached = result.field;
  row.reason = {result.reason.empty() ? result.remedy : result.reason,
                line_of(project.results_file, result.place), true};
  row.evidence = {{}, row.reason.place, !result.evidence.empty()};
  for (const std::string& proof : result.evidence)
    row.evidence.text += (row.evidence.text.empty() ? "" : "；") + proof;
  if (row.assessed && result.field && result.field->kind == value::Kind::number)
    row.points = points(result.field->low, line_of(project.results_file, result.actual_place));
  else if (result.reported)
    row.points = points(*result.reported, line_of(project.results_file, result.place));
  return row;
}

}  // namespace

AuditPlace place_of_line(const std::string& file, std::size_t line) {
  AuditPlace out;
  out.line = line;
  const std::string where = std::filesystem::path(file).filename().string() + ":" +
                            std::to_string(line);
  out.where = {where, where};
  return out;
}

Claims claims_of_project(const project::Project& project) {
  Claims out;
  out.file = project.file;
  out.project = project.name.in(Language::zh);
  out.unit = project.unit;
  out.year = project.year;
  out.reports = project.has_results;
  out.of_project = true;
  out.rules = project.rules;
  MoneyLine total;
  total.total = true;
  total.name = {"年度资金总额", line_of(project.file, project.money.initial.place), true};
  total.initial = money(project.money.initial, project.file);
  total.adjusted = money(project.money.adjusted, project.file);
  total.executed = money(project.money.executed, project.results_file);
  for (const project::OtherResult& other : project.other_results) {
    if (other.indicator == "execution" && other.reported)
      total.points = points(*other.reported, line_of(project.results_file, other.place));
  }
  out.money.push_back(std::move(total));
  for (std::size_t i = 0; i < project.indicators.size(); ++i) {
    if (!project.indicators[i].informational) out.rows.push_back(row_of(project, i));
  }
  for (const project::Item& item : project.items)
    out.items.push_back({{item.name.in(Language::zh), line_of(project.file, item.place), true},
                         money(item.amount, project.file)});
  return out;
}

}  // namespace jixiao::audit
