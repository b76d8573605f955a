// [weights]: from matrices of pairwise comparisons (ahp), or where they were computed from (data).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <set>

#include "ruleset/reading.hpp"
#include "text/diagnostics.hpp"
#include "text/suggestion.hpp"
#include "value/rounding.hpp"

namespace jixiao::ruleset {

using text::Code;
using text::Node;
using text::NodeKind;
using text::TableReader;

namespace {

// "3", "1/3", "1／3": a ratio above 0 of whole or decimal numbers.
std::optional<double> ratio_of(std::string text) {
  static constexpr std::string_view wide = "／";
  if (const auto at = text.find(wide); at != std::string::npos) text.replace(at, wide.size(), "/");
  const char* at = text.data();
  const char* const end = at + text.size();
  double top = 0;
  double bottom = 1;
  auto read = std::from_chars(at, end, top);
  if (read.ec != std::errc()) return std::nullopt;
  if (read.ptr != end) {
    if (*read.ptr != '/') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, bottom);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  }
  if (!(top > 0) || !(bottom > 0) || !std::isfinite(top / bottom)) return std::nullopt;
  return top / bottom;
}

// As a judge would write it: 3, 1/3, else with four significant digits.
std::string judgement_text(double value) {
  const auto is_whole = [](double x) { return std::fabs(x - std::round(x)) < 1e-9 * x; };
  if (is_whole(value)) return value::plain(std::round(value), 0);
  if (is_whole(1.0 / value)) return "1/" + value::plain(std::round(1.0 / value), 0);
  return value::plain(value, 4);
}

// As a file would write it: "1/3" stands in quotes.
std::string typed_text(double value) {
  const std::string out = judgement_text(value);
  return out.find('/') == std::string::npos ? out : "\"" + out + "\"";
}

// One judge's matrix as written: whole, or its upper half with or without the diagonal.
class MatrixReader {
 public:
  MatrixReader(const std::vector<std::string>& ids, std::vector<Diagnostic>& diagnostics)
      : ids_(ids), diagnostics_(diagnostics) {}

