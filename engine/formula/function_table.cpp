#include "formula/function_table.hpp"

#include <muParser.h>

#include <array>
#include <vector>

#include "formula/sorting.hpp"

namespace jixiao::formula {
namespace {

// In the order of Function.
constexpr std::array rows = {
    FunctionRow{Function::minimum, "min", "min(a, ...)", -1, "最小的一个", "the smallest"},
    FunctionRow{Function::maximum, "max", "max(a, ...)", -1, "最大的一个", "the largest"},
    FunctionRow{Function::sum, "sum", "sum(a, ...)", -1, "总和", "the sum"},
    FunctionRow{Function::average, "avg", "avg(a, ...)", -1, "平均值", "the mean"},
    FunctionRow{Function::median, "median", "median(a, ...)", -1, "中位数（两个居中的数取平均）",
                "the median, of two in the middle their mean"},
    FunctionRow{Function::given, "given", "given(x)", 1, "有数据为 1，缺失或不适用为 0",
                "1 where there is a value, 0 where it is missing or does not apply"},
    FunctionRow{Function::sum_given, "sum_given", "sum_given(x, ...)", -1, "有数据者之和",
                "the sum of those that are there"},
    FunctionRow{Function::average_given, "avg_given", "avg_given(x, ...)", -1, "有数据者的平均值",
                "the mean of those that are there"},
    FunctionRow{Function::count_given, "count_given", "count_given(x, ...)", -1, "有数据的个数",
                "how many are there"},
    FunctionRow{Function::clamp, "clamp", "clamp(x, low, high)", 3, "限定在 low 与 high 之间的 x",
                "x held between low and high"},
    FunctionRow{Function::absolute, "abs", "abs(x)", 1, "绝对值", "the absolute value"},
    FunctionRow{Function::sign, "sign", "sign(x)", 1, "正为 1，负为 -1，零为 0", "1, -1 or 0"},
    FunctionRow{Function::root, "sqrt", "sqrt(x)", 1, "平方根", "the square root"},
    FunctionRow{Function::exp, "exp", "exp(x)", 1, "e 的 x 次方", "e to the power x"},
    FunctionRow{Function::ln, "ln", "ln(x)", 1, "自然对数", "the natural logarithm"},
    FunctionRow{Function::log10, "log10", "log10(x)", 1, "以 10 为底的对数",
                "the logarithm to base 10"},
    FunctionRow{Function::log2, "log2", "log2(x)", 1, "以 2 为底的对数", "the logarithm to base 2"},
    FunctionRow{Function::sin, "sin", "sin(x)", 1, "正弦（弧度，|x| 不超过 2^30）",
                "the sine of x radians, up to 2^30 either way"},
    FunctionRow{Function::cos, "cos", "cos(x)", 1, "余弦（弧度，|x| 不超过 2^30）",
                "the cosine of x radians, up to 2^30 either way"},
    FunctionRow{Function::floor, "floor", "floor(x)", 1, "向下取整（按纸面上的数）",
                "rounded down, as on paper"},
    FunctionRow{Function::ceil, "ceil", "ceil(x)", 1, "向上取整（按纸面上的数）",
                "rounded up, as on paper"},
    FunctionRow{Function::trunc, "trunc", "trunc(x)", 1, "舍去小数（按纸面上的数）",
                "rounded toward zero, as on paper"},
    FunctionRow{Function::round, "round", "round(x, digits)", 2, "十进制四舍五入到 digits 位小数",
                "rounded to digits decimals, half away from zero"},
    FunctionRow{Function::steps_full, "steps_full", "steps_full(x, size)", 2,
                "x 中完整的 size 段数", "how many whole steps of size fit in x"},
    FunctionRow{Function::steps_ceil, "steps_ceil", "steps_ceil(x, size)", 2,
                "x 中 size 段数，不足一段按一段", "how many steps of size are begun in x"},
    FunctionRow{Function::steps_fraction, "steps_fraction", "steps_fraction(x, size)", 2,
                "x / size，负数为 0", "x / size, 0 below zero"},
    FunctionRow{Function::workdays, "workdays", "workdays(from, to)", 2,
                "from 之后到 to（含）的工作日数",
                "working days after from, up to and including to"},
    FunctionRow{Function::year, "year", "year(date)", 1, "日期的年份", "the year of a date"},
    FunctionRow{Function::month, "month", "month(date)", 1, "日期的月份", "the month of a date"},
    FunctionRow{Function::day, "day", "day(date)", 1, "日期的日", "the day of the month of a date"},
};

template <class Does>
double unary(double a) {
  return Does::of(a, 0, 0, 0);
}
template <class Does>
double binary(double a, double b) {
  return Does::of(a, b, 0, 0);
}
template <class Does>
double folded(const double* values, int count) {
  double result = values[0];
  for (int i = 1; i < count; ++i) result = Does::of(result, values[i], 0, 0);
  return result;
}
double average(const double* values, int count) {
  return folded<Does_add>(values, count) / static_cast<double>(count);
}
double median(const double* values, int count) {
  std::vector<double> sorted(values, values + count);
  each_exchange(sorted.size(), [&](std::size_t low, std::size_t high) {
    const double smaller = scalar::minimum(sorted[low], sorted[high]);
    sorted[high] = scalar::maximum(sorted[low], sorted[high]);
    sorted[low] = smaller;
  });
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[middle];
  return scalar::divide(sorted[middle - 1] + sorted[middle], 2);
}
double count_given(const double* values, int count) {
  double there = 0;
  for (int i = 0; i < count; ++i) there += scalar::given(values[i]);
  return there;
}
double sum_given(const double* values, int count) {
  double sum = scalar::or_zero(values[0]);
  for (int i = 1; i < count; ++i) sum += scalar::or_zero(values[i]);
  return count_given(values, count) > 0 ? sum : scalar::nan;
}
double average_given(const double* values, int count) {
  return scalar::divide(sum_given(values, count), count_given(values, count));
}
double clamp(double x, double low, double high) { return scalar::clamp(x, low, high); }
template <class Does>
double swapped(double a, double b) {
  return Does::of(b, a, 0, 0);
}
double steps_full(double x, double size) { return scalar::steps_full(x, size); }
double steps_ceil(double x, double size) { return scalar::steps_ceil(x, size); }
double steps_fraction(double x, double size) { return scalar::steps_fraction(x, size); }
double plus(double a) { return a; }
double workdays(void* calendar, double from, double to) {
  return scalar::workdays(*static_cast<const value::Calendar*>(calendar), from, to);
}
double no_workdays(double, double) { return scalar::nan; }

using Raw = void (*)();

template <class Pointer>
Raw raw_of(Pointer pointer) {
  return reinterpret_cast<Raw>(pointer);
}

struct KnownCallback {
  Raw raw;
  Callback callback;

