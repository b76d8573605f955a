#include "report/rule_words.hpp"

#include <cmath>

#include "page/words.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;
namespace {

const char* name(value::RoundingMode mode) {
  switch (mode) {
    case value::RoundingMode::half_up: return "half_up";
    case value::RoundingMode::half_even: return "half_even";
    case value::RoundingMode::down: return "down";
    case value::RoundingMode::up: return "up";
  }
  return "";
}

void append(Text& text, const std::string& zh, const std::string& en, const char* zh_between,
            const char* en_between) {
  text.zh += (text.zh.empty() ? "" : zh_between) + zh;
  text.en += (text.en.empty() ? "" : en_between) + en;
}

Text same(const char* words) { return {words, words}; }
Text both(const Label& label) { return {std::string(label.zh), std::string(label.en)}; }

}  // namespace

Text selector_text(const ruleset::RuleSet& rules, const ruleset::Selector& selector) {
  Text out;
  const auto add = [&](const Label& label, const Text& words) {
    append(out, std::string(label.zh) + " " + words.zh, std::string(label.en) + " " + words.en,
           "；", "; ");
  };
  const auto listed = [&](const Label& label, std::size_t n, const auto& word_of) {
    if (n == 0) return;
    Text words;
    for (std::size_t i = 0; i < n; ++i) {
      const Text word = word_of(i);
      append(words, word.in(Language::zh), word.in(Language::en), "、", ", ");
    }
    add(label, words);
  };
  listed(word::block, selector.blocks.size(),
         [&](std::size_t i) { return rules.blocks[selector.blocks[i]].name; });
  listed(word::type, selector.types.size(),
         [&](std::size_t i) { return rules.types[selector.types[i]].name; });
  listed(word::direction, selector.directions.size(),
         [&](std::size_t i) { return same(value::sign(selector.directions[i])); });
  listed(word::value_kind, selector.kinds.size(),
         [&](std::size_t i) { return same(value::name(selector.kinds[i])); });
  if (selector.target_zero)
    append(out, std::string((*selector.target_zero ? word::zero_target : word::nonzero_target).zh),
           std::string((*selector.target_zero ? word::zero_target : word::nonzero_target).en), "；",
           "; ");
  return out.empty() ? both(word::any_indicator) : out;
}

Text outside_text(const ruleset::Outside& outside) {
  switch (outside.policy) {
    case ruleset::OutsidePolicy::error: return {"报错", "error"};
    case ruleset::OutsidePolicy::zero: return {"零分", "zero"};
    case ruleset::OutsidePolicy::full: return {"满分", "full"};
    case ruleset::OutsidePolicy::not_applicable: return {"不适用", "not_applicable"};
    case ruleset::OutsidePolicy::formula: break;
  }
  return outside.points ? Text{outside.points->text(), outside.points->text()} : Text{};
}

Text rounding_text(const ruleset::RuleSet& rules) {
  Text out;
  const auto add = [&](const Label& place, const std::optional<value::Rounding>& rounding) {
    if (!rounding) return;
    const std::string rest = " " + std::to_string(rounding->digits) + " (" + name(rounding->mode) +
                             ")";
    append(out, std::string(place.zh) + rest, std::string(place.en) + rest, "，", ", ");
  };
  add(word::each_indicator, rules.indicator_rounding);
  add(word::each_block, rules.block_rounding);
  add(word::total, rules.total_rounding);
  return out.empty() ? Text{"不舍入", "none"} : out;
}

Text when_empty_text(const ruleset::RuleSet& rules, const ruleset::Block& block) {
  switch (block.when_empty) {
    case ruleset::WhenEmpty::lost: return {"失分", "lost"};
    case ruleset::WhenEmpty::rescale: return {"总分折算", "rescale"};
    case ruleset::WhenEmpty::refuse: return {"报错", "error"};
    case ruleset::WhenEmpty::move: break;
  }
  const std::string to = block.move_to == ruleset::none ? "" : rules.blocks[block.move_to].id;
  return {"分值移到 " + to, "move_to " + to};
}

Text effect_text(const ruleset::RuleSet& rules, const ruleset::Veto& veto) {
  Text out;
  const auto add = [&out](const std::string& zh, const std::string& en) {
    out.zh += (out.zh.empty() ? "" : "；") + zh;
    out.en += (out.en.empty() ? "" : "; ") + en;
  };
  for (const auto& most : {veto.total, veto.limit}) {
    if (most)
      add("总分不超过 " + value::plain(*most), "the total is at most " + value::plain(*most));
  }
  if (veto.rating != ruleset::none) {
    const Text& label = rules.bands[veto.rating].label;
    add("评级不高于“" + label.in(Language::zh) + "”",
        "the rating is at most " + label.in(Language::en));
  }
  return out;
}

std::string params_text(std::span<const ruleset::Parameter> params) {
  std::string out;
  for (const ruleset::Parameter& param : params)
    out += (out.empty() ? "" : ", ") + param.name + " = " +
           (std::isnan(param.value) ? "[[statistic]]" : value::plain(param.value, 9));
  return out;
}

Text not_applicable_text(ruleset::NotApplicablePolicy policy) {
  switch (policy) {
    case ruleset::NotApplicablePolicy::rescale:
      return {"总分按可得分折算", "the total is scaled up from what remains"};
    case ruleset::NotApplicablePolicy::full: return {"记满分", "full points"};
    case ruleset::NotApplicablePolicy::siblings:
      return {"分值由同一一级指标的其他指标分担", "its weight goes to the others of its block"};
    case ruleset::NotApplicablePolicy::refuse: return {"不允许", "not allowed"};
  }
  return {};
}

const char* not_applicable_id(ruleset::NotApplicablePolicy policy) {
  switch (policy) {
    case ruleset::NotApplicablePolicy::rescale: return "rescale";
    case ruleset::NotApplicablePolicy::full: return "full";
    case ruleset::NotApplicablePolicy::siblings: return "siblings";
    case ruleset::NotApplicablePolicy::refuse: return "refuse";
  }
  return "";
}

}  // namespace jixiao::report
