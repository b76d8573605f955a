// Vetoes, and what does not apply, on made-up projects: order changes nothing, a veto never raises,
// and what does not apply is taken out once.
#include <algorithm>
#include <numeric>

#include "property/made_up.hpp"

using namespace jixiao;
using namespace made_up;

namespace {

constexpr const char* cite = "cite = { text = \"x\", evidence = \"illustrative\" }\n";

const std::string vetoes[] = {
    "[[veto]]\nid = \"v0\"\neffect = { rating = \"poor\" }\n" + std::string(cite),
    "[[veto]]\nid = \"v1\"\neffect = { limit = 89.99 }\n" + std::string(cite),
    "[[veto]]\nid = \"v2\"\neffect = { rating = \"fair\" }\n" + std::string(cite),
    "[[veto]]\nid = \"v3\"\neffect = { total = 50 }\n" + std::string(cite),
    "[[veto]]\nid = \"v4\"\nwhen = 'total > 70'\neffect = { limit = 65, rating = \"good\" }\n" +
        std::string(cite),
    "[[veto]]\nid = \"v5\"\nwhen = 'total < 40'\neffect = { rating = \"struck\" }\n" +
        std::string(cite),
};

RuleSet with_vetoes(const std::vector<std::size_t>& order, const std::string& more = "") {
  const scratch::Folder folder;
  std::string text =
      "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = \"r\"\nextends = "
      "\"cn-mof-2020\"\n" +
      std::string(cite) + more + "[[band]]\nid = \"struck\"\nonly = \"veto\"\n";
  for (const std::size_t v : order) text += vetoes[v];
  const auto read = read_rules(folder.write("r/ruleset.toml", text), scratch::shipped_rules());
  for (const auto& d : read.diagnostics())
    UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(read.has_value());
  return *read;
}

}  // namespace

TEST_CASE("vetoes in any order decide the same, and never raise a total or a rating",
          "[property]") {
  std::vector<std::size_t> order(std::size(vetoes));
  std::iota(order.begin(), order.end(), std::size_t{0});
  const RuleSet straight = with_vetoes(order);
  std::mt19937 random(71);
  Batch batch = projects_of(straight.model(), 73, 1000);
  const auto before = scoring::evaluate(rules_named("cn-mof-2020"), batch);
  struct Happened {
    std::size_t project, veto;
    double n;
  };
  std::vector<Happened> happened;
  for (std::size_t p = 0; p < batch.projects; ++p) {
    for (std::size_t v = 0; v < 4; ++v) {
      if (random() % 3 == 0) happened.push_back({p, v, static_cast<double>(random() % 3)});
    }
  }
  const auto evaluated = [&](const RuleSet& rules, const std::vector<std::size_t>& places) {
    batch.vetoes.clear();
    for (const Happened& one : happened) {
      const auto at = std::find(places.begin(), places.end(), one.veto);
      batch.vetoes.push_back({one.project, static_cast<std::size_t>(at - places.begin()), one.n});
    }
    return scoring::evaluate(rules.model(), batch);
  };
  const auto first = evaluated(straight, order);
  REQUIRE_FALSE(first.vetoes.empty());
  std::size_t lowered = 0;
  for (std::size_t p = 0; p < batch.projects; ++p) {
    REQUIRE(first.total[p] <= before.total[p]);
    REQUIRE(first.band[p] >= before.band[p]);
    lowered += first.total[p] < before.total[p] || first.band[p] > before.band[p] ? 1 : 0;
  }
  REQUIRE(lowered > 100);
  for (int turn = 0; turn < 20; ++turn) {
    std::shuffle(order.begin(), order.end(), random);
    const auto again = evaluated(with_vetoes(order), order);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      REQUIRE(again.total[p] == first.total[p]);
      REQUIRE(again.band[p] == first.band[p]);
    }
  }
}

TEST_CASE("a veto that did not happen changes nothing, one that did can only take", "[property]") {
  std::vector<std::size_t> order(4);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const RuleSet rules = with_vetoes(order);
  std::mt19937 random(79);
  Batch batch = projects_of(rules.model(), 83, 500);
  const auto none = scoring::evaluate(rules.model(), batch);
  for (std::size_t p = 0; p < batch.projects; ++p) batch.vetoes.push_back({p, random() % 4, 0});
  const auto zero = scoring::evaluate(rules.model(), batch);
  REQUIRE(zero.vetoes.empty());
  for (std::size_t p = 0; p < batch.projects; ++p) REQUIRE(zero.total[p] == none.total[p]);
  auto some = none;
  for (std::size_t v = 0; v < 4; ++v) {  // one after the other, all of them in the end
    for (std::size_t p = 0; p < batch.projects; ++p) batch.vetoes.push_back({p, v, 1});
    std::stable_sort(batch.vetoes.begin(), batch.vetoes.end(),
                     [](const auto& a, const auto& b) { return a.project < b.project; });
    const auto more = scoring::evaluate(rules.model(), batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      REQUIRE(more.total[p] <= some.total[p]);
      REQUIRE(more.band[p] >= some.band[p]);
    }
    some = more;
  }
}

