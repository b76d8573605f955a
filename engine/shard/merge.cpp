// Parts of all shards -> what a single run makes.
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <thread>

#include "batch/open_source.hpp"
#include "batch/output_tables.hpp"
#include "batch/run_context.hpp"
#include "batch/run_names.hpp"
#include "jixiao/batch.hpp"
#include "shard/part_head.hpp"
#include "shard/part_reader.hpp"
#include "system/fingerprint.hpp"
#include "system/key_map.hpp"
#include "system/pipeline.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace shard {
namespace {

[[noreturn]] void refuse_merge(const std::string& file, const Text& message, const Text& help) {
  throw table::StreamFailure(text::diagnose_file(text::Code::part_wrong, file, message, help));
}

struct Part {
  std::string file;
  PartHead head;
};

// A folder stands for the parts in it: a shell cannot name ten thousand of them.
std::vector<std::string> parts_named(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  std::error_code error;
  for (const std::string& name : names) {
    if (!std::filesystem::is_directory(name, error)) {
      out.push_back(name);
      continue;
    }
    const std::size_t before = out.size();
    for (const auto& item : std::filesystem::directory_iterator(name, error)) {
      if (item.path().extension() == ".jxpart" && item.is_regular_file(error))
        out.push_back(item.path().string());
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
    if (out.size() == before)
      refuse_merge(name, {"目录里没有 .jxpart 文件", "the folder holds no .jxpart files"},
                   {"各分片写成 目录/*.jxpart", "let the shards write FOLDER/*.jxpart"});
  }
  return out;
}

// All parts, held to their checksums, on all cores.
std::vector<Part> verified(const std::vector<std::string>& files, std::size_t threads,
                           const std::atomic<bool>* stop) {
  std::vector<Part> out;
  std::vector<Part> slots(2 * threads);
  std::size_t next = 0;
  system::in_order(
      threads, slots,
      [&](Part& slot) {
        if (next == files.size() || (stop != nullptr && stop->load())) return false;
        slot.file = files[next++];
        return true;
      },
      [&](Part& slot, std::size_t) { slot.head = verify_part(slot.file); },
      [&](Part& slot) {
        out.push_back(slot);
        return true;
      });
  return out;
}

std::string shard_name(const Shard& shard) {
  return std::to_string(shard.index) + "/" + std::to_string(shard.count);
}

// In the order of their shards, each once, all of one run.
std::vector<Part> in_shard_order(std::vector<Part> parts) {
  const PartHead& first = parts[0].head;
  const Text same{"合并由同一命令、只有 --shard 不同的各次运行写出的文件",
                  "merge the files of runs that differ in --shard alone"};
  for (const Part& part : parts) {
    const Text differs = difference(first, part.head);
    if (!differs.empty()) {
      refuse_merge(part.file,
                   {"与 " + parts[0].file + " 不是一次运行：" + differs.zh,
                    "it is not of one run with " + parts[0].file + ": " + differs.en},
                   same);
    }
  }
  std::map<std::size_t, Part> by_index;
  for (Part& part : parts) {
    const auto [there, fresh] = by_index.emplace(part.head.shard.index, part);
    if (!fresh) {
      const std::string shard = shard_name(part.head.shard);
      refuse_merge(part.file,
                   {"分片 " + shard + " 给了两次，另一个是 " + there->second.file,
                    "shard " + shard + " is there twice; the other is " + there->second.file},
                   {"去掉其中一个", "leave one of them out"});
    }
  }
  std::string missing;
  for (std::size_t index = 1; index <= first.shard.count && missing.size() < 200; ++index) {
    if (!by_index.contains(index))
      missing += (missing.empty() ? "" : ", ") + shard_name({index, first.shard.count});
  }
  if (!missing.empty()) {
    refuse_merge(
        {}, {"缺少分片 " + missing, "shard " + missing + " is missing"},
        {"运行缺少的分片（--shard " + missing.substr(0, missing.find(',')) + "），再合并全部文件",
         "run what is missing (--shard " + missing.substr(0, missing.find(',')) +
             "), then merge all the files"});
  }
  std::vector<Part> out;
  for (auto& [index, part] : by_index) out.push_back(std::move(part));
  return out;
}

// Every byte of every table was read by one shard and by no other.
void check_shares(const std::vector<Part>& parts) {
  for (std::size_t n = 1; n < parts.size(); ++n) {
    const auto& before = parts[n - 1].head.inputs;
    const auto& here = parts[n].head.inputs;
    if (here.size() != 1 || before[0].range.end == here[0].range.begin) continue;
    refuse_merge(parts[n].file,
                 {"它从字节 " + std::to_string(here[0].range.begin) + " 开始，前一分片在 " +
                      std::to_string(before[0].range.end) + " 结束：表在两次运行之间改过",
                  "it begins at byte " + std::to_string(here[0].range.begin) +
                      ", the shard before ends at " + std::to_string(before[0].range.end) +
                      ": the table changed between the runs"},
                 {"重新运行全部分片", "run all the shards again"});
  }
}

RuleSet rules_of(const PartHead& head, const RuleLibrary& library) {
  for (const std::string& name : {head.rules_id, head.rules_file}) {
    const auto rules = read_rules(name, library);
    if (rules && rules->model().sha256 == head.rules_sha256) return *rules;
  }
  refuse_merge(head.rules_file,
               {"找不到分片所用的规则集 " + head.rules_id + "，或它已改过",
                "the rule set of the parts, " + head.rules_id + ", is not here or has changed"},
               {"用 --rules-folder 指出原来的规则库，或重新运行全部分片",
                "name its folder with --rules-folder, or run all the shards again"});
}

void check_earlier(const PartHead& head, const std::string& database) {
  if (head.portfolio.earlier.empty()) return;
  if (batch::digest_of(head.portfolio.earlier, database) == head.earlier_sha256) return;
  refuse_merge(
      head.portfolio.earlier,
      {"要对比的表在各分片运行之后改过", "the table to compare with changed after the shards ran"},
      {"恢复原来的表，或重新运行全部分片", "put the table back, or run all the shards again"});
}

class Merge {
 public:
  Merge(BatchRequest request, const RuleLibrary& library, const BatchWatch& watch)
      : request_(std::move(request)),
        library_(library),
        watch_(watch),
        memory_(batch::plan_memory(request_)) {}

  Checked<BatchOutcome> run() {
    if (request_.inputs.empty())
      refuse_merge(
          {}, {"没有要合并的文件", "there are no parts to merge"},
          {"jixiao merge part-*.jxpart -o 结果.csv", "jixiao merge part-*.jxpart -o OUT.csv"});
    const std::vector<std::string> names = parts_named(request_.inputs);
    std::vector<Diagnostic> diagnostics;
    batch::check_names(request_, names, {}, diagnostics);
    if (text::has_error(diagnostics)) return diagnostics;
    std::vector<Part> found = verified(names, memory_.threads, watch_.stop);
    if (stopped()) return interrupted();
    const std::vector<Part> parts = in_shard_order(std::move(found));
    check_shares(parts);
    const PartHead& head = parts[0].head;
    check_earlier(head, request_.database);
    const RuleSet rules = rules_of(head, library_);
    form_ = head.form;
    request_.portfolio = head.portfolio;
    request_.language = head.language;
    request_.strict = head.strict;
    request_.map = head.map;
    if (!request_.indicators.empty() && !head.with_indicators) {
      refuse_merge(parts[0].file, {"分片里没有指标记录", "the parts hold no indicator records"},
                   {"运行各分片时加上 --indicators", "give --indicators to the shards as well"});
    }
    // now with the table to compare with
    batch::check_names(request_, names, {rules.model().file}, diagnostics);
    if (text::has_error(diagnostics)) return diagnostics;
    const auto sink =
        batch::make_output_tables(rules.model(), request_, form_, {false, memory_}, diagnostics);
    if (text::has_error(diagnostics)) return diagnostics;
    if (!hand_on(parts, *sink) || !sink->finish(outcome_, watch_.stop)) return interrupted();
    outcome_.findings.insert(outcome_.findings.begin(), diagnostics.begin(), diagnostics.end());
    return Checked<BatchOutcome>(std::move(outcome_));
  }

 private:
  struct Open {
    std::optional<PartReader> reader;
    batch::Scored scored;
    std::size_t input = 0;
    bool waiting = false;  // a piece is in `scored`
  };

  [[nodiscard]] bool stopped() const { return watch_.stop != nullptr && watch_.stop->load(); }
  Checked<BatchOutcome> interrupted() {
    outcome_ = {};
    outcome_.interrupted = true;
    return Checked<BatchOutcome>(std::move(outcome_));
  }

  // Tables in their order, and within a table the shards in theirs: the order of a single run.
  bool hand_on(const std::vector<Part>& parts, batch::ResultSink& sink) {
    std::vector<Open> open(parts.size());
    for (std::size_t input = 0; input < form_.inputs.size(); ++input) {
      for (std::size_t part = 0; part < parts.size(); ++part) {
        if (!parts[part].head.inputs[input].mine) continue;
        if (!take_pieces(parts[part], open[part], input, sink)) return false;
      }
    }
    return true;
  }

  bool take_pieces(const Part& part, Open& open, std::size_t input, batch::ResultSink& sink) {
    if (!open.reader) {
      open.reader.emplace(part.file);
      open.waiting = open.reader->next(open.scored, open.input);
    }
    for (; open.waiting && open.input == input;
         open.waiting = open.reader->next(open.scored, open.input)) {
      if (stopped()) return false;
      take(part, open, sink);
    }
    // After a shard's last table: what was wrong in all of them; then its file need not stay open.
    if (!last_table(part.head, input)) return true;
    if (open.waiting)
      refuse_merge(part.file,
                   {"这个分片文件里的表次序不对", "the tables in this part are out of order"},
                   {"重新运行这个分片", "run this shard again"});
    while (open.reader->next_faults(faults_)) sink.take_faults(faults_);
    open = {};
    return true;
  }

  static bool last_table(const PartHead& head, std::size_t input) {
    return std::none_of(head.inputs.begin() + static_cast<std::ptrdiff_t>(input) + 1,
                        head.inputs.end(),
                        [](const batch::Inputs::Identity& later) { return later.mine; });
  }

  void take(const Part& part, const Open& open, batch::ResultSink& sink) {
    const batch::Scored& scored = open.scored;
    for (std::size_t i = 0; i < scored.keys.size(); ++i) {
      const system::KeyMap::Seen seen = known_.add(scored.keys[i], scored.lines[i]);
      if (!seen.before) continue;
      const std::string project(scored.standings.project[i]);
      if (!form_.wide) refuse_unsorted(part, project);
      if (project.empty()) continue;  // no project, which has been told
      faults_.push_back(batch::duplicate_project(project, seen.value, scored.lines[i], form_));
    }
    sink.take_faults(faults_);
    outcome_.records += scored.records;
    outcome_.projects += scored.keys.size();
    outcome_.failed += scored.failed;
    sink.take(scored, open.input);
    if (watch_.progress) watch_.progress({outcome_.records, outcome_.projects, 0, 0});
  }

  [[noreturn]] void refuse_unsorted(const Part& part, const std::string& project) {
    refuse_merge(part.file,
                 {"项目“" + project + "”的记录分散在两个分片里：表没有按项目排好",
                  "records of project '" + project +
                      "' are in two shards: the table is not sorted by project"},
                 batch::sorting_advice(form_.inputs[0], "project"));
  }

  BatchRequest request_;
  const RuleLibrary& library_;
  const BatchWatch& watch_;
  batch::MemoryPlan memory_;
  batch::TableForm form_;
  system::KeyMap known_;
  BatchOutcome outcome_;
  std::vector<batch::PlacedFault> faults_;
};

}  // namespace
}  // namespace shard

Checked<BatchOutcome> merge_parts(const BatchRequest& request, const RuleLibrary& library,
                                  const BatchWatch& watch) {
  try {
    return shard::Merge(request, library, watch).run();
  } catch (const table::StreamFailure& failure) {
    return std::vector<Diagnostic>{failure.diagnostic};
  } catch (const batch::StrictFault& fault) {
    return std::vector<Diagnostic>{fault.diagnostic};
  }
}

}  // namespace jixiao
