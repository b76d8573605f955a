// What is done with rule sets as such: listed, shown, copied, proved.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "arguments.hpp"
#include "output_file.hpp"

namespace jixiao::cli {
namespace {

int rules_list(const Call& call) {
  const auto list = list_rules(call.library);
  std::cout << render_rule_list(list, call.out);
  return list.empty() ? input_wrong : done;
}

// One method, or all that can be chosen, as they were proved: a picture, or what `prove` prints.
int show_curves(const Call& call, const RulesCall& what) {
  std::string id = what.id, method = what.method;
  // The name of a method alone is one of the catalogue.
  if (method.empty() && id.find('.') != std::string::npos && !id.ends_with(".toml")) {
    method = id;
    id = "methods";
  }
  const auto rules = read_rules(id, call.library);
  report(call, rules.diagnostics());
  if (!rules) return input_wrong;
  const RulesProof proof = method.empty() ? prove_rules(*rules) : prove_method(*rules, method);
  if (proof.methods.empty()) {
    Diagnostic d;
    d.code = "reference.unknown";
    d.file = id;
    d.message = {"规则集 '" + id + "' 没有方法 '" + method + "'",
                 "the rule set '" + id + "' has no method '" + method + "'"};
    d.help = {"jixiao rules show " + id + " 列出各方法", "jixiao rules show " + id + " lists them"};
    report(call, {d});
    return input_wrong;
  }
  const auto rendered = [&](const Style& style) { return render_proof(proof, style); };
  if (what.output.empty()) {
    std::cout << rendered(call.out);
    return done;
  }
  const auto sheet = [&](const PictureStyle& style) { return proof_sheet(proof, style); };
  return write_result(call, what.output, rendered, sheet) ? done : own_fault;
}

int rules_show(const Call& call, const std::string& id) {
  const auto rules = read_rules(id, call.library);
  report(call, rules.diagnostics());
  if (!rules) return input_wrong;
  std::cout << render_rules(*rules, call.out);
  return done;
}

int rules_copy(const Call& call, const std::string& folder) {
  const bool zh = call.err.language == Language::zh;
  const std::filesystem::path top(folder);
  std::error_code error;
  const auto files = built_in_files();
  for (const BuiltInFile& file : files) {
    const std::filesystem::path path = top / file.path;
    if (std::filesystem::exists(path, error)) {
      std::cerr << path.string()
                << (zh ? "：已经存在，未改动；换一个目录\n"
                       : ": already there, left as it is; choose another folder\n");
      return input_wrong;
    }
  }
  for (const BuiltInFile& file : files) {
    const std::filesystem::path path = top / file.path;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    out.close();
    if (!out) {
      std::cerr << path.string() << (zh ? "：不能写入\n" : ": cannot be written\n");
      return own_fault;
    }
  }
  std::cout << files.size() << (zh ? " 个文件已写入 " : " files written into ") << top.string()
            << (zh ? "；使用：JIXIAO_RULES=" : "; to use them: JIXIAO_RULES=")
            << (top / "rules").string() << "\n";
  return done;
}

int rules_prove(const Call& call, const RulesCall& what) {
  const auto rules = read_rules(what.id, call.library);
  report(call, rules.diagnostics());
  if (!rules) return input_wrong;
  const RulesProof proof =
      prove_rules(*rules, what.everything ? ProofScope::everything : ProofScope::used);
  report(call, proof.diagnostics);
  std::cout << render_proof(proof, call.out);
  return proof.has_fault() ? input_wrong : done;
}

}  // namespace

CLI::App* add_rule_sets(CLI::App& app, Arguments& arguments) {
  CLI::App* rules = app.add_subcommand("rules", "the rule sets there are 规则集");
  rules->require_subcommand(0, 1);
  add_style(rules, arguments);
  CLI::App* list = rules->add_subcommand("list", "all of them 列表");
  add_style(list, arguments);
  RulesCall& what = arguments.rules;
  CLI::App* show = rules->add_subcommand("show", "one of them, with formulas and sources 详情");
  show->add_option("ID", what.id, "id or file; or a method of the catalogue 规则集或方法")
      ->required()
      ->option_text(" ");
  show->add_option("METHOD", what.method, "the curve of one of its methods 方法")->option_text(" ");
  show->add_option("-o,--output", what.output,
                   "the curves, as .svg .png .html .md .csv .json .txt 得分曲线")
      ->check(check_output, "", "FILE")
      ->option_text("FILE");
  add_style(show, arguments);
  CLI::App* copy = rules->add_subcommand(
      "copy", "those that are built in, with calendars and schemas, as files 导出内置规则");
  copy->add_option("DIR", what.folder, "folder to write into 目录")->required()->option_text(" ");
  add_language(copy, arguments);
  CLI::App* prove =
      rules->add_subcommand("prove", "what holds for every number its methods may be given 证明");
  prove->add_option("ID", what.id, "id or file")->required()->option_text(" ");
  prove->add_flag("--all", what.everything,
                  "methods that are used by name only, too 连同只按名称选用的方法");
  add_style(prove, arguments);
  prove->footer(
      "Examples 示例 (docs/authors.md):\n  jixiao rules prove cn-mof-2020\n  jixiao rules prove "
      "my-rules.toml --format json\nExit status 退出码: 1 where something is wrong");
  rules->footer(
      "Examples 示例:\n  jixiao rules list\n  jixiao rules show cn-mof-2020 --lang zh\n  jixiao "
      "rules copy my-rules\n  jixiao rules prove cn-mof-2020");
  return rules;
}

int rule_sets(const Call& call, const CLI::App& command, const RulesCall& what) {
  if (command.got_subcommand("show")) {
    const bool is_curve = !what.method.empty() || !what.output.empty();
    return is_curve ? show_curves(call, what) : rules_show(call, what.id);
  }
  if (command.got_subcommand("copy")) return rules_copy(call, what.folder);
  if (command.got_subcommand("prove")) return rules_prove(call, what);
  return rules_list(call);
}

}  // namespace jixiao::cli
