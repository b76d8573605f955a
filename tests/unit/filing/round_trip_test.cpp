// A report, imported, is the project it was made of: same targets, actuals, weights, reasons and
// score.
#include <catch2/catch.hpp>

#include <random>

#include "project/project.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

struct Pair {
  std::string project, results;
};

void said(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& d : diagnostics)
    UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.code << " " << d.message.en);
}

struct Read {
  Project project;
  RuleSet rules;
  Scorecard card;
};

Read read(const std::string& folder) {
  const auto project = read_project({folder, ""});
  said(project.diagnostics());
  REQUIRE(project);
  const auto rules = read_rules(project->rules(), scratch::shipped_rules(), project->needs());
  said(rules.diagnostics());
  REQUIRE(rules);
  Scorecard card = score(*rules, *project);
  return {*project, *rules, std::move(card)};
}

const IndicatorStory* find(const Scorecard& card, const IndicatorStory& like) {
  for (const IndicatorStory& story : card.indicators) {
    if (story.name.zh == like.name.zh) return &story;
  }
  return nullptr;
}

void compare(const Read& before, const Read& after, double weight_margin) {
  CHECK(after.project.model().name.zh == before.project.model().name.zh);
  CHECK(after.project.model().year == before.project.model().year);
  CHECK(after.project.model().unit == before.project.model().unit);
  CHECK(after.project.model().illustrative == before.project.model().illustrative);
  CHECK(after.project.rules() == before.project.rules());
  CHECK(after.project.model().department == before.project.model().department);
  const auto& sources = before.project.model().money.sources;
  REQUIRE(after.project.model().money.sources.size() == sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto& twin = after.project.model().money.sources[i];
    CHECK(twin.name.zh == sources[i].name.zh);
    CHECK(twin.initial.yuan.value == sources[i].initial.yuan.value);
    CHECK(twin.adjusted.yuan.value == sources[i].adjusted.yuan.value);
  }
  CHECK(after.card.initial == before.card.initial);
  CHECK(after.card.adjusted == before.card.adjusted);
  CHECK(after.card.executed == before.card.executed);
  CHECK(after.card.scored == before.card.scored);
  CHECK(after.card.total == before.card.total);
  CHECK(after.card.rating == before.card.rating);
  REQUIRE(after.card.indicators.size() == before.card.indicators.size());
  for (const IndicatorStory& story : before.card.indicators) {
    const IndicatorStory* twin = find(after.card, story);
    INFO(story.name.zh);
    REQUIRE(twin);
    CHECK(twin->block == story.block);
    CHECK(twin->type == story.type);
    CHECK(twin->direction == story.direction);
    CHECK(twin->target == story.target);
    CHECK(twin->target_value == story.target_value);
    CHECK(twin->actual == story.actual);
    CHECK(twin->actual_value == story.actual_value);
    CHECK(twin->weight == Approx(story.weight).margin(weight_margin));
    CHECK(twin->points == Approx(story.points).margin(weight_margin));
    CHECK(twin->state == story.state);
    CHECK(twin->method == story.method);
    CHECK(twin->given_reason == story.given_reason);
    CHECK(twin->remedy == story.remedy);
  }
}

void go_round(const std::string& folder, FileKind kind, const std::string& ending,
              double weight_margin) {
  const Read before = read(folder);
  const scratch::Folder work;
  const auto bytes = file_report(before.rules, before.project, before.card,
                                 audit_project(before.project, {}),
                                 {kind, Language::zh, false, false}, "form" + ending);
  said(bytes.diagnostics());
  REQUIRE(bytes);
  const auto forms = read_forms(work.write("form" + ending, *bytes));
  said(forms.diagnostics());
  REQUIRE(forms);
  REQUIRE(forms->size() == 1);
  const ImportedForm imported = import_form(forms->front(), Language::zh);
  work.write("project.toml", imported.project);
  work.write("results.toml", imported.results);
  INFO(imported.project << imported.results);
  compare(before, read(work.path()), weight_margin);
}

