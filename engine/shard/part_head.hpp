// What a part says of itself: which rules, which tables, which settings it was made with.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "batch/inputs.hpp"
#include "batch/outputs.hpp"
#include "jixiao/batch.hpp"

namespace jixiao::shard {

inline constexpr std::string_view part_mark = "jixiao part 1";

struct PartHead {
  std::string engine;
  std::string rules_id, rules_version, rules_sha256, rules_file;
  Shard shard;
  std::vector<batch::Inputs::Identity> inputs;
  std::vector<std::string> columns;  // of the tables
  std::vector<std::pair<std::string, std::string>> map;
  batch::TableForm form;
  bool with_indicators = false;
  bool strict = false;
  Language language = Language::zh;
  PortfolioRequest portfolio;
  std::string earlier_sha256;  // of the earlier table; empty without
};

// One line of JSON, without its end.
std::string to_line(const PartHead& head);
std::optional<PartHead> head_of_line(std::string_view line);

// What of `other` does not go with `head`, the shard's own share aside; empty when they are of one
// run.
Text difference(const PartHead& head, const PartHead& other);

}  // namespace jixiao::shard
