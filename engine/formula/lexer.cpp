#include "formula/lexer.hpp"

#include <utf8proc.h>

#include <charconv>
#include <cstdlib>
#include <optional>

#include "text/diagnostics.hpp"
#include "value/rounding.hpp"

namespace jixiao::formula {
namespace {

using text::Code;

bool is_digit(char32_t point) { return point >= U'0' && point <= U'9'; }
bool is_blank(char32_t point) {
  return point == U' ' || point == U'\t' || point == U'\n' || point == U'\r';
}

// Signs of Chinese keyboards and word processors, and what a formula says instead.
struct AsciiForm {
  char32_t point;
  const char* ascii;
};
constexpr AsciiForm ascii_forms[] = {
    {U'×', "*"},  {U'÷', "/"},  {U'·', "*"},    {U'∙', "*"},      {U'−', "-"},
    {U'–', "-"},  {U'—', "-"},  {U'≤', "<="},   {U'≦', "<="},     {U'≥', ">="},
    {U'≧', ">="}, {U'≠', "!="}, {U'、', ","},   {U'。', "."},     {U'【', "("},
    {U'】', ")"}, {U'〔', "("}, {U'〕', ")"},   {U'∧', "&&"},     {U'∨', "||"},
    {U'²', "^2"}, {U'³', "^3"}, {U'√', "sqrt"}, {U'\u3000', " "}, {U'\u00A0', " "}};

// The ASCII a full-width or typographic character stands for; empty when it is none.
std::string ascii_form(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E)
    return std::string(1, static_cast<char>(point - 0xFF01 + 0x21));
  for (const AsciiForm& equivalent : ascii_forms) {
    if (equivalent.point == point) return equivalent.ascii;
  }
  return {};
}

class Reader {
 public:
  Reader(const text::Located& source, std::vector<Diagnostic>& diagnostics)
      : source_(source), text_(source.text), diagnostics_(diagnostics) {}

  std::vector<Word> read() {
    while (byte_ < text_.size()) {
      const Character next = character_at(text_, byte_);
      if (is_blank(next.point)) {
        advance();
      } else if (is_digit(next.point) || (next.point == U'.' && is_digit(peek(1)))) {
        read_number();
      } else if (begins_name(next.point) && ascii_form(next.point).empty()) {
        read_name();
      } else if (next.point < 0x80) {
        read_sign();
      } else {
        read_foreign(next);
      }
    }
    push(Lexeme::end, 0, 0);
    return std::move(words_);
  }

 private:
  [[nodiscard]] char32_t peek(std::size_t bytes = 0) const {
    return byte_ + bytes < text_.size() ? character_at(text_, byte_ + bytes).point : U'\0';
  }
  void advance() {
    byte_ += character_at(text_, byte_).bytes;
    ++at_;
  }
  void push(Lexeme lexeme, std::size_t length, std::size_t bytes) {
    words_.push_back({lexeme, at_, length, text_.substr(byte_, bytes)});
    for (std::size_t i = 0; i < length; ++i) advance();
  }
  void report(Code code, std::size_t at, std::size_t length, Text message, Text help) {
    diagnostics_.push_back(
        text::diagnose(code, source_.place(at, length), std::move(message), std::move(help)));
  }

  void read_number() {
    const std::size_t start_byte = byte_;
    const std::size_t start = at_;
    while (is_digit(peek())) advance();
    if (peek() == U'.') {
      advance();
      while (is_digit(peek())) advance();
    }
    const bool exponent_sign = peek(1) == U'+' || peek(1) == U'-';
    if ((peek() == U'e' || peek() == U'E') && is_digit(peek(exponent_sign ? 2 : 1))) {
      advance();
      if (exponent_sign) advance();
      while (is_digit(peek())) advance();
    }
    const std::string_view digits = text_.substr(start_byte, byte_ - start_byte);
    words_.push_back({Lexeme::number, start, at_ - start, digits});
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    // Out of range is too large or too small; too small is read as zero, as muParser does.
    if (read.ec == std::errc::result_out_of_range &&
        std::strtod(std::string(digits).c_str(), nullptr) != 0.0) {
      report(Code::formula_syntax, start, at_ - start,
             {"数字超出可表示的范围", "this number is larger than any number a computer keeps"},
             {"写一个小于 1e308 的数", "write a number below 1e308"});
    }
    if (peek() == U'.') {
      report(Code::formula_syntax, at_, 1,
             {"一个数字里有两个小数点", "a number with two decimal points"},
             {"删去多余的小数点", "leave one point out"});
      while (peek() == U'.' || is_digit(peek())) advance();
      return;
    }
    if (begins_name(peek()) && ascii_form(peek()).empty()) {
      const std::size_t name_byte = byte_;
      read_name();
      const std::string name(text_.substr(name_byte, byte_ - name_byte));
      words_.pop_back();
      report(Code::formula_syntax, start, at_ - start,
             {"数字与名称“" + name + "”连在一起",
              "a number and the name '" + name + "' without a sign between them"},
             {"相乘要写 " + std::string(digits) + "*" + name + "；单位不写在公式里",
              "a product is written " + std::string(digits) + "*" + name +
                  "; units are not written in formulas"});
    }
  }

