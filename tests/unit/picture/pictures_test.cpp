// Pictures that stand alone.
#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <set>

#include "jixiao/pictures.hpp"
#include "picture/sheet.hpp"
#include "unit/report/sample_study.hpp"

using namespace jixiao;
using namespace jixiao::tests;

namespace {

bool has(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

unsigned big_endian(const std::string& bytes, std::size_t at) {
  unsigned out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

}  // namespace

TEST_CASE("every picture stands alone: its own size and colours, its project and its mark",
          "[picture]") {
  auto studies = sample_studies();
  for (auto& one : awkward_studies()) studies.push_back(std::move(one));
  for (const auto& [name, report] : studies) {
    for (const Language language : {Language::zh, Language::en}) {
      std::set<std::string> names;
      for (const Picture& picture : study_pictures(report, {language, Paper::light})) {
        INFO(name << " " << picture.name);
        CHECK(names.insert(picture.name).second);
        pugi::xml_document document;
        REQUIRE(document.load_string(picture.svg.c_str()));
        CHECK(document.child("svg").attribute("width").as_double() >= 960);
        CHECK_FALSE(has(picture.svg, "var("));
        for (const char* word : {"\"nan", " nan", "nan ", "\"inf", "-inf"})
          CHECK_FALSE(has(picture.svg, word));
        CHECK(has(picture.svg, language == Language::zh ? "示例结果" : "ILLUSTRATIVE"));
        CHECK(has(picture.svg, report.project.in(language)));
      }
    }
  }
}

TEST_CASE("a sheet has all the pictures of a study", "[picture]") {
  const StudyReport report = allocation_study();
  const Picture sheet = study_sheet(report, {Language::en, Paper::light});
  CHECK(study_pictures(report).size() == 2);
  CHECK(has(sheet.svg, "Item by item"));
  CHECK(has(sheet.svg, "efficient frontier"));
  CHECK(study_sheet(study_report("tornado", Tornado{})).svg.empty());
}

TEST_CASE("colours are those of the paper", "[picture]") {
  const std::string_view drawn = "<a style=\"fill:var(--ink,#1b2430);stroke:var(--own,#123456)\"/>";
  CHECK(picture::with_colours(drawn, Paper::light) == "<a style=\"fill:#1b2430;stroke:#123456\"/>");
  CHECK(picture::with_colours(drawn, Paper::dark) == "<a style=\"fill:#e6eaf0;stroke:#123456\"/>");
  CHECK(picture::with_colours("var(", Paper::light) == "var(");
}

TEST_CASE("PNG is drawn to scale, where librsvg is", "[picture]") {
  const Picture sheet = study_sheet(tornado_study(), {Language::zh, Paper::light});
  const auto png = png_of(sheet, 1);
  if (!png) {
    CHECK(has(png.diagnostics()[0].message.en, "librsvg"));
    CHECK(has(png.diagnostics()[0].help.en, "apt-get install"));
    return;
  }
  REQUIRE(png->size() > 1000);
  CHECK(png->substr(1, 3) == "PNG");
  CHECK(big_endian(*png, 16) == 1016);
  const auto large = png_of(sheet, 2);
  REQUIRE(large);
  CHECK(big_endian(*large, 16) == 2032);
}

TEST_CASE("a picture there is nothing in, or that is none, becomes no PNG", "[picture]") {
  CHECK_FALSE(png_of({"tornado", "", ""}));
  CHECK_FALSE(png_of({"tornado", "", "<svg width=\"10\" height=\"10\"><g></svg>"}));
}
