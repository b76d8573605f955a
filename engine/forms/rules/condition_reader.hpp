// The words a clause of a printed rule begins with: what it is of, and where it holds. Private to
// this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "forms/rules/printed_rule.hpp"
#include "forms/rules/rule_scanner.hpp"

namespace jixiao::forms {

// Every reader moves behind the words it took, or says that it took none it could read; the caller
// then goes back.
class ConditionReader {
 protected:
  ConditionReader(std::string_view text, std::string name, std::string unit)
      : in_(text), name_(std::move(name)), unit_(std::move(unit)) {}

  // The unit behind a number, with it; nothing for words that are no unit. No unit at all is one.
  std::optional<RuleAmount> read_unit(double number);
  std::optional<RuleAmount> read_amount();
  // What a condition or a step is of; the row's own name and its parts count as its value.
  Measured read_subject();
  std::optional<RuleCondition> read_condition();
  // The words for what happens: 安全事故. No digits in them, no second rule.
  bool read_event();
  // The same, of what the row itself counts: 一般事故 beside 安全事故数, not 重大事故. True without
  // any.
  bool read_own_event();
  // Whether these words and the row's name have one in common, or its name is no more than a
  // number.
  [[nodiscard]] bool is_of_row(std::string_view words) const;
  // 每少培训1人: words of the row's own name.
  void take_own_words();

  RuleScanner in_;

 private:
  enum class Sign { none, low, low_open, high, high_open, equal };
  enum class Fits { any, limit, aim, time, event };  // what the words speak of

  bool take_piece_of_name();
  void read_included(Holds& holds);
  Sign read_sign();
  static void put(RuleCondition& to, Sign sign, const RuleAmount& at, Holds said);
  static Sign mirrored(Sign sign);
  bool read_behind(RuleCondition& out, const RuleAmount& at, Sign sign, Holds holds);
  bool read_upper(RuleCondition& out, RuleAmount low, Holds low_holds);
  bool read_second(RuleCondition& out);
  bool read_bracketed(RuleCondition& out);
  bool read_span(RuleCondition& out);
  bool read_late(RuleCondition& out);
  bool be(RuleCondition& out, RuleCondition::Kind kind, Fits fits);
  bool read_words(RuleCondition& out);
  bool read_time_words(RuleCondition& out, bool& known);
  bool read_limit_words(RuleCondition& out, bool& known);
  bool read_aim_words(RuleCondition& out, bool& known);

  std::string name_, unit_;
  bool last_word_is_over_ = false;
};

}  // namespace jixiao::forms
