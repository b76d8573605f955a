// What a spreadsheet shows for a stored number: percents, dates, and the signs, units and scalings
// its format adds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::forms {

class NumberFormat {
 public:
  static NumberFormat of_code(std::string_view code);  // 0.00%, yyyy"年"m"月"d"日", "≥"0"人",
                                                       // 0!.0,"万元"
  static NumberFormat built_in(std::size_t id);        // the ids every spreadsheet program knows

  // Returns the text of a stored number: "95%", "≥95%", "20万元", "2020-11-30", "2020年11月". The
  // number itself is never rounded to what is shown. Empty where the format shows nothing (;;;). A
  // stored text that is no number is returned.
  [[nodiscard]] std::string show(const std::string& stored, bool dates_from_1904) const;
  // Returns a stored text as shown: @"人" adds its unit.
  [[nodiscard]] std::string show_text(const std::string& text) const;
  // Whether a number or a text in this format is shown as nothing at all (;;;).
  [[nodiscard]] bool hides_all() const;

 private:
  enum class Kind {
    number,
    day,
    month,
    words
  };  // month: a date shown without its day; words: no digits, only literals
  struct Section {
    Kind kind = Kind::number;
    std::string before, after;  // literals around the digits
    int exponent = 0;  // power of ten that takes the stored number to the shown one: percent 2, a
                       // comma -3
    bool shows_text = false;  // has @
    char comparison = 0;  // of a condition [>=10000]: '<', '>', '=', 'l' (<=), 'g' (>=), 'n' (<>);
                          // 0: none
    double bound = 0;
  };
  static Section read_section(std::string_view code);
  static NumberFormat of_kind(Kind kind, int exponent = 0, std::string after = {});
  [[nodiscard]] const Section& section_for(double number) const;

  std::vector<Section> sections_ = std::vector<Section>(1);
};

}  // namespace jixiao::forms