  template <class Pointer>
  KnownCallback(Pointer pointer, Function function)
      : raw(raw_of(pointer)), callback{function, {}, false} {}
  template <class Pointer>
  KnownCallback(Pointer pointer, Operation operation, bool is_swapped = false)
      : raw(raw_of(pointer)), callback{{}, operation, is_swapped} {}
};

std::span<const KnownCallback> known_callbacks() {
  static const KnownCallback known[] = {
      {&folded<Does_minimum>, Function::minimum},
      {&folded<Does_maximum>, Function::maximum},
      {&folded<Does_add>, Function::sum},
      {&average, Function::average},
      {&median, Function::median},
      {&unary<Does_given>, Function::given},
      {&sum_given, Function::sum_given},
      {&average_given, Function::average_given},
      {&count_given, Function::count_given},
      {&clamp, Function::clamp},
      {&unary<Does_absolute>, Function::absolute},
      {&unary<Does_sign>, Function::sign},
      {&unary<Does_root>, Function::root},
      {&unary<Does_exp>, Function::exp},
      {&unary<Does_ln>, Function::ln},
      {&unary<Does_log10>, Function::log10},
      {&unary<Does_log2>, Function::log2},
      {&unary<Does_sin>, Function::sin},
      {&unary<Does_cos>, Function::cos},
      {&unary<Does_floor>, Function::floor},
      {&unary<Does_ceil>, Function::ceil},
      {&unary<Does_trunc>, Function::trunc},
      {&binary<Does_round>, Function::round},
      {&steps_full, Function::steps_full},
      {&steps_ceil, Function::steps_ceil},
      {&steps_fraction, Function::steps_fraction},
      {&workdays, Function::workdays},
      {&no_workdays, Function::workdays},
      {&unary<Does_year>, Function::year},
      {&unary<Does_month>, Function::month},
      {&unary<Does_day>, Function::day},
      {&unary<Does_negate>, Operation::negate},
      {&unary<Does_opposite>, Operation::opposite},
      {&binary<Does_add>, Operation::add},
      {&binary<Does_subtract>, Operation::subtract},
      {&binary<Does_multiply>, Operation::multiply},
      {&binary<Does_divide>, Operation::divide},
      {&binary<Does_power>, Operation::power},
      {&binary<Does_less>, Operation::less},
      {&binary<Does_less_equal>, Operation::less_equal},
      {&binary<Does_equal>, Operation::equal},
      {&binary<Does_unequal>, Operation::unequal},
      {&binary<Does_both>, Operation::both},
      {&binary<Does_either>, Operation::either},
      {&swapped<Does_less>, Operation::less, true},
      {&swapped<Does_less_equal>, Operation::less_equal, true},
  };
  return known;
}

// muParser wants every character of a name listed: ASCII letters, digits, '_' and all bytes of
// UTF-8 beyond ASCII.
const std::string& name_bytes() {
  static const std::string bytes = [] {
    std::string all = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int byte = 0x80; byte <= 0xFF; ++byte) all.push_back(static_cast<char>(byte));
    return all;
  }();
  return bytes;
}

}  // namespace

