#include "shard/part_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shard/part_writer.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::shard {
namespace {

constexpr std::size_t longest_line = std::size_t{64} << 20;
constexpr std::uint64_t longest_stretch = std::uint64_t{4} << 30;

[[noreturn]] void refuse_part(const std::string& file, const Text& message, const Text& help) {
  // What is written lies under such a name until it is whole.
  static const Text left_behind{
      "这是被中断的运行留下的半成品：不要交给 merge；用同样的命令重新运行这个分片",
      "a run that was killed left this behind: leave it out, and run its shard again with the same "
      "command"};
  throw table::StreamFailure(text::diagnose_file(text::Code::part_wrong, file, message,
                                                 file.ends_with(".part") ? left_behind : help));
}

[[noreturn]] void damaged(const std::string& file, const Text& what) {
  refuse_part(file, {"这个分片文件已损坏：" + what.zh, "this part is damaged: " + what.en},
              {"用同样的命令重新运行这个分片", "run this shard again with the same command"});
}

// `word` and as many numbers as there is room for; false when the line is anything else.
template <std::size_t n>
bool read_line(std::string_view line, std::string_view word,
               std::array<std::uint64_t, n>& numbers) {
  if (!line.starts_with(word)) return false;
  line.remove_prefix(word.size());
  for (std::uint64_t& number : numbers) {
    if (!line.starts_with(' ')) return false;
    const auto [after, error] = std::from_chars(line.data() + 1, line.data() + line.size(), number);
    if (error != std::errc()) return false;
    line.remove_prefix(static_cast<std::size_t>(after - line.data()));
  }
  return line.empty();
}

}  // namespace

struct PartReader::State {
  explicit State(std::string name) : file(std::move(name)) {
    std::vector<Diagnostic> diagnostics;
    source = table::open_source(file, diagnostics);
    if (source == nullptr) throw table::StreamFailure(diagnostics.back());
  }

  // More bytes behind those not yet used; false at the end of the file.
  bool more() {
    buffer.erase(0, at);
    at = 0;
    const std::size_t had = buffer.size();
    buffer.resize(had + std::max<std::size_t>(std::size_t{1} << 18, had));
    const std::size_t got = source->read(std::span<char>(buffer).subspan(had));
    buffer.resize(had + got);
    return got > 0;
  }

  // Without its end.
  std::string_view line() {
    for (;;) {
      const auto end = buffer.find('\n', at);
      if (end != std::string::npos) {
        const std::string_view out = std::string_view(buffer).substr(at, end - at);
        last_line = at;
        at = end + 1;
        return out;
      }
      if (buffer.size() - at > longest_line || !more())
        damaged(file, {"在中途结束", "it ends in the middle"});
    }
  }
  // Whether the next line begins so; the line stays.
  bool comes(std::string_view word) {
    while (buffer.size() - at < word.size()) {
      if (!more()) return false;
    }
    return std::string_view(buffer).substr(at).starts_with(word);
  }

  std::string_view bytes(std::uint64_t count) {
    if (count > longest_stretch) damaged(file, {"长度不可信", "a length nobody can believe"});
    while (buffer.size() - at < count) {
      if (!more()) damaged(file, {"在中途结束", "it ends in the middle"});
    }
    const std::string_view out = std::string_view(buffer).substr(at, count);
    at += count;
    return out;
  }

  std::string file;
  std::unique_ptr<table::ByteSource> source;
  std::string buffer;
  std::size_t at = 0;
  std::size_t last_line = 0;
  PartHead head;
};

PartReader::PartReader(std::string file) : state_(std::make_unique<State>(std::move(file))) {
  if (!state_->comes(part_mark) || state_->line() != part_mark) {
    refuse_part(state_->file, {"这不是分片文件", "this is no part"},
                {"给出 jixiao batch --shard i/n -o 文件 写出的文件",
                 "give the files that jixiao batch --shard i/n -o FILE wrote"});
  }
  auto head = head_of_line(state_->line());
  if (!head || head->shard.count == 0 || head->shard.index == 0 ||
      head->shard.index > head->shard.count) {
    damaged(state_->file, {"文件头读不懂", "its head cannot be read"});
  }
  state_->head = std::move(*head);
}

PartReader::~PartReader() = default;
PartReader::PartReader(PartReader&&) noexcept = default;
PartReader& PartReader::operator=(PartReader&&) noexcept = default;

const std::string& PartReader::file() const { return state_->file; }
const PartHead& PartReader::head() const { return state_->head; }

bool PartReader::next(batch::Scored& out, std::size_t& input) {
  if (!state_->comes("piece ")) return false;
  std::array<std::uint64_t, 7> numbers{};
  const bool read = read_line(state_->line(), "piece", numbers);
  const auto [table, records, projects, failed, rows, indicators, standings] = numbers;
  const std::uint64_t all = rows + indicators + standings;
  const Text wrong{"有一段读不懂", "a stretch of it cannot be read"};
  if (!read || table >= state_->head.inputs.size() || rows > longest_stretch ||
      indicators > longest_stretch || standings > longest_stretch) {
    damaged(state_->file, wrong);
  }
  const std::string_view bytes = state_->bytes(all);
  out.records = records;
  out.failed = failed;
  out.rows = bytes.substr(0, rows);
  out.indicators.assign(bytes.substr(rows, indicators));
  if (!take_standings(bytes.substr(rows + indicators), projects, out)) damaged(state_->file, wrong);
  if (std::any_of(out.late_at.begin(), out.late_at.end(),
                  [most = rows](std::size_t at) { return at > most; }) ||
      !std::is_sorted(out.late_at.begin(), out.late_at.end()) ||
      out.late_at.size() != projects * state_->head.form.late.size()) {
    damaged(state_->file, wrong);
  }
  input = table;
  return true;
}

bool PartReader::next_faults(std::vector<batch::PlacedFault>& out) {
  out.clear();
  if (!state_->comes("faults ")) return false;
  std::array<std::uint64_t, 1> length{};
  if (!read_line(state_->line(), "faults", length))
    damaged(state_->file, {"有一段读不懂", "a stretch of it cannot be read"});
  std::string_view bytes = state_->bytes(length[0]);
  while (!bytes.empty()) {
    if (!batch::take_bytes(bytes, out.emplace_back()) ||
        out.back().input >= state_->head.inputs.size()) {
      damaged(state_->file, {"有一处错误记录读不懂", "a fault in it cannot be read"});
    }
  }
  return true;
}

PartEnd PartReader::end() {
  std::array<std::uint64_t, 5> numbers{};
  if (!read_line(state_->line(), "end", numbers))
    damaged(state_->file, {"结尾读不懂", "its end cannot be read"});
  return {numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
}

PartHead verify_part(const std::string& file) {
  // The checksum stands in the last line: what may be that line waits until more comes.
  constexpr std::size_t last = sizeof "sha256 \n" - 1 + 64;
  PartHead head = PartReader(file).head();
  std::vector<Diagnostic> diagnostics;
  const auto source = table::open_source(file, diagnostics);
  if (source == nullptr) throw table::StreamFailure(diagnostics.back());
  system::Digest digest;
  std::string held;
  std::string room(std::size_t{1} << 18, '\0');
  while (const std::size_t got = source->read(room)) {
    held.append(room, 0, got);
    if (held.size() <= last) continue;
    digest.add(std::string_view(held).substr(0, held.size() - last));
    held.erase(0, held.size() - last);
  }
  if (held != "sha256 " + digest.hex() + "\n")
    damaged(file, {"校验和不对", "its checksum is wrong"});
  return head;
}

}  // namespace jixiao::shard
