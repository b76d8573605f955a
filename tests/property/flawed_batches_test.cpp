// What must hold where data is missing, wrong or not applicable, under every policy.
#include <algorithm>
#include <bit>
#include <numeric>

#include "property/made_up.hpp"

using namespace jixiao;
using namespace made_up;

namespace {

constexpr const char* missing_policies[] = {"error", "zero"};
constexpr const char* absence_policies[] = {"rescale", "full", "siblings", "refuse"};

// cn-mof-2020 with these policies, rounding where asked for, and a veto and a bonus that read the
// total and the money.
RuleSet with_policies(const std::string& missing, const std::string& absent, bool rounded) {
  const scratch::Folder folder;
  const auto read = read_rules(
      folder.write(
          "r/ruleset.toml",
          "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = \"r\"\nextends = "
          "\"cn-mof-2020\"\nmissing = \"" +
              missing + "\"\nnot_applicable = { indicator = \"" + absent +
              "\" }\nrounding = " + (rounded ? "{ indicator = 1, block = 1, total = 2 }" : "{ }") +
              "\ncite = { text = \"x\", evidence = \"illustrative\" }\n"
              "[[veto]]\nid = \"low\"\nwhen = 'total < 50'\neffect = { total = 40 }\ncite = { text "
              "= \"x\", evidence = "
              "\"illustrative\" }\n"
              "[[adjustment]]\nid = \"bonus\"\nkind = \"bonus\"\npoints = 'n*0.5 + "
              "E/100000'\nlimit = 3\ncite = { text = \"x\", "
              "evidence = \"illustrative\" }\n"),
      scratch::shipped_rules());
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read.has_value());
  return *read;
}

std::uint64_t bits(double x) { return std::isnan(x) ? 1 : std::bit_cast<std::uint64_t>(x); }

// Everything project p of `a` has is what project q of `b` has.
void require_same(const scoring::Scorecards& a, std::size_t p, const scoring::Scorecards& b,
                  std::size_t q) {
  REQUIRE(a.state[p] == b.state[q]);
  REQUIRE(bits(a.total[p]) == bits(b.total[q]));
  REQUIRE(bits(a.base[p]) == bits(b.base[q]));
  REQUIRE(bits(a.attainable[p]) == bits(b.attainable[q]));
  REQUIRE(a.band[p] == b.band[q]);
  for (std::size_t block = 0; block < a.block_points.size(); ++block) {
    REQUIRE(bits(a.block_points[block][p]) == bits(b.block_points[block][q]));
    REQUIRE(bits(a.block_weights[block][p]) == bits(b.block_weights[block][q]));
  }
  for (std::size_t f = 0; f < a.fixed.size(); ++f) {
    REQUIRE(a.fixed[f].state[p] == b.fixed[f].state[q]);
    REQUIRE(bits(a.fixed[f].points[p]) == bits(b.fixed[f].points[q]));
    REQUIRE(bits(a.fixed[f].weight[p]) == bits(b.fixed[f].weight[q]));
  }
}

void require_same_rows(const scoring::Outcomes& a, std::size_t first, const scoring::Outcomes& b,
                       std::size_t first_b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    REQUIRE(a.state[first + i] == b.state[first_b + i]);
    REQUIRE(bits(a.points[first + i]) == bits(b.points[first_b + i]));
    REQUIRE(bits(a.weight[first + i]) == bits(b.weight[first_b + i]));
  }
}

}  // namespace

TEST_CASE(
    "flawed projects in any number of parts have the same bits, whatever the workspace held before",
    "[property]") {
  for (const std::string missing : missing_policies) {
    for (const std::string absent : absence_policies) {
      const RuleSet handle = with_policies(missing, absent, true);
      const auto& rules = handle.model();
      std::mt19937 random(7);
      Batch all = projects_of(rules, 13, 500);
      make_flaws(rules, random, all);
      const auto whole = scoring::evaluate(rules, all);
      REQUIRE(std::count(whole.state.begin(), whole.state.end(), CellState::ok) > 50);
      REQUIRE(std::count(whole.state.begin(), whole.state.end(), CellState::ok) < 500);
      REQUIRE_FALSE(whole.vetoes.empty());
      scoring::Evaluator evaluator(rules);
      for (const std::size_t parts : {1, 2, 7, 16, 500}) {
        std::size_t vetoes = 0;
        for (std::size_t k = 0; k < parts; ++k) {
          const std::size_t begin = all.projects * k / parts;
          const std::size_t end = all.projects * (k + 1) / parts;
          const Batch piece = part(all, begin, end);
          const auto& cards = evaluator.run(piece);
          for (std::size_t p = begin; p < end; ++p) require_same(cards, p - begin, whole, p);
          require_same_rows(cards.rows, 0, whole.rows, all.row_begin[begin], piece.rows.size());
          vetoes += cards.vetoes.size();
        }
        REQUIRE(vetoes == whole.vetoes.size());
      }
    }
  }
}

