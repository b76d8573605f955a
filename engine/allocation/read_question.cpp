#include <cmath>

#include "allocation/question.hpp"
#include "project/read_words.hpp"
#include "project/reading.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::allocation {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

// "102万元" or "85%".
MoneyText read_money(const Node& node, std::vector<Diagnostic>& diagnostics) {
  MoneyText out;
  out.place = node.place;
  const auto field = node.kind == NodeKind::string ? value::read_field(node.string) : std::nullopt;
  const bool one = field && field->kind == value::Kind::number && field->low == field->high &&
                   !field->direction && field->low >= 0;
  if (one && field->unit.is_money()) {
    out.yuan = field->low;
  } else if (one && field->unit.is_percent()) {
    out.percent = field->low;
  } else {
    diagnostics.push_back(
        text::diagnose(Code::value_text, node.place,
                       {"应为金额，或现有金额的百分比",
                        "this should be an amount, or a percentage of what there is"},
                       {"例如 \"102万元\" 或 \"85%\"", "such as \"102万元\" or \"85%\""}));
  }
  return out;
}

MoneyText read_money(TableReader& reader, std::string_view key,
                     std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node(key);
  return node == nullptr ? MoneyText{} : read_money(*node, diagnostics);
}

std::vector<WrittenLimit> read_limits(TableReader& reader, std::string_view key,
                                      std::vector<Diagnostic>& diagnostics) {
  std::vector<WrittenLimit> out;
  const Node* table = reader.table(key);
  if (table == nullptr) return out;
  for (const Node::Entry& entry : table->entries)
    out.push_back({{entry.key, entry.key_place}, read_money(entry.value, diagnostics)});
  return out;
}

// step = "1000元", or { training = "900元" }.
void read_step(TableReader& reader, Question& out, std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node("step");
  if (node == nullptr) return;
  if (node->kind == NodeKind::table) {
    out.steps = read_limits(reader, "step", diagnostics);
  } else {
    out.step = read_money(*node, diagnostics);
  }
  const auto check = [&](const MoneyText& step) {
    const bool whole = step.yuan && *step.yuan >= 1 && std::floor(*step.yuan) == *step.yuan;
    if (whole || (!step.yuan && !step.percent)) return;
    diagnostics.push_back(
        text::diagnose(Code::value_number, step.place,
                       {"step 应为整元，至少 1 元", "a step is whole yuan, at least 1"},
                       {"例如 \"1000元\"", "such as \"1000元\""}));
  };
  check(out.step);
  for (const WrittenLimit& own : out.steps) check(own.money);
}

void read_frontier(TableReader& reader, Question& out, std::vector<Diagnostic>& diagnostics) {
  const Node* node = reader.node("frontier");
  if (node == nullptr) return;
  constexpr std::size_t usual = 25;
  if (node->kind != NodeKind::table) {
    out.frontier = reader.boolean("frontier").value_or(false) ? usual : 0;
    return;
  }
  TableReader inner(*node, "frontier", diagnostics);
  out.frontier =
      static_cast<std::size_t>(inner.integer("points", 2, 1000).value_or(static_cast<long>(usual)));
  out.frontier_from = read_money(inner, "from", diagnostics);
  out.frontier_to = read_money(inner, "to", diagnostics);
  inner.finish();
}

std::vector<WrittenProject> read_projects(TableReader& reader,
                                          std::vector<Diagnostic>& diagnostics) {
  std::vector<WrittenProject> out;
  for (const Node* table : reader.tables("project")) {
    TableReader inner(*table, "[[project]]", diagnostics);
    WrittenProject own;
    own.folder = inner.required_string("path");
    own.place = inner.place("path");
    own.rules = inner.string("rules").value_or("");
    own.weight = inner.number("weight").value_or(1);
    if (own.weight <= 0)
      inner.report(Code::value_number, inner.place("weight"),
                   {"weight 必须大于 0", "a weight must be above 0"});
    own.least = read_money(inner, "least", diagnostics);
    own.most = read_money(inner, "most", diagnostics);
    inner.finish();
    out.push_back(std::move(own));
  }
  return out;
}

}  // namespace

Question read_question(TableReader& reader, std::vector<Diagnostic>& diagnostics) {
  Question out;
  out.place = reader.place();
  out.goal = reader.choice("goal", {"best-total", "least-money"}).value_or(0) == 0
                 ? Goal::best_total
                 : Goal::least_money;
  out.money = read_money(reader, "money", diagnostics);
  read_step(reader, out, diagnostics);
  out.least = read_limits(reader, "least", diagnostics);
  out.most = read_limits(reader, "most", diagnostics);
  out.protect = project::read_words(reader, "protect", diagnostics);
  out.drop = project::read_words(reader, "drop", diagnostics);
  out.beyond = project::read_words(reader, "beyond", diagnostics);
  const Unmeasured policies[] = {Unmeasured::in_proportion, Unmeasured::keep, Unmeasured::free};
  out.unmeasured =
      policies[reader.choice("unmeasured", {"in-proportion", "keep", "free"}).value_or(0)];
  out.rating = {reader.string("rating").value_or(""), reader.place("rating")};
  out.total = reader.number("total");
  out.total_place = reader.place("total");
  read_frontier(reader, out, diagnostics);
  out.projects = read_projects(reader, diagnostics);
  const bool best = out.goal == Goal::best_total;
  if (best && (!out.rating.text.empty() || out.total)) {
    reader.report(Code::value_choice, out.total ? out.total_place : out.rating.place,
                  {"rating 和 total 只用于 goal = \"least-money\"",
                   "rating and total are for goal = \"least-money\""},
                  {"写 goal = \"least-money\"", "write goal = \"least-money\""});
  } else if (!out.rating.text.empty() && out.total) {
    reader.report(Code::value_choice, out.total_place,
                  {"rating 与 total 只能写一个", "a rating or a total: one of the two"},
                  {"删去一个", "remove one"});
  }
  reader.finish();
  return out;
}

}  // namespace jixiao::allocation
