#include "batch/result_sink.hpp"

namespace jixiao::batch {
namespace {

constexpr std::size_t told = 20;

}  // namespace

void FirstFaults::add(const PlacedFault& fault, const std::vector<std::string>& inputs) {
  const bool first_error = fault.fault.severity == Severity::error && !error_;
  if (!first_error && first_.size() >= told) return;
  const Diagnostic diagnostic = to_diagnostic(fault.fault, inputs[fault.input]);
  if (first_error) error_ = diagnostic;
  if (first_.size() < told) first_.push_back(diagnostic);
}

void FirstFaults::report(BatchOutcome& outcome, bool strict) {
  for (Diagnostic& diagnostic : first_) outcome.findings.push_back(std::move(diagnostic));
  if (strict && error_) throw StrictFault{*error_};
}

}  // namespace jixiao::batch
