#include "portfolio/earlier.hpp"

#include <cmath>

#include "portfolio/ledger.hpp"
#include "value/rounding.hpp"

namespace jixiao::portfolio {
namespace {

constexpr std::size_t movers = 10;
constexpr std::size_t first_seats = 1024;

}  // namespace

Earlier::Earlier(const ruleset::RuleSet& rules, std::string file)
    : rules_(&rules),
      file_(std::move(file)),
      seats_(first_seats, Seat{0, std::nan(""), no_band, false}),
      moved_(rules.bands.size(), std::vector<std::size_t>(rules.bands.size())),
      risen_(movers),
      fallen_(movers) {
  for (std::size_t b = 0; b < rules.bands.size(); ++b) {
    for (const std::string& name :
         {rules.bands[b].id, rules.bands[b].label.zh, rules.bands[b].label.en})
      bands_.try_emplace(name, static_cast<std::uint32_t>(b));
  }
  bands_.erase("");
}

Earlier::Seat& Earlier::seat(std::uint64_t key) {
  const std::size_t mask = seats_.size() - 1;
  std::size_t at = key & mask;
  while (!std::isnan(seats_[at].total) && seats_[at].key != key) at = (at + 1) & mask;
  return seats_[at];
}

void Earlier::grow() {
  std::vector<Seat> before(seats_.size() * 2, Seat{0, std::nan(""), no_band, false});
  before.swap(seats_);
  for (const Seat& old : before) {
    if (!std::isnan(old.total)) seat(old.key) = old;
  }
}

bool Earlier::remember(std::string_view project, double total, std::string_view rating) {
  if (std::isnan(total)) return true;
  if (taken_ * 4 >= seats_.size() * 3) grow();
  const std::uint64_t key = NameHash{}(project);
  Seat& own = seat(key);
  if (!std::isnan(own.total)) return false;
  const auto band = bands_.find(rating);
  own = {key, total, band == bands_.end() ? no_band : band->second, false};
  ++taken_;
  return true;
}

std::string Earlier::band_id(std::uint32_t band) const {
  return band < rules_->bands.size() ? rules_->bands[band].id : std::string();
}

std::uint32_t Earlier::add(std::string_view project, double total, std::uint32_t band,
                           std::size_t number) {
  if (std::isnan(total)) return no_band;
  Seat& then = seat(NameHash{}(project));
  if (std::isnan(then.total) || then.met) {
    ++only_now_;
    return no_band;
  }
  then.met = true;
  ++both_;
  const double change = value::Rounding{9, value::RoundingMode::half_up}(total - then.total);
  changes_.add(change);
  const bool rated = then.band < moved_.size() && band < moved_.size();
  if (rated) {
    ++moved_[then.band][band];
  } else {
    ++unrated_;
  }
  TopK<Listed>& list = change > 0 ? risen_ : fallen_;
  if (change != 0 && list.takes(std::abs(change)))
    list.add(
        std::abs(change),
        {{std::string(project), then.total, total, band_id(then.band), band_id(band)}, number});
  return rated ? then.band : no_band;
}

void Earlier::move(std::uint32_t then, std::size_t number, std::uint32_t from, std::uint32_t to) {
  if (then < moved_.size()) {
    --moved_[then][from];
    ++moved_[then][to];
  }
  for (TopK<Listed>* list : {&risen_, &fallen_})
    list->change([&](Listed& listed) {
      if (listed.number == number) listed.mover.band_now = band_id(to);
    });
}

std::vector<Change::Mover> Earlier::movers_of(const TopK<Listed>& list) {
  std::vector<Change::Mover> out;
  for (Listed& listed : list.sorted()) out.push_back(std::move(listed.mover));
  return out;
}

Change Earlier::change() const {
  Change out;
  out.earlier = file_;
  out.both = both_;
  out.only_now = only_now_;
  out.only_earlier = taken_ - both_;
  out.mean_change = both_ > 0 ? changes_.value() / static_cast<double>(both_) : std::nan("");
  out.moved = moved_;
  out.unrated = moved_.empty() ? 0 : unrated_;
  out.risen = movers_of(risen_);
  out.fallen = movers_of(fallen_);
  return out;
}

}  // namespace jixiao::portfolio
