#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace jixiao;

namespace {

const std::string seed = std::string(JIXIAO_SOURCE_DIR) + "/scenarios/chenggong-2020";

struct Desk {
  scratch::Folder folder;
  std::string by = "monitoring-software-2";

  Checked<MonitorReport> run(const std::string& results, int month = 0) const {
    std::filesystem::copy_file(seed + "/project.toml", folder.at("project.toml"),
                               std::filesystem::copy_options::overwrite_existing);
    const std::string file = folder.write("mid.toml", "schema = \"jixiao/results/1\"\n" + results);
    const auto project = read_project({folder.path(), file});
    if (!project) return project.diagnostics();
    const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
    const auto lights = read_monitoring(by, scratch::shipped_rules());
    REQUIRE(lights);
    return monitor(*rules, *project, *lights, {month});
  }
  MonitorReport good(const std::string& results, int month = 0) const {
    auto report = run(results, month);
    for (const auto& d : report.diagnostics())
      UNSCOPED_INFO(d.file << ":" << d.line << ": " << d.code << " " << d.message.en);
    REQUIRE(report);
    return std::move(report).value();
  }
  Diagnostic bad(const std::string& results, int month = 0) const {
    const auto report = run(results, month);
    REQUIRE_FALSE(report);
    for (const auto& d : report.diagnostics()) {
      if (d.severity == Severity::error) return d;
    }
    return {};
  }
};

const WatchedIndicator& row(const MonitorReport& report, const std::string& id) {
  const auto at = std::find_if(report.indicators.begin(), report.indicators.end(),
                               [&](const auto& i) { return i.id == id; });
  REQUIRE(at != report.indicators.end());
  return *at;
}

const std::string july = "[monitoring]\nmonth = 7\n";
std::string actual(const std::string& id, const std::string& value, const std::string& more = {}) {
  return "[[result]]\nindicator = \"" + id + "\"\nactual = \"" + value + "\"\n" + more;
}

}  // namespace

TEST_CASE("the seed in July", "[monitoring]") {
  const auto project = read_project({seed, seed + "/mid-year.toml"});
  REQUIRE(project);
  CHECK(monitoring_wanted(*project) == "monitoring-sichuan");
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  const auto lights = read_monitoring("monitoring-sichuan", scratch::shipped_rules());
  const auto report = monitor(*rules, *project, *lights);
  REQUIRE(report);
  CHECK(report->month == 7);
  CHECK(report->cut_off == "2020-07-31");
  const WatchedIndicator& trained = row(*report, "trained");
  CHECK(trained.light.signal.id == "yellow");
  CHECK(trained.light.value == 77.14);
  CHECK(trained.forecast == 190.0);
  CHECK(trained.forecast_by == "estimate");
  CHECK(trained.to_go == "110人");
  CHECK(trained.each_month == "22人");
  CHECK(trained.points == Approx(6.25 * 190 / 200));
  CHECK(row(*report, "finished").light.signal.id == "yellow");  // not due, but expected late
  CHECK(row(*report, "finished").forecast_shown == "2020-12-10");
  CHECK(row(*report, "paid_in_time").light.value == 100.0);  // a rate is not divided by months
  CHECK(row(*report, "capability").light.signal.id == "no_data");
  CHECK(report->goal.signal.id == "yellow");
  // 620,000 of 1,200,000 by July: 88.57 % of what is due; on to 1,062,857.14 by December.
  REQUIRE(report->money.size() == 1);
  CHECK(report->money[0].value == 88.57);
  CHECK(report->money[0].signal.id == "green");
  CHECK(report->executed_forecast == 1062857.14);
  // Two of its benefits have no forecast: nothing in the lower total, full marks (7.5 each) in the
  // upper.
  CHECK(report->projection.unknown == std::vector<std::string>{"work_continues", "capability"});
  CHECK(report->projection.high - report->projection.low == Approx(15).margin(0.011));
  CHECK(report->warnings.size() == 1);
  CHECK(report->warnings[0].id == "gap");
}

TEST_CASE("at the end of December the projection is the score", "[monitoring]") {
  std::ifstream in(seed + "/results.toml");
  std::string results((std::istreambuf_iterator<char>(in)), {});
  results = results.substr(results.find("illustrative"));
  const Desk desk;
  const MonitorReport report = desk.good(results, 12);
  CHECK(report.projection.low == 94.87);
  CHECK(report.projection.high == 94.87);
  CHECK(report.projection.rating == "excellent");
  CHECK(report.projection.unknown.empty());
  CHECK(report.executed_forecast == 1128000.0);
  REQUIRE(report.whole.size() == 1);
  CHECK(report.whole[0].light == "mismatch");
  CHECK(report.whole[0].signal.id == "none");
}