// Any project the form can hold.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Pair make() {
    const char* rules[] = {"cn-mof-2020", "soft-default", "cn-mof-2021-101-no-cost",
                           "beijing-unit"};
    Pair out;
    out.project = "schema = \"jixiao/project/1\"\nrules = \"" + std::string(rules[below(4)]) +
                  "\"\n[project]\nname = \"随机项目 " + std::to_string(below(1000)) +
                  "\"\nyear = 2023\nunit = \"某单位\"\n";
    const int budget = 1 + below(1000);
    out.project += "[money]\ninitial = \"" + std::to_string(budget) + "万元\"\nadjusted = \"" +
                   std::to_string(budget + below(50)) + "万元\"\n";
    out.results = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"" +
                  std::to_string(budget * (80 + below(20)) * 100) + "元\"\n";
    for (const char* type : {"quantity", "quality", "timeliness", "cost"}) add("output", type, out);
    for (const char* type : {"social", "sustained"}) add("benefit", type, out);
    add("satisfaction", "service", out);
    return out;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  void add(const std::string& block, const std::string& type, Pair& out) {
    const int count = 1 + below(3);
    for (int i = 0; i < count; ++i) {
      const std::string id = block + "_" + type + "_" + std::to_string(++number_);
      out.project += "[[indicator]]\nid = \"" + id + "\"\nname = \"指标" + std::to_string(number_) +
                     "号\"\nblock = \"" + block + "\"\ntype = \"" + type + "\"\n";
      out.results += "[[result]]\nindicator = \"" + id + "\"\n";
      value(type, out);
      if (below(3) == 0)
        out.results += "reason = \"原因是，有 " + std::to_string(below(9)) + " 处“不足”\"\n";
      if (below(3) == 0) out.results += "remedy = \"=1+1；补上\"\n";
    }
  }

  void value(const std::string& type, Pair& out) {
    const auto put = [&](const std::string& target, const std::string& more,
                         const std::string& actual) {
      out.project += "target = \"" + target + "\"\n" + more;
      if (below(12) > 0) out.results += "actual = \"" + actual + "\"\n";
    };
    if (type == "timeliness")
      return put("2023-11-30", "direction = \"at_most\"\n",
                 "2023-12-0" + std::to_string(1 + below(9)));
    if (type == "cost")
      return put("≤" + std::to_string(100 + below(900)) + "元/人", "",
                 std::to_string(100 + below(900)) + "元/人");
    if (type == "sustained")
      return put("达成预期指标", "value = \"grade\"\n",
                 below(2) == 0 ? "达成预期指标" : "部分达成预期指标");
    if (type == "quantity") {
      const int n = 1 + below(5000);
      if (below(3) == 0)
        return put("=" + std::to_string(n) + "个", "", std::to_string(n - below(2)) + "个");
      return put("≥" + std::to_string(n) + "人", "", std::to_string(below(2 * n)) + "人");
    }
    put("≥" + std::to_string(80 + below(20)) + "." + std::to_string(below(10)) + "%", "",
        std::to_string(60 + below(40)) + ".5%");
  }

  std::mt19937 random_;
  int number_ = 0;
};

}  // namespace

TEST_CASE("the shipped scenario comes back from a workbook and a document", "[filing]") {
  const std::string seed = std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020";
  go_round(seed, FileKind::xlsx, ".xlsx", 1e-9);
  go_round(seed, FileKind::docx, ".docx", 1e-9);
}

TEST_CASE("random projects come back from a workbook", "[filing]") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const Pair pair = Maker(seed).make();
    const scratch::Folder folder;
    folder.write("project.toml", pair.project);
    folder.write("results.toml", pair.results);
    go_round(folder.path(), FileKind::xlsx, ".xlsx", 1e-7);
  }
}

TEST_CASE("random projects come back from a document, but for the last digits of shared weights",
          "[filing]") {
  for (unsigned seed = 41; seed <= 60; ++seed) {
    INFO("seed " << seed);
    const Pair pair = Maker(seed).make();
    const scratch::Folder folder;
    folder.write("project.toml", pair.project);
    folder.write("results.toml", pair.results);
    go_round(folder.path(), FileKind::docx, ".docx", 1e-7);
  }
}

TEST_CASE("a method named by the project comes back with its parameters", "[filing]") {
  const scratch::Folder folder;
  const Pair pair = Maker(7).make();
  folder.write("project.toml",
               pair.project +
                   "[[indicator]]\nid = \"named\"\nname = \"点名的方法\"\nblock = \"output\"\ntype "
                   "= \"quality\"\n"
                   "target = \"≥90%\"\nmethod = \"higher.pass-line\"\nparams = { L = 0.75 }\n");
  folder.write("results.toml",
               pair.results + "[[result]]\nindicator = \"named\"\nactual = \"70%\"\n");
  go_round(folder.path(), FileKind::xlsx, ".xlsx", 1e-7);
  go_round(folder.path(), FileKind::docx, ".docx", 1e-3);
}