  void read_name() {
    const std::size_t start_byte = byte_;
    const std::size_t start = at_;
    while (byte_ < text_.size() && continues_name(peek()) && ascii_form(peek()).empty()) advance();
    const std::string_view name = text_.substr(start_byte, byte_ - start_byte);
    if (const auto lexeme = sign_in_words(name)) {
      const std::string sign = *lexeme == Lexeme::and_ ? "&&" : *lexeme == Lexeme::or_ ? "||" : "!";
      report(
          Code::formula_name, start, at_ - start,
          {"公式里没有“" + std::string(name) + "”", "formulas have no '" + std::string(name) + "'"},
          {"应写成 " + sign, "write " + sign});
      words_.push_back({*lexeme, start, at_ - start, name});
      return;
    }
    words_.push_back({Lexeme::name, start, at_ - start, name});
    if (name.size() > 100) {
      report(Code::formula_limit, start, at_ - start,
             {"名称超过 100 字节", "a name of more than 100 bytes"},
             {"用一个较短的名称（汉字不超过 33 个）", "use a shorter name"});
    }
  }

  static std::optional<Lexeme> sign_in_words(std::string_view name) {
    if (name == "and") return Lexeme::and_;
    if (name == "or") return Lexeme::or_;
    if (name == "not") return Lexeme::not_;
    return std::nullopt;
  }

  // `equivalent` instead of what stands here, which is `length` characters in `bytes` bytes.
  void meant(Lexeme lexeme, std::size_t length, std::size_t bytes, Code code,
             const std::string& equivalent, Text message) {
    report(code, at_, length, std::move(message), {"应写成 " + equivalent, "write " + equivalent});
    push(lexeme, length, bytes);
  }

  void read_sign() {
    const char here = text_[byte_];
    const auto followed_by = [&](char next) {
      return byte_ + 1 < text_.size() && text_[byte_ + 1] == next;
    };
    switch (here) {
      case '+': return push(Lexeme::plus, 1, 1);
      case '-': return push(Lexeme::minus, 1, 1);
      case '/':
        if (!followed_by('/')) return push(Lexeme::divide, 1, 1);
        return meant(Lexeme::divide, 2, 2, Code::formula_syntax, "floor(a/b)",
                     {"没有运算符 //", "there is no sign //"});
      case '^': return push(Lexeme::power, 1, 1);
      case '(': return push(Lexeme::open, 1, 1);
      case ')': return push(Lexeme::close, 1, 1);
      case ',': return push(Lexeme::comma, 1, 1);
      case '?': return push(Lexeme::question, 1, 1);
      case ':': return push(Lexeme::colon, 1, 1);
      case '*':
        if (!followed_by('*')) return push(Lexeme::times, 1, 1);
        return meant(Lexeme::power, 2, 2, Code::formula_syntax, "^",
                     {"没有运算符 **", "there is no sign **"});
      case '<':
        if (followed_by('=')) return push(Lexeme::less_equal, 2, 2);
        if (followed_by('>'))
          return meant(Lexeme::unequal, 2, 2, Code::formula_syntax,
                       "!=", {"没有运算符 <>", "there is no sign <>"});
        return push(Lexeme::less, 1, 1);
      case '>':
        if (followed_by('=')) return push(Lexeme::greater_equal, 2, 2);
        return push(Lexeme::greater, 1, 1);
      case '!':
        if (followed_by('=')) return push(Lexeme::unequal, 2, 2);
        return push(Lexeme::not_, 1, 1);
      case '=':
        if (followed_by('=')) return push(Lexeme::equal, 2, 2);
        if (followed_by('>'))
          return meant(Lexeme::greater_equal, 2, 2, Code::formula_syntax,
                       ">=", {"没有运算符 =>", "there is no sign =>"});
        if (followed_by('<'))
          return meant(Lexeme::less_equal, 2, 2, Code::formula_syntax,
                       "<=", {"没有运算符 =<", "there is no sign =<"});
        return meant(Lexeme::equal, 1, 1, Code::formula_refused,
                     "==", {"公式里不能赋值", "a formula cannot assign"});
      case '&':
        if (followed_by('&')) return push(Lexeme::and_, 2, 2);
        return meant(Lexeme::and_, 1, 1, Code::formula_syntax, "&&",
                     {"没有运算符 &", "there is no sign &"});
      case '|':
        if (followed_by('|')) return push(Lexeme::or_, 2, 2);
        return meant(Lexeme::or_, 1, 1, Code::formula_syntax, "||",
                     {"没有运算符 |", "there is no sign |"});
      case '"': return read_text();
      case '\'': return read_single_quoted();
      case '%': return read_percent();
      case '[':
      case '{':
        return meant(Lexeme::open, 1, 1, Code::formula_syntax, "(",
                     {"公式里只用圆括号", "only round parentheses"});
      case ']':
      case '}':
        return meant(Lexeme::close, 1, 1, Code::formula_syntax, ")",
                     {"公式里只用圆括号", "only round parentheses"});
      default: {
        const bool visible = here > ' ' && here != 0x7F;
        const std::string shown = visible ? std::string("'") + here + "'"
                                          : std::string("U+00") + hex(here);
        report(Code::formula_syntax, at_, 1,
               {"公式里不能有字符 " + shown, "a formula cannot contain the character " + shown},
               {"删去它", "leave it out"});
        return push(Lexeme::invalid, 1, 1);
      }
    }
  }

