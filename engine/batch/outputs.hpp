// The tables a run writes. Nothing stands under its final name before finish().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch/fault_log.hpp"
#include "batch/plan.hpp"
#include "jixiao/batch.hpp"
#include "table/stream.hpp"

namespace jixiao::batch {

// What the tables look like, before any record: of a plan, or of the head of a part.
struct TableForm {
  std::vector<std::string> rows;        // header of the project table
  std::vector<std::string> indicators;  // of the indicator table
  std::vector<LateCell> late;           // of the project table
  bool wide = false;
  std::vector<std::string> inputs;  // names, for faults
  std::string title;                // of all inputs
};

void append_record(std::string& to, const std::vector<std::string>& cells);

class Outputs {
 public:
  // Opens what the request names and writes the headers. Errors: no such folder. check_names() came
  // before.
  Outputs(const BatchRequest& request, const TableForm& form, std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] table::ByteSink& rows() { return *rows_; }
  [[nodiscard]] bool with_rows() const { return rows_ != nullptr; }
  [[nodiscard]] table::ByteSink& indicators() { return *indicators_; }
  [[nodiscard]] bool with_indicators() const { return indicators_ != nullptr; }
  void write(const PlacedFault& fault);
  // All of it, or none of it and StreamFailure.
  void finish();
  // Where faults were written; empty when there were none or nowhere.
  [[nodiscard]] std::string errors_file() const {
    return faults_ > 0 ? errors_name_ : std::string();
  }

 private:
  void open_errors(std::vector<Diagnostic>& diagnostics);
  void remove_stale_errors() const;

  const BatchRequest& request_;
  const TableForm& form_;
  std::string errors_name_;  // empty: faults are not written
  std::string errors_header_;
  std::unique_ptr<table::ByteSink> rows_;
  std::unique_ptr<table::ByteSink> indicators_;
  std::unique_ptr<table::ByteSink> errors_;
  std::string line_;
  std::uint64_t faults_ = 0;
};

}  // namespace jixiao::batch
