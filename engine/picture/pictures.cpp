#include "jixiao/pictures.hpp"

#include "chart/curve_chart.hpp"
#include "chart/study_terms.hpp"
#include "page/simulation_words.hpp"
#include "page/study_words.hpp"
#include "picture/sheet.hpp"

namespace jixiao {
namespace {

using picture::Caption;
namespace word = page::word;

std::string both(const std::string& a, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + " · " + b;
}

Caption caption_of(const StudyReport& report, Language language) {
  Caption out;
  out.title = report.title.empty() ? chart::kind_text(report, language) : report.title.in(language);
  out.about =
      both(report.project.in(language), report.year != 0 ? std::to_string(report.year) : "");
  if (!report.rules.empty()) out.about = both(out.about, report.rules + " " + report.rules_version);
  if (!report.title.empty()) out.about = both(out.about, chart::kind_text(report, language));
  if (report.illustrative) out.banner = word::illustrative_banner.in(language);
  if (!report.complete) out.banner = both(out.banner, std::string(word::stopped.in(language)));
  out.source = report.engine;
  if (report.samples > 0) {
    const std::string colon = language == Language::zh ? "：" : ": ";
    out.source = both(out.source, std::string(word::samples.in(language)) + colon +
                                      std::to_string(report.samples));
    out.source = both(out.source,
                      std::string(word::seed.in(language)) + colon + std::to_string(report.seed));
  }
  return out;
}

Caption caption_of(const Simulation& simulation, Language language) {
  Caption out;
  out.title = word::why.in(language);
  out.about = both(simulation.project.in(language),
                   simulation.year != 0 ? std::to_string(simulation.year) : "");
  if (simulation.illustrative) out.banner = word::illustrative_banner.in(language);
  out.source = simulation.engine;
  return out;
}

std::vector<Picture> each(const Caption& caption, const std::vector<chart::Chart>& charts,
                          Paper paper) {
  std::vector<Picture> out;
  for (const chart::Chart& chart : charts) {
    Caption own = caption;
    if (charts.size() > 1) own.title = both(caption.title, chart.heading);
    out.push_back({chart.name, own.title, picture::sheet_of(own, {chart}, paper)});
  }
  return out;
}

Picture all(const std::string& name, Caption caption, const std::vector<chart::Chart>& charts,
            Paper paper) {
  if (charts.empty()) return {name, caption.title, {}};
  if (charts.size() == 1 && name == "simulation")
    caption.title = both(caption.title, charts[0].heading);
  return {name, caption.title, picture::sheet_of(caption, charts, paper)};
}

}  // namespace

std::vector<Picture> study_pictures(const StudyReport& report, const PictureStyle& style) {
  return each(caption_of(report, style.language), chart::charts_of(report, style.language),
              style.paper);
}

std::vector<Picture> simulation_pictures(const Simulation& simulation, const PictureStyle& style) {
  return each(caption_of(simulation, style.language), chart::charts_of(simulation, style.language),
              style.paper);
}

Picture study_sheet(const StudyReport& report, const PictureStyle& style) {
  return all(report.kind, caption_of(report, style.language),
             chart::charts_of(report, style.language), style.paper);
}

Picture proof_sheet(const RulesProof& proof, const PictureStyle& style) {
  Caption caption;
  caption.title = proof.title.empty() ? proof.rules : proof.title.in(style.language);
  if (proof.methods.size() == 1) {
    const MethodProof& method = proof.methods.front();
    caption.title = method.method + "  " + method.title.in(style.language);
  }
  caption.about = proof.rules + " " + proof.version;
  caption.source = proof.engine;
  return all("proof", caption, chart::charts_of(proof, style.language), style.paper);
}

Picture simulation_sheet(const Simulation& simulation, const PictureStyle& style) {
  return all("simulation", caption_of(simulation, style.language),
             chart::charts_of(simulation, style.language), style.paper);
}

}  // namespace jixiao
