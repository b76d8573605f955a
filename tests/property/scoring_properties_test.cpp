// What must hold for every project: tried on thousands that are made up.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "scoring/evaluation.hpp"
#include "scratch.hpp"

using namespace jixiao;
using scoring::Batch;
using value::Cell;
using value::CellState;

namespace {

const ruleset::RuleSet& rules_named(const std::string& id) {
  static std::map<std::string, Checked<RuleSet>> known;
  const auto [at, fresh] = known.try_emplace(id, std::vector<Diagnostic>{});
  if (fresh) at->second = read_rules(id, scratch::shipped_rules());
  REQUIRE(at->second.has_value());
  return at->second->model();
}

Batch empty_batch(const ruleset::RuleSet& rules) {
  Batch batch;
  batch.block_weights.resize(rules.blocks.size());
  batch.fixed.resize(rules.indicators.size());
  batch.inputs.resize(rules.inputs.size());
  return batch;
}

// A project of numeric indicators, a few in every block, money included.
void add_project(const ruleset::RuleSet& rules, std::mt19937& random, Batch& batch) {
  std::uniform_real_distribution<double> uniform(0, 1);
  const double budget = std::floor(1e6 * uniform(random)) + 1;
  batch.initial.push(Cell::of(budget));
  batch.adjusted.push(Cell::of(budget));
  batch.executed.push(Cell::of(std::floor(budget * uniform(random))));
  batch.year.push_back(2020);
  for (auto& weights : batch.block_weights) weights.push_back(std::nan(""));
  for (auto& fixed : batch.fixed) {
    fixed.has_reason.push_back(0);
    fixed.has_evidence.push_back(0);
    fixed.not_applicable.push_back(0);
  }
  auto& rows = batch.rows;
  for (std::size_t block = 0; block < rules.blocks.size(); ++block) {
    if (rules.blocks[block].id == "execution") continue;
    for (unsigned k = 1 + random() % 3; k > 0; --k) {
      const bool higher = random() % 2 == 0;
      const auto methods = rules.methods_for(
          {block, ruleset::none, higher ? value::Direction::at_least : value::Direction::at_most, value::Kind::number, false});
      REQUIRE(methods.size() == 1);
      rows.project.push_back(static_cast<std::uint32_t>(batch.projects));
      rows.block.push_back(static_cast<std::uint32_t>(block));
      rows.method.push_back(static_cast<std::uint32_t>(methods[0]));
      rows.target.push_back(std::floor(100 * uniform(random)) + 1);
      rows.upper.push_back(rows.target.back());
      rows.actual.push(Cell::of(std::floor(130 * uniform(random))));
      rows.state.push_back(ruleset::none);
      rows.given_weight.push_back(std::nan(""));
      rows.has_reason.push_back(0);
      rows.has_evidence.push_back(0);
      rows.refused.push_back(0);
    }
  }
  batch.row_begin.push_back(rows.size());
  ++batch.projects;
}

Batch made_up(const ruleset::RuleSet& rules, unsigned seed, std::size_t projects) {
  std::mt19937 random(seed);
  Batch batch = empty_batch(rules);
  for (std::size_t i = 0; i < projects; ++i) add_project(rules, random, batch);
  return batch;
}

// Projects [begin, end) of a batch.
Batch part(const Batch& all, std::size_t begin, std::size_t end) {
  Batch out;
  out.projects = end - begin;
  const std::size_t first = all.row_begin[begin];
  const std::size_t last = all.row_begin[end];
  const auto cut = [](const auto& from, std::size_t a, std::size_t b) {
    return std::decay_t<decltype(from)>(from.begin() + static_cast<std::ptrdiff_t>(a), from.begin() + static_cast<std::ptrdiff_t>(b));
  };
  const auto cut_cells = [&](const scoring::CellColumn& from, std::size_t a, std::size_t b) {
    return scoring::CellColumn{cut(from.values, a, b), cut(from.states, a, b)};
  };
  out.initial = cut_cells(all.initial, begin, end);
  out.adjusted = cut_cells(all.adjusted, begin, end);
  out.executed = cut_cells(all.executed, begin, end);
  out.year = cut(all.year, begin, end);
  for (const auto& column : all.inputs) out.inputs.push_back(cut_cells(column, begin, end));
  for (const auto& weights : all.block_weights) out.block_weights.push_back(cut(weights, begin, end));
  for (const auto& fixed : all.fixed)
    out.fixed.push_back({cut(fixed.has_reason, begin, end), cut(fixed.has_evidence, begin, end), cut(fixed.not_applicable, begin, end)});
  out.rows = {cut(all.rows.project, first, last),
              cut(all.rows.block, first, last),
              cut(all.rows.method, first, last),
              cut(all.rows.target, first, last),
              cut(all.rows.upper, first, last),
              cut_cells(all.rows.actual, first, last),
              cut(all.rows.state, first, last),
              cut(all.rows.given_weight, first, last),
              cut(all.rows.has_reason, first, last),
              cut(all.rows.has_evidence, first, last),
              cut(all.rows.refused, first, last),
              {},
              {}};
  for (auto& project : out.rows.project) project -= static_cast<std::uint32_t>(begin);
  for (std::size_t p = begin; p < end; ++p) out.row_begin.push_back(all.row_begin[p + 1] - first);
  return out;
}

}  // namespace

