#include "filing/summary.hpp"

#include <algorithm>

#include "filing/words.hpp"
#include "value/rounding.hpp"

namespace jixiao::filing {
namespace {

constexpr std::size_t most_losses = 7;

// How the result stands to the neighbouring ratings, and what cost most.
std::string verdict_of(const Scorecard& card, const std::vector<Loss>& losses, Language language) {
  const bool zh = language == Language::zh;
  if (!card.scored)
    return zh ? "有缺失或有误的结果，总分未能算出。"
              : "Results are missing or wrong: there is no total.";
  std::string out;
  const Distance& distance = card.distance;
  if (distance.to_next_band && !distance.next_label.empty()) {
    const std::string missing = value::plain(*distance.to_next_band, card.digits);
    out += zh ? "距“" + distance.next_label.zh + "”还差 " + missing + " 分。"
              : missing + " points short of " + distance.next_label.in(language) + ". ";
  } else if (distance.to_lower_band) {
    const std::string above = value::plain(*distance.to_lower_band, card.digits);
    out += zh ? "高出本等级下限 " + above + " 分。"
              : above + " points above the lower end of this rating. ";
  }
  if (losses.empty()) return out + (zh ? "没有失分。" : "No points were lost.");
  const Loss& worst = losses.front();
  const std::string lost = value::plain(worst.lost, 2);
  const std::string share = value::plain(100 * worst.share, 0);
  out += zh ? "失分最多的是“" + worst.name + "”：" + lost + " 分，占全部失分的 " + share + "%。"
            : "Most was lost on " + worst.name + ": " + lost + " points, " + share +
                  "% of the loss.";
  return out;
}

}  // namespace

Summary summarise(const Scorecard& card, Language language) {
  Summary out;
  out.language = language;
  out.project = card.project.in(language);
  out.unit = card.unit;
  out.rating = card.rating_label.in(language);
  out.rules = card.rules.id + " " + card.rules.version;
  out.year = card.year;
  out.illustrative = card.illustrative;
  out.scale = card.scale;
  if (card.scored) out.total = card.total;
  out.digits = card.digits;
  for (const BlockStory& block : card.blocks) {
    if (block.weight > 0)
      out.blocks.push_back({block.name.in(language), block.weight, block.points});
  }
  double all = 0;
  for (const IndicatorStory& story : card.indicators) {
    if (story.lost <= 0) continue;
    all += story.lost;
    const std::string why = story.given_reason.empty() ? story.reason.in(language)
                                                       : story.given_reason;
    out.losses.push_back({story.name.in(language),
                          story.target.empty() ? "" : story.sign + story.target, story.actual, why,
                          story.lost, 0});
  }
  std::stable_sort(out.losses.begin(), out.losses.end(),
                   [](const Loss& a, const Loss& b) { return a.lost > b.lost; });
  for (Loss& loss : out.losses) loss.share = loss.lost / all;
  out.verdict = verdict_of(card, out.losses, language);
  if (out.losses.size() > most_losses) {
    out.more_losses = out.losses.size() - most_losses;
    out.losses.resize(most_losses);
  }
  out.initial = card.initial;
  out.adjusted = card.adjusted;
  out.executed = card.executed;
  out.rate = card.execution_rate;
  return out;
}

namespace {

class SummaryLayout {
 public:
  explicit SummaryLayout(const Summary& summary)
      : summary_(summary), zh_(summary.language == Language::zh) {
    out_.grid.widths = {26, 14, 14, 12, 40};
  }

  SummaryGrid lay_out() {
    head();
    blocks();
    losses();
    money();
    return std::move(out_);
  }

