#include "study/kept_records.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

#include "jixiao/file_uses.hpp"
#include "study/messages.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::study {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds between_saves{30};
constexpr auto largest_state = static_cast<std::size_t>(
    std::min(std::uint64_t{1} << 33U, std::uint64_t{std::numeric_limits<std::size_t>::max()}));
constexpr std::size_t numbers_at_once = std::size_t{1} << 23U;  // that ranks gather: 64 MB
constexpr std::uint64_t failed = ~std::uint64_t{0};

bool save(const sampling::Experiment& widest, const sampling::Records& records,
          const std::string& file, text::Findings findings) {
  if (auto conflict = FileUses::before_writing(file)) {
    findings.add({*std::move(conflict)});
    return false;
  }
  // A state that is half written would be worse than the one before it.
  const std::string fresh = file + ".new";
  bool sound = false;
  {
    std::ofstream out(fresh, std::ios::binary);
    out << records.to_json(widest);
    out.close();
    sound = out.good();
  }
  std::error_code error;
  if (sound) fs::rename(fresh, file, error);
  if (sound && !error) return true;
  findings.report_file(file, message::state_unwritable());
  fs::remove(fresh, error);
  return false;
}

std::optional<sampling::Records> read_state(const sampling::Experiment& widest,
                                            const StudyOptions& options, text::Findings findings) {
  std::error_code error;
  if (options.state_file.empty() || !options.take_up || !fs::exists(options.state_file, error))
    return sampling::Records();
  const auto source = text::read_own_source(options.state_file, findings.all(), largest_state);
  if (!source) return std::nullopt;
  return sampling::Records::from_json(source->text(), options.state_file, widest, findings.all());
}

// The first bits of what tells one study from another.
std::uint64_t identity_bits(const sampling::Experiment& experiment) {
  system::Fingerprint print;
  print.add(experiment.identity());
  return std::stoull(print.hex().substr(0, 16), nullptr, 16);
}

// Whether all ranks study the same.
bool agree(const sampling::Experiment& experiment, Ranks& ranks, text::Findings findings) {
  const std::uint64_t own = identity_bits(experiment);
  const bool differs = ranks.broadcast(own) != own;
  const std::size_t first = ranks.lowest_rank_where(differs);
  if (first == ranks.count()) return true;
  if (differs) findings.report_file("", message::ranks_differ(ranks.rank()));
  return false;
}

}  // namespace

std::optional<KeptRecords> KeptRecords::take_up(const sampling::Experiment& widest,
                                                Progress& progress, text::Findings findings) {
  const StudyOptions& options = progress.options;
  if (options.ranks != nullptr && !agree(widest, *options.ranks, findings)) return std::nullopt;
  KeptRecords out(widest, progress);
  bool sound = true;
  if (progress.answers()) {
    auto records = read_state(widest, options, findings);
    sound = records.has_value();
    if (records) out.records_ = std::move(*records);
  }
  out.done_ = out.records_.size();
  if (options.ranks != nullptr) {
    const std::uint64_t done = options.ranks->broadcast(sound ? out.done_ : failed);
    sound = done != failed;
    out.done_ = static_cast<std::size_t>(done);
  }
  return sound ? std::optional(std::move(out)) : std::nullopt;
}

bool KeptRecords::decided(bool own) const {
  Ranks* ranks = progress_->options.ranks;
  return ranks == nullptr ? own : ranks->broadcast(own ? 1 : 0) == 1;
}

std::size_t KeptRecords::portion(std::size_t up_to, bool keeping) const {
  const Ranks* ranks = progress_->options.ranks;
  std::size_t out = keeping ? std::max<std::size_t>(up_to / 64, 16) : up_to;
  if (ranks != nullptr)
    out = std::min(std::max(out, ranks->count()),
                   std::max(numbers_at_once / std::max<std::size_t>(widest_->record_length(0), 1),
                            16 * ranks->count()));
  return out;
}

std::size_t KeptRecords::do_portion(std::size_t until, const sampling::RunOptions& run) {
  if (progress_->options.ranks != nullptr)
    return sampling::run_over_ranks(*widest_, *progress_->options.ranks, records_, done_, until,
                                    run);
  sampling::run(*widest_, records_, until, run);
  return records_.size();
}

// What is drawn is held, and held a second time while it is looked through.
void KeptRecords::describe_memory(std::size_t up_to) {
  if (memory_told_ || !progress_->options.say || !progress_->answers()) return;
  constexpr std::uint64_t much = std::uint64_t{1} << 30U;
  std::uint64_t numbers = 0;
  for (std::size_t piece = 0; piece < up_to; ++piece) numbers += widest_->record_length(piece);
  const std::uint64_t bytes = 2 * sizeof(double) * numbers;
  if (bytes <= much) return;
  memory_told_ = true;
  const std::string megabytes = std::to_string(bytes >> 20U);
  std::vector<Diagnostic> said;
  text::Findings(said).report_file("", message::memory_needed(megabytes));
  progress_->options.say(said.front());
}

bool KeptRecords::do_pieces(std::size_t up_to, text::Findings findings) {
  describe_memory(up_to);
  const StudyOptions& options = progress_->options;
  sampling::RunOptions run{options.threads, options.stop, {}};
  if (options.progress)
    run.progress = [&](std::size_t done, std::size_t) { options.progress(done, up_to); };
  // Kept now and then only where somebody named the file: a machine may go down.
  const bool keeping = !options.state_file.empty() && options.take_up;
  const std::size_t at_once = portion(up_to, keeping);
  auto saved = std::chrono::steady_clock::now();
  while (done_ < up_to) {
    const std::size_t until = std::min(up_to, done_ + at_once);
    done_ = do_portion(until, run);
    const bool stopped = done_ < until;
    bool sound = true;
    const auto now = std::chrono::steady_clock::now();
    const bool is_due = stopped ? !options.state_file.empty()
                                : keeping && until < up_to && now - saved >= between_saves;
    if (progress_->answers() && is_due) {
      sound = save(*widest_, records_, options.state_file, findings);
      saved = now;
    }
    if (!decided(sound)) return false;
    if (stopped) break;
  }
  progress_->complete = done_ >= up_to;
  return true;
}

void leave(const StudyOptions& options) {
  std::error_code ignored;
  if (!options.state_file.empty() && options.take_up) fs::remove(options.state_file, ignored);
}

}  // namespace jixiao::study
