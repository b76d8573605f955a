// Many projects at once: batch, merge, compare, survey.
#pragma once

#include <string>
#include <vector>

#include "commands.hpp"

namespace jixiao::cli {

struct BatchCall {
  BatchRequest request;
  std::vector<std::string> rules;   // one; two for compare; none: what a long table is scored with
  std::vector<std::string> map;     // "column=name"
  std::vector<std::string> forced;  // "rating=percent"
  std::string shard;                // "i/n"
  std::string report;               // a file for the portfolio or the comparison
  std::size_t listed = 100;
};

// The statistics of a whole table; `tables`: inputs, map, database, threads and shard of the call.
struct SurveyCall {
  std::string rules;
  std::string output;  // empty: stdout
  bool merge = false;
};
int survey(const Call& call, const SurveyCall& what, const BatchCall& tables);

// What the words of the call ask for.
BatchRequest request_of(const Call& call, const BatchCall& what);

int batch(const Call& call, BatchCall what);
int merge(const Call& call, BatchCall what);
int compare(const Call& call, BatchCall what);

// "" when the text can be taken, else what is wrong with it.
std::string check_pair(const std::string& text);
std::string check_share(const std::string& text);
std::string check_shard(const std::string& text);
std::string check_report(const std::string& file);

}  // namespace jixiao::cli
