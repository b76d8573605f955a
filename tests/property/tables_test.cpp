// Many projects in a table are scored as each is from files of its own.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "jixiao/batch.hpp"
#include "jixiao/jixiao.hpp"
#include "scratch.hpp"
#include "table/record_scan.hpp"
#include "value/rounding.hpp"

namespace jixiao {
namespace {

using Record = std::map<std::string, std::string>;

std::vector<Record> records_of(const std::string& csv) {
  std::vector<Record> out;
  std::vector<std::string> header;
  for (std::size_t at = 0; at < csv.size();) {
    std::size_t end = table::find_record_end(csv, at, ',', '\n');
    if (end == std::string::npos) end = csv.size();
    const auto cells = table::split_record(std::string_view(csv).substr(at, end - at), ',');
    at = end;
    if (header.empty()) {
      header = cells;
      continue;
    }
    REQUIRE(cells.size() == header.size());
    Record record;
    for (std::size_t c = 0; c < cells.size(); ++c)
      REQUIRE(record.emplace(header[c], cells[c]).second);
    out.push_back(std::move(record));
  }
  return out;
}

struct Row {
  const char* block;
  const char* type;
  const char* op;
  const char* target;
  const char* unit;
  const char* weight;
  const char* actuals[6];
};
// What a form says, and what people fill in: right, short, over, in another unit, in words, and
// wrong.
constexpr Row rows[] = {
    {"output", "quantity", "", "≥50个", "", "10", {"50个", "49", "61", "", "５０个", "很多"}},
    {"产出指标", "数量指标", ">=", "200", "人", "7.5", {"186", "200", "0", "186人", "", "-3"}},
    {"output", "quantity", "", "600-700人", "", "5", {"650", "599", "701人", "600", "", "20件"}},
    {"output",
     "timeliness",
     "",
     "2020年11月底",
     "",
     "10",
     {"2020-12-10", "2020年11月30日", "2020年10月", "2021-03-01", "", "12"}},
    {"output", "cost", "<=", "3", "万元", "5", {"3", "2.5", "3.2", "31000元", "", "三"}},
    {"cost?", "", "", "约3万元", "", "", {"3万元", "29000元", "4万元", "2.95", "", "3人"}},
    {"output", "quality", "", "98%以上", "", "5", {"98%", "96.5", "100%", "0.97", "", "150%"}},
    {"benefit", "social", "yes", "是", "", "12", {"是", "否", "yes", "", "部分", "7"}},
    {"效益指标",
     "社会效益指标",
     "grade",
     "达成预期指标",
     "",
     "8",
     {"达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差", "", "好",
      "90%"}},
    {"benefit", "", "=", "29", "个", "10", {"29", "28", "30", "29个", "", "29.5"}},
    {"satisfaction", "", "", "≥95%", "", "10", {"95%", "93.2%", "0.9", "", "100%", "不适用"}},
};

struct County {
  std::string csv = "reason,project,indicator,block,type,op,target,unit,actual,weight,镇\n";
  std::vector<std::string> projects, results;  // as files
};

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

County made_up_county(std::size_t projects, unsigned seed) {
  static const std::map<std::string, std::string> keys = {
      {">=", "direction = \"at_least\"\n"}, {"<=", "direction = \"at_most\"\n"},
      {"=", "direction = \"equal\"\n"},     {"yes", "value = \"yes_no\"\n"},
      {"grade", "value = \"grade\"\n"},     {"", ""}};
  std::mt19937 random(seed);
  County county;
  for (std::size_t p = 0; p < projects; ++p) {
    const std::string name = "项目" + std::to_string(p + 1);
    const std::string executed = std::to_string(random() % 1201) + "." +
                                 std::to_string(random() % 10);
    std::string project = "schema = \"jixiao/project/1\"\n[project]\nname = \"" + name +
                          "\"\nyear = 2020\n[money]\ninitial = \"120万元\"\n";
    std::string result = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"" + executed +
                         "千元\"\n";
    county.csv += "," + name + ",@executed,,,,,千元," + executed + ",,北镇\n," + name +
                  ",@initial,,,,,万元,120,,北镇\n";
    const bool weighted = random() % 2 == 0;
    for (const Row& row : rows) {
      // 42.5, 30 and 10 points are given away; the cost takes what the block has left.
      if (std::string_view(row.block) == "cost?" && !weighted && random() % 4 != 0) continue;
      const std::string weight = !weighted ? "" : row.weight;
      const std::string block = std::string_view(row.block) == "cost?" ? "output" : row.block;
      // Most of what people fill in is right.
      const std::string actual = row.actuals[random() % 5 == 0 ? random() % 6 : random() % 3];
      const std::string id = "i" + std::to_string(&row - rows);
      const std::string reason = actual == "不适用" ? "无对象" : random() % 2 == 0 ? "天气" : "";
      county.csv += reason + "," + name + "," + id + "," + block + "," + row.type + "," + row.op +
                    "," + row.target + "," + row.unit + "," + in_quotes(actual) + "," + weight +
                    ",北镇\n";
      project += "[[indicator]]\nid = \"" + id + "\"\nblock = \"" + block + "\"\n" +
                 (*row.type ? "type = " + in_quotes(row.type) + "\n" : "") + keys.at(row.op) +
                 "target = " + in_quotes(row.target) + "\n" +
                 (*row.unit ? "unit = " + in_quotes(row.unit) + "\n" : "") +
                 (weight.empty() ? "" : "weight = " + weight + "\n");
      if (actual.empty()) continue;
      result += "[[result]]\nindicator = \"" + id + "\"\n" +
                (actual == "不适用" ? "not_applicable = true" : "actual = " + in_quotes(actual)) +
                "\n" + (reason.empty() ? "" : "reason = " + in_quotes(reason) + "\n");
    }
    county.projects.push_back(std::move(project));
    county.results.push_back(std::move(result));
  }
  return county;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What people put where something else belongs: in any cell of any row.
constexpr const char* flaws[] = {"184.",
                                 "1,150",
                                 "1150",
                                 "NaN",
                                 "null",
                                 "#N/A",
                                 "-5",
                                 "2020-02-30",
                                 "约3",
                                 "？",
                                 "５０",
                                 "0",
                                 "0.95",
                                 "1e9",
                                 "100-200",
                                 "是",
                                 "不适用",
                                 "优",
                                 "%",
                                 "人",
                                 "元//人",
                                 "万元",
                                 "3万",
                                 "≥",
                                 "output",
                                 "quantity",
                                 "higher.proportional",
                                 "nothing.such",
                                 "1/2",
                                 "600-700人",
                                 "2020",
                                 "20201130",
                                 "11月底",
                                 "12.5.3",
                                 ".5",
                                 "0.0000000001",
                                 "≤≥5",
                                 "±5",
                                 "1 000"};

// One project of `rows`, as files and as rows of a table.
struct Sample {
  std::string csv, project, results;
  bool flawed = false;
};

Sample flawed_project(const std::string& name, std::mt19937& random) {
  Sample out;
  out.csv = "," + name + ",@initial,,,,,万元,120,,\n," + name + ",@executed,,,,,万元,110,,\n";
  out.project = "schema = \"jixiao/project/1\"\n[project]\nname = \"" + name +
                "\"\nyear = 2020\n[money]\ninitial = \"120万元\"\n";
  out.results = "schema = \"jixiao/results/1\"\n[money]\nexecuted = \"110万元\"\n";
  const std::size_t flawed_row = random() % (2 * std::size(rows));  // in half of them none
  for (const Row& row : rows) {
    if (std::string_view(row.block) == "cost?") continue;
    const auto at = static_cast<std::size_t>(&row - rows);
    std::map<std::string, std::string> cell = {{"block", row.block},
                                               {"type", row.type},
                                               {"target", row.target},
                                               {"unit", row.unit},
                                               {"method", ""},
                                               {"actual", row.actuals[random() % 3]},
                                               {"reason", random() % 2 == 0 ? "天气" : ""}};
    if (at == flawed_row) {
      const std::vector<std::string> columns = {"block", "type",   "target", "target", "unit",
                                                "unit",  "method", "actual", "actual", "actual"};
      cell[columns[random() % columns.size()]] = flaws[random() % std::size(flaws)];
      out.flawed = true;
    }
    const std::string id = "i" + std::to_string(at);
    const std::string op = row.op;
    out.csv += cell["reason"] + "," + name + "," + id + "," + in_quotes(cell["block"]) + "," +
               in_quotes(cell["type"]) + "," + op + "," + in_quotes(cell["target"]) + "," +
               in_quotes(cell["unit"]) + "," + in_quotes(cell["actual"]) + ",," +
               in_quotes(cell["method"]) + "\n";
    static const std::map<std::string, std::string> keys = {
        {">=", "direction = \"at_least\"\n"}, {"<=", "direction = \"at_most\"\n"},
        {"=", "direction = \"equal\"\n"},     {"yes", "value = \"yes_no\"\n"},
        {"grade", "value = \"grade\"\n"},     {"", ""}};
    out.project += "[[indicator]]\nid = \"" + id + "\"\n" + keys.at(op);
    for (const char* key : {"block", "type", "target", "unit", "method"}) {
      if (!cell[key].empty()) out.project += std::string(key) + " = " + in_quotes(cell[key]) + "\n";
    }
    if (cell["actual"].empty()) continue;
    out.results += "[[result]]\nindicator = \"" + id + "\"\nactual = " + in_quotes(cell["actual"]) +
                   "\n" + (cell["reason"].empty() ? "" : "reason = \"天气\"\n");
  }
  return out;
}

// A spreadsheet must not run a message, so that one that begins with a quote may have another
// before it.
std::string plain_start(std::string message) {
  message.erase(0, message.find_first_not_of('\''));
  return message;
}

// Code, severity and words, what the checks of the rule set say included.
using Told = std::multiset<std::string>;
Told told_alone(const std::vector<Diagnostic>& diagnostics) {
  Told out;
  for (const Diagnostic& d : diagnostics) {
    const char* severity = d.severity == Severity::error     ? "error"
                           : d.severity == Severity::warning ? "warning"
                                                             : "note";
    out.insert(d.code + " " + severity + " " + plain_start(d.message.en) +
               (d.help.en.empty() ? "" : "; " + d.help.en));
  }
  return out;
}

std::string joined(const Told& told) {
  std::string out;
  for (const std::string& line : told) out += line + "\n";
  return out;
}

}  // namespace

TEST_CASE("a flawed project is told in a table what it is told alone") {
  for (const char* id : {"cn-mof-2020", "soft-default"}) {
    const auto rules = read_rules(id, scratch::shipped_rules());
    REQUIRE(rules.has_value());
    std::mt19937 random(29);
    const scratch::Folder folder;
    std::string csv =
        "reason,project,indicator,block,type,op,target,unit,actual,weight,method,year\n";
    std::vector<Sample> samples;
    for (int p = 0; p < 400; ++p) {
      samples.push_back(flawed_project("p" + std::to_string(p), random));
      for (std::size_t at = 0; at < samples.back().csv.size();) {
        const std::size_t end = samples.back().csv.find('\n', at);
        csv += samples.back().csv.substr(at, end - at) + ",2020\n";
        at = end + 1;
      }
    }
    folder.write("flawed.csv", csv);
    BatchRequest request;
    request.inputs = {folder.at("flawed.csv")};
    request.output = folder.at("scored.csv");
    request.errors = folder.at("errors.csv");
    request.language = Language::en;
    const auto outcome = run_batch(*rules, request);
    REQUIRE(outcome.has_value());
    std::map<std::string, Told> in_table;
    for (Record& record : records_of(bytes_of(request.errors)))
      in_table[record["project"]].insert(record["code"] + " " + record["severity"] + " " +
                                         plain_start(record["message"]));
    const auto scored = records_of(bytes_of(request.output));
    REQUIRE(scored.size() == samples.size());
    std::size_t refused = 0, total = 0;
    for (std::size_t p = 0; p < samples.size(); ++p) {
      folder.write("one/project.toml", samples[p].project);
      folder.write("one/results.toml", samples[p].results);
      const auto project =
          read_project({folder.at("one/project.toml"), folder.at("one/results.toml")});
      const Told& here = in_table[scored[p].at("project")];
      const bool has_total = !scored[p].at("total").empty();
      INFO(id << "\n" << samples[p].csv << "in the table:\n" << joined(here));
      if (!project.has_value()) {
        // A file that cannot be read is not bound to the rule set: the table is told the same and
        // may be told more.
        ++refused;
        CHECK_FALSE(has_total);
        for (const std::string& line : told_alone(project.diagnostics())) {
          INFO("alone: " << line);
          CHECK(here.count(line) > 0);
        }
        continue;
      }
      const Scorecard card = score(*rules, *project);
      const Told alone = told_alone(card.diagnostics);
      INFO("alone:\n" << joined(alone));
      CHECK(here == alone);
      CHECK(has_total == card.scored);
      if (!has_total || !card.scored) continue;
      ++total;
      CHECK(scored[p].at("total") == value::fixed(card.total, card.digits));
    }
    CHECK(refused > 20);
    CHECK(total > 100);
  }
}

TEST_CASE("a project in a table has the points it has alone") {
  for (const char* id : {"cn-mof-2020", "soft-default"}) {
    const auto rules = read_rules(id, scratch::shipped_rules());
    REQUIRE(rules.has_value());
    const County county = made_up_county(60, 7);
    const scratch::Folder folder;
    folder.write("county.csv", county.csv);
    BatchRequest request;
    request.inputs = {folder.at("county.csv")};
    request.output = folder.at("scored.csv");
    request.indicators = folder.at("indicators.csv");
    request.language = Language::en;
    request.threads = 2;
    const auto outcome = run_batch(*rules, request);
    REQUIRE(outcome.has_value());
    const auto scored = records_of(bytes_of(request.output));
    std::map<std::string, Record> rows_of;
    for (Record& record : records_of(bytes_of(request.indicators))) {
      const std::string key = record["project"] + "/" + record["indicator"];
      rows_of.emplace(key, std::move(record));
    }
    REQUIRE(scored.size() == county.projects.size());
    std::size_t with_total = 0;
    for (std::size_t p = 0; p < county.projects.size(); ++p) {
      folder.write("one/project.toml", county.projects[p]);
      folder.write("one/results.toml", county.results[p]);
      const auto project =
          read_project({folder.at("one/project.toml"), folder.at("one/results.toml")});
      INFO(id << " " << scored[p].at("project") << "\n"
              << county.results[p] << "\n"
              << scored[p].at("errors"));
      const bool total = !scored[p].at("total").empty();
      if (!project.has_value()) {  // a file with a mistake is refused as a whole
        CHECK_FALSE(total);
        continue;
      }
      const Scorecard card = score(*rules, *project);
      CHECK(total == card.scored);
      for (const IndicatorStory& story : card.indicators) {
        const auto at = rows_of.find(scored[p].at("project") + "/" + story.id);
        if (at == rows_of.end()) continue;  // of the rule set
        INFO(story.id << " " << story.actual);
        CHECK(at->second.at("method") == story.method);
        const std::string& actual = at->second.at("actual");
        // kept from spreadsheets that run cells
        CHECK((actual.starts_with('\'') ? actual.substr(1) : actual) == story.actual);
        if (!card.scored) continue;
        CHECK(at->second.at("points").empty() == (story.state != "ok"));
        if (story.state == "ok") CHECK(std::stod(at->second.at("points")) == story.points);
        if (story.state == "ok") CHECK(at->second.at("reason") == story.reason.en);
      }
      if (!total || !card.scored) continue;
      ++with_total;
      CHECK(scored[p].at("total") == value::fixed(card.total, card.digits));
      CHECK(scored[p].at("rating") == card.rating_label.en);
      CHECK(scored[p].at("镇") == "北镇");
    }
    CHECK(with_total > 10);
    CHECK(with_total < 60);
  }
}

}  // namespace jixiao
