// ZIP files made in memory, as a stranger might.
#pragma once

#include <catch2/catch.hpp>

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace packed {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string pack(const Parts& parts, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  REQUIRE(target != nullptr);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  REQUIRE(zip != nullptr);
  for (const auto& [name, bytes] : parts) {
    const zip_int64_t index = zip_file_add(
        zip, name.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), ZIP_FL_ENC_UTF_8);
    REQUIRE(index >= 0);
    if (password != nullptr)
      zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  REQUIRE(zip_close(zip) == 0);
  REQUIRE(zip_source_open(target) == 0);
  zip_stat_t about;
  REQUIRE(zip_source_stat(target, &about) == 0);
  std::string out(about.size, '\0');
  REQUIRE(zip_source_read(target, out.data(), out.size()) == static_cast<zip_int64_t>(out.size()));
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

// A workbook of one sheet with these rows; `more` stands before the end of its XML.
inline Parts workbook(const std::string& rows, const std::string& more = {}) {
  return {
      {"xl/workbook.xml",
       R"(<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
      {"xl/styles.xml",
       R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>)"
       R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>)"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet><sheetData>" + rows + "</sheetData>" + more + "</worksheet>"}};
}

inline std::string word(const std::string& body) {
  return pack({{"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}});
}

}  // namespace packed