  // Row by row, reciprocal; nothing after a mistake, which was reported at its place.
  std::optional<std::vector<double>> read(const Node& rows) {
    const std::size_t n = ids_.size();
    const auto shape = shape_of(rows);
    if (!shape) return std::nullopt;
    std::vector<double> out(n * n, 1.0);
    std::vector<const Node*> nodes(n * n, nullptr);
    for (std::size_t i = 0; i < rows.items.size(); ++i) {
      const std::size_t first = *shape == Shape::whole ? 0 : *shape == Shape::upper ? i : i + 1;
      for (std::size_t k = 0; k < rows.items[i].items.size(); ++k) {
        const Node& node = rows.items[i].items[k];
        const std::size_t at = i * n + first + k;
        nodes[at] = &node;
        if (const auto value = entry(node, i, first + k)) out[at] = *value;
      }
    }
    if (!good_) return std::nullopt;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (*shape == Shape::whole)
          check_reciprocal(out[i * n + j], out[j * n + i], i, j, *nodes[j * n + i]);
        out[j * n + i] = 1.0 / out[i * n + j];
      }
    }
    if (!good_) return std::nullopt;
    return out;
  }

 private:
  enum class Shape { whole, upper, above };

  void report(const text::Place& at, Text message, Text help) {
    good_ = false;
    diagnostics_.push_back(
        text::diagnose(Code::comparisons_matrix, at, std::move(message), std::move(help)));
  }

  [[nodiscard]] std::string pair_text(std::size_t i, std::size_t j) const {
    return ids_[i] + " : " + ids_[j];
  }

  std::optional<Shape> shape_of(const Node& rows) {
    const std::size_t n = ids_.size();
    const bool has_rows = rows.kind == NodeKind::array &&
                          std::all_of(rows.items.begin(), rows.items.end(),
                                      [](const Node& row) { return row.kind == NodeKind::array; });
    const std::string size = std::to_string(n);
    const Text help{"写全 " + size + " 行，每行 " + size + " 个；或只写上半部分，第一行 " +
                        std::to_string(n - 1) + " 个，逐行少一个",
                    "write " + size + " rows of " + size + ", or the upper half only: " +
                        std::to_string(n - 1) + " in the first row, one fewer in each next"};
    if (!has_rows || rows.items.empty()) {
      report(rows.place, {"'rows' 应为由行组成的数组", "'rows' should be an array of rows"}, help);
      return std::nullopt;
    }
    const std::size_t count = rows.items.size();
    const std::size_t first = rows.items.front().items.size();
    const Shape shape = count + 1 == n && first + 1 == n                             ? Shape::above
                        : n > 1 && count == n && rows.items.back().items.size() == 1 ? Shape::upper
                                                                                     : Shape::whole;
    if (count != n && shape != Shape::above) {
      report(rows.place,
             {"比较的是 " + size + " 项，矩阵却有 " + std::to_string(count) + " 行",
              size + " things are compared, the matrix has " + std::to_string(count) + " rows"},
             help);
      return std::nullopt;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t expected = shape == Shape::whole   ? n
                                   : shape == Shape::upper ? n - i
                                                           : n - 1 - i;
      const std::size_t found = rows.items[i].items.size();
      if (found == expected) continue;
      report(rows.items[i].place,
             {ids_[i] + " 一行有 " + std::to_string(found) + " 个数，应为 " +
                  std::to_string(expected) + " 个",
              "the row of " + ids_[i] + " has " + std::to_string(found) +
                  " numbers, it should have " + std::to_string(expected)},
             help);
    }
    if (!good_) return std::nullopt;
    return shape;
  }

  std::optional<double> entry(const Node& node, std::size_t i, std::size_t j) {
    std::optional<double> value;
    if (node.kind == NodeKind::integer || node.kind == NodeKind::number) {
      if (std::isfinite(node.number) && node.number > 0) value = node.number;
    } else if (node.kind == NodeKind::string) {
      value = ratio_of(node.string);
    }
    if (!value) {
      report(node.place,
             {pair_text(i, j) + " 应为大于 0 的数或分数",
              pair_text(i, j) + " should be a number above 0, or a fraction"},
             {"例如 3 或 \"1/3\"", "such as 3 or \"1/3\""});
    } else if (i == j && *value != 1.0) {
      report(node.place,
             {ids_[i] + " 与自身比较应为 1，这里是 " + judgement_text(*value),
              ids_[i] + " compared with itself should be 1, this is " + judgement_text(*value)},
             {"改为 1", "write 1"});
    }
    return value;
  }

  void check_reciprocal(double above, double below, std::size_t i, std::size_t j,
                        const Node& lower) {
    if (std::fabs(above * below - 1.0) <= 1e-9) return;
    report(lower.place,
           {pair_text(j, i) + " 为 " + judgement_text(below) + "，而 " + pair_text(i, j) + " 为 " +
                judgement_text(above) + "：二者应互为倒数",
            pair_text(j, i) + " is " + judgement_text(below) + ", yet " + pair_text(i, j) + " is " +
                judgement_text(above) + ": each should be the reciprocal of the other"},
           {"这里改为 " + typed_text(1.0 / above) + "，或只写矩阵的上半部分",
            "write " + typed_text(1.0 / above) + " here, or only the upper half of the matrix"});
  }

  const std::vector<std::string>& ids_;
  std::vector<Diagnostic>& diagnostics_;
  bool good_ = true;
};

// Shares of `whole`, with so many decimals that they still add up: the largest remainders are
// rounded up, of equal ones the first.
std::vector<double> shared_out(const std::vector<double>& shares, double whole,
                               std::optional<long> decimals) {
  std::vector<double> out;
  for (const double share : shares) out.push_back(share * whole);
  if (!decimals) return out;
  double unit = 1;
  for (long i = 0; i < *decimals; ++i) unit *= 10;
  std::vector<double> remainders;
  double left = std::round(whole * unit);
  for (double& value : out) {
    const double floor = std::floor(value * unit + 1e-9);
    remainders.push_back(value * unit - floor);
    left -= floor;
    value = floor;
  }
  std::vector<std::size_t> order(out.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t k = 0; k < order.size() && left > 0.5; ++k, left -= 1) out[order[k]] += 1;
  for (double& value : out) value /= unit;
  return out;
}

}  // namespace

