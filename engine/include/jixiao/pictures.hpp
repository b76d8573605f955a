// Charts of studies and scenarios as pictures for other documents: SVG that stands alone, and PNG.
#pragma once

#include <string>
#include <vector>

#include "jixiao/diagnostic.hpp"
#include "jixiao/export.hpp"
#include "jixiao/proof.hpp"
#include "jixiao/scenario.hpp"
#include "jixiao/study.hpp"
#include "jixiao/text.hpp"

namespace jixiao {

enum class Paper { light, dark };

struct PictureStyle {
  Language language = Language::zh;
  Paper paper = Paper::light;
};

// SVG with its own size and colours: it needs neither a page nor a style sheet. It names the
// project, says when results are illustrative, and which engine drew it.
struct Picture {
  std::string name;   // "tornado", "histogram-total", "waterfall-rate-350": the same in every
                      // language
  std::string title;  // for people
  std::string svg;
};

// Every chart by itself; empty where there is nothing to draw.
JIXIAO_EXPORT std::vector<Picture> study_pictures(const StudyReport& report,
                                                  const PictureStyle& style = {});
JIXIAO_EXPORT std::vector<Picture> simulation_pictures(const Simulation& simulation,
                                                       const PictureStyle& style = {});
// All of them on one sheet, one below the other. Nothing to draw: no SVG.
JIXIAO_EXPORT Picture study_sheet(const StudyReport& report, const PictureStyle& style = {});
JIXIAO_EXPORT Picture simulation_sheet(const Simulation& simulation,
                                       const PictureStyle& style = {});

// The curves of what was proved: pieces, jumps, the target, 0 and the weight.
JIXIAO_EXPORT Picture proof_sheet(const RulesProof& proof, const PictureStyle& style = {});

// The picture as a PNG file's bytes, `scale` pixels to a pixel of the SVG (0.1 to 8). librsvg draws
// it: errors (file.unwritable) when that is not installed or there is nothing to draw.
JIXIAO_EXPORT Checked<std::string> png_of(const Picture& picture, double scale = 2);

}  // namespace jixiao
