#include "batch/outputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "batch/open_source.hpp"
#include "table/cells.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& name) {
  return !name.empty() && name != "-" && !names_database_table(name);
}

// Where the faults go when nobody says: beside the output.
std::string errors_name(const BatchRequest& request) {
  if (!request.errors.empty()) return request.errors;
  return is_file(request.output) && request.output.rfind("/dev/", 0) != 0
             ? without_endings(request.output) + ".errors.csv"
             : std::string();
}

bool same_place(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code error;
  // What goes to a device is nowhere afterwards.
  if (is_file(a) && fs::is_character_file(a, error)) return false;
  return a == b ||
         (is_file(a) && is_file(b) && fs::equivalent(a, b, error) && fs::is_regular_file(a, error));
}

void check_names(const BatchRequest& request, const std::string& errors,
                 std::vector<Diagnostic>& diagnostics) {
  const std::array<std::string, 3> outputs{request.output, request.indicators, errors};
  const auto refuse = [&](const std::string& name, const Text& message) {
    diagnostics.push_back(
        text::diagnose_file(text::Code::id_duplicate, name, message,
                            {"给每张表一个自己的名字（-o、--indicators、--errors）",
                             "give each table a name of its own (-o, --indicators, --errors)"}));
  };
  for (const std::string& name : outputs) {
    const std::string ending = is_file(name) ? fs::path(name).extension().string() : std::string();
    const std::array<std::string_view, 6> others{".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html"};
    if (std::find(others.begin(), others.end(), ending) == others.end()) continue;
    diagnostics.push_back(text::diagnose_file(
        text::Code::value_choice, name,
        {"表格不写成 " + ending, "tables are not written as " + ending},
        {"写成 .csv（电子表格能打开）、.tsv、.jsonl 或 .parquet；带图的报告用 --report",
         "write .csv (spreadsheets open it), .tsv, .jsonl or .parquet; a report with charts is "
         "--report"}));
  }
  for (std::size_t a = 0; a < outputs.size(); ++a) {
    for (std::size_t b = a + 1; b < outputs.size(); ++b) {
      if (same_place(outputs[a], outputs[b]))
        refuse(outputs[a],
               {"两张输出表写到同一处", "two tables would be written to the same place"});
    }
    for (const std::string& input : request.inputs) {
      if (outputs[a] != "-" && same_place(outputs[a], input)) {
        refuse(outputs[a],
               {"输出会覆盖输入的表", "the output would replace the table that is read"});
      }
    }
  }
}

// What has got its final name already goes again: half of a result is none.
void remove_finished(const std::string& name) {
  std::error_code ignored;
  if (is_file(name) && fs::is_regular_file(name, ignored)) fs::remove(name, ignored);
}

}  // namespace

void append_record(std::string& to, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) to += ',';
    table::append_cell(to, cells[i]);
  }
  to += '\n';
}

Outputs::Outputs(const BatchRequest& request, const TableForm& form,
                 std::vector<Diagnostic>& diagnostics)
    : request_(request), form_(form), errors_name_(errors_name(request)) {
  check_names(request, errors_name_, diagnostics);
  if (text::has_error(diagnostics)) return;
  // With several tables a line number needs its table beside it.
  std::vector<std::string> errors = errors_header();
  if (form.inputs.size() > 1) errors.insert(errors.begin(), "file");
  append_record(errors_header_, errors);
  const auto open = [&](const std::string& name, const std::vector<std::string>& header) {
    auto sink = open_output(name, request.database, diagnostics);
    std::string line;
    append_record(line, header);
    if (sink != nullptr) sink->write(line);
    return sink;
  };
  if (!request.output.empty()) rows_ = open(request.output, form.rows);
  if (!request.indicators.empty()) indicators_ = open(request.indicators, form.indicators);
  if (!request.errors.empty()) open_errors(diagnostics);
}

void Outputs::open_errors(std::vector<Diagnostic>& diagnostics) {
  errors_ = open_output(errors_name_, request_.database, diagnostics);
  if (errors_ != nullptr) errors_->write(errors_header_);
}

void Outputs::write(const PlacedFault& fault) {
  ++faults_;
  if (errors_name_.empty()) return;
  if (errors_ == nullptr) {
    std::vector<Diagnostic> diagnostics;
    open_errors(diagnostics);
    if (errors_ == nullptr) throw table::StreamFailure(diagnostics.back());
  }
  line_.clear();
  if (form_.inputs.size() > 1) {
    table::append_neutral(line_, form_.inputs[fault.input]);
    line_ += ',';
  }
  append_fault(line_, fault.fault, request_.language);
  errors_->write(line_);
}

// The default errors file of an earlier run would speak of another output: it goes, when it is one.
void Outputs::remove_stale_errors() const {
  if (!request_.errors.empty() || faults_ > 0 || errors_name_.empty()) return;
  std::string line;
  std::ifstream(errors_name_) >> line;
  std::string written;
  append_record(written, errors_header());
  const bool ours = line + "\n" == written || line + "\n" == "file," + written;
  if (ours) remove_finished(errors_name_);
}

void Outputs::finish() {
  std::vector<std::string> finished;
  try {
    for (const auto& [sink, name] :
         {std::pair(indicators_.get(), request_.indicators), std::pair(errors_.get(), errors_name_),
          std::pair(rows_.get(), request_.output)}) {
      if (sink == nullptr) continue;
      sink->finish();
      finished.push_back(name);
    }
  } catch (const table::StreamFailure&) {
    for (const std::string& name : finished) remove_finished(name);
    throw;
  }
  remove_stale_errors();
}

}  // namespace jixiao::batch