// That the judgements contradict each other too much, with the one that does most of it.
void Reading::check_consistency(const std::vector<std::string>& ids, const Judge& judge) {
  if (judge.consistency_ratio <= weights::most_inconsistent) return;
  const std::size_t n = ids.size();
  const auto worst = weights::worst_judgement(judge.matrix, n);
  const auto text = [&](std::size_t i, std::size_t j) {
    return ids[i] + " : " + ids[j] + " = " + judgement_text(judge.matrix[i * n + j]);
  };
  const std::string found = text(worst.row, worst.column);
  const std::string first = text(worst.row, worst.witness);
  const std::string second = text(worst.witness, worst.column);
  const std::string implied = judgement_text(worst.implied);
  const std::string ratio = value::plain(judge.consistency_ratio, 4);
  const std::string then = value::plain(worst.ratio_then, 4);
  const std::string better = judgement_text(worst.better);
  const Text who = judge.name.empty() ? Text{"判断矩阵", "the judgements"}
                                      : Text{"'" + judge.name + "' 的判断矩阵",
                                             "the judgements of '" + judge.name + "'"};
  report(Code::comparisons_inconsistent, judge.place,
         {who.zh + "一致性比例 CR = " + ratio + "，超过 0.1；最不协调的是 " + found + "：由 " +
              first + " 与 " + second + " 应得 " + implied,
          who.en + " contradict each other: consistency ratio " + ratio +
              ", above 0.1; the worst is " + found + ", where " + first + " and " + second +
              " imply " + implied},
         worst.ratio_then <= weights::most_inconsistent
             ? Text{"请评判人重新考虑；改为 " + better + " 则 CR = " + then,
                    "ask the judge again; with " + better + " there the ratio is " + then}
             : Text{"请评判人重新比较；只改这一处（" + better + "）CR 仍为 " + then,
                    "ask the judge to compare again; with " + better +
                        " there alone the ratio is still " + then});
}

// What a matrix compares: all blocks, all fixed indicators, or all of one block; nothing (reported)
// otherwise.
std::optional<ComparedGroup> Reading::compared_group(const std::vector<std::string>& ids,
                                                     const text::Place& at) {
  ComparedGroup out;
  std::vector<std::string> known = blocks_.all();
  for (const FixedIndicator& one : out_.indicators) known.push_back(one.id);
  const bool blocks = !ids.empty() && blocks_.find(ids.front()) != none;
  out.of_blocks = blocks;
  std::set<std::size_t> members;
  std::set<std::size_t> parents;
  for (const std::string& id : ids) {
    std::size_t found = none;
    if (blocks) {
      found = blocks_.find(id);
    } else {
      for (std::size_t i = 0; i < out_.indicators.size(); ++i) {
        if (out_.indicators[i].id == id) found = i;
      }
    }
    if (found == none) {
      report(Code::reference_unknown, at,
             {"没有名为 '" + id + "' 的" + (blocks ? "块" : "块或固定指标"),
              std::string("there is no ") + (blocks ? "block" : "block or fixed indicator") + " '" +
                  id + "'"},
             text::suggestion(id, known));
      return std::nullopt;
    }
    if (!members.insert(found).second) {
      report(Code::id_duplicate, at, {"'" + id + "' 写了两次", "'" + id + "' stands here twice"},
             {"每项只写一次", "name each thing once"});
      return std::nullopt;
    }
    out.members.push_back(found);
    if (!blocks) parents.insert(out_.indicators[found].block);
  }
  std::size_t expected = out_.blocks.size();
  if (!blocks) {
    out.parent = parents.size() == 1 ? *parents.begin() : none;
    expected = static_cast<std::size_t>(std::count_if(
        out_.indicators.begin(), out_.indicators.end(),
        [&](const auto& one) { return parents.size() != 1 || one.block == out.parent; }));
  }
  if (members.size() == expected && expected <= weights::most_compared && expected > 0) return out;
  if (expected > weights::most_compared) {
    const std::string most = std::to_string(weights::most_compared);
    report(Code::comparisons_matrix, at,
           {"一个矩阵最多比较 " + most + " 项", "one matrix compares at most " + most + " things"},
           {"分块比较：先比较块，再比较每块内的指标",
            "compare in steps: the blocks first, then the indicators of each block"});
  } else {
    report(Code::comparisons_matrix, at,
           {"应比较全部 " + std::to_string(expected) + " 项，这里只有 " +
                std::to_string(members.size()) + " 项",
            "all " + std::to_string(expected) + " things should be compared, these are " +
                std::to_string(members.size())},
           {"写出全部块、全部固定指标，或某一块的全部固定指标",
            "name all blocks, all fixed indicators, or all fixed indicators of one block"});
  }
  return std::nullopt;
}

