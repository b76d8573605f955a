#include "sampling/experiment.hpp"

#include <bit>
#include <cstdint>
#include <mutex>
#include <nlohmann/json.hpp>

#include "system/fingerprint.hpp"
#include "system/threads.hpp"

namespace jixiao::sampling {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* schema = "jixiao/study-state/1";
constexpr std::size_t digits = 16;  // of one number: the bits of a double in hex

std::string fingerprint(const Experiment& experiment) {
  system::Fingerprint print;
  print.add(experiment.identity());
  return print.hex();
}

// Of everything a state says: one digit that changed would be a number that nobody computed.
std::string check_sum(const Json& json) {
  system::Fingerprint print;
  print.add(json["study"].dump());
  print.add(json["pieces"].dump());
  print.add(json["done"].dump());
  for (const Json& record : json["records"]) print.add(record.dump());
  return print.hex();
}

std::string to_hex(std::span<const double> record) {
  constexpr const char* hex = "0123456789abcdef";
  std::string text;
  text.reserve(record.size() * digits);
  for (const double number : record) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (std::size_t i = 0; i < digits; ++i) text.push_back(hex[bits >> (60U - 4U * i) & 15U]);
  }
  return text;
}

std::optional<std::vector<double>> from_hex(const std::string& text, std::size_t length) {
  if (text.size() != length * digits) return std::nullopt;
  std::vector<double> record(length);
  for (std::size_t i = 0; i < length; ++i) {
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < digits; ++k) {
      const char c = text[i * digits + k];
      const bool number = c >= '0' && c <= '9';
      if (!number && !(c >= 'a' && c <= 'f')) return std::nullopt;
      bits = bits << 4U | static_cast<std::uint64_t>(number ? c - '0' : c - 'a' + 10);
    }
    record[i] = std::bit_cast<double>(bits);
  }
  return record;
}

std::optional<Records> refuse_records(const std::string& file, std::vector<Diagnostic>& diagnostics,
                                      Text message) {
  diagnostics.push_back(
      text::diagnose_file(text::Code::schema_unknown, file, std::move(message),
                          {"删去这个文件，从头再算；结果不变",
                           "delete the file and start again; the results will be the same"}));
  return std::nullopt;
}

}  // namespace

std::string Records::to_json(const Experiment& experiment) const {
  Json json;
  json["schema"] = schema;
  json["study"] = fingerprint(experiment);
  json["pieces"] = experiment.pieces();
  json["done"] = records_.size();
  json["records"] = Json::array();
  for (const auto& record : records_) json["records"].push_back(to_hex(record));
  json["sha256"] = check_sum(json);
  return json.dump(1) + "\n";
}

std::optional<Records> Records::from_json(std::string_view text, const std::string& file,
                                          const Experiment& experiment,
                                          std::vector<Diagnostic>& diagnostics) {
  const Json json = Json::parse(text, nullptr, false);
  const auto member = [&json](const char* key) {
    return json.is_object() && json.contains(key) ? json[key] : Json();
  };
  if (member("schema") != schema || !member("records").is_array()) {
    return refuse_records(file, diagnostics,
                          {"不是研究的中间状态文件", "this is no saved state of a study"});
  }
  if (member("study") != fingerprint(experiment)) {
    return refuse_records(
        file, diagnostics,
        {"这是另一项研究的中间状态：函数、输入或种子不同",
         "this is the state of another study: its function, inputs or seed differ"});
  }
  if (!json.contains("sha256")) {
    return refuse_records(
        file, diagnostics,
        {"中间状态文件没有校验和：由旧版本写出，或不完整",
         "the saved state has no check sum: an older version wrote it, or it is not whole"});
  }
  if (!json.contains("pieces") || !json.contains("done") || json["sha256"] != check_sum(json)) {
    return refuse_records(
        file, diagnostics,
        {"中间状态文件已损坏：校验和不符", "the saved state is damaged: its check sum differs"});
  }
  Records result;
  for (const Json& entry : json["records"]) {
    const std::size_t piece = result.size();
    auto record =
        piece < experiment.pieces() && entry.is_string()
            ? from_hex(entry.get_ref<const std::string&>(), experiment.record_length(piece))
            : std::nullopt;
    if (!record)
      return refuse_records(file, diagnostics,
                            {"中间状态文件已损坏", "the saved state is damaged"});
    result.append(std::move(*record));
  }
  return result;
}

void run(const Experiment& experiment, Records& records, std::size_t up_to,
         const RunOptions& options) {
  const std::size_t first = records.size();
  if (up_to <= first) return;
  std::vector<std::vector<double>> fresh(up_to - first);
  std::size_t done = first;
  std::mutex reporting;
  system::run_tasks(up_to - first, options.threads, [&](std::size_t i) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::vector<double> record(experiment.record_length(first + i));
    experiment.run(first + i, record);
    fresh[i] = std::move(record);
    if (!options.progress) return;
    const std::lock_guard lock(reporting);
    options.progress(++done, up_to);
  });
  for (auto& record : fresh) {
    if (record.empty()) break;
    records.append(std::move(record));
  }
}

Records run(const Experiment& experiment, const RunOptions& options) {
  Records records;
  run(experiment, records, experiment.pieces(), options);
  return records;
}

}  // namespace jixiao::sampling
