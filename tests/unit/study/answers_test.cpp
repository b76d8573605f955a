// The answers beside closed forms and plain search.
#include <catch2/catch.hpp>

#include <cmath>

#include "jixiao/study.hpp"
#include "scratch.hpp"
#include "study/question.hpp"

using namespace jixiao;

namespace {

StudyReport of_text(const std::string& toml, const StudyOptions& options = {}) {
  const scratch::Folder folder;
  const auto study =
      read_study(folder.write("study.toml", "schema = \"jixiao/study/1\"\n" + toml), "");
  for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.line << " " << d.message.en);
  REQUIRE(study);
  const auto report = run_study(*study, options);
  for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.line << " " << d.message.en);
  REQUIRE(report);
  return *report;
}

struct Seed {
  Checked<Project> project =
      read_project({std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020", ""});
  Checked<RuleSet> rules = read_rules("cn-mof-2020", scratch::shipped_rules());

  StudyReport answered(const TypedStudy& typed, const StudyOptions& options = {}) const {
    const auto study = study_of(typed);
    for (const auto& d : study.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(study);
    const auto report = run_study(*rules, *project, *study, scratch::shipped_rules(), options);
    for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
    REQUIRE(report);
    return *report;
  }
};

TypedStudy typed(const std::string& kind, const std::vector<std::string>& inputs) {
  TypedStudy out;
  out.kind = kind;
  out.inputs = inputs;
  return out;
}

}  // namespace

TEST_CASE("a tornado: the widest first, extremes inside the range seen", "[planning]") {
  const auto report = of_text(R"(kind = "tornado"
[formula]
y = '2*a + b + (c - 1)^2'
[input]
a = { low = 0, high = 10, value = 4 }
b = { low = 0, high = 30, value = 5 }
c = { low = 0, high = 2, value = 0 }
)");
  CHECK(report.baseline == 14);
  const auto& bars = std::get<Tornado>(report.answer).bars;
  REQUIRE(bars.size() == 3);
  CHECK(report.inputs[bars[0].input].name == "b");
  CHECK(bars[0].low.output == 9);
  CHECK(bars[0].high.output == 39);
  CHECK(report.inputs[bars[1].input].name == "a");
  CHECK(bars[1].lowest == 6);
  CHECK(bars[1].highest == 26);
  CHECK(bars[2].low.output == bars[2].high.output);
  CHECK(bars[2].lowest == 13);  // at c = 1
}

TEST_CASE("a grid says every place, its rating and whether a constraint is broken", "[planning]") {
  const Seed seed;
  const auto report =
      seed.answered(typed("grid", {"drivers.rate=300..350/50", "drivers.trainees=200..250/50"}));
  const auto& grid = std::get<InputGrid>(report.answer);
  CHECK(grid.xs == std::vector<double>{300, 350});
  CHECK(grid.ys == std::vector<double>{200, 250});
  REQUIRE(grid.values.size() == 4);
  CHECK(grid.values[0] == 94.87);
  CHECK(grid.values[0] == report.baseline);
  CHECK(grid.ratings[0] == "excellent");
  CHECK(grid.violated == std::vector<std::uint8_t>{0, 1, 1, 1});  // 1.2 million are approved
}

TEST_CASE("break-even in steps is what a plain search over every step finds", "[planning]") {
  const Seed seed;
  const std::vector<std::string> stepped{"results.trained", "results.communities_funded",
                                         "results.finished", "drivers.trainees", "drivers.rate"};
  const auto report = seed.answered(typed("break-even", stepped));
  const auto& rows = std::get<BreakEvens>(report.answer).rows;
  REQUIRE(rows.size() == 2 * stepped.size());
  std::size_t found = 0;
  for (const BreakEven& row : rows) {
    const std::string& name = report.inputs[row.input].name;
    const double sign = row.upwards ? 1 : -1;
    REQUIRE(row.step > 0);
    // One project after the other, a step at a time.
    double last = report.inputs[row.input].nominal;
    bool changed = false;
    for (double k = 1;
         !changed &&
         std::abs(k * row.step) <= std::abs(row.limit - report.inputs[row.input].nominal) + 1e-9;
         ++k) {
      const double x = report.inputs[row.input].nominal + sign * k * row.step;
      std::vector<Diagnostic> diagnostics;
      const scenario::NamePlace in[]{{name, {}}};
      const auto model =
          scenario::ProjectModel::make(*seed.rules, *seed.project, in, {}, diagnostics);
      double total = 0, rating = 0;
      const formula::Column column = formula::Column::uniform(x);
      const std::span<double> out[]{{&total, 1}, {&rating, 1}};
      model->evaluate(std::span(&column, 1), out);
      changed = rating != 0;
      if (!changed) last = x;
    }
    INFO(name << (row.upwards ? " up" : " down"));
    CHECK(row.found == changed);
    CHECK(row.last.value == last);
    if (row.found) CHECK(row.first.value == last + sign * row.step);
    found += row.found ? 1 : 0;
  }
  CHECK(found >= 2);
}

TEST_CASE("break-even of a continuous input: ten digits, and what comes back is noticed",
          "[planning]") {
  const auto report = of_text(R"(kind = "break-even"
threshold = 2
[formula]
y = 'x^2'
[input]
x = { low = -10, high = 10, value = 3 }
)");
  const auto& rows = std::get<BreakEvens>(report.answer).rows;
  REQUIRE(rows[0].found);
  CHECK(std::abs(rows[0].last.value - std::sqrt(2.0)) < 1e-10);
  CHECK(std::abs(rows[0].first.value - std::sqrt(2.0)) < 1e-10);
  CHECK(rows[0].last.output >= 2);
  CHECK(rows[0].first.output < 2);
  CHECK_FALSE(rows[0].monotone);  // below -sqrt(2) it is kept again
  CHECK_FALSE(rows[1].found);
}

TEST_CASE("Monte Carlo beside closed forms", "[planning]") {
  const auto report = of_text(R"(kind = "monte-carlo"
samples = 200000
where = 'a + b > 0'
levels = [0.5]
[formula]
both = 'a + b'
a2 = 'a*a'
[input]
a = { normal = [0, 1] }
b = { normal = [0, 1] }
[[correlation]]
of = ["a", "b"]
value = 0.5
)");
  const auto& answer = std::get<MonteCarloAnswer>(report.answer);
  REQUIRE(answer.outputs.size() == 2);
  // The sum is normal with variance 3; its half above 0 has the mean sqrt(3) sqrt(2/pi) and the
  // median of 0.75.
  const Spread& sum = answer.outputs[0];
  CHECK(std::abs(sum.mean - std::sqrt(6 / M_PI)) < 4 * sum.mean_error);
  CHECK(std::abs(sum.quantiles[0].value - std::sqrt(3.0) * 0.6744897501960817) <
        4 * sum.quantiles[0].error);
  CHECK(answer.drawn == 200000);
  CHECK(sum.samples == answer.drawn - answer.left_out);
  CHECK(std::abs(static_cast<double>(answer.left_out) - 100000) < 4 * std::sqrt(50000.0));
  CHECK(std::abs(answer.outputs[1].mean - 1) < 4 * answer.outputs[1].mean_error);
}

TEST_CASE("the chance of a rating is the chance of the numbers behind it", "[planning]") {
  const Seed seed;
  // The rating is lost below 44.72 of residents satisfied.
  const auto report = seed.answered(typed("monte-carlo", {"results.satisfaction=uniform(40, 50)"}));
  const auto& answer = std::get<MonteCarloAnswer>(report.answer);
  REQUIRE(answer.ratings.size() == 4);
  const double exact = (50 - 44.7166) / 10;
  CHECK(answer.ratings[0].id == "excellent");
  CHECK(std::abs(answer.ratings[0].share - exact) < 4 * answer.ratings[0].error);
  CHECK(answer.ratings[0].low < exact);
  CHECK(exact < answer.ratings[0].high);
}

TEST_CASE("weights drawn together keep their sum", "[planning]") {
  const Seed seed;
  const scratch::Folder folder;
  const auto study = read_study(folder.write("weights.toml", R"(schema = "jixiao/study/1"
kind = "monte-carlo"
samples = 5000
output = ["total", "weights.output", "weights.benefit", "weights.satisfaction"]
[[weights]]
of = ["weights.output", "weights.benefit", "weights.satisfaction"]
low = [40, 20, 5]
high = [60, 40, 15]
)"),
                                "");
  REQUIRE(study);
  const auto report = run_study(*seed.rules, *seed.project, *study, scratch::shipped_rules());
  for (const auto& d : report.diagnostics()) UNSCOPED_INFO(d.message.en);
  REQUIRE(report);
  const auto& outputs = std::get<MonteCarloAnswer>(report->answer).outputs;
  CHECK(outputs[0].uncomputable == 0);
  CHECK(outputs[1].low >= 40);
  CHECK(outputs[1].high <= 60);
  CHECK(outputs[1].mean + outputs[2].mean + outputs[3].mean == Approx(90));
}

TEST_CASE("elementary effects of a linear function are its slopes over the ranges", "[planning]") {
  const auto report = of_text(R"(kind = "morris"
[formula]
y = '3*a - 2*b'
[input]
a = { uniform = [0, 10] }
b = { uniform = [0, 1] }
)");
  const auto& answer = std::get<SensitivityAnswer>(report.answer).outputs.at(0);
  CHECK(answer.first[0].value == Approx(30));
  CHECK(answer.first[1].value == Approx(-2));
  CHECK(answer.total[1].value == Approx(2));
  CHECK(answer.spread[0].value == Approx(0).margin(1e-9));
}

TEST_CASE("groups get one index, and a study settles", "[planning]") {
  const auto report = of_text(R"(kind = "sobol"
samples = 1024
settle = 0.01
[formula]
y = '2*a + b + c'
[input]
a = { normal = [0, 1] }
b = { normal = [0, 1] }
c = { normal = [0, 1] }
[[group]]
id = "rest"
of = ["b", "c"]
)");
  REQUIRE(report.inputs.size() == 2);
  CHECK(report.inputs[0].name == "rest");
  CHECK(report.inputs[1].name == "a");
  const auto& answer = std::get<SensitivityAnswer>(report.answer).outputs.at(0);
  CHECK(std::abs(answer.total[0].value - 1 / 3.0) < 0.02);
  CHECK(std::abs(answer.total[1].value - 2 / 3.0) < 0.02);
  CHECK(answer.settled);
}

TEST_CASE("a study starts from the scenario it applies", "[planning]") {
  const Seed seed;
  TypedStudy asked = typed("grid", {"drivers.trainees=150..200/50"});
  asked.apply = {"rate-350"};
  const auto moved = seed.answered(asked);
  const auto both =
      seed.answered(typed("grid", {"drivers.trainees=150..200/50", "drivers.rate=300..350/50"}));
  const auto& one = std::get<InputGrid>(moved.answer).values;
  const auto& two = std::get<InputGrid>(both.answer).values;
  CHECK(one[0] == two[2]);
  CHECK(one[1] == two[3]);
  CHECK(one[1] == moved.baseline);
}

namespace {

std::string bytes(const StudyReport& report) {
  return render_study(report, {Format::json, Language::en, false, 100});
}

}  // namespace

TEST_CASE("same bytes for any number of threads, and when stopped and taken up again",
          "[planning]") {
  const Seed seed;
  const scratch::Folder folder;
  for (const char* kind : {"monte-carlo", "sobol", "morris", "shapley"}) {
    INFO(kind);
    const TypedStudy asked =
        typed(kind, {"drivers.rate", "drivers.trainees", "results.satisfaction=normal(91, 2)"});
    StudyOptions options;
    options.samples = std::string(kind) == "morris" ? 200 : 20'000;
    options.threads = 1;
    const std::string whole = bytes(seed.answered(asked, options));
    options.threads = 3;
    CHECK(bytes(seed.answered(asked, options)) == whole);
    // Stopped by the first word of progress, again and again.
    std::atomic<bool> stop{false};
    options.threads = 1;
    options.stop = &stop;
    options.state_file = folder.at(kind);
    options.progress = [&](std::size_t, std::size_t) { stop = true; };
    std::size_t runs = 0;
    for (bool complete = false; !complete && runs < 500; ++runs) {
      stop = false;
      const auto report = seed.answered(asked, options);
      complete = report.complete;
      CHECK((complete ? bytes(report) == whole : std::filesystem::exists(folder.at(kind))));
    }
    CHECK(runs > 2);
    CHECK_FALSE(std::filesystem::exists(folder.at(kind)));
  }
}