void Reading::read_matrix(const Node& table, Comparisons& out) {
  TableReader reader(table, "[[weights.ahp.matrix]]", diagnostics_);
  reader.require("compare");
  const std::vector<std::string> ids = reader.strings("compare");
  Judge judge;
  judge.name = reader.string("judge").value_or("");
  reader.require("rows");
  const Node* rows = reader.node("rows");
  reader.finish();
  if (ids.empty() || rows == nullptr) return;
  judge.place = rows->place;
  auto group = compared_group(ids, reader.place("compare"));
  if (!group) return;
  auto matrix = MatrixReader(ids, diagnostics_).read(*rows);
  if (!matrix) return;
  judge.matrix = *std::move(matrix);
  judge.consistency_ratio = weights::compare_pairs(judge.matrix, ids.size()).consistency_ratio;
  check_consistency(ids, judge);
  for (ComparedGroup& known : out.groups) {
    if (known.of_blocks != group->of_blocks || known.parent != group->parent) continue;
    if (known.members != group->members) {
      report(Code::comparisons_matrix, reader.place("compare"),
             {"同一组的各位评判人应按相同顺序比较",
              "judges of the same things should compare them in the same order"},
             {"'compare' 与第一个矩阵写得一样", "write 'compare' as in the first of them"});
      return;
    }
    known.judges.push_back(std::move(judge));
    return;
  }
  group->judges.push_back(std::move(judge));
  out.groups.push_back(*std::move(group));
}

void Reading::settle_group(const Comparisons& comparisons, ComparedGroup& group) {
  const std::size_t n = group.members.size();
  std::vector<std::vector<double>> judges;
  for (const Judge& judge : group.judges) judges.push_back(judge.matrix);
  group.matrix = weights::joined_judgements(judges, n);
  group.result = weights::compare_pairs(group.matrix, n);
  const auto& shares = comparisons.row_means ? group.result.row_means : group.result.eigenvector;
  double whole = out_.scale;
  if (group.parent != none) {
    whole = out_.blocks[group.parent].weight;
    if (whole < 0) {
      report(Code::key_missing, out_.blocks[group.parent].place,
             {"块 " + out_.blocks[group.parent].id + " 没有权重，其指标无从分配",
              "block " + out_.blocks[group.parent].id +
                  " has no weight for its compared indicators to share"},
             {"写明该块的 weight，或加一个比较各块的矩阵",
              "give the block a weight, or a matrix that compares the blocks"});
      return;
    }
  }
  group.points = shared_out(shares, whole, comparisons.decimals);
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t member = group.members[k];
    const bool written = group.of_blocks ? out_.blocks[member].weight >= 0
                                         : out_.indicators[member].weight.has_value();
    if (written) {
      const std::string& id = group.of_blocks ? out_.blocks[member].id : out_.indicators[member].id;
      report(Code::weights_invalid,
             group.of_blocks ? out_.blocks[member].place : out_.indicators[member].place,
             {"'" + id + "' 的权重已由判断矩阵给出，又另写了 weight",
              "the weight of '" + id + "' comes from a comparison matrix, yet it is written too"},
             {"删去 weight（矩阵给出 " + value::plain(group.points[k], 4) + "）",
              "delete its weight (the matrix gives " + value::plain(group.points[k], 4) + ")"});
    }
    if (group.of_blocks) {
      out_.blocks[member].weight = group.points[k];
    } else {
      out_.indicators[member].weight = group.points[k];
    }
  }
}