  // A percentage, or what other languages write for the rest of a division.
  void read_percent() {
    std::size_t next = byte_ + 1;
    while (next < text_.size() && text_[next] == ' ') ++next;
    const bool before_value = next < text_.size() &&
                              (is_digit(character_at(text_, next).point) ||
                               begins_name(character_at(text_, next).point) || text_[next] == '(');
    if (before_value) {
      report(Code::formula_syntax, at_, 1, {"公式里没有取余 %", "there is no % in formulas"},
             {"a 除以 b 的余数写成 a - b*floor(a/b)",
              "the rest of a divided by b is a - b*floor(a/b)"});
      return push(Lexeme::times, 1, 1);
    }
    Text help{"比率以百分点计：95% 写成 95", "rates are in percent points: write 95 for 95%"};
    if (!words_.empty() && words_.back().lexeme == Lexeme::number) {
      const std::string number(words_.back().text);
      const std::string share = value::plain(std::strtod(number.c_str(), nullptr) / 100, 9);
      help = {number + "% 作系数写 " + share + "；与比率（百分点）比较写 " + number,
              number + "% as a factor is " + share +
                  "; beside rates, which are in percent points, it is " + number};
    }
    report(Code::formula_syntax, at_, 1, {"公式里没有 %", "there is no % in formulas"},
           std::move(help));
    advance();
  }

  static std::string hex(char byte) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {digits[value >> 4U], digits[value & 15U]};
  }

  // What stands between two of these signs, and whether the second is there.
  bool pass_quoted(char quote) {
    advance();
    while (byte_ < text_.size() && text_[byte_] != quote) advance();
    const bool closed = byte_ < text_.size();
    if (closed) advance();
    return closed;
  }

  void read_text() {
    const std::size_t start = at_;
    const std::size_t start_byte = byte_;
    const bool closed = pass_quoted('"');
    if (!closed)
      report(Code::formula_syntax, start, at_ - start, {"引号没有闭合", "this \" is never closed"},
             {"补上 \"", "add a \""});
    words_.push_back({closed ? Lexeme::text : Lexeme::invalid, start, at_ - start,
                      text_.substr(start_byte, byte_ - start_byte)});
  }

  void read_single_quoted() {
    const std::size_t start = at_;
    const std::size_t start_byte = byte_;
    pass_quoted('\'');
    const std::string_view written = text_.substr(start_byte, byte_ - start_byte);
    std::string inner(written.substr(1));
    if (inner.ends_with('\'')) inner.pop_back();
    report(Code::formula_syntax, start, at_ - start,
           {"文字用双引号", "text stands in double quotes"},
           {"应写成 \"" + inner + "\"", "write \"" + inner + "\""});
    words_.push_back({Lexeme::invalid, start, at_ - start, written});
  }