 private:
  void put(std::size_t column, std::size_t columns, Role role, std::string text) {
    out_.grid.cells.push_back({row_, column, 1, columns, role, std::move(text), {}, {}, false});
  }
  void number(std::size_t column, std::optional<double> x, int digits = 2) {
    put(column, 1, Role::number, x ? value::plain(*x, digits, true) : std::string());
    out_.grid.cells.back().number = x;
    out_.grid.cells.back().format = digits == 0 ? "#,##0" : "#,##0.00##";
  }
  void headings(std::initializer_list<std::pair<const char*, const char*>> names) {
    std::size_t column = 1;
    for (const auto& [zh, en] : names) put(column++, 1, Role::heading, zh_ ? zh : en);
    ++row_;
  }

  void head() {
    put(1, 5, Role::title, summary_.project);
    ++row_;
    put(1, 5, Role::subtitle,
        summary_.unit + (zh_ ? "　" : "  ") + std::to_string(summary_.year) +
            (zh_ ? " 年度绩效摘要" : " summary"));
    ++row_;
    if (summary_.illustrative) {
      put(1, 5, Role::banner, std::string(page::word::illustrative_banner.in(summary_.language)));
      ++row_;
    }
    const std::string total = summary_.total ? value::fixed(*summary_.total, summary_.digits)
                                             : (zh_ ? "未算出" : "none");
    put(1, 1, Role::heading, std::string(word::total.in(summary_.language)));
    put(2, 1, Role::sum, total + " / " + value::plain(summary_.scale, 2));
    put(3, 1, Role::heading, std::string(page::word::rating.in(summary_.language)));
    put(4, 1, Role::sum, summary_.rating);
    put(5, 1, Role::text, summary_.verdict);
    row_ += 2;
  }

  void blocks() {
    headings({{"块", "block"},
              {"分值", "weight"},
              {"得分", "points"},
              {"失分", "lost"},
              {"得分率", "share reached"}});
    out_.blocks_row = row_;
    for (const BlockPart& block : summary_.blocks) {
      put(1, 1, Role::text, block.name);
      number(2, block.weight);
      number(3, block.points);
      number(4, std::max(0.0, block.weight - block.points));
      put(5, 1, Role::centred, value::plain(100 * block.points / block.weight, 1) + "%");
      ++row_;
    }
    ++row_;
  }

  void losses() {
    headings({{"失分最多的指标", "most points lost on"},
              {"目标", "target"},
              {"实际", "actual"},
              {"失分", "lost"},
              {"原因", "why"}});
    out_.losses_row = row_;
    for (const Loss& loss : summary_.losses) {
      put(1, 1, Role::text, loss.name);
      put(2, 1, Role::centred, loss.target);
      put(3, 1, Role::centred, loss.actual);
      number(4, loss.lost);
      put(5, 1, Role::text, loss.why);
      ++row_;
    }
    if (summary_.losses.empty()) {
      put(1, 5, Role::text, zh_ ? "没有失分。" : "No points were lost.");
      ++row_;
    }
    if (summary_.more_losses > 0) {
      const std::string n = std::to_string(summary_.more_losses);
      put(1, 5, Role::text, zh_ ? "另有 " + n + " 项失分较少。" : n + " more lost less.");
      ++row_;
    }
    ++row_;
  }

  void money() {
    if (!summary_.adjusted && !summary_.executed) return;
    put(1, 1, Role::heading, zh_ ? "资金（元）" : "money (yuan)");
    put(2, 1, Role::heading, zh_ ? "金额" : "amount");
    ++row_;
    out_.money_row = row_;
    const std::pair<word::Label, std::optional<double>> rows[] = {
        {word::initial, summary_.initial},
        {word::adjusted, summary_.adjusted},
        {word::executed, summary_.executed}};
    for (const auto& [name, yuan] : rows) {
      put(1, 1, Role::text, std::string(name.in(summary_.language)));
      number(2, yuan, 2);
      ++row_;
    }
  }

  const Summary& summary_;
  bool zh_;
  std::size_t row_ = 1;
  SummaryGrid out_;
};

}  // namespace

SummaryGrid summary_grid(const Summary& summary) { return SummaryLayout(summary).lay_out(); }

}  // namespace jixiao::filing