// [weights.data] says where the weights come from; so they have to be those.
void Reading::read_weights_origin(const Node& table) {
  TableReader reader(table, "[weights.data]", diagnostics_);
  WeightsOrigin made;
  made.method = reader.required_string("method");
  made.table = reader.required_string("table");
  made.sha256 = reader.required_string("sha256");
  made.rules = reader.required_string("rules");
  reader.require("projects");
  made.projects = reader.integer("projects", 1, 1'000'000'000).value_or(0);
  for (const char* key : {"explained", "loadings"}) reader.allow(key);  // for readers of the file
  reader.require("weights");
  const Node* given = reader.table("weights");
  reader.finish();
  for (const Node::Entry& entry : given != nullptr ? given->entries : std::vector<Node::Entry>{}) {
    const auto found = std::find_if(out_.indicators.begin(), out_.indicators.end(),
                                    [&](const FixedIndicator& one) { return one.id == entry.key; });
    if (found == out_.indicators.end()) {
      std::vector<std::string> known;
      for (const FixedIndicator& one : out_.indicators) known.push_back(one.id);
      report(Code::reference_unknown, entry.key_place,
             {"没有名为 '" + entry.key + "' 的固定指标",
              "there is no fixed indicator '" + entry.key + "'"},
             text::suggestion(entry.key, known));
    } else if (found->weight != entry.value.number) {
      const std::string now = found->weight ? value::plain(*found->weight, 9) : "-";
      report(Code::weights_data, entry.value.place,
             {"'" + entry.key + "' 的权重是 " + now + "，已不是由数据算出的这一个",
              "the weight of '" + entry.key + "' is " + now +
                  ", no longer the one computed from the data"},
             {"重新运行 jixiao weights，或写 weights = {} 去掉来源",
              "run jixiao weights again, or write weights = {}: the origin no longer holds"});
    }
  }
  out_.weights_origin = std::move(made);
}

void Reading::read_comparisons() {
  const Node* table = top_.table("weights");
  if (table == nullptr) return;
  TableReader reader(*table, "[weights]", diagnostics_);
  const Node* ahp = reader.table("ahp");
  const Node* data = reader.table("data");
  reader.finish();
  if (ahp != nullptr) read_comparison_table(*ahp);
  if (data != nullptr) read_weights_origin(*data);
}

void Reading::read_comparison_table(const Node& ahp) {
  TableReader reader(ahp, "[weights.ahp]", diagnostics_);
  Comparisons made;
  made.cite = read_cite(reader, "cite", true, "[weights.ahp]");
  made.row_means = reader.choice("by", {"eigenvector", "row_means"}).value_or(0) == 1;
  made.decimals = reader.integer("decimals", 0, 9);
  reader.require("matrix");
  for (const Node* matrix : reader.tables("matrix")) read_matrix(*matrix, made);
  reader.finish();
  // Blocks first: indicators share what they get.
  std::stable_sort(
      made.groups.begin(), made.groups.end(),
      [](const ComparedGroup& a, const ComparedGroup& b) { return a.of_blocks && !b.of_blocks; });
  unread_weights_ = text::has_error(diagnostics_);
  if (unread_weights_) return;
  for (ComparedGroup& group : made.groups) settle_group(made, group);
  unread_weights_ = text::has_error(diagnostics_);
  out_.comparisons = std::move(made);
}

}  // namespace jixiao::ruleset
