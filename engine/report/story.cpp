#include "report/story.hpp"

#include <cmath>

#include <fmt/core.h>

#include "page/numbers.hpp"
#include "page/table.hpp"
#include "report/rendering.hpp"
#include "value/rounding.hpp"

namespace jixiao::report {

using namespace page;

std::string cited_text(const Cited& cite, Language language) {
  const std::string status = evidence_text(cite.evidence, language);
  std::string out = one_line(cite.text) +
                    (language == Language::zh ? "〔" + status + "〕" : " [" + status + "]");
  if (!cite.url.empty()) out += " " + cite.url;
  return out;
}

std::string story_result(const IndicatorStory& story, int digits, Language language) {
  if (!is_counted(story)) return std::string(state_text(story.state, language));
  return fmt::format("{} / {}", points_text(story.points, digits), value::plain(story.weight));
}

std::vector<Fact> story_facts(const Scorecard& card, const IndicatorStory& story,
                              Language language) {
  const bool zh = language == Language::zh;
  std::vector<Fact> facts;
  const auto add = [&](const Label& label, std::string text, FactKind kind = FactKind::plain) {
    if (!text.empty()) facts.push_back({std::string(label.in(language)), std::move(text), kind});
  };
  std::string where = story.block_name.in(language);
  if (!story.type_name.empty())
    where += (where.empty() ? "" : " / ") + story.type_name.in(language);
  add(word::block, one_line(where));
  add(word::target, one_line(target_text(story)));
  add(word::actual, one_line(story.actual));
  std::string method = story.method;
  if (!story.method_title.empty())
    method += (method.empty() ? "" : "  ") + story.method_title.in(language);
  add(word::method, one_line(method));
  add(word::formula, one_line(story.formula), FactKind::code);
  if (story.state == "ok" && !story.substituted.empty()) {
    add(word::substituted,
        fmt::format("{} = {}", one_line(story.substituted),
                    std::isfinite(story.unrounded) ? value::plain(story.unrounded, 6) : "–"),
        FactKind::code);
  } else {
    add(word::substituted, one_line(story.substituted), FactKind::code);
  }
  std::string points = story_result(story, card.digits, language);
  if (is_counted(story)) {
    const bool rounded = !story.was_clamped && std::isfinite(story.unrounded) &&
                         std::abs(story.unrounded - story.points) > 5e-10 && story.state == "ok";
    if (story.was_clamped || rounded) {
      const std::string_view why =
          (story.was_clamped ? word::was_clamped : word::rounded).in(language);
      points += zh ? fmt::format("（{}）", why) : fmt::format(" ({})", why);
    }
  }
  add(word::points, points);
  const std::string reason = one_line(story.reason.in(language));
  if (is_counted(story) && story.lost > 0) {
    add(word::lost,
        points_text(story.lost, card.digits) + (reason.empty() ? "" : (zh ? "：" : ": ") + reason),
        FactKind::loss);
  } else {
    add(word::reason, reason);
  }
  if (story.reported) add(word::reported, points_text(*story.reported, card.digits));
  add(word::given_reason, one_line(story.given_reason));
  add(word::remedy, one_line(story.remedy));
  std::string proof;
  for (const std::string& piece : story.evidence_given)
    proof += (proof.empty() ? "" : zh ? "；" : "; ") + one_line(piece);
  add(word::proof, proof);
  for (const Cited& cite : story.cite) add(word::cite, cited_text(cite, language));
  if (!story.file.empty())
    add(word::place, story.line > 0 ? fmt::format("{}:{}", story.file, story.line) : story.file,
        FactKind::place);
  return facts;
}

Document explanation_document(const Scorecard& card, const Stories& stories, Language language) {
  Document out;
  out.title = one_line(card.project.in(language)) + (language == Language::zh ? " — " : ": ") +
              std::string(word::explanation.in(language));
  if (card.illustrative) out.banner(std::string(word::illustrative_banner.in(language)));
  for (const IndicatorStory* story : stories) {
    out.heading(
        one_line(story->name.in(language)) + " — " + story_result(*story, card.digits, language),
        2);
    out.facts(story_facts(card, *story, language));
  }
  return out;
}

}  // namespace jixiao::report