TEST_CASE("what does not apply in any cell counts as the policy says, and never more",
          "[property]") {
  for (const std::string policy : {"rescale", "siblings", "full", "refuse"}) {
    const RuleSet handle =
        with_vetoes({}, "not_applicable = { indicator = \"" + policy + "\" }\nrounding = { }\n");
    const auto& rules = handle.model();
    std::mt19937 random(89);
    Batch batch = projects_of(rules, 97, 600);
    const auto before = scoring::evaluate(rules, batch);
    std::vector<std::size_t> away(batch.projects);  // the row that does not apply; behind all rows:
                                                    // the fixed indicator
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const std::size_t rows = batch.row_begin[p + 1] - batch.row_begin[p];
      away[p] = batch.row_begin[p] + random() % (rows + 1);
      if (away[p] == batch.row_begin[p + 1]) {
        batch.fixed[0].not_applicable[p] = 1;
      } else {
        batch.rows.actual.states[away[p]] = CellState::not_applicable;
        batch.rows.actual.values[away[p]] = 0;
      }
    }
    const auto after = scoring::evaluate(rules, batch);
    for (std::size_t p = 0; p < batch.projects; ++p) {
      const bool fixed = away[p] == batch.row_begin[p + 1];
      const double weight = fixed ? before.fixed[0].weight[p] : before.rows.weight[away[p]];
      const double points = fixed ? before.fixed[0].points[p] : before.rows.points[away[p]];
      if (policy == "refuse") {
        REQUIRE(after.state[p] == CellState::error);
        continue;
      }
      REQUIRE(after.state[p] == CellState::ok);
      if (policy == "full") {
        REQUIRE(after.base[p] == Approx(before.base[p] - points + weight).epsilon(1e-12));
      } else if (policy == "rescale") {
        REQUIRE(after.base[p] ==
                Approx((before.base[p] - points) * rules.scale / (rules.scale - weight))
                    .epsilon(1e-12));
        REQUIRE(after.factor[p] == Approx(rules.scale / (rules.scale - weight)).epsilon(1e-12));
      }
      REQUIRE(after.base[p] <= rules.scale * (1 + 1e-12));
    }
  }
}

TEST_CASE("blocks and methods in any order give the same totals", "[property]") {
  const std::string blocks[] = {
      "[[block]]\nid = \"one\"\nweight = 45\n", "[[block]]\nid = \"two\"\nweight = 35\n",
      "[[block]]\nid = \"three\"\nweight = 20\ncombine = { each = 'P*W', total = 'S/V' }\n"};
  const std::string methods[] = {
      "[[method]]\nid = \"more\"\nwhen = { direction = \"at_least\" }\npoints = 'A >= T ? W : "
      "W*A/T'\ndomain = 'T > 0'\n" +
          std::string(cite),
      "[[method]]\nid = \"less\"\nwhen = { direction = \"at_most\" }\npoints = 'A <= T ? W : "
      "W*T/A'\ndomain = 'T > 0'\n" +
          std::string(cite)};
  std::vector<std::size_t> order{0, 1, 2};
  std::map<std::string, double> totals;
  for (int turn = 0; turn < 6; ++turn) {
    for (const bool swapped : {false, true}) {
      std::string text =
          "schema = \"jixiao/ruleset/1\"\nid = \"r\"\nversion = \"1\"\ntitle = \"r\"\nrounding = { "
          "total = 6 }\n" +
          std::string(cite);
      for (const std::size_t b : order) text += blocks[b];
      text += methods[swapped ? 1 : 0] + methods[swapped ? 0 : 1];
      std::mt19937 random(101);
      std::string declared = "[project]\nname = \"p\"\nyear = 2024\n";
      std::string results;
      for (const char* block : {"one", "two", "three"}) {
        for (int k = 0; k < 3; ++k) {
          const std::string id = std::string(block) + std::to_string(k);
          declared += "[[indicator]]\nid = \"" + id + "\"\nblock = \"" + block + "\"\ntarget = \"" +
                      (random() % 2 == 0 ? "≥" : "≤") + std::to_string(1 + random() % 50) + "\"\n";
          results += "[[result]]\nindicator = \"" + id + "\"\n";
          results += random() % 6 == 0 ? "not_applicable = true\nreason = \"none\"\n"
                                       : "actual = " + std::to_string(1 + random() % 60) + "\n";
        }
      }
      const Scorecard card = scratch::scored(text, declared, results);
      REQUIRE(card.scored);
      totals["total"] = totals.contains("total") ? totals["total"] : card.total;
      CHECK(card.total == totals["total"]);
    }
    std::next_permutation(order.begin(), order.end());
  }
}
