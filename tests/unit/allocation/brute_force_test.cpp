// What the planner answers, beside plain enumeration: every value is written into the files of the
// project and scored anew.
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "jixiao/next.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

// Counted things with a target each; what was reached, by id.
struct Plain {
  std::map<std::string, int> targets, actuals;
  int executed = 90;

  [[nodiscard]] std::string project() const {
    std::string out =
        "rules = \"cn-mof-2020\"\n[project]\nname = \"p\"\nyear = 2020\n[money]\ninitial = "
        "\"100万元\"\n";
    const char* const blocks[] = {"output\"\ntype = \"quantity", "benefit\"\ntype = \"social",
                                  "satisfaction\"\ntype = \"service"};
    std::size_t k = 0;
    for (const auto& [id, target] : targets)
      out += "[[indicator]]\nid = \"" + id + "\"\nname = \"" + id + "\"\nblock = \"" +
             blocks[k++ % 3] + "\"\ntarget = \"≥" + std::to_string(target) + "个\"\n";
    return out;
  }
  [[nodiscard]] std::string results() const {
    std::string out = "[money]\nexecuted = \"" + std::to_string(executed) + "万元\"\n";
    for (const auto& [id, actual] : actuals)
      out += "[[result]]\nindicator = \"" + id + "\"\nactual = \"" + std::to_string(actual) +
             "个\"\n";
    return out;
  }
  [[nodiscard]] Scorecard card() const {
    return scratch::scored("cn-mof-2020", project(), results());
  }
  [[nodiscard]] Scorecard with(const std::string& id, int value) const {
    Plain other = *this;
    other.actuals[id] = value;
    return other.card();
  }
};

Plain made(std::mt19937& random) {
  const auto between = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  Plain out;
  for (const char* id : {"a", "b", "c", "d"}) {
    const int target = between(4, 12);
    out.targets[id] = target;
    out.actuals[id] = between(target / 2, target);
  }
  out.executed = between(60, 100);
  return out;
}

struct Read {
  scratch::Folder folder;
  Checked<Project> project;
  Checked<RuleSet> rules;
  explicit Read(const Plain& plain)
      : project(read_project(
            {(folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + plain.results()),
              folder.write("project.toml", "schema = \"jixiao/project/1\"\n" + plain.project()),
              folder.path()),
             ""})),
        rules(read_rules("cn-mof-2020", scratch::shipped_rules())) {
    REQUIRE(project.has_value());
    REQUIRE(rules.has_value());
  }
};

