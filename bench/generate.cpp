// Made-up tables of any size: the same arguments, the same bytes. No fact about any real place,
// unit or person.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <string>
#include <string_view>

#include "county/county.hpp"

namespace {

constexpr const char* usage =
    "usage: generate --shape long|wide --projects N [--seed S] [--plain] [--unsorted] [--faults "
    "PERCENT] -o FILE|-\n"
    "  long: a record an indicator (rule set cn-mof-2020), 8 to 14 a project, and three of money\n"
    "  wide: a record a project, ten inputs (rule set bench/rules/ten-inputs)\n"
    "  --plain     numbers only, with >= <= in the column op: what a database can score too\n"
    "  --unsorted  the records of a project stand far apart\n"
    "  --faults    percent of the projects with a cell nobody can read\n";

struct Request {
  bench::County county;
  bool wide = false;
  bool unsorted = false;
  std::string output;
};

bool read(int argc, char** argv, Request& request) {
  bool shaped = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--plain")
      request.county.plain = true;
    else if (option == "--unsorted")
      request.unsorted = true;
    else if (++i == argc)
      return false;
    else if (option == "--shape")
      shaped = true, request.wide = std::strcmp(argv[i], "wide") == 0;
    else if (option == "--projects")
      request.county.projects = std::strtoull(argv[i], nullptr, 10);
    else if (option == "--seed")
      request.county.seed = std::strtoull(argv[i], nullptr, 10);
    else if (option == "--faults")
      request.county.faults = std::strtod(argv[i], nullptr);
    else if (option == "-o")
      request.output = argv[i];
    else
      return false;
  }
  return shaped && !request.output.empty();
}

class Output {
 public:
  explicit Output(const std::string& path)
      : file_(path == "-" ? stdout : std::fopen(path.c_str(), "wb")) {
    text_.reserve(most + 4096);
  }
  [[nodiscard]] bool open() const { return file_ != nullptr; }
  std::string& text() { return text_; }
  // False when the bytes cannot be written.
  bool flush(bool all = false) {
    if (!all && text_.size() < most) return true;
    const bool written = std::fwrite(text_.data(), 1, text_.size(), file_) == text_.size();
    text_.clear();
    return written && (!all || std::fflush(file_) == 0);
  }

 private:
  static constexpr std::size_t most = std::size_t{1} << 18;
  std::FILE* file_;
  std::string text_;
};

// Every number below n once, each far from the one before.
class Scattered {
 public:
  Scattered(std::uint64_t n, std::uint64_t seed)
      : n_(n), step_(static_cast<std::uint64_t>(0.6180339887 * static_cast<double>(n)) | 1U) {
    while (std::gcd(step_, n_) != 1) step_ += 2;
    at_ = n_ == 0 ? 0 : bench::mixed(seed, 7) % n_;
  }
  std::uint64_t next() {
    at_ = (at_ + step_ % n_) % n_;
    return at_;
  }

 private:
  std::uint64_t n_, step_, at_ = 0;
};

bool write_wide(const Request& request, Output& out) {
  out.text() += bench::wide_header();
  Scattered scattered(request.county.projects, request.county.seed);
  for (std::uint64_t i = 0; i < request.county.projects; ++i) {
    bench::append_wide(out.text(), request.county, request.unsorted ? scattered.next() : i);
    if (!out.flush()) return false;
  }
  return out.flush(true);
}

bool write_sorted(const Request& request, Output& out) {
  for (std::uint64_t i = 0; i < request.county.projects; ++i) {
    const bench::Project project = bench::project_of(request.county, i);
    for (std::uint32_t row = 0; row < bench::rows_of(project); ++row)
      bench::append_long(out.text(), request.county, project, row);
    if (!out.flush()) return false;
  }
  return true;
}

// All first records, then all second ones ..., the projects in another order each time.
bool write_unsorted(const Request& request, Output& out) {
  for (std::uint32_t row = 0; row < bench::most_rows; ++row) {
    Scattered scattered(request.county.projects, bench::mixed(request.county.seed, row));
    for (std::uint64_t i = 0; i < request.county.projects; ++i) {
      const bench::Project project = bench::project_of(request.county, scattered.next());
      if (row < bench::rows_of(project))
        bench::append_long(out.text(), request.county, project, row);
      if (!out.flush()) return false;
    }
  }
  return true;
}

bool write_long(const Request& request, Output& out) {
  out.text() += bench::long_header(request.county);
  return (request.unsorted ? write_unsorted(request, out) : write_sorted(request, out)) &&
         out.flush(true);
}

}  // namespace

int main(int argc, char** argv) {
  Request request;
  if (!read(argc, argv, request)) {
    std::fputs(usage, stderr);
    return 2;
  }
  Output out(request.output);
  if (!out.open() || !(request.wide ? write_wide(request, out) : write_long(request, out))) {
    std::perror(request.output.c_str());
    return 1;
  }
  return 0;
}
