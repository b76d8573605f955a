// The rule set that weighs as the data says.
#include <array>
#include <charconv>
#include <filesystem>

#include "jixiao/weighting.hpp"

namespace jixiao {
namespace {

// As few digits as read back to the same bits.
std::string digits(double x) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x).ptr;
  return {buffer.data(), end};
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

}  // namespace

std::string weighted_rules(const WeightsReport& report) {
  const std::string method = name(report.method);
  const std::string table = std::filesystem::path(report.table).filename().string();
  std::string out = "# Written by " + report.engine + ": weights of " + report.rules + " by " +
                    method + " from " + table + ".\n";
  out += "schema  = \"jixiao/ruleset/1\"\n";
  out += "id      = " + quoted(report.rules + "-" + method) + "\n";
  out += "version = \"1.0.0\"\n";
  out += "extends = " + quoted(report.rules) + "\n";
  out += "title   = { zh = " + quoted(report.rules_title.zh + "（" + method + " 权重）") +
         ", en = " + quoted(report.rules_title.en + ", weights by " + method) + " }\n";
  out += "cite    = { text = " + quoted("weights computed from " + table + " by " + method) +
         ", evidence = \"computed\" }\n\n";
  const Weighing& chosen = report.chosen();
  out += "[weights.data]\nmethod   = " + quoted(method) + "\ntable    = " + quoted(table) +
         "\nsha256   = " + quoted(report.table_sha256) +
         "\nprojects = " + std::to_string(report.rows) +
         "\nrules    = " + quoted(report.rules + " " + report.rules_version) + "\n";
  if (report.method == WeighBy::pca) {
    out += "explained = [";
    for (std::size_t c = 0; c < report.explained.size(); ++c)
      out += (c > 0 ? ", " : "") + digits(report.explained[c]);
    out += "]\nloadings = [";
    const std::size_t n = report.indicators.size();
    for (std::size_t c = 0; c < report.kept; ++c) {
      out += c > 0 ? ", [" : "[";
      for (std::size_t j = 0; j < n; ++j)
        out += (j > 0 ? ", " : "") + digits(report.loadings[c * n + j]);
      out += "]";
    }
    out += "]\n";
  }
  out += "[weights.data.weights]\n";
  for (std::size_t j = 0; j < report.indicators.size(); ++j)
    out += report.indicators[j].id + " = " + digits(chosen.weights[j]) + "\n";
  for (std::size_t j = 0; j < report.indicators.size(); ++j)
    out += "\n[[indicator]]\nid     = " + quoted(report.indicators[j].id) +
           "\nweight = " + digits(chosen.weights[j]) + "\n";
  return out;
}

}  // namespace jixiao