// The nearest value, upwards first of two as near, where `is_there`; nothing within 0 .. twice the
// larger of actual and target.
template <class Test>
std::optional<int> nearest(const Plain& plain, const std::string& id, const Test& is_there) {
  const int now = plain.actuals.at(id), most = 2 * std::max(now, plain.targets.at(id));
  for (int away = 1; away <= most; ++away) {
    if (now + away <= most && is_there(plain.with(id, now + away))) return now + away;
    if (now - away >= 0 && is_there(plain.with(id, now - away))) return now - away;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("brute force: what one result alone reaches and loses", "[choice][brute]") {
  std::mt19937 random(21);
  std::size_t reached = 0, lost = 0;
  for (int round = 0; round < 6; ++round) {
    const Plain plain = made(random);
    const Read read(plain);
    const auto found = next_rating(*read.rules, *read.project);
    REQUIRE(found.has_value());
    const std::string rating = plain.card().rating;
    CHECK(found->rating == rating);
    for (const auto& row : found->indicators) {
      if (row.id == "money.executed") continue;
      INFO("round " << round << " " << row.id << " of " << plain.actuals.at(row.id) << ", total "
                    << found->total);
      if (found->goal) {
        const auto expected = nearest(
            plain, row.id, [&](const Scorecard& card) { return card.total >= *found->goal; });
        REQUIRE(row.reaches.has_value() == expected.has_value());
        if (!expected) continue;
        CHECK(row.reaches->value == *expected);
        ++reached;
      }
      if (!found->keeps_from) continue;
      const auto expected = nearest(
          plain, row.id, [&](const Scorecard& card) { return card.total < *found->keeps_from; });
      REQUIRE(row.loses.has_value() == expected.has_value());
      if (!expected) continue;
      CHECK(row.loses->value == *expected);
      ++lost;
    }
  }
  CHECK(reached + lost > 0);
}

TEST_CASE("brute force: where the rating changes when one result moves", "[planning][brute]") {
  std::mt19937 random(22);
  std::size_t changes = 0;
  for (int round = 0; round < 5; ++round) {
    const Plain plain = made(random);
    const Read read(plain);
    const std::string id(1, static_cast<char>('a' + round % 4));
    TypedStudy typed;
    typed.kind = "break-even";
    typed.inputs = {"results." + id + "=0..30"};
    const auto study = study_of(typed);
    REQUIRE(study.has_value());
    const auto report = run_study(*read.rules, *read.project, *study, scratch::shipped_rules());
    REQUIRE(report.has_value());
    const int now = plain.actuals.at(id);
    const std::string rating = plain.card().rating;
    for (const auto& row : std::get<BreakEvens>(report->answer).rows) {
      std::optional<int> first;
      for (int x = now; x >= 0 && x <= 30 && !first; x += row.upwards ? 1 : -1) {
        if (plain.with(id, x).rating != rating) first = x;
      }
      INFO("round " << round << " results." << id << (row.upwards ? " up" : " down"));
      REQUIRE(row.found == first.has_value());
      if (!first) continue;
      ++changes;
      CHECK(row.first.value == *first);
      CHECK(row.last.value == *first + (row.upwards ? -1 : 1));
      CHECK(row.last.shown != row.first.shown);
    }
  }
  CHECK(changes > 0);
}

TEST_CASE("brute force: shares of a change are the means over all orders", "[scenario][brute]") {
  std::mt19937 random(23);
  for (int round = 0; round < 4; ++round) {
    const Plain plain = made(random);
    const Read read(plain);
    std::vector<std::string> ids{"a", "b", "c"};
    std::map<std::string, int> changed;
    TypedChanges typed;
    for (const auto& id : ids) {
      changed[id] = std::max(0, plain.actuals.at(id) - 1 - static_cast<int>(random() % 3));
      typed.set.push_back("results." + id + "=" + std::to_string(changed[id]));
    }
    const auto scenario = scenario_of(typed);
    REQUIRE(scenario.has_value());
    const auto simulated =
        simulate(*read.rules, *read.project, std::span(&*scenario, 1), scratch::shipped_rules());
    REQUIRE(simulated.has_value());
    std::map<std::string, double> shares;
    std::size_t orders = 0;
    do {
      ++orders;
      Plain at = plain;
      double before = at.card().total;
      for (const auto& id : ids) {
        at.actuals[id] = changed[id];
        const double after = at.card().total;
        shares[id] += after - before;
        before = after;
      }
    } while (std::next_permutation(ids.begin(), ids.end()));
    const ScenarioStory& story = simulated->columns[1];
    double sum = 0;
    REQUIRE(story.changes.size() == 3);
    CHECK(story.exact);
    for (const auto& change : story.changes) {
      INFO("round " << round << " " << change.name);
      // Rounded so that they add up: by less than one of the last digit.
      CHECK(std::abs(change.points - shares[change.name.substr(8)] / static_cast<double>(orders)) <
            0.01 + 1e-9);
      sum += change.points;
    }
    CHECK(sum == Approx(story.change).margin(1e-9));
  }
}

TEST_CASE("brute force: totals over all weights in their ranges", "[stability][brute]") {
  std::mt19937 random(24);
  for (int round = 0; round < 3; ++round) {
    const Plain plain = made(random);
    const scratch::Folder folder;
    folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + plain.results());
    folder.write("project.toml", "schema = \"jixiao/project/1\"\n" + plain.project());
    const std::string text =
        "schema = \"jixiao/study/1\"\nkind = \"stability\"\nprojects = [\".\"]\nsamples = "
        "200\n[weights]\noutput = [45, 55]\nbenefit = [25, 35]\nsatisfaction = [5, 15]\n";
    const auto study = read_study(folder.write("study.toml", text), "");
    for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(study.has_value());
    const auto report = run_study(*study, {}, scratch::shipped_rules());
    for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(report.has_value());
    const StableProject& own = std::get<Stability>(report->answer).projects.front();
    double lowest = 1e9, highest = -1e9;
    bool one_rating = true;
    const std::string rating = plain.card().rating;
    for (int output = 45; output <= 55; output += 5) {
      for (int benefit = 25; benefit <= 35; benefit += 5) {
        const int satisfaction = 90 - output - benefit;
        if (satisfaction < 5 || satisfaction > 15) continue;
        const std::string weights = "[weights]\noutput = " + std::to_string(output) +
                                    "\nbenefit = " + std::to_string(benefit) +
                                    "\nsatisfaction = " + std::to_string(satisfaction) + "\n";
        const std::string project = plain.project();
        const std::size_t at = project.find("[[indicator]]");
        const Scorecard card = scratch::scored(
            "cn-mof-2020", project.substr(0, at) + weights + project.substr(at), plain.results());
        lowest = std::min(lowest, card.total);
        highest = std::max(highest, card.total);
        one_rating = one_rating && card.rating == rating;
      }
    }
    INFO("round " << round);
    CHECK(own.lowest <= lowest + 1e-9);
    CHECK(own.highest >= highest - 1e-9);
    // The corners of the ranges are among what was enumerated, and totals are linear in the
    // weights.
    CHECK(own.lowest == Approx(lowest).margin(0.011));
    CHECK(own.highest == Approx(highest).margin(0.011));
    if (own.certain) CHECK(one_rating);
    if (!one_rating) CHECK_FALSE(own.certain);
  }
}
