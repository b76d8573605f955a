// Where an indicator belongs, by the words of its form.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::forms {

// Ids of the rule sets' blocks and types ("output", "quantity"); empty when the words say none.
std::string block_of(std::string_view words);
std::string type_of(std::string_view words);
// The block a type belongs to. `cost_apart`: costs are a block of their own on this form.
std::string home_of(std::string_view type, bool cost_apart);
// What stands in a column of signs: 正向 is ≥, 反向 is ≤.
std::string sign_of(std::string_view op);
// A rate: no more than all of what it counts.
bool is_rate(std::string_view name);
// 及时, 按期: a name that speaks of time whatever heading it is filed under.
bool speaks_of_time(std::string_view name);
// 投诉, 事故: the fewer the better.
bool speaks_of_harm(std::string_view name);
// 培训人数, 合格率: the more the better.
bool speaks_of_good(std::string_view name);

}  // namespace jixiao::forms
