#include "page/html_page.hpp"

#include "jixiao/printable.hpp"

namespace jixiao::page {
namespace {

// Blue and vermilion stay apart for every kind of colour vision; lost points are hatched as well.
constexpr std::string_view css = R"css(
:root { color-scheme: light dark;
  --page: #f6f7f9; --sheet: #ffffff; --ink: #1b2430; --quiet: #5b6673; --line: #dde2e8; --soft: #eef1f5;
  --earned: #0072b2; --lost: #d55e00; --lost-soft: #fbe3d3; --warn: #8a5a00; --warn-soft: #fff3d6; --link: #005a8c; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161c; --sheet: #1a2029; --ink: #e6eaf0; --quiet: #98a4b3; --line: #313a47; --soft: #222a35;
  --earned: #56b4e9; --lost: #f0883e; --lost-soft: #40281a; --warn: #f2c14e; --warn-soft: #3a3016; --link: #7cc4f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.55;
  font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
main { max-width: 1040px; margin: 24px auto; padding: 28px 36px 24px; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
h1 { font-size: 25px; line-height: 1.3; margin: 0; }
h2 { font-size: 17px; margin: 34px 0 10px; padding-bottom: 5px; border-bottom: 1px solid var(--line); }
h3 { font-size: 15px; margin: 22px 0 6px; }
p { margin: 6px 0; } a { color: var(--link); overflow-wrap: anywhere; }
.quiet, .sub { color: var(--quiet); } .sub { margin: 4px 0 0; }
.banner { margin: 16px 0 0; padding: 9px 14px; background: var(--warn-soft); color: var(--warn); border-left: 4px solid currentColor; border-radius: 4px; font-weight: 600; }
.hero { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 22px; margin: 22px 0 4px; }
.hero .total { font-size: 58px; line-height: 1.05; font-weight: 700; font-variant-numeric: tabular-nums; letter-spacing: -0.02em; }
.hero .of { font-size: 17px; font-weight: 400; color: var(--quiet); letter-spacing: 0; }
.hero .rating { font-size: 25px; font-weight: 700; padding: 3px 18px; border: 2px solid var(--earned); color: var(--earned); border-radius: 999px; }
.hero .low { border-color: var(--lost); color: var(--lost); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 18px 0 0; }
.tiles div { background: var(--soft); border-radius: 8px; padding: 9px 14px; }
.tiles b { display: block; font-size: 18px; font-variant-numeric: tabular-nums; } .tiles span { color: var(--quiet); font-size: 13px; }
svg.chart { display: block; width: 100%; height: auto; margin: 4px 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--quiet); border-bottom: 2px solid var(--line); padding: 6px 10px; white-space: nowrap; }
td { border-bottom: 1px solid var(--line); padding: 6px 10px; vertical-align: top; overflow-wrap: break-word; }
table.wide { font-size: 13px; } .wide th, .wide td { padding: 6px 7px; } .wide th { white-space: normal; vertical-align: bottom; } .wide td:first-child { white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.v { text-align: right; font-variant-numeric: tabular-nums; min-width: 6.5em; max-width: 13em; }
tr.block td { background: var(--soft); font-weight: 600; } tr.sum td { font-weight: 700; border-top: 2px solid var(--line); }
td .why { display: block; color: var(--quiet); font-size: 13px; }
.loss { color: var(--lost); } .state { color: var(--warn); font-weight: 600; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; }
summary { cursor: pointer; padding: 8px 14px; display: flex; gap: 14px; } summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--quiet); } details[open] > summary::before { content: "▾"; }
summary .name { flex: 1; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 12px 0; } details dl { margin-top: 0; padding: 2px 16px 4px 34px; } h3 + dl { margin-top: 4px; }
dt { color: var(--quiet); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
code { font: 13px/1.5 "Noto Sans Mono CJK SC", "DejaVu Sans Mono", ui-monospace, monospace; background: var(--soft); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
ul.findings { list-style: none; padding: 0; margin: 8px 0; } ul.findings li { padding: 8px 0 8px 14px; border-left: 4px solid var(--line); margin: 8px 0; }
ul.findings li.error { border-color: var(--lost); } ul.findings li.warning { border-color: var(--warn); }
footer { margin-top: 30px; padding-top: 10px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 12.5px; } footer p { margin: 2px 0; overflow-wrap: anywhere; }
@media (max-width: 640px) { main { margin: 0; border: 0; border-radius: 0; padding: 18px 14px; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 6px; } }
@media print { :root { --page: #fff; --sheet: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #f2f2f2; --earned: #0072b2; --lost: #b34700; --warn: #6b4500; --warn-soft: #fff3d6; --link: #000; }
  main { border: 0; margin: 0; padding: 0; max-width: none; } h2 { break-after: avoid; } tr, details, svg, li, dl { break-inside: avoid; } svg.chart { max-height: 18cm; }
  body { font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; } table { font-size: 11.5px; } }
)css";

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  // What is no character must not stand in XML, and what a reader does not see must not stand in a
  // page.
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string html_link(std::string_view address, std::string_view text) {
  if (!address.starts_with("https://") && !address.starts_with("http://"))
    return html_escaped(text);
  return "<a href=\"" + html_escaped(address) + "\" rel=\"noreferrer\">" + html_escaped(text) +
         "</a>";
}

std::string html_page(std::string_view title, Language language, std::string_view body) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"";
  out += language == Language::zh ? "zh-CN" : "en";
  out +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<title>";
  out += html_escaped(title);
  out += "</title>\n<style>";
  out += css;
  out += "</style>\n</head>\n<body>\n<main>\n";
  out += body;
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace jixiao::page
