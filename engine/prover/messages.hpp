// What a proof says, in both languages.
#pragma once

#include <string>
#include <vector>

#include "jixiao/proof.hpp"
#include "prover/branches.hpp"
#include "prover/setting.hpp"
#include "text/findings.hpp"

namespace jixiao::prover::message {

using text::Code;
using text::Message;

// "A < 0", "0 .. T", "T .. ∞".
inline std::string ranges(const std::vector<Range>& all, const Axis& axis) {
  std::string out;
  std::size_t shown = 0;
  for (const Range& range : all) {
    if (++shown > 3) return out + ", …";
    const std::string from = axis.place(range.low), to = axis.place(range.high);
    const std::string& x = axis.name;
    std::string one;
    if (range.low <= -largest_number && range.high >= largest_number) {
      one = x;
    } else if (range.low <= -largest_number) {
      one = x + " < " + to;
    } else if (range.high >= largest_number) {
      one = x + " > " + from;
    } else {
      one = from == to ? x + " = " + from : from + " < " + x + " < " + to;
    }
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

inline Text at_setting(const std::string& setting) {
  if (setting.empty()) return {"", ""};
  return {"（" + setting + " 时）", " (with " + setting + ")"};
}

struct Bounded {
  std::string x;
  Verdict below;
  std::string below_where, below_setting;
  Verdict above;
  std::string above_where, above_setting;
  bool may_leave = false;
};

inline Text bounded(const Bounded& found) {
  if (found.below == Verdict::holds && found.above == Verdict::holds)
    return {"公式的得分总在 0 与 W 之间", "the formula stays within 0 and W"};
  Text out;
  const auto add = [&](Text more) {
    out.zh += (out.zh.empty() ? "" : "；") + more.zh;
    out.en += (out.en.empty() ? "" : "; ") + more.en;
  };
  const Text held = found.may_leave ? Text{"（方法允许超出）", " (the method may leave it)"}
                                    : Text{"，计分时限制在范围内", ", points are held to it"};
  if (found.below == Verdict::fails) {
    const Text at = at_setting(found.below_setting);
    add({found.below_where + " 时公式小于 0" + at.zh + held.zh,
         "below 0 where " + found.below_where + at.en + held.en});
  }
  if (found.above == Verdict::fails) {
    const Text at = at_setting(found.above_setting);
    add({found.above_where + " 时公式大于 W" + at.zh + held.zh,
         "above W where " + found.above_where + at.en + held.en});
  }
  if (found.below == Verdict::undecided)
    add({"不能确定是否总不小于 0", "whether it stays above 0 cannot be decided"});
  if (found.above == Verdict::undecided)
    add({"不能确定是否总不大于 W", "whether it stays below W cannot be decided"});
  return out;
}

inline Text complete(Verdict verdict, const std::string& where, bool counts_workdays) {
  switch (verdict) {
    case Verdict::holds:
      if (counts_workdays)
        return {"适用条件之内、工作日可数之处都有得分",
                "there are points wherever the calendar counts working days"};
      return {"适用条件之内处处有得分", "there are points everywhere within its domain"};
    case Verdict::fails:
      return {"适用条件之内却算不出得分：" + where, "no points within its domain: " + where};
    case Verdict::undecided: break;
  }
  return {"不能确定是否处处有得分", "whether there are points everywhere cannot be decided"};
}

struct Monotone {
  std::string x;
  bool never_falls = false, never_rises = false;
  Verdict verdict = Verdict::undecided;
  std::string turns;
  std::string setting;
};

// Where the curve goes which way: "0 .. T ↑, T .. 1.3*T →".
inline std::string turns(const Line& line, const Axis& axis) {
  std::string out;
  std::size_t shown = 0;
  const auto jump = [&](double at) {
    std::string found;
    for (const Cliff& cliff : line.cliffs) {
      if (cliff.at == at && cliff.after != cliff.before)
        found = std::string(cliff.after > cliff.before ? " ⇑" : " ⇓");
    }
    return found;
  };
  const auto arrow = [](Shape shape) -> const char* {
    switch (shape) {
      case Shape::rises:
      case Shape::steps_up: return "↑";
      case Shape::falls:
      case Shape::steps_down: return "↓";
      case Shape::flat: return "→";
      case Shape::unknown: return "?";
      default: return nullptr;
    }
  };
  for (const Piece& piece : line.pieces) {
    const char* mark = arrow(piece.shape);
    if (mark == nullptr) continue;
    if (++shown > 6) return out + ", …";
    out += (out.empty() ? "" : ", ") + axis.place(piece.from) + " .. " + axis.place(piece.to) +
           " " + mark + jump(piece.to);
  }
  return out;
}

inline Text monotone(const Monotone& found) {
  if (found.never_falls && found.never_rises)
    return {"得分不随 " + found.x + " 变化", "the points do not change with " + found.x};
  if (found.never_falls)
    return {found.x + " 增大，得分从不下降", "as " + found.x + " grows the points never fall"};
  if (found.never_rises)
    return {found.x + " 增大，得分从不上升", "as " + found.x + " grows the points never rise"};
  const Text at = at_setting(found.setting);
  if (found.verdict == Verdict::fails)
    return {"得分有升有降" + at.zh + "：" + found.turns,
            "the points rise and fall" + at.en + ": " + found.turns};
  return {
      "不能确定得分是否只升或只降" + at.zh + "：" + found.turns,
      "whether the points only rise or only fall cannot be decided" + at.en + ": " + found.turns};
}

inline Text direction(bool is_sure, const std::string& setting) {
  if (is_sure)
    return {"没有达到目标时，离目标越近得分从不越少",
            "short of the target, coming nearer never costs points"};
  const Text at = at_setting(setting);
  return {"不能确定离目标越近得分是否从不越少；所看的情形中如此" + at.zh,
          "whether coming nearer to the target never costs points cannot be decided; it does not "
          "where it was looked at" +
              at.en};
}

inline Text direction_fails(const std::string& direction, const std::string& from,
                            const std::string& to, const std::string& before,
                            const std::string& after, const std::string& setting) {
  const Text at = at_setting(setting);
  const std::string where_zh = to.empty() ? "A 过 " + from + " 时"
                                          : "A 从 " + from + " 到 " + to + "，";
  const std::string where_en = to.empty() ? "at A = " + from : "from A = " + from + " to " + to;
  return {where_zh + "得分从 " + before + " 变为 " + after + "，方向是 " + direction + at.zh,
          where_en + " the points go from " + before + " to " + after +
              ", though the direction is " + direction + at.en};
}

inline Text continuous(Verdict verdict, const std::string& cliffs, std::size_t count, bool may_jump,
                       const std::string& setting) {
  const Text at = at_setting(setting);
  const Text more = may_jump ? Text{"；此外不能逐一列出", "; others cannot be listed one by one"}
                             : Text{};
  if (verdict == Verdict::holds) return {"没有跳跃", "no jumps"};
  if (verdict == Verdict::fails) {
    const std::string n = std::to_string(count);
    const std::string dots = count > 3 ? "; …" : "";
    return {n + " 处跳跃" + at.zh + "：" + cliffs + dots + more.zh,
            n + (count == 1 ? " jump" : " jumps") + at.en + ": " + cliffs + dots + more.en};
  }
  return {"不能确定有没有跳跃" + at.zh, "whether there are jumps cannot be decided" + at.en};
}

inline std::string branch(const Branch& one) {
  return "'" + one.shown + "' (" + (one.is_otherwise ? "!(" + one.when + ")" : one.when) + ")";
}

inline std::string listed(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
  return out;
}

inline Text reached(Verdict verdict, const std::vector<std::string>& branches) {
  switch (verdict) {
    case Verdict::holds: return {"每个分支都用得到", "every branch is reached"};
    case Verdict::fails:
      return {"永远用不到：" + listed(branches), "never reached: " + listed(branches)};
    case Verdict::undecided: break;
  }
  return {"不能确定是否用得到：" + listed(branches),
          "whether it is ever reached cannot be decided: " + listed(branches)};
}

// Diagnostics.

inline Message falls(const std::string& whose, const Text& wrong) {
  return {Code::proof_falls,
          {"'" + whose + "'：" + wrong.zh, "'" + whose + "': " + wrong.en},
          {"检查公式中比较的方向与各段的次序，以及 when 的 direction",
           "look at the comparisons of the formula, the order of its parts, and the direction in "
           "'when'"}};
}

inline Message gap(const std::string& whose, const std::string& where) {
  return {Code::proof_gap,
          {"'" + whose + "' 在 " + where + " 算不出得分，domain 却说那里适用",
           "'" + whose + "' has no points at " + where + ", where its domain says it holds"},
          {"用 domain 排除那里，并用 outside 说明其余情形",
           "leave the place out with 'domain', and say with 'outside' what happens there"}};
}

inline Message unreached(const std::string& whose, const Branch& one) {
  return {Code::proof_unreached,
          {"'" + whose + "' 的分支 " + branch(one) + " 永远用不到",
           "the branch " + branch(one) + " of '" + whose + "' is never reached"},
          {"删去它，或检查各条件的次序与界限",
           "remove it, or look at the order and the limits of the conditions"}};
}

inline Message undecided(const std::string& whose, bool is_above) {
  return {Code::proof_undecided,
          {"不能确定 '" + whose + "' 的公式是否总" + (is_above ? "不大于 W" : "不小于 0"),
           "whether the formula of '" + whose + "' always stays " +
               (is_above ? "at or below W" : "at or above 0") + " cannot be decided"},
          {"写成 clamp(…, 0, W)，或用 domain 收窄取值",
           "write clamp(..., 0, W), or narrow what it may be given with 'domain'"}};
}

inline Message band_unreached(const std::string& id, const std::string& totals) {
  return {Code::proof_unreached,
          {"等级 '" + id + "' 永远得不到：总分只在 " + totals + " 之间",
           "the rating '" + id + "' is never reached: totals lie within " + totals},
          {"检查分数线与满分", "look at where it begins, and at the full marks"}};
}

inline Message veto_idle(const std::string& id, const Text& why) {
  return {
      Code::proof_unreached,
      {"否决 '" + id + "' 从不起作用：" + why.zh, "the veto '" + id + "' never matters: " + why.en},
      {"检查它的 effect 与 when", "look at its effect and at its 'when'"}};
}

}  // namespace jixiao::prover::message
