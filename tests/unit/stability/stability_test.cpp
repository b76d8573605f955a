#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "numeric/philox.hpp"
#include "scratch.hpp"
#include "stability/box_simplex.hpp"
#include "stability/drawing.hpp"
#include "stability/stability.hpp"
#include "text/toml.hpp"

using namespace jixiao;
using stability::Question;

namespace {

const std::string root = JIXIAO_SOURCE_DIR;

std::unique_ptr<Question> read(const std::string& file, std::vector<Diagnostic>& diagnostics) {
  const auto source = text::read_source(file, diagnostics);
  REQUIRE(source);
  const auto tree = text::parse_toml(source, diagnostics);
  REQUIRE(tree);
  return stability::read_question(*tree, file, scratch::shipped_rules(), diagnostics);
}

std::unique_ptr<Question> good(const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  auto question = read(file, diagnostics);
  for (const auto& d : diagnostics)
    UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.code << " " << d.message.en);
  REQUIRE(question);
  return question;
}

Stability answered(const Question& question, unsigned threads = 1) {
  std::vector<Diagnostic> diagnostics;
  stability::Watch watch;
  watch.threads = threads;
  const auto answer = stability::answer(question, watch, diagnostics);
  REQUIRE(answer);
  return answer->stability;
}

// Two indicators between 0 and 100, rated at 60.
constexpr const char* two_rules =
    "schema = \"jixiao/ruleset/1\"\nid = \"two\"\nversion = \"1\"\ntitle = \"two\"\nextends = "
    "\"methods\"\n"
    "cite = { text = \"x\", evidence = \"illustrative\" }\nrounding = { total = 2 }\n"
    "input = [{ id = \"x\", name = \"x\" }, { id = \"y\", name = \"y\" }]\nblock = [{ id = "
    "\"all\", weight = 100 }]\n"
    "band = [{ id = \"passed\", from = 60 }, { id = \"failed\" }]\n"
    "[[indicator]]\nid = \"a\"\nname = \"a\"\nblock = \"all\"\nweight = 60\nactual = 'x'\nmethod = "
    "\"goalposts.linear\"\nparams = { low = "
    "0, high = 100 }\n"
    "[[indicator]]\nid = \"b\"\nname = \"b\"\nblock = \"all\"\nweight = 40\nactual = 'y'\nmethod = "
    "\"goalposts.linear\"\nparams = { low = "
    "0, high = 100 }\n";

std::string two(const scratch::Folder& folder, const std::string& study) {
  folder.write("rules/two/ruleset.toml", two_rules);
  folder.write("two.csv", "project,x,y\nedge,80,30\nfar,90,40\nsure,50,20\nbest,100,100\n");
  return folder.write("study.toml",
                      "rules = \"rules/two/ruleset.toml\"\ntable = \"two.csv\"\n" + study);
}

}  // namespace

TEST_CASE("the largest of a linear function over weights in ranges, against every corner",
          "[stability]") {
  const numeric::Stream stream(7, numeric::Purpose::samples);
  for (std::uint64_t round = 0; round < 200; ++round) {
    const std::size_t n = 2 + round % 4;
    std::vector<double> gains, lows, highs;
    double total = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      gains.push_back(stream.uniform(round, 3 * i) - 0.5);
      lows.push_back(stream.uniform(round, 3 * i + 1));
      highs.push_back(lows.back() + stream.uniform(round, 3 * i + 2));
      total += (lows.back() + highs.back()) / 2;
    }
    const auto weights = stability::largest(gains, lows, highs, total);
    REQUIRE(weights);
    CHECK(std::accumulate(weights->begin(), weights->end(), 0.0) == Approx(total));
    const double found = std::inner_product(gains.begin(), gains.end(), weights->begin(), 0.0);
    // A corner has all weights but one at an end of their range.
    double best = -1e9;
    for (std::size_t free = 0; free < n; ++free) {
      for (std::size_t ends = 0; ends < (std::size_t{1} << n); ++ends) {
        double sum = 0, value = 0;
        for (std::size_t i = 0; i < n; ++i) {
          if (i == free) continue;
          const double w = (ends >> i) & 1U ? highs[i] : lows[i];
          sum += w;
          value += gains[i] * w;
        }
        const double rest = total - sum;
        if (rest < lows[free] - 1e-12 || rest > highs[free] + 1e-12) continue;
        best = std::max(best, value + gains[free] * rest);
      }
    }
    CHECK(found == Approx(best).margin(1e-12));
  }
  CHECK_FALSE(stability::largest(std::vector<double>{1, 2}, std::vector<double>{0, 0},
                                 std::vector<double>{1, 1}, 3.0));
}

