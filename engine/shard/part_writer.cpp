#include "shard/part_writer.hpp"

#include "batch/memory_plan.hpp"
#include "batch/open_source.hpp"
#include "jixiao/version.hpp"
#include "shard/part_head.hpp"
#include "system/fingerprint.hpp"
#include "text/diagnostics.hpp"

namespace jixiao::shard {
namespace {

PartHead head_of(const PartOf& part) {
  PartHead head;
  head.engine = engine_name();
  head.rules_id = part.rules.id;
  head.rules_version = part.rules.version;
  head.rules_sha256 = part.rules.sha256;
  head.rules_file = part.rules.file;
  head.shard = *part.request.shard;
  head.inputs = part.inputs.identities();
  head.columns = part.plan.header;
  head.map = part.request.map;
  head.form = part.form;
  head.with_indicators = part.plan.with_indicators;
  head.strict = part.request.strict;
  head.language = part.request.language;
  head.portfolio = part.request.portfolio;
  if (!head.portfolio.earlier.empty())
    head.earlier_sha256 = batch::digest_of(head.portfolio.earlier, part.request.database);
  return head;
}

class PartWriter : public batch::ResultSink {
 public:
  PartWriter(const PartOf& part, std::vector<Diagnostic>& diagnostics)
      : part_(part),
        faults_(false, batch::plan_memory(part.request).faults),
        out_(table::open_sink(part.request.output, diagnostics)) {
    if (out_ == nullptr) return;
    faults_.set_taker([this](const batch::PlacedFault& fault) { write(fault); });
    write(std::string(part_mark) + "\n" + to_line(head_of(part)) + "\n");
  }

  void take(const batch::Scored& piece, std::size_t input) override {
    bytes_.clear();
    append_standings(bytes_, piece);
    const std::size_t projects = piece.standings.size();
    std::string line = "piece";
    for (const std::size_t number : {input, piece.records, projects, piece.failed,
                                     piece.rows.size(), piece.indicators.size(), bytes_.size()}) {
      line += ' ' + std::to_string(number);
    }
    write(line + '\n');
    write(piece.rows);
    write(piece.indicators);
    write(bytes_);
    ++pieces_;
  }

  void take_faults(std::vector<batch::PlacedFault>& faults) override { faults_.add(faults); }

  bool finish(BatchOutcome& outcome, const std::atomic<bool>* stop) override {
    bytes_.clear();
    faults_.finish();
    write_faults();
    outcome.faults = faults_.errors();
    outcome.warnings = faults_.warnings();
    first_.report(outcome, part_.request.strict);
    std::string line = "end";
    for (const std::uint64_t number :
         {pieces_, outcome.records, outcome.projects, outcome.failed, outcome.faults}) {
      line += ' ' + std::to_string(number);
    }
    for (const batch::Inputs::Identity& input : part_.inputs.identities()) {
      if (input.mine) line += "\nread " + input.sha256;
    }
    write(line + '\n');
    out_->write("sha256 " + digest_.hex() + "\n");
    if (stop != nullptr && stop->load()) return false;
    out_->finish();
    return true;
  }

 private:
  void write(std::string_view bytes) {
    digest_.add(bytes);
    out_->write(bytes);
  }

  void write(const batch::PlacedFault& fault) {
    batch::append_bytes(bytes_, fault);
    if (bytes_.size() >= (std::size_t{1} << 18)) write_faults();
    first_.add(fault, part_.form.inputs);
  }

  void write_faults() {
    if (bytes_.empty()) return;
    write("faults " + std::to_string(bytes_.size()) + "\n");
    write(bytes_);
    bytes_.clear();
  }

  PartOf part_;
  batch::FaultLog faults_;
  std::unique_ptr<table::ByteSink> out_;
  system::Digest digest_;
  std::string bytes_;
  std::uint64_t pieces_ = 0;
  batch::FirstFaults first_;
};

}  // namespace

std::unique_ptr<batch::ResultSink> write_part(const PartOf& part,
                                              std::vector<Diagnostic>& diagnostics) {
  return std::make_unique<PartWriter>(part, diagnostics);
}

}  // namespace jixiao::shard
