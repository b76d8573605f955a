#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "archive/parts.hpp"
#include "forms/english_report.hpp"
#include "forms/office_program.hpp"
#include "forms/readers.hpp"
#include "jixiao/file_uses.hpp"
#include "text/diagnostics.hpp"
#include "text/source.hpp"

namespace jixiao::forms {
namespace {

using text::Code;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::string lower(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return word;
}

std::string extension(const std::string& file) {
  return lower(std::filesystem::path(file).extension().string());
}

bool is_ole(std::string_view bytes) {
  return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}
bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

// Names in an OLE file are UTF-16.
bool holds_name(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide += c, wide += '\0';
  return bytes.find(wide) != std::string_view::npos;
}

void refuse_locked(const std::string& file, std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(text::diagnose_file(
      Code::document_locked, file, {"文件设有打开密码", "it is protected by a password"},
      {"用 Excel 或 Word 打开，在“信息－保护”中去掉密码，再试",
       "open it, remove the password, save it, and try again"}));
}

void refuse_kind(const std::string& file, const Text& what, const Text& help,
                 std::vector<Diagnostic>& diagnostics) {
  diagnostics.push_back(text::diagnose_file(Code::document_kind, file, what, help));
}

Text place_of(const Table& table) {
  const std::string number = std::to_string(table.number());
  if (!table.sheet().empty())
    return {"工作表“" + table.sheet() + "”", "the sheet '" + table.sheet() + "'"};
  return {"表" + number, "table " + number};
}

// A document of more than any form is refused as a whole: what its reader kept is only a part of
// it.
bool is_too_large(const Document& document, std::vector<Diagnostic>& diagnostics) {
  const Text help{"只留下表格，另存后再试", "keep the form alone, save it and try again"};
  const auto refuse = [&](const Text& what) {
    diagnostics.push_back(text::diagnose_file(Code::document_damaged, document.file, what, help));
    return true;
  };
  for (const Table& table : document.tables) {
    const Text place = place_of(table);
    if (table.furthest_column() > Table::widest) {
      const std::string columns = std::to_string(table.furthest_column());
      return refuse({place.zh + "有 " + columns + " 列，表格文件至多 " +
                         std::to_string(Table::widest) + " 列，未读",
                     place.in(Language::en) + " has " + columns +
                         " columns; no spreadsheet has more than " + std::to_string(Table::widest) +
                         ", and it was not read"});
    }
    if (table.is_too_large())
      return refuse(
          {place.zh + "起各表太大，表格文件不会有这么多格",
           "the tables down to " + place.in(Language::en) + " have more cells than any form"});
  }
  if (document.paragraphs.size() >= Document::most_paragraphs)
    return refuse(
        {"段落有 " + std::to_string(Document::most_paragraphs) + " 个以上，表格文件不会有这么多",
         "there are more than " + std::to_string(Document::most_paragraphs) +
             " paragraphs; no form has that many"});
  return false;
}

void report_left_out(const Document& document, std::vector<Diagnostic>& diagnostics) {
  for (const Table& table : document.tables) {
    if (table.left_out() == 0) continue;
    const Text place = place_of(table);
    const std::string cells = std::to_string(table.left_out());
    if (table.is_full()) {
      const std::string most = std::to_string(Table::most_cells);
      diagnostics.push_back(text::diagnose_file(
          Code::document_damaged, document.file,
          {place.zh + "超过 " + most + " 个单元格，之后的 " + cells +
               " 个没有读，所以整个文件都不读",
           place.in(Language::en) + " has more than " + most + " cells; the " + cells +
               " behind them were not read, and so nothing is"},
          {"只留下表格，另存后再试", "keep the form alone, save it and try again"}));
      continue;
    }
    const std::string rows = std::to_string(Table::most_rows);
    const std::string columns = std::to_string(Table::most_columns);
    diagnostics.push_back(text::diagnose_file(
        Code::form_reading, document.file,
        {place.zh + "有 " + cells + " 个单元格在第 " + rows + " 行或第 " + columns +
             " 列之外，未读",
         place.in(Language::en) + " has " + cells + (table.left_out() == 1 ? " cell" : " cells") +
             " beyond row " + rows + " or column " + columns + ", which were not read"},
        {"删去表格之外的内容", "delete what is outside the form"}));
  }
}

std::optional<Document> read_zip(const std::string& file, const std::string& bytes,
                                 std::vector<Diagnostic>& diagnostics) {
  Document out;
  out.file = file;
  const auto parts = archive::Archive::open(file, bytes, diagnostics);
  if (!parts) return std::nullopt;
  if (parts->has("xl/workbook.xml")) {
    if (!read_xlsx(*parts, out, diagnostics)) return std::nullopt;
  } else if (parts->has("word/document.xml")) {
    if (!read_docx(*parts, out, diagnostics)) return std::nullopt;
  } else {
    refuse_kind(file,
                {"压缩包里既没有 Word 文档也没有 Excel 工作簿",
                 "this archive holds neither a Word document nor a workbook"},
                {"另存为 .docx、.xlsx、.csv 或 .txt", "save it as .docx, .xlsx, .csv or .txt"},
                diagnostics);
    return std::nullopt;
  }
  return out;
}

std::optional<Document> read_words(const std::string& file, std::string bytes,
                                   std::vector<Diagnostic>& diagnostics) {
  const auto source = text::source_from_text(file, std::move(bytes), diagnostics);
  if (source == nullptr) return std::nullopt;
  Document out;
  out.file = file;
  const std::string kind = extension(file);
  if (kind == ".csv" || kind == ".tsv")
    read_records(source->text(), out);
  else
    read_plain_text(source->text(), out);
  return out;
}

bool is_words(const std::string& kind) {
  return kind == ".csv" || kind == ".tsv" || kind == ".txt" || kind.empty();
}

std::optional<Document> read_bytes(const std::string& file, std::string bytes,
                                   std::vector<Diagnostic>& diagnostics) {
  if (is_zip(bytes)) return read_zip(file, bytes, diagnostics);
  if (is_ole(bytes) &&
      (holds_name(bytes, "EncryptedPackage") || holds_name(bytes, "EncryptionInfo"))) {
    refuse_locked(file, diagnostics);
    return std::nullopt;
  }
  const std::string kind = extension(file);
  if (kind == ".docx" || kind == ".xlsx" || kind == ".docm" || kind == ".xlsm") {
    diagnostics.push_back(text::diagnose_file(
        Code::document_damaged, file,
        {"名为 " + kind + "，内容却不是（开头不是 ZIP）",
         "it is called " + kind + " but is none: it does not begin as a ZIP file"},
        {"重新另存，或改用正确的扩展名", "save it again, or give it the extension of what it is"}));
    return std::nullopt;
  }
  if (kind == ".pdf" || bytes.starts_with("%PDF-")) {
    refuse_kind(
        file,
        {"PDF 里没有表格，只有画出来的字和线", "a PDF holds no table, only drawn words and lines"},
        {"导入它的原稿（.docx、.xlsx），或用 Word、WPS 转成 .docx",
         "import what it was printed from (.docx, .xlsx), or convert it to .docx first"},
        diagnostics);
    return std::nullopt;
  }
  if (!is_words(kind) || is_ole(bytes)) {
    refuse_kind(
        file,
        {"不能直接读 " + (kind.empty() ? std::string("这种文件") : kind),
         "cannot read " + (kind.empty() ? std::string("this kind of file") : kind) + " by itself"},
        {"另存为 .docx、.xlsx、.csv 或 .txt", "save it as .docx, .xlsx, .csv or .txt"},
        diagnostics);
    return std::nullopt;
  }
  return read_words(file, std::move(bytes), diagnostics);
}

}  // namespace

std::optional<Document> read_document(const std::string& file, std::string bytes,
                                      std::vector<Diagnostic>& diagnostics) {
  auto document = read_bytes(file, std::move(bytes), diagnostics);
  if (!document || is_too_large(*document, diagnostics)) return std::nullopt;
  report_left_out(*document, diagnostics);
  if (text::has_error(diagnostics)) return std::nullopt;
  into_chinese(*document);
  return document;
}

std::optional<Document> read_document(const std::string& file,
                                      std::vector<Diagnostic>& diagnostics) {
  if (auto conflict = FileUses::before_reading(file)) {
    diagnostics.push_back(*std::move(conflict));
    return std::nullopt;
  }
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) {
    diagnostics.push_back(
        text::diagnose_file(Code::file_unreadable, file,
                            {"文件不存在或不能读", "there is no such file, or it cannot be read"}));
    return std::nullopt;
  }
  if (size > most_bytes) {
    diagnostics.push_back(text::diagnose_file(
        Code::file_too_large, file,
        {"文件有 " + std::to_string(size >> 20U) + " MB，表格文件至多 64 MB",
         "the file has " + std::to_string(size >> 20U) + " MB, a form has at most 64 MB"},
        {"删去其中的图片，或另存为 .xlsx", "remove the pictures in it, or save the tables alone"}));
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  const std::string kind = extension(file);
  const bool sheet = kind == ".xls" || kind == ".et" || kind == ".xlt" || kind == ".ods";
  const bool other = sheet || kind == ".doc" || kind == ".wps" || kind == ".dot" ||
                     kind == ".rtf" || kind == ".odt";
  const bool locked = is_ole(bytes) && (holds_name(bytes, "EncryptedPackage") ||
                                        holds_name(bytes, "EncryptionInfo"));
  if (!other || locked) return read_document(file, std::move(bytes), diagnostics);
  const auto converted = convert(file, sheet ? "xlsx" : "docx", diagnostics);
  if (!converted) return std::nullopt;
  return read_document(file, *converted, diagnostics);
}

}  // namespace jixiao::forms
