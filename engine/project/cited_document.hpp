// Documents as forms cite them: 云办发〔2010〕18号, 呈综办通[2011]232号,
// 《中华人民共和国村民委员会组织法》.
#pragma once

#include <string>
#include <string_view>

namespace jixiao::project {

// What two citations are compared by. A document with a number is known by series, year and number;
// a law by its title.
struct CitedDocument {
  std::string text;    // as written
  std::string series;  // 云办发; empty when there is no document number
  std::string year;    // 2010
  std::string number;  // 18, without leading zeros
  std::string title;  // what 《》 hold, or the whole text when it has no document number; without
                      // spaces
  std::string opening;  // the bracket before the year as written: 〔 [ （ ( 【 ［; empty when there
                        // is no number

  [[nodiscard]] bool numbered() const { return !series.empty(); }
};

// Never fails: whatever is no document number is a title.
CitedDocument read_cited_document(std::string_view text);

// The same document: by number when both have one, else by title. Bracket styles and spaces do not
// matter.
bool same_document(const CitedDocument& a, const CitedDocument& b);
// The same series and year, and numbers one digit apart (18 and 8, 18 and 19, 81 and 18): more
// likely a slip than two documents.
bool probable_slip(const CitedDocument& a, const CitedDocument& b);

}  // namespace jixiao::project
