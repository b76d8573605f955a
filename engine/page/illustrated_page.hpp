// Pages of documents with charts: what is drawn stands under the heading whose tables say it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "page/document.hpp"

namespace jixiao::page {

// Charts, or other markup, to stand under the headings of a document.
class Illustrations {
 public:
  void under(const std::string& heading, std::string chart) {
    charts_.emplace_back(heading, std::move(chart));
  }
  [[nodiscard]] std::string of(const std::string& heading) const;

 private:
  std::vector<std::pair<std::string, std::string>> charts_;
};

// A row of labelled numbers.
std::string tiles(const std::vector<std::pair<std::string, std::string>>& tiles);
// `before`: markup under the title.
std::string illustrated_page(const Document& document, const std::string& before,
                             const Illustrations& charts, Language language);

}  // namespace jixiao::page
