#include <charconv>
#include <cmath>
#include <limits>

#include "shard/part_writer.hpp"
#include "table/cells.hpp"

namespace jixiao::shard {
namespace {

void put(std::string& to, std::uint64_t number) {
  to += std::to_string(number);
  to += ';';
}
void put(std::string& to, double number) {
  table::append_number(to, number);
  to += ';';
}
void put(std::string& to, std::string_view text) {
  to += std::to_string(text.size());
  to += ':';
  to += text;
}

template <class T>
T at(const std::vector<T>& column, std::size_t i, T without) {
  return i < column.size() ? column[i] : without;
}

bool take(std::string_view& bytes, char end, std::uint64_t& out) {
  const auto [after, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), out);
  if (error != std::errc() || after == bytes.data() + bytes.size() || *after != end) return false;
  bytes.remove_prefix(static_cast<std::size_t>(after - bytes.data()) + 1);
  return true;
}
bool take(std::string_view& bytes, double& out) {
  const auto end = bytes.find(';');
  if (end == std::string_view::npos) return false;
  const std::string_view number = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  if (number.empty()) out = std::nan("");
  return number.empty() || table::read_plain(number, out);
}
bool take(std::string_view& bytes, std::string_view& out) {
  std::uint64_t length = 0;
  if (!take(bytes, ':', length) || length > bytes.size()) return false;
  out = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return true;
}

// The columns of numbers a project has, in the order they are written.
template <class Standings>
auto number_columns(Standings& s) {
  std::vector<decltype(&s.total)> out{&s.total, &s.initial, &s.adjusted, &s.executed};
  for (auto& block : s.blocks) out.push_back(&block);
  for (auto& lost : s.lost_points) out.push_back(&lost);
  return out;
}
template <class Standings>
auto text_columns(Standings& s) {
  std::vector<decltype(&s.project)> out{&s.project};
  for (auto& group : s.groups) out.push_back(&group);
  for (auto& lost : s.lost_most) out.push_back(&lost);
  return out;
}

bool take_project(std::string_view& bytes, std::uint64_t late, batch::Scored& out) {
  std::uint64_t key = 0;
  std::uint64_t line = 0;
  std::uint64_t band = 0;
  if (!take(bytes, ';', key) || !take(bytes, ';', line)) return false;
  out.keys.push_back(key);
  out.lines.push_back(line);
  for (std::uint64_t cell = 0; cell < late; ++cell) {
    std::uint64_t at = 0;
    if (!take(bytes, ';', at) || at > std::numeric_limits<std::uint32_t>::max()) return false;
    out.late_at.push_back(static_cast<std::uint32_t>(at));
  }
  if (!take(bytes, ';', band)) return false;
  out.standings.band.push_back(static_cast<std::uint32_t>(band));
  for (auto* column : number_columns(out.standings)) {
    if (!take(bytes, column->emplace_back())) return false;
  }
  for (auto* column : text_columns(out.standings)) {
    if (!take(bytes, column->emplace_back())) return false;
  }
  return true;
}

}  // namespace

void append_standings(std::string& to, const batch::Scored& piece) {
  const portfolio::Standings& s = piece.standings;
  put(to, std::uint64_t{s.blocks.size()});
  put(to, std::uint64_t{s.groups.size()});
  put(to, std::uint64_t{s.lost_most.size()});
  put(to, std::uint64_t{s.lost_points.size()});
  const std::uint64_t late = s.size() > 0 ? piece.late_at.size() / s.size() : 0;
  put(to, late);
  const auto numbers = number_columns(s);
  const auto texts = text_columns(s);
  for (std::size_t i = 0; i < s.size(); ++i) {
    put(to, piece.keys[i]);
    put(to, piece.lines[i]);
    for (std::size_t cell = 0; cell < late; ++cell)
      put(to, std::uint64_t{piece.late_at[i * late + cell]});
    put(to, static_cast<std::uint64_t>(s.band[i]));
    for (const auto* column : numbers) put(to, at(*column, i, std::nan("")));
    for (const auto* column : texts) put(to, at(*column, i, std::string_view()));
  }
}

bool take_standings(std::string_view bytes, std::size_t projects, batch::Scored& out) {
  std::uint64_t blocks = 0;
  std::uint64_t groups = 0;
  std::uint64_t names = 0;
  std::uint64_t points = 0;
  std::uint64_t late = 0;
  if (!take(bytes, ';', blocks) || !take(bytes, ';', groups) || !take(bytes, ';', names) ||
      !take(bytes, ';', points) || !take(bytes, ';', late))
    return false;
  if (blocks > 100000 || groups > 100000 || names > 3 || points > 3 || late > 3) return false;
  out.keys.clear();
  out.lines.clear();
  out.late_at.clear();
  out.standings.clear();
  out.standings.blocks.resize(blocks);
  out.standings.groups.resize(groups);
  out.standings.lost_most.resize(names);
  out.standings.lost_points.resize(points);
  for (std::size_t i = 0; i < projects; ++i) {
    if (!take_project(bytes, late, out)) return false;
  }
  return bytes.empty();
}

}  // namespace jixiao::shard
