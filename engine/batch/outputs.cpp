#include "batch/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "batch/open_source.hpp"
#include "batch/run_names.hpp"
#include "table/cells.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::batch {
namespace {

namespace fs = std::filesystem;

// What has got its final name already goes again: half of a result is none.
void remove_finished(const std::string& name) {
  std::error_code ignored;
  if (names_file(name) && fs::is_regular_file(name, ignored)) fs::remove(name, ignored);
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
  // With several tables a line number needs its table beside it.
  std::vector<std::string> errors = errors_header();
  if (form.inputs.size() > 1) errors.insert(errors.begin(), "file");
  append_record(errors_header_, errors);
  const auto open = [&](const std::string& name, const std::vector<std::string>& header) {
    auto sink = open_output(name, {request.database, request.replace}, diagnostics);
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
  errors_ = open_output(errors_name_, {request_.database, request_.replace}, diagnostics);
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
    table::append_cell(line_, form_.inputs[fault.input]);
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
