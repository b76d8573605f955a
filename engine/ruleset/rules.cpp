#include "jixiao/rules.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "ruleset/printed.hpp"
#include "ruleset/reading.hpp"
#include "ruleset/statistic_table.hpp"
#include "ruleset/versions.hpp"
#include "system/fingerprint.hpp"
#include "text/built_in.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {

namespace fs = std::filesystem;

RuleLibrary RuleLibrary::standard() {
  RuleLibrary library;
  std::error_code error;
  // A folder once, though several ways lead to it.
  const auto add = [&](const fs::path& folder) {
    if (!fs::is_directory(folder, error)) return;
    const bool known =
        std::any_of(library.folders.begin(), library.folders.end(), [&](const std::string& one) {
          std::error_code ignored;
          return fs::equivalent(one, folder, ignored);
        });
    if (!known) library.folders.push_back(folder.lexically_normal().string());
  };
  if (const char* named = std::getenv("JIXIAO_RULES")) add(named);
  if (fs::exists("rules/cn-mof-2020/ruleset.toml", error)) add("rules");
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    // Installed: bin/../share/jixiao/rules. In the source tree: build/<preset>/../../rules, and one
    // deeper for tests.
    for (const char* way :
         {"../share/jixiao/rules", "../../rules", "../../../rules", "../../../../rules"}) {
      const fs::path folder = program.parent_path() / way;
      if (fs::exists(folder / "cn-mof-2020" / "ruleset.toml", error)) add(folder);
    }
  }
  library.folders.push_back(std::string(text::built_in_prefix) + "rules");
  return library;
}

namespace {

void give_table(const std::string& file, ruleset::RuleSet& rules,
                std::vector<Diagnostic>& diagnostics) {
  auto read = ruleset::read_statistic_file(rules, file, diagnostics);
  if (!read) return;
  if (read->part) {
    diagnostics.push_back(text::diagnose_file(
        text::Code::statistic_table, file,
        {"这只是一个分片的统计量", "these are the statistics of one shard only"},
        {"先合并：jixiao survey --merge 分片… --rules " + rules.id + " -o 文件",
         "merge them first: jixiao survey --merge PARTS --rules " + rules.id + " -o FILE"}));
    return;
  }
  // Every result names its rule set by title and fingerprint: both say by which table it was
  // scored.
  const std::string projects = std::to_string(read->table.projects);
  rules.title.zh += "［统计量：" + file + "，" + projects + " 个项目］";
  rules.title.en += " [statistics: " + file + ", " + projects + " projects]";
  system::Digest digest;
  digest.add(rules.sha256);
  digest.add(ruleset::written(rules, *read));
  rules.sha256 = digest.hex();
  rules.statistic_table = std::make_shared<const ruleset::StatisticTable>(std::move(read->table));
}

// Every result names its rule set by title and fingerprint: both say that the form's rules count.
void name_printed(const text::Node& printed, ruleset::RuleSet& rules) {
  rules.title.zh += "［并用表上的规则］";
  rules.title.en += " [with the rules the form prints]";
  system::Digest digest;
  digest.add(rules.sha256);
  digest.add(ruleset::canonical_text(printed));
  rules.sha256 = digest.hex();
}

}  // namespace

Checked<RuleSet> read_rules(const std::string& id_or_path, const RuleLibrary& library,
                            const RuleNeeds& needs) {
  std::vector<Diagnostic> diagnostics;
  auto lineage = ruleset::read_lineage(ruleset::rule_sets(), id_or_path, library, diagnostics);
  if (!lineage) {
    text::sort_by_place(diagnostics);
    return diagnostics;
  }
  if (needs.printed) ruleset::add_printed(*lineage, *needs.printed, diagnostics);
  const auto tables = ruleset::take_version_tables(*lineage, diagnostics);
  auto model =
      std::make_shared<ruleset::RuleSet>(ruleset::Reading(*lineage, needs, diagnostics).read());
  if (tables && needs.subject && !text::has_error(diagnostics)) {
    if (auto version = ruleset::version_of(*tables, *lineage, needs, *model, diagnostics))
      model = std::move(version);
  } else if (tables && !text::has_error(diagnostics)) {
    ruleset::add_versions(*tables, *lineage, needs, *model, diagnostics);
  }
  if (needs.printed) name_printed(*needs.printed, *model);
  if (!library.statistics.empty() && !model->statistics.empty() && !text::has_error(diagnostics))
    give_table(library.statistics, *model, diagnostics);
  if (!library.statistics.empty() && model->statistics.empty() && !text::has_error(diagnostics)) {
    diagnostics.push_back(text::diagnose_file(
        text::Code::statistic_table, library.statistics,
        {"规则集 " + model->id + " 不用统计量，这个文件没有用到",
         "the rule set " + model->id + " has no statistics: this file is not used"},
        {"不写 --statistics", "leave --statistics out"}));
    diagnostics.back().severity = Severity::warning;
  }
  text::sort_by_place(diagnostics);
  if (text::has_error(diagnostics)) return diagnostics;
  return {RuleSet(std::move(model)), std::move(diagnostics)};
}

std::vector<BuiltInFile> built_in_files() {
  std::vector<BuiltInFile> out;
  for (const text::BuiltInFile& file : text::built_in_files()) {
    out.push_back({file.path, file.text});
  }
  return out;
}

std::vector<RuleSummary> list_rules(const RuleLibrary& library) {
  std::vector<RuleSummary> out;
  std::set<std::string> seen;
  for (const std::string& folder : library.folders) {
    for (const std::string& name : text::names_in_folder(folder)) {
      const fs::path file = fs::path(folder) / name / "ruleset.toml";
      if (!text::file_exists(file.string()) || !seen.insert(name).second) continue;
      std::vector<Diagnostic> ignored;
      const auto source = text::read_source(file.string(), ignored);
      const auto root = source ? text::parse_toml(source, ignored) : nullptr;
      if (!root) continue;
      text::TableReader reader(*root, "rule set", ignored);
      RuleSummary summary;
      summary.id = reader.string("id").value_or(name);
      summary.version = reader.string("version").value_or("");
      summary.title = reader.text("title").value_or(Text{});
      summary.extends = reader.string("extends").value_or("");
      summary.file = file.string();
      summary.abstract = reader.boolean("abstract").value_or(false);
      out.push_back(std::move(summary));
    }
  }
  std::sort(out.begin(), out.end(),
            [](const RuleSummary& a, const RuleSummary& b) { return a.id < b.id; });
  return out;
}

}  // namespace jixiao