TEST_CASE("which ratings hold, by hand", "[stability]") {
  const scratch::Folder folder;
  const auto question =
      good(two(folder, "samples = 2000\n[weights]\na = [30, 70]\nb = [30, 70]\n"));
  const Stability found = answered(*question);
  REQUIRE(found.projects.size() == 4);
  // edge: 30 + a/2, so 60 at a = 60 and 59.99 just below 59.99.
  const StableProject& edge = found.projects[0];
  CHECK(edge.total == 60);
  CHECK(edge.rating == "passed");
  CHECK_FALSE(edge.certain);
  CHECK(edge.exact);
  CHECK(edge.flips_to == "failed");
  CHECK(edge.flip_distance == Approx(0.01).margin(1e-4));
  CHECK(edge.lowest == 45);
  CHECK(edge.highest == 65);
  // far: 40 + a/2 fails below a = 39.99, a change of 20.01.
  CHECK(found.projects[1].flip_distance == Approx(20.01).margin(1e-4));
  REQUIRE(found.projects[1].flipping_weights.size() == 2);
  CHECK(found.projects[1].flipping_weights[0].second == Approx(39.99).margin(1e-4));
  CHECK(found.projects[1].flipping_weights[1].second == Approx(60.01).margin(1e-4));
  // sure: 20 + 0.3 a is 41 at most.
  CHECK(found.projects[2].certain);
  CHECK(found.projects[2].exact);
  CHECK(found.projects[2].highest == 41);
  CHECK(found.projects[3].best_rank == 1);
  CHECK(found.projects[3].worst_rank == 1);
  CHECK(found.certain == 2);
  CHECK(found.mean_rank_shift == 0);
}

TEST_CASE("ranks of the technology achievement index move little", "[stability]") {
  const scratch::Folder folder;
  std::filesystem::copy_file(root + "/scenarios/un-tai-2001/countries.csv",
                             folder.at("countries.csv"));
  const auto question =
      good(folder.write("study.toml",
                        "rules = \"un-tai-2001\"\ntable = \"countries.csv\"\nspread = 25\nsamples "
                        "= 3000\nseed = 5\n"));
  CHECK(question->weights.size() == 8);
  CHECK_FALSE(question->of_blocks);
  const Stability one = answered(*question, 1), two = answered(*question, 2);
  CHECK(one.mean_rank_shift == two.mean_rank_shift);
  CHECK(one.mean_rank_shift > 0);
  CHECK(one.mean_rank_shift < 1);  // less than a place of 23
  CHECK(one.draws == 3000);
  for (std::size_t i = 0; i < one.projects.size(); ++i) {
    const StableProject& country = one.projects[i];
    INFO(country.id);
    CHECK(country.exact);
    CHECK(country.lowest <= country.total);
    CHECK(country.total <= country.highest);
    CHECK(country.best_rank == two.projects[i].best_rank);
    CHECK(country.lowest == two.projects[i].lowest);
    CHECK(country.best_rank <= country.rank);
    CHECK(country.rank <= country.worst_rank);
  }
  CHECK(one.projects[0].id == "Finland");
  CHECK(one.projects[0].total == Approx(0.7449));
}

TEST_CASE("blocks of an office's projects, against a grid of weights", "[stability]") {
  const scratch::Folder folder;
  const std::string seed = root + "/scenarios/chenggong-2020";
  const auto question =
      good(folder.write("study.toml", "projects = [\"" + seed +
                                          "\"]\nsamples = 500\n[weights]\noutput = [20, "
                                          "80]\nbenefit = [10, 60]\nsatisfaction = [5, 40]\n"));
  CHECK(question->of_blocks);
  const Stability found = answered(*question);
  REQUIRE(found.projects.size() == 1);
  const StableProject& project = found.projects[0];
  CHECK(project.total == 94.87);
  stability::WeightedScorer scorer(*question, stability::Decided::as_printed);
  stability::Standings standings;
  double lowest = 1e9, highest = -1e9;
  for (int output = 20; output <= 80; ++output) {
    for (int benefit = 10; benefit <= 60; ++benefit) {
      const int satisfaction = 90 - output - benefit;
      if (satisfaction < 5 || satisfaction > 40) continue;
      scorer.score(std::vector<double>{static_cast<double>(output), static_cast<double>(benefit),
                                       static_cast<double>(satisfaction)},
                   standings);
      lowest = std::min(lowest, standings.totals[0]);
      highest = std::max(highest, standings.totals[0]);
    }
  }
  CHECK(project.lowest <= lowest);
  CHECK(project.highest >= highest);
  CHECK(project.lowest == Approx(lowest).margin(0.02));
  CHECK(project.highest == Approx(highest).margin(0.02));
  CHECK(project.certain == (lowest >= 90));
}

TEST_CASE("a wrong question is refused at its place", "[stability]") {
  const scratch::Folder folder;
  const auto bad = [&](const std::string& study) {
    std::vector<Diagnostic> diagnostics;
    CHECK_FALSE(read(two(folder, study), diagnostics));
    REQUIRE_FALSE(diagnostics.empty());
    return diagnostics[0];
  };
  CHECK(bad("").code == "key.missing");
  const Diagnostic unknown = bad("[weights]\naa = [1, 2]\nb = [1, 2]\n");
  CHECK(unknown.code == "reference.unknown");
  CHECK(unknown.line == 4);
  CHECK(bad("[weights]\na = [70, 30]\nb = [30, 70]\n").code == "weights.invalid");
  CHECK(bad("[weights]\na = 3\nb = [30, 70]\n").code == "value.type");
  CHECK(bad("spread = 0\n").code == "value.number");
  CHECK(bad("spread = 10\nid = \"name\"\n").code == "table.header");
  CHECK(bad("spread = 10\nsprad = 3\n").code == "key.unknown");
  const auto question = good(two(folder, "[weights]\na = [10, 20]\nb = [30, 40]\n"));
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(stability::answer(*question, {}, diagnostics));
  CHECK(diagnostics.at(0).code == "weights.sum");
}