TEST_CASE("a batch in any number of parts has the same bits", "[property]") {
  for (const char* id : {"cn-mof-2020", "soft-default", "beijing-unit"}) {
    const auto& rules = rules_named(id);
    const Batch all = made_up(rules, 11, 1500);
    const auto whole = scoring::evaluate(rules, all);
    for (const std::size_t parts : {2, 7, 16, 1500}) {
      std::size_t at = 0;
      for (std::size_t k = 0; k < parts; ++k) {
        const std::size_t end = all.projects * (k + 1) / parts;
        const auto cards = scoring::evaluate(rules, part(all, at, end));
        for (std::size_t p = at; p < end; ++p) {
          REQUIRE(cards.total[p - at] == whole.total[p]);
          REQUIRE(cards.base[p - at] == whole.base[p]);
          REQUIRE(cards.band[p - at] == whole.band[p]);
        }
        at = end;
      }
    }
  }
}

TEST_CASE("taking a value away never raises a score", "[property]") {
  std::mt19937 random(23);
  for (const std::string policy : {"error", "zero"}) {
    const scratch::Folder folder;
    const auto read = read_rules(
        folder.write("r/ruleset.toml",
                     "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = \"r\"\nextends = \"cn-mof-2020\"\nmissing = \"" +
                         policy + "\"\ncite = { text = \"x\", evidence = \"illustrative\" }\n"),
        scratch::shipped_rules());
    REQUIRE(read.has_value());
    const auto& rules = read->model();
    Batch batch = made_up(rules, 5, 400);
    const auto before = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const std::size_t rows = batch.row_begin[p + 1] - batch.row_begin[p];
      const std::size_t row = batch.row_begin[p] + random() % rows;
      batch.rows.actual.states[row] = CellState::missing;
      batch.rows.actual.values[row] = 0;
      if (p % 5 == 0) batch.executed.states[p] = CellState::missing, batch.executed.values[p] = 0;
    }
    const auto after = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      if (policy == "error") {
        REQUIRE(after.state[p] != CellState::ok);
      } else {
        REQUIRE(after.state[p] == CellState::ok);
        REQUIRE(after.total[p] <= before.total[p]);
      }
    }
  }
}

TEST_CASE("two halves of an indicator weigh what it weighed", "[property]") {
  const auto& rules = rules_named("cn-mof-2020");
  const Batch batch = made_up(rules, 31, 300);
  const auto whole = scoring::evaluate(rules, batch);
  for (std::size_t p = 0; p < 300; ++p) {
    Batch one = part(batch, p, p + 1);
    const auto cards = scoring::evaluate(rules, one);
    auto& rows = one.rows;
    // Every weight written out, the last row split in two.
    for (std::size_t row = 0; row < rows.size(); ++row) rows.given_weight[row] = cards.rows.weight[row];
    rows.given_weight.back() /= 2;
    rows.project.push_back(0);
    rows.block.push_back(rows.block.back());
    rows.method.push_back(rows.method.back());
    rows.target.push_back(rows.target.back());
    rows.upper.push_back(rows.upper.back());
    rows.actual.push({rows.actual.values.back(), rows.actual.states.back()});
    rows.state.push_back(ruleset::none);
    rows.given_weight.push_back(rows.given_weight.back());
    rows.has_reason.push_back(0);
    rows.has_evidence.push_back(0);
    rows.refused.push_back(0);
    ++one.row_begin.back();
    REQUIRE(scoring::evaluate(rules, one).total[0] == whole.total[p]);
  }
}

TEST_CASE("more is never worse where more is better", "[property]") {
  const auto& rules = rules_named("cn-mof-2020");
  Batch batch = made_up(rules, 41, 400);
  const auto before = scoring::evaluate(rules, batch);
  const std::size_t higher = rules.find_method("higher.proportional");
  for (std::size_t row = 0; row < batch.rows.size(); ++row) batch.rows.actual.values[row] += batch.rows.method[row] == higher ? 3 : -3;
  const auto after = scoring::evaluate(rules, batch);
  for (std::size_t p = 0; p < batch.projects; ++p) REQUIRE(after.total[p] >= before.total[p]);
}

TEST_CASE("an informational indicator changes nothing", "[property]") {
  const std::string project =
      "[project]\nname = \"p\"\nyear = 2020\n[money]\ninitial = \"1万元\"\n[[indicator]]\nid = \"a\"\nblock = \"output\"\ntarget = "
      "10\n[[indicator]]\nid = \"b\"\nblock = \"benefit\"\ntarget = 10\n[[indicator]]\nid = \"c\"\nblock = \"satisfaction\"\ntarget = 10\n";
  const std::string results =
      "[money]\nexecuted = \"9000元\"\n[[result]]\nindicator = \"a\"\nactual = 7\n[[result]]\nindicator = \"b\"\nactual = "
      "8\n[[result]]\nindicator = \"c\"\nactual = 9\n";
  const Scorecard without = scratch::scored("cn-mof-2020", project, results);
  const Scorecard with =
      scratch::scored("cn-mof-2020", project + "[[indicator]]\nid = \"i\"\nblock = \"output\"\ntarget = 10\ninformational = true\n",
                      results + "[[result]]\nindicator = \"i\"\nactual = 1\n");
  REQUIRE(without.scored);
  CHECK(with.total == without.total);
  CHECK(with.indicators.size() == without.indicators.size() + 1);
}