TEST_CASE("nothing reported is no green light and no point", "[monitoring]") {
  const Desk desk;
  const MonitorReport report = desk.good(july);
  for (const WatchedIndicator& indicator : report.indicators) {
    INFO(indicator.id);
    CHECK((indicator.light.signal.id == "no_data" || indicator.light.signal.id == "not_due"));
    CHECK_FALSE(indicator.known);
    CHECK(indicator.points == 0);
  }
  CHECK(report.goal.signal.id == "no_data");
  CHECK(report.money[0].signal.id == "no_data");
  CHECK(report.projection.low == 0);
  CHECK(report.projection.high == 100);
  CHECK(report.projection.unknown.size() == 14);
}

TEST_CASE("forecasts", "[monitoring]") {
  const Desk desk;
  const MonitorReport report =
      desk.good(july + actual("trained", "93人") + actual("communities_funded", "20个") +
                actual("election_cost", "14000元") + actual("satisfaction", "93%"));
  CHECK(row(report, "trained").forecast == 159.0);  // 93*12/7 = 159.43: nobody is trained by halves
  CHECK(row(report, "communities_funded").forecast == 29.0);  // 34.3 of 29 that there are
  CHECK(row(report, "election_cost").forecast == 24000.0);
  CHECK(row(report, "satisfaction").forecast == 93.0);
  CHECK(row(report, "trained").forecast_by == "linear");
  const MonitorReport season = desk.good(
      july + actual("trained", "93人", "season = [0, 0, 10, 10, 10, 10, 10, 0, 20, 20, 10, 0]\n") +
      actual("communities_funded", "20个", "pace = \"level\"\n"));
  CHECK(row(season, "trained").forecast == 186.0);  // half of the work lies in the first seven
                                                    // months
  CHECK(row(season, "trained").light.value == 93.0);
  CHECK(row(season, "trained").light.light == "seasonal");
  CHECK(row(season, "communities_funded").forecast == 20.0);
  const MonitorReport money = desk.good(
      july + "[money]\nexecuted = \"30万元\"\nseason = [0, 0, 0, 0, 0, 0, 25, 25, 0, 0, 50, 0]\n");
  CHECK(money.executed_forecast == 1200000.0);
  CHECK(money.money[0].value == 100.0);
  CHECK(money.money[0].light == "money-seasonal");
}

TEST_CASE("a project behind gets red, and red is the goal light", "[monitoring]") {
  const Desk desk;
  const MonitorReport report =
      desk.good(july + actual("trained", "20人") + actual("satisfaction", "96%"));
  CHECK(row(report, "trained").light.signal.id == "red");
  CHECK(row(report, "trained").light.substituted == "100*20/(200/12*7)");
  CHECK(report.goal.signal.id == "red");
}

TEST_CASE("what does not apply has no light and no part in the goal light", "[monitoring]") {
  const Desk desk;
  const MonitorReport report = desk.good(
      july + "[[result]]\nindicator = \"trained\"\nnot_applicable = true\nreason = \"停办\"\n");
  CHECK(row(report, "trained").not_applicable);
  CHECK(report.projection.unknown.size() == 13);
}

TEST_CASE("mid-year results that cannot be right are refused at their place", "[monitoring]") {
  const Desk desk;
  CHECK(desk.bad("").code == "key.missing");
  CHECK(desk.bad(july, 8).code == "value.choice");
  const Diagnostic late = desk.bad(july + actual("finished", "2020-12-10"));
  CHECK(late.code == "result.invalid");
  CHECK(late.line == 6);
  CHECK(late.help.en == "write estimate = \"2020-12-10\"");
  CHECK(desk.bad(july + actual("trained", "90人", "season = [50, 50]\n")).code == "value.type");
  CHECK(desk.bad(july + actual("trained", "90人",
                               "season = [10, 10, 10, 10, 10, 10, 10, 10, 10, 5, 0, 0]\n"))
            .code == "weights.sum");
  CHECK(desk.bad(july + actual("trained", "90人", "estimate = \"190天\"\n")).code == "unit.clash");
  CHECK(desk.bad(july + actual("trained", "90人", "pace = \"slow\"\n")).code == "value.choice");
  CHECK(desk.bad(july + "answers = { isexpfunc = true }\n").code == "reference.unknown");
  CHECK(desk.bad("[monitoring]\nmonth = 13\n").code == "value.number");
}

