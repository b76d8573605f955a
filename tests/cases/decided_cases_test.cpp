// Runs tests/cases/decided/*: a rule set and a table, and what each project must come to; or a rule
// set that must be refused.
//   ruleset.toml, table.csv
//   expected.csv   some columns of the scored table; the column `codes` stands for the errors'
//                  codes, joined by "+"
//   refused        instead of a table: the code of the error that reading the rule set must give
// Projects of wide tables are scored one by one as well: one project and a table give the same
// answer.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "jixiao/jixiao.hpp"
#include "scratch.hpp"

using namespace jixiao;

namespace {

namespace fs = std::filesystem;
const std::string decided_folder = std::string(JIXIAO_SOURCE_DIR) + "/tests/cases/decided";

std::vector<fs::path> decided_folders() {
  std::vector<fs::path> out;
  for (const auto& item : fs::directory_iterator(decided_folder)) out.push_back(item.path());
  std::sort(out.begin(), out.end());
  return out;
}

using Record = std::map<std::string, std::string>;

struct Csv {
  std::vector<std::string> header;
  std::vector<Record> records;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

Csv read_csv(const fs::path& file) {
  Csv out;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    if (out.header.empty()) {
      out.header = cells;
      continue;
    }
    REQUIRE(cells.size() == out.header.size());
    Record record;
    for (std::size_t i = 0; i < cells.size(); ++i) record[out.header[i]] = cells[i];
    out.records.push_back(std::move(record));
  }
  return out;
}

struct Scored {
  Csv table;
  std::map<std::string, std::string> codes;  // of errors, by project
};

Scored batch(const RuleSet& rules, const fs::path& table) {
  const scratch::Folder folder;
  BatchRequest request;
  request.inputs = {table.string()};
  request.output = folder.at("scored.csv");
  request.errors = folder.at("errors.csv");
  request.threads = 1;
  request.language = Language::en;
  const auto outcome = run_batch(rules, request);
  for (const Diagnostic& d : outcome.diagnostics()) UNSCOPED_INFO(d.code << " " << d.message.en);
  REQUIRE(outcome.has_value());
  Scored out;
  out.table = read_csv(request.output);
  for (const Record& fault : read_csv(request.errors).records) {
    if (fault.at("severity") != "error") continue;
    std::string& codes = out.codes[fault.at("project")];
    codes += (codes.empty() ? "" : "+") + fault.at("code");
  }
  return out;
}

// A record of a wide table as a project of its own.
Scorecard scored_alone(const RuleSet& rules, const std::string& rules_text, const Record& record) {
  std::string inputs = "[inputs]\n";
  std::string events;
  for (const auto& [column, cell] : record) {
    if (column.starts_with('@')) {
      const bool bonus = rules_text.find("[[adjustment]]\nid = \"" + column.substr(1) + "\"") !=
                         std::string::npos;
      events += std::string(bonus ? "[[adjustment]]" : "[[veto]]") + "\nid = \"" +
                column.substr(1) + "\"\nn = \"" + cell + "\"\n";
    } else if (!cell.empty() &&
               rules_text.find("[[input]]\nid = \"" + column + "\"") != std::string::npos) {
      const bool is_number = cell.find_first_not_of("0123456789.-") == std::string::npos;
      inputs += column + " = " + (is_number ? cell : "\"" + cell + "\"") + "\n";
    }
  }
  const scratch::Folder folder;
  folder.write("project.toml",
               "schema = \"jixiao/project/1\"\n[project]\nname = \"p\"\nyear = 2024\n" + inputs);
  folder.write("results.toml", "schema = \"jixiao/results/1\"\n" + events);
  const auto project = read_project({folder.path(), ""});
  if (!project.has_value()) return {};
  return score(rules, *project);
}

}  // namespace

TEST_CASE("tables come to what their cases say, and so does each project alone",
          "[cases][decided]") {
  for (const fs::path& folder : decided_folders()) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const auto rules = read_rules((folder / "ruleset.toml").string(), scratch::shipped_rules());
      for (const Diagnostic& d : rules.diagnostics())
        UNSCOPED_INFO(d.line << ": " << d.code << " " << d.message.en);
      if (fs::exists(folder / "refused")) {
        std::string code;
        std::ifstream(folder / "refused") >> code;
        CHECK_FALSE(rules.has_value());
        CHECK(scratch::has_code(rules.diagnostics(), code));
        continue;
      }
      REQUIRE(rules.has_value());
      std::stringstream rules_text;
      rules_text << std::ifstream(folder / "ruleset.toml").rdbuf();
      const Csv expected = read_csv(folder / "expected.csv");
      const Csv given = read_csv(folder / "table.csv");
      Scored found = batch(*rules, folder / "table.csv");
      REQUIRE(found.table.records.size() == expected.records.size());
      // Statistics of a whole table mean nothing for a project alone.
      const bool wide = std::find(given.header.begin(), given.header.end(), "indicator") ==
                            given.header.end() &&
                        rules_text.str().find("[[statistic]]") == std::string::npos;
      for (std::size_t i = 0; i < expected.records.size(); ++i) {
        const Record& record = found.table.records[i];
        const std::string& project = expected.records[i].at("project");
        INFO("project " << project);
        for (const auto& [column, cell] : expected.records[i]) {
          INFO(column);
          CHECK((column == "codes" ? found.codes[project] : record.at(column)) == cell);
        }
        if (!wide) continue;
        const Scorecard alone = scored_alone(*rules, rules_text.str(), given.records[i]);
        CHECK(alone.scored == !record.at("total").empty());
        if (!alone.scored || record.at("total").empty()) continue;
        CHECK(alone.total == std::stod(record.at("total")));
        CHECK(alone.rating_label.en == record.at("rating"));
        std::string vetoes;
        for (const AdjustmentStory& story : alone.adjustments) {
          if (story.kind == "veto") vetoes += (vetoes.empty() ? "" : "; ") + story.name.en;
        }
        if (record.contains("veto")) CHECK(vetoes == record.at("veto"));
      }
    }
  }
}

TEST_CASE("numbers in columns say what the words and codes of their inputs say",
          "[cases][decided]") {
  const auto rules_of = [](const char* folder) {
    return read_rules(decided_folder + "/" + folder + "/ruleset.toml", scratch::shipped_rules());
  };
  {
    const auto rules = rules_of("words-of-inputs");
    REQUIRE(rules.has_value());
    const std::vector<double> coverage = {54, 54, 54, 54, 54};
    const std::vector<double> region = {2, 1, 3, 1.5, 4};
    const NamedColumn columns[] = {{"coverage", coverage}, {"region", region}};
    const auto scores = score_columns(*rules, columns);
    REQUIRE(scores.has_value());
    CHECK(std::vector(scores->total.begin(), scores->total.begin() + 3) ==
          std::vector<double>{90, 60, 50});
    CHECK(scores->state[2] == TotalState::scored);
    CHECK(scores->state[3] != TotalState::scored);
    CHECK(scores->state[4] != TotalState::scored);
  }
  const auto rules = rules_of("words-for-missing");
  REQUIRE(rules.has_value());
  const std::vector<double> a = {40, 50, -98, -99};
  const std::vector<double> b = {50, -99, 50, 50};
  const NamedColumn columns[] = {{"a", a}, {"b", b}};
  const auto scores = score_columns(*rules, columns);
  REQUIRE(scores.has_value());
  CHECK(std::vector(scores->total.begin(), scores->total.begin() + 3) ==
        std::vector<double>{45, 30, 50});
  CHECK(scores->state[3] != TotalState::scored);
}