std::span<const FunctionRow> function_rows() { return rows; }

const FunctionRow* find_function(std::string_view name) {
  for (const FunctionRow& row : rows) {
    if (name == row.name) return &row;
  }
  return nullptr;
}

const FunctionRow& row_of(Function function) { return rows[static_cast<std::size_t>(function)]; }

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const FunctionRow& row : rows) names.emplace_back(row.name);
  return names;
}

void register_calendar(mu::Parser& parser, const value::Calendar* calendar) {
  if (calendar != nullptr) {
    parser.DefineFunUserData("workdays", &workdays, const_cast<value::Calendar*>(calendar));
  } else {
    parser.DefineFun("workdays", &no_workdays);
  }
}

void register_formula_functions(mu::Parser& parser, const value::Calendar* calendar) {
  parser.EnableOptimizer(false);
  parser.DefineNameChars(name_bytes().c_str());
  parser.ClearFun();
  parser.ClearConst();
  parser.ClearInfixOprt();
  parser.DefineInfixOprt("-", &unary<Does_negate>);
  parser.DefineInfixOprt("+", &plus);
  parser.DefineInfixOprt("!", &unary<Does_opposite>);
  parser.DefineFun("min", &folded<Does_minimum>);
  parser.DefineFun("max", &folded<Does_maximum>);
  parser.DefineFun("sum", &folded<Does_add>);
  parser.DefineFun("avg", &average);
  parser.DefineFun("median", &median);
  parser.DefineFun("given", &unary<Does_given>);
  parser.DefineFun("sum_given", &sum_given);
  parser.DefineFun("avg_given", &average_given);
  parser.DefineFun("count_given", &count_given);
  parser.DefineFun("clamp", &clamp);
  parser.DefineFun("abs", &unary<Does_absolute>);
  parser.DefineFun("sign", &unary<Does_sign>);
  parser.DefineFun("sqrt", &unary<Does_root>);
  parser.DefineFun("exp", &unary<Does_exp>);
  parser.DefineFun("ln", &unary<Does_ln>);
  parser.DefineFun("log10", &unary<Does_log10>);
  parser.DefineFun("log2", &unary<Does_log2>);
  parser.DefineFun("sin", &unary<Does_sin>);
  parser.DefineFun("cos", &unary<Does_cos>);
  parser.DefineFun("floor", &unary<Does_floor>);
  parser.DefineFun("ceil", &unary<Does_ceil>);
  parser.DefineFun("trunc", &unary<Does_trunc>);
  parser.DefineFun("round", &binary<Does_round>);
  parser.DefineFun("steps_full", &steps_full);
  parser.DefineFun("steps_ceil", &steps_ceil);
  parser.DefineFun("steps_fraction", &steps_fraction);
  parser.DefineFun("year", &unary<Does_year>);
  parser.DefineFun("month", &unary<Does_month>);
  parser.DefineFun("day", &unary<Does_day>);
  register_calendar(parser, calendar);
}

void register_functions(mu::Parser& parser, const value::Calendar* calendar) {
  register_formula_functions(parser, calendar);
  parser.EnableBuiltInOprt(false);
  parser.DefineOprt("||", &binary<Does_either>, mu::prLOR);
  parser.DefineOprt("&&", &binary<Does_both>, mu::prLAND);
  parser.DefineOprt("<", &binary<Does_less>, mu::prCMP);
  parser.DefineOprt("<=", &binary<Does_less_equal>, mu::prCMP);
  parser.DefineOprt(">", &swapped<Does_less>, mu::prCMP);
  parser.DefineOprt(">=", &swapped<Does_less_equal>, mu::prCMP);
  parser.DefineOprt("==", &binary<Does_equal>, mu::prCMP);
  parser.DefineOprt("!=", &binary<Does_unequal>, mu::prCMP);
  parser.DefineOprt("+", &binary<Does_add>, mu::prADD_SUB);
  parser.DefineOprt("-", &binary<Does_subtract>, mu::prADD_SUB);
  parser.DefineOprt("*", &binary<Does_multiply>, mu::prMUL_DIV);
  parser.DefineOprt("/", &binary<Does_divide>, mu::prMUL_DIV);
  parser.DefineOprt("^", &binary<Does_power>, mu::prPOW, mu::oaRIGHT);
}

Callback identify(void (*raw)()) {
  for (const KnownCallback& known : known_callbacks()) {
    if (known.raw == raw) return known.callback;
  }
  return {};
}

std::span<const FunctionEntry> functions() {
  static const std::vector<FunctionEntry> entries = [] {
    std::vector<FunctionEntry> all;
    for (const FunctionRow& row : rows) all.push_back({row.name, row.signature, {row.zh, row.en}});
    return all;
  }();
  return entries;
}

}  // namespace jixiao::formula
