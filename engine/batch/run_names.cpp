#include "batch/run_names.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "batch/open_source.hpp"
#include "database/database.hpp"
#include "database/failure.hpp"
#include "jixiao/file_uses.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

struct Named {
  std::string name;
  std::string as;  // the option
};

std::vector<Named> outputs_of(const BatchRequest& request) {
  if (request.shard) return {{request.output, "-o"}};  // a part holds everything
  std::vector<Named> out;
  const std::string errors = errors_name(request);
  for (const Named& each : {Named{request.output, "-o"}, Named{request.indicators, "--indicators"},
                            Named{errors, "--errors"}}) {
    if (!each.name.empty()) out.push_back(each);
  }
  return out;
}

std::vector<Named> inputs_of(const BatchRequest& request, const std::vector<std::string>& inputs,
                             const std::vector<std::string>& rules) {
  std::vector<Named> out;
  for (const std::string& name : inputs) out.push_back({name, {}});
  if (!request.portfolio.earlier.empty()) out.push_back({request.portfolio.earlier, "--earlier"});
  for (const std::string& name : rules) out.push_back({name, "--rules"});
  return out;
}

void check_endings(const std::vector<Named>& outputs, std::vector<Diagnostic>& diagnostics) {
  for (const Named& output : outputs) {
    const std::string ending = names_file(output.name)
                                   ? std::filesystem::path(output.name).extension().string()
                                   : std::string();
    const std::array<std::string_view, 6> others{".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html"};
    if (std::find(others.begin(), others.end(), ending) == others.end()) continue;
    diagnostics.push_back(text::diagnose_file(
        text::Code::value_choice, output.name,
        {"表格不写成 " + ending, "tables are not written as " + ending},
        {"写成 .csv（电子表格能打开）、.tsv、.jsonl 或 .parquet；带图的报告用 --report",
         "write .csv (spreadsheets open it), .tsv, .jsonl or .parquet; a report with charts is "
         "--report"}));
  }
}

void check_files(const BatchRequest& request, const std::vector<Named>& inputs,
                 const std::vector<Named>& outputs, std::vector<Diagnostic>& diagnostics) {
  FileUses uses;
  const auto take = [&](std::optional<Diagnostic> conflict) {
    if (conflict) diagnostics.push_back(*std::move(conflict));
  };
  for (const Named& input : inputs) {
    if (names_database_table(input.name)) continue;
    take(input.as.empty() ? uses.reads_once(input.name, input.as)
                          : uses.reads(input.name, input.as));
  }
  if (!request.database.empty() && !database::is_postgres(request.database)) {
    // What SQLite keeps beside the file is part of it.
    for (const char* beside : {"", "-journal", "-wal", "-shm"})
      take(uses.reads(request.database + beside, "--db"));
  }
  bool is_stdout_taken = false;
  for (const Named& output : outputs) {
    if (output.name == "-" && is_stdout_taken) {
      diagnostics.push_back(text::diagnose_file(
          text::Code::file_conflict, "stdout",
          {"两张输出表都写到标准输出", "two tables would both go to the standard output"},
          {"给每张表一个自己的名字（-o、--indicators、--errors）",
           "give each table a name of its own (-o, --indicators, --errors)"}));
    }
    is_stdout_taken = is_stdout_taken || output.name == "-";
    if (!names_database_table(output.name)) take(uses.writes(output.name, output.as));
  }
}

std::string table_in(const std::string& name) { return name.substr(name.find(':') + 1); }

// The uses of a database by one run. Only asked when there is a table to be written.
void check_tables(const BatchRequest& request, const std::vector<Named>& inputs,
                  const std::vector<Named>& outputs, std::vector<Diagnostic>& diagnostics) {
  const auto is_table = [](const Named& each) { return names_database_table(each.name); };
  if (request.database.empty() || std::none_of(outputs.begin(), outputs.end(), is_table)) return;
  const auto tables = database::table_identities(request.database);
  if (tables == nullptr) return;
  const auto refuse = [&](const Named& output, const Text& message, const Text& help) {
    diagnostics.push_back(
        text::diagnose_file(text::Code::file_conflict, output.name, message, help));
  };
  std::map<std::string, Named> read;
  for (const Named& input : inputs) {
    if (!is_table(input)) continue;
    for (const std::string& table : tables->read_by(table_in(input.name)))
      read.emplace(table, input);
  }
  std::map<std::string, Named> written;
  for (const Named& output : outputs) {
    if (!is_table(output)) continue;
    const std::string table = tables->written_as(table_in(output.name));
    if (const auto found = read.find(table); found != read.end()) {
      const std::string input = (found->second.as.empty() ? "" : found->second.as + " ") +
                                found->second.name;
      refuse(output,
             {"输出会替换本次运行要读的表：" + output.as + " " + output.name + " 就是 " + input +
                  " 所读的表；什么都没有写",
              "the output would replace a table that is read: " + output.as + " " + output.name +
                  " is read by " + input + "; nothing was written"},
             {"给 " + output.as + " 换一个表名", "give " + output.as + " a table of another name"});
    }
    const auto [before, is_new] = written.emplace(table, output);
    if (!is_new) {
      refuse(output,
             {"两个输出是数据库里的同一张表：" + before->second.as + " " + before->second.name +
                  " 与 " + output.as + " " + output.name,
              "two outputs are one table of the database: " + before->second.as + " " +
                  before->second.name + " and " + output.as + " " + output.name},
             {"给每个输出一个自己的表名", "give each output a table of its own"});
    }
  }
}

}  // namespace

bool names_file(const std::string& name) {
  return !name.empty() && name != "-" && !names_database_table(name);
}

std::string errors_name(const BatchRequest& request) {
  if (!request.errors.empty()) return request.errors;
  if (!names_file(request.output) || request.output.starts_with("/dev/")) return {};
  return without_endings(request.output) + ".errors.csv";
}

void check_names(const BatchRequest& request, const std::vector<std::string>& inputs,
                 const std::vector<std::string>& rules, std::vector<Diagnostic>& diagnostics) {
  const std::vector<Named> outputs = outputs_of(request);
  const std::vector<Named> read = inputs_of(request, inputs, rules);
  check_endings(outputs, diagnostics);
  check_files(request, read, outputs, diagnostics);
  check_tables(request, read, outputs, diagnostics);
  if (request.errors.empty() && names_file(request.output) && !request.shard &&
      !text::has_error(diagnostics)) {
    if (auto conflict = FileUses::also_writes(errors_name(request), "--errors"))
      diagnostics.push_back(*std::move(conflict));
  }
}

}  // namespace jixiao::batch
