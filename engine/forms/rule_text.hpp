// The rule printed beside a row, as a method where it is one of the known shapes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jixiao/text.hpp"
#include "value/field.hpp"

namespace jixiao::forms {

struct RuleReading {
  std::string method;                                       // "shortfall-steps.full"
  std::vector<std::pair<std::string, std::string>> params;  // k = 0.5, size = 1
  std::optional<Text> doubt;                                // what the text leaves open
};

// Nothing when the text is of no known shape, or contradicts the target or weight it stands beside:
// it is then kept as a remark.
//   每低1个百分点扣0.5分   达9个得6分，少一个扣1分   90%以上得10分，每降5%扣1分，扣完为止
//                                                    每超1%扣0.5分   每发生一次扣1分
//   每延迟1天扣0.5分   未完成不得分   按完成比例得分   低于60%不得分
std::optional<RuleReading> read_rule(std::string_view text, const value::Field& target,
                                     std::optional<double> weight);

// A method by its id, as our own reports print it: 〔higher.pass-line；L=0.6〕按完成率计分. Nothing
// for any other text.
std::optional<RuleReading> read_named_rule(std::string_view text);

}  // namespace jixiao::forms