TEST_CASE("scoring results of a part of the year says so", "[monitoring]") {
  const auto project = read_project({seed, seed + "/mid-year.toml"});
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  const Scorecard card = score(*rules, *project);
  const auto at = std::find_if(
      card.diagnostics.begin(), card.diagnostics.end(),
      [](const Diagnostic& d) { return d.message.en.find("end of month 7") != std::string::npos; });
  REQUIRE(at != card.diagnostics.end());
  CHECK(at->severity == Severity::warning);
}

TEST_CASE("wrong monitoring rules are refused at their place", "[monitoring]") {
  const scratch::Folder folder;
  const auto bad = [&](const std::string& text) {
    const auto read =
        read_monitoring(folder.write("monitoring.toml", text), scratch::shipped_rules());
    REQUIRE_FALSE(read);
    return read.diagnostics();
  };
  const std::string head =
      "schema = \"jixiao/monitoring/1\"\nid = \"mine\"\nversion = \"1\"\ntitle = \"t\"\ncite = { "
      "text = \"x\", evidence = \"illustrative\" "
      "}\n";
  const std::string signals =
      "[[signal]]\nid = \"red\"\nmark = \"x\"\n[[signal]]\nid = \"none\"\nmark = \"?\"\nrole = "
      "\"unknown\"\n";
  const auto with = [&](const std::string& text) { return bad(head + signals + text); };
  const std::string cite = "cite = { text = \"x\", evidence = \"illustrative\" }\n";
  CHECK(scratch::has_code(
      with("[[light]]\nid = \"a\"\ncase = [{ show = \"red\", if = 'A < T' }]\n" + cite),
      "bands.gap"));
  CHECK(scratch::has_code(
      with("[[light]]\nid = \"a\"\ncase = [{ show = \"red\" }, { show = \"none\" }]\n" + cite),
      "key.missing"));
  CHECK(scratch::has_code(with("[[light]]\nid = \"a\"\ncase = [{ show = \"rde\" }]\n" + cite),
                          "reference.unknown"));
  CHECK(scratch::has_code(with("[[light]]\nid = \"a\"\nof = \"money\"\ncase = [{ show = \"red\", "
                               "if = 'A < 1' }, { show = \"none\" }]\n" +
                               cite),
                          "formula.name"));
  CHECK(scratch::has_code(with("[[light]]\nid = \"a\"\ncase = [{ show = \"red\" }]\n"),
                          "evidence.missing"));
  CHECK(scratch::has_code(bad(head + "[[signal]]\nid = \"red\"\nmark = \"x\"\n"), "key.missing"));
  CHECK(scratch::has_code(bad(head + signals + "[params]\nA = 1\n"), "id.invalid"));
}

TEST_CASE("a table of results says the unit's estimates in a column", "[monitoring]") {
  const auto rules = read_rules("cn-mof-2020", scratch::shipped_rules());
  const auto monitoring = read_monitoring("monitoring-software-2", scratch::shipped_rules());
  const scratch::Folder folder;
  const auto report_of = [&](const std::string& name, const std::string& text) {
    const auto project = read_project({seed, folder.write(name, text)});
    for (const auto& d : project.diagnostics())
      UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
    REQUIRE(project);
    MonitorOptions options;
    options.month = 7;
    const auto report = monitor(*rules, *project, *monitoring, options);
    for (const auto& d : report.diagnostics())
      UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
    REQUIRE(report);
    return render_monitor(*report, Style{Format::csv, Language::en});
  };
  const std::string by_table = report_of("july.csv",
                                         "indicator,actual,estimate\n@executed,62万元,"
                                         "113万元\ntrained,90人,190人\nfinished,,2020-12-10\n");
  const std::string by_toml =
      report_of("july.toml",
                "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"62万元\"\nestimate = "
                "\"113万元\"\n[[result]]\nindicator = \"trained\"\n"
                "actual = \"90人\"\nestimate = \"190人\"\n[[result]]\nindicator = "
                "\"finished\"\nestimate = \"2020-12-10\"\n");
  CHECK(by_table == by_toml);
  CHECK(by_table.find("190") != std::string::npos);
  const auto bad = read_project(
      {seed,
       folder.write("bad.csv",
                    "indicator,actual,estimate\ntrained,90人,190天\n@adjusted,62万元,113万元\n")});
  REQUIRE_FALSE(bad);
  CHECK(scratch::has_code(bad.diagnostics(), "unit.clash"));
  CHECK(scratch::has_code(bad.diagnostics(), "key.unknown"));
}