  void read_foreign(const Character& here) {
    const std::string shown(text_.substr(byte_, here.bytes));
    const std::string equivalent = ascii_form(here.point);
    if (equivalent.empty()) {
      report(Code::formula_syntax, at_, 1,
             {"公式里不能有字符“" + shown + "”",
              "a formula cannot contain the character '" + shown + "'"},
             {"删去它", "leave it out"});
      return push(Lexeme::invalid, 1, here.bytes);
    }
    if (equivalent == " ") {
      report(Code::formula_syntax, at_, 1,
             {"全角空格或不换行空格", "a full-width or no-break space"},
             {"改用普通空格", "use an ordinary space"});
      return advance();
    }
    // A run of full-width letters and digits is one word to its author: said once, for all of it.
    const std::size_t start = at_;
    const std::size_t start_byte = byte_;
    std::string ascii;
    const auto is_wordlike = [](const std::string& one) {
      return one.size() == 1 && (is_digit(static_cast<char32_t>(one[0])) ||
                                 begins_name(static_cast<char32_t>(one[0])) || one == ".");
    };
    if (is_wordlike(equivalent)) {
      while (byte_ < text_.size() && is_wordlike(ascii_form(peek())) && peek() >= 0x80) {
        ascii += ascii_form(peek());
        advance();
      }
    } else {
      ascii = equivalent;
      advance();
    }
    const std::string written(text_.substr(start_byte, byte_ - start_byte));
    report(Code::formula_syntax, start, at_ - start,
           {"公式里不用全角或排版符号“" + written + "”", "'" + written + "' is not the ASCII sign"},
           {"应写成 " + ascii, "write " + ascii});
    words_.push_back({lexeme_of(ascii).value_or(Lexeme::invalid), start, at_ - start,
                      text_.substr(start_byte, byte_ - start_byte)});
  }

  static std::optional<Lexeme> lexeme_of(const std::string& ascii) {
    struct Entry {
      const char* ascii;
      Lexeme lexeme;
    };
    static constexpr Entry entries[] = {
        {"+", Lexeme::plus},    {"-", Lexeme::minus},       {"*", Lexeme::times},
        {"/", Lexeme::divide},  {"^", Lexeme::power},       {"<", Lexeme::less},
        {">", Lexeme::greater}, {"<=", Lexeme::less_equal}, {">=", Lexeme::greater_equal},
        {"=", Lexeme::equal},   {"!=", Lexeme::unequal},    {"!", Lexeme::not_},
        {"&&", Lexeme::and_},   {"||", Lexeme::or_},        {"?", Lexeme::question},
        {":", Lexeme::colon},   {",", Lexeme::comma},       {"(", Lexeme::open},
        {")", Lexeme::close},   {"[", Lexeme::open},        {"]", Lexeme::close},
        {"{", Lexeme::open},    {"}", Lexeme::close}};
    for (const Entry& entry : entries) {
      if (ascii == entry.ascii) return entry.lexeme;
    }
    // Words in full-width letters are known to be wrong already; a number stands in for them.
    if (!ascii.empty() &&
        (is_digit(static_cast<char32_t>(ascii[0])) || begins_name(static_cast<char32_t>(ascii[0]))))
      return Lexeme::number;
    return std::nullopt;
  }

  const text::Located& source_;
  std::string_view text_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Word> words_;
  std::size_t byte_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Word> read_words(const text::Located& source, std::vector<Diagnostic>& diagnostics) {
  return Reader(source, diagnostics).read();
}

Character character_at(std::string_view utf8, std::size_t at) {
  const auto first = static_cast<unsigned char>(utf8[at]);
  if (first < 0x80U) return {first, 1};
  utf8proc_int32_t point = 0;
  const auto* data = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  const utf8proc_ssize_t used =
      utf8proc_iterate(data + at, static_cast<utf8proc_ssize_t>(utf8.size() - at), &point);
  if (used <= 0) return {U'\uFFFD', 1};
  return {static_cast<char32_t>(point), static_cast<std::size_t>(used)};
}

bool begins_name(char32_t point) {
  if (point < 0x80)
    return point == U'_' || (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return true;
    default: return point == U'〇';
  }
}

bool continues_name(char32_t point) {
  if (begins_name(point) || is_digit(point)) return true;
  if (point < 0x80) return false;
  const utf8proc_category_t category =
      static_cast<utf8proc_category_t>(utf8proc_category(static_cast<utf8proc_int32_t>(point)));
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

}  // namespace jixiao::formula
