// Which ratings and ranks of a portfolio hold whatever the weights are, within ranges: the
// question, ready to be answered.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "jixiao/rules.hpp"
#include "ruleset/ruleset.hpp"
#include "scoring/batch.hpp"
#include "text/toml.hpp"

namespace jixiao::stability {

// A weight that may move; all of a question are of blocks, or all of indicators of the rule set.
struct Weight {
  std::size_t index = 0;  // of the block, or of the indicator
  std::string name;       // its id
  Text label;
  double nominal = 0;
  double low = 0, high = 0;
};

struct Member {
  std::string id;
  Text label;
};

struct Question {
  std::shared_ptr<const ruleset::RuleSet> rules;
  bool of_blocks = true;
  std::vector<Weight> weights;
  text::Place weights_place;
  std::vector<scoring::Batch> batches;  // their projects are the members, in order
  std::vector<Member> members;
  std::uint64_t seed = 1;
  std::size_t draws = 10'000;
  Text title, note;
  bool illustrative = false;
  std::string inputs_sha256;
};

// Reads kind "stability" of a study: `rules`, then `table` (a CSV with one column an input; `id`,
// `map`) or `projects` (folders), then `spread` (percent of itself each weight may move by) or
// [weights] (name = [low, high]). Paths are relative to `file`. Keys every study has are the
// caller's. Nothing, with diagnostics at their places, when it is wrong.
std::unique_ptr<Question> read_question(const text::Node& root, const std::string& file,
                                        const RuleLibrary& library,
                                        std::vector<Diagnostic>& diagnostics);

}  // namespace jixiao::stability