TEST_CASE("the order of projects changes nothing", "[property]") {
  const RuleSet handle = with_policies("zero", "siblings", true);
  const auto& rules = handle.model();
  std::mt19937 random(29);
  Batch all = projects_of(rules, 17, 300);
  make_flaws(rules, random, all);
  const auto whole = scoring::evaluate(rules, all);
  std::vector<std::size_t> order(all.projects);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  scoring::Evaluator evaluator(rules);
  for (const std::size_t p : order) require_same(evaluator.run(part(all, p, p + 1)), 0, whole, p);
}

TEST_CASE("taking any value away never raises a score, under every policy", "[property]") {
  for (const std::string absent : absence_policies) {
    const RuleSet handle = with_policies("zero", absent, false);
    const auto& rules = handle.model();
    std::mt19937 random(31);
    Batch batch = projects_of(rules, 19, 300);
    const auto before = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const std::size_t rows = batch.row_begin[p + 1] - batch.row_begin[p];
      const std::size_t row = batch.row_begin[p] + random() % rows;
      batch.rows.actual.states[row] = CellState::missing;
      batch.rows.actual.values[row] = 0;
    }
    const auto after = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      if (after.state[p] == CellState::ok && before.state[p] == CellState::ok)
        REQUIRE(after.base[p] <= before.base[p]);
    }
  }
}

TEST_CASE("two halves of an indicator weigh what it weighed, unrounded", "[property]") {
  const RuleSet handle = with_policies("error", "rescale", false);
  const auto& rules = handle.model();
  const Batch batch = projects_of(rules, 37, 200);
  const auto whole = scoring::evaluate(rules, batch);
  for (std::size_t p = 0; p < batch.projects; ++p) {
    Batch one = part(batch, p, p + 1);
    auto& rows = one.rows;
    for (std::size_t row = 0; row < rows.size(); ++row)
      rows.given_weight[row] = whole.rows.weight[batch.row_begin[p] + row];
    rows.given_weight.back() /= 2;
    const auto again = [](auto& column) {
      column.push_back(typename std::decay_t<decltype(column)>::value_type(column.back()));
    };
    again(rows.project), again(rows.block), again(rows.method), again(rows.target),
        again(rows.upper), again(rows.state);
    again(rows.given_weight), again(rows.has_reason), again(rows.has_evidence), again(rows.refused);
    rows.actual.push({rows.actual.values.back(), rows.actual.states.back()});
    ++one.row_begin.back();
    REQUIRE(scoring::evaluate(rules, one).base[0] == Approx(whole.base[p]).epsilon(1e-14));
  }
}

TEST_CASE("most lost is what a plain search finds", "[property]") {
  const RuleSet handle = with_policies("zero", "rescale", true);
  const auto& rules = handle.model();
  std::mt19937 random(41);
  Batch batch = projects_of(rules, 43, 400);
  make_flaws(rules, random, batch);
  scoring::Evaluator evaluator(rules);
  const auto& cards = evaluator.run(batch);
  const auto found = evaluator.most_lost(batch);
  for (std::size_t p = 0; p < batch.projects; ++p) {
    struct Loss {
      std::uint32_t indicator;
      double points;
    };
    std::vector<Loss> losses;
    const auto add = [&](const scoring::Outcomes& outcomes, std::size_t slot,
                         std::size_t indicator) {
      const CellState state = outcomes.state[slot];
      const double lost = outcomes.lost(slot);
      if ((state == CellState::ok || state == CellState::missing) && lost > 0)
        losses.push_back({static_cast<std::uint32_t>(indicator), lost});
    };
    for (std::size_t f = 0; f < cards.fixed.size(); ++f) add(cards.fixed[f], p, f);
    for (std::size_t row = batch.row_begin[p]; row < batch.row_begin[p + 1]; ++row)
      add(cards.rows, row, cards.fixed.size() + row - batch.row_begin[p]);
    std::stable_sort(losses.begin(), losses.end(),
                     [](const Loss& a, const Loss& b) { return a.points > b.points; });
    for (std::size_t place = 0; place < scoring::MostLost::places; ++place) {
      const Loss expected = place < losses.size() ? losses[place]
                                                  : Loss{scoring::MostLost::nobody, 0};
      REQUIRE(found[p].indicator[place] == expected.indicator);
      REQUIRE(found[p].points[place] == expected.points);
    }
  }
}
