#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "archive/parts.hpp"
#include "document/english_report.hpp"
#include "document/office_program.hpp"
#include "document/readers.hpp"
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

// What is hidden, struck out or only a mark: by the row, column or cell it stands in.
void report_unseen(const Document& document, std::vector<Diagnostic>& diagnostics) {
  constexpr std::size_t most_told = 30;
  constexpr std::size_t most_shown = 120;  // bytes of the words
  struct Group {
    Text where;
    Unseen::Why why = Unseen::Why::struck;
    std::string words;
    std::size_t line = 0;
  };
  std::vector<std::pair<std::string, Group>> groups;
  for (const Unseen& each : document.unseen) {
    Text where{describe(each.place, Language::zh), describe(each.place, Language::en)};
    const std::string row = std::to_string(each.place.row);
    const Text table{each.place.sheet.empty() ? "表" + std::to_string(each.place.table)
                                              : "工作表“" + each.place.sheet + "”",
                     each.place.sheet.empty() ? "table " + std::to_string(each.place.table)
                                              : "sheet '" + each.place.sheet + "'"};
    if (each.why == Unseen::Why::hidden_row)
      where = {table.zh + "第" + row + "行", table.en + ", row " + row};
    if (each.why == Unseen::Why::hidden_column)
      where = {table.zh + column_name(each.place.column) + "列",
               table.en + ", column " + column_name(each.place.column)};
    const bool by_row = each.why == Unseen::Why::struck && each.place.table != 0;
    const std::string key = (by_row ? table.en + row : where.en) + words_for(each.why).en;
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& group) { return group.first == key; });
    if (found == groups.end()) {
      groups.emplace_back(key, Group{where, each.why, {}, each.place.line});
      found = std::prev(groups.end());
    }
    if (found->second.words.size() < most_shown)
      found->second.words += (found->second.words.empty() ? "" : " | ") + each.text;
  }
  for (std::size_t i = 0; i < std::min(groups.size(), most_told); ++i) {
    const Group& group = groups[i].second;
    const Text why = words_for(group.why);
    diagnostics.push_back(text::diagnose_file(
        Code::form_reading, document.file,
        {group.where.zh + "：“" + group.words + "”" + why.zh + "，未读",
         group.where.en + ": '" + group.words + "' is " + why.en + ": not read"},
        {"若应读入，取消隐藏或去掉删除线再试",
         "unhide it or remove the strike-through if it should be read"}));
    diagnostics.back().line = group.line;
    if (group.why == Unseen::Why::prompt || group.why == Unseen::Why::note_mark)
      diagnostics.back().severity = Severity::note;
  }
  if (groups.size() <= most_told) return;
  const std::string more = std::to_string(groups.size() - most_told);
  diagnostics.push_back(text::diagnose_file(
      Code::form_reading, document.file,
      {"另有 " + more + " 处隐藏或划去的内容，未读",
       more + " more hidden or struck-out places were not read"},
      {"取消隐藏或去掉删除线再试", "unhide them or remove the strike-through"}));
}

std::optional<Document> read_zip(const std::string& file, const std::string& bytes,
                                 std::vector<Diagnostic>& diagnostics) {
  Document out;
  out.file = file;
  const auto parts = archive::Archive::open(file, bytes, diagnostics);
  if (!parts) return std::nullopt;
  // The package says which part it begins with; most call it by the same name.
  std::string main;
  std::vector<Diagnostic> unheard;  // a package whose relations are damaged is opened by the usual
                                    // names
  for (const auto& [id, relation] : parts->relations("", unheard)) {
    if (relation.type.ends_with("/officeDocument") && parts->has(relation.target))
      main = relation.target;
  }
  if (main.empty()) main = parts->has("xl/workbook.xml") ? "xl/workbook.xml" : "word/document.xml";
  const auto begins = [&](std::string_view folder) { return lower(main).starts_with(folder); };
  if (begins("xl/") && parts->has(main)) {
    if (!read_xlsx(*parts, main, out, diagnostics)) return std::nullopt;
  } else if (begins("word/") && parts->has(main)) {
    if (!read_docx(*parts, main, out, diagnostics)) return std::nullopt;
  } else {
    refuse_kind(file,
                {"压缩包里既没有 Word 文档也没有 Excel 工作簿",
                 "this archive holds neither a Word document nor a workbook"},
                {"另存为 .docx、.xlsx、.csv、.html 或 .txt",
                 "save it as .docx, .xlsx, .csv, .html or .txt"},
                diagnostics);
    return std::nullopt;
  }
  return out;
}

// What spreadsheet programs call Unicode text: UTF-16 with its mark in front, as UTF-8; other bytes
// as they are.
std::string without_utf16(std::string bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (!little && !bytes.starts_with("\xFE\xFF")) return bytes;
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]),
               second = static_cast<unsigned char>(bytes[at + 1]);
    return little ? static_cast<char32_t>(first | (second << 8U))
                  : static_cast<char32_t>((first << 8U) | second);
  };
  std::string out;
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit_at(at);
    const bool high = point >= 0xD800 && point < 0xDC00;
    if (high && at + 3 < bytes.size() && unit_at(at + 2) >= 0xDC00 && unit_at(at + 2) < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (unit_at(at + 2) - 0xDC00);
      at += 2;
    } else if (point >= 0xD800 && point < 0xE000) {
      point = 0xFFFD;
    }
    append_code_point(out, point);
  }
  return out;
}

std::optional<Document> read_words(const std::string& file, std::string bytes,
                                   std::vector<Diagnostic>& diagnostics) {
  bytes = without_utf16(std::move(bytes));
  const auto source = text::source_from_text(file, std::move(bytes), diagnostics);
  if (source == nullptr) return std::nullopt;
  Document out;
  out.file = file;
  const std::string kind = extension(file);
  if (is_html(source->text()))
    read_html(source->text(), out);
  else if (kind == ".csv" || kind == ".tsv")
    read_records(source->text(), out);
  else if (has_markdown_table(source->text()))
    read_markdown(source->text(), out);
  else
    read_plain_text(source->text(), out);
  return out;
}

bool is_words(const std::string& kind) {
  return kind == ".csv" || kind == ".tsv" || kind == ".txt" || kind == ".md" ||
         kind == ".markdown" || kind.empty();
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
  if ((!is_words(kind) && !is_html(bytes)) || is_ole(bytes)) {
    refuse_kind(
        file,
        {"不能直接读 " + (kind.empty() ? std::string("这种文件") : kind),
         "cannot read " + (kind.empty() ? std::string("this kind of file") : kind) + " by itself"},
        {"另存为 .docx、.xlsx、.csv、.html 或 .txt",
         "save it as .docx, .xlsx, .csv, .html or .txt"},
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
  // What was read of a full table is only a part of it. A fault of one part (a shared string, a
  // style) is told and leaves the rest as it is.
  const auto is_full = [](const Table& table) { return table.is_full(); };
  if (std::any_of(document->tables.begin(), document->tables.end(), is_full)) return std::nullopt;
  report_unseen(*document, diagnostics);
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
  // Many systems save a web page and call it .xls or .doc.
  if (!other || locked || is_html(bytes)) return read_document(file, std::move(bytes), diagnostics);
  const auto converted = convert(file, sheet ? "xlsx" : "docx", diagnostics);
  if (!converted) return std::nullopt;
  return read_document(file, *converted, diagnostics);
}

}  // namespace jixiao::forms
