#include "planning/kept_records.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "text/diagnostics.hpp"

namespace jixiao::planning {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds between_saves{30};
constexpr std::size_t largest_state = std::size_t{1} << 33U;

bool save(const study::Experiment& widest, const study::Records& records, const std::string& file, std::vector<Diagnostic>& diagnostics) {
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
  diagnostics.push_back(text::diagnose_file(text::Code::file_unwritable, file,
                                            {"中间状态写不进去", "what is done so far cannot be kept there"},
                                            {"换一个可写的位置", "name a place that can be written"}));
  fs::remove(fresh, error);
  return false;
}

}  // namespace

std::optional<study::Records> take_up(const study::Experiment& widest, const StudyOptions& options, std::vector<Diagnostic>& diagnostics) {
  std::error_code error;
  if (options.state_file.empty() || !options.take_up || !fs::exists(options.state_file, error)) return study::Records();
  const auto source = text::read_source(options.state_file, diagnostics, largest_state);
  if (!source) return std::nullopt;
  return study::Records::from_json(source->text(), options.state_file, widest, diagnostics);
}

bool do_pieces(const study::Experiment& experiment, const study::Experiment& widest, study::Records& records, std::size_t up_to,
               Progress& progress, std::vector<Diagnostic>& diagnostics) {
  const StudyOptions& options = progress.options;
  study::RunOptions run{options.threads, options.stop, {}};
  if (options.progress) run.progress = [&](std::size_t done, std::size_t) { options.progress(done, up_to); };
  // Kept now and then only where somebody named the file: a machine may go down.
  const bool keeping = !options.state_file.empty() && options.take_up;
  const std::size_t portion = keeping ? std::max<std::size_t>(up_to / 64, 16) : up_to;
  auto saved = std::chrono::steady_clock::now();
  while (records.size() < up_to) {
    const std::size_t until = std::min(up_to, records.size() + portion);
    study::run(experiment, records, until, run);
    if (records.size() < until) break;
    const auto now = std::chrono::steady_clock::now();
    if (!keeping || until == up_to || now - saved < between_saves) continue;
    if (!save(widest, records, options.state_file, diagnostics)) return false;
    saved = now;
  }
  progress.complete = records.size() >= up_to;
  if (progress.complete || options.state_file.empty()) return true;
  return save(widest, records, options.state_file, diagnostics);
}

void leave(const StudyOptions& options) {
  std::error_code ignored;
  if (!options.state_file.empty() && options.take_up) fs::remove(options.state_file, ignored);
}

}  // namespace jixiao::planning
