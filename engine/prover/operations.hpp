// The enclosure of every operation a formula may use.
#pragma once

#include <span>

#include "prover/enclosure.hpp"

namespace jixiao::value {
class Calendar;
}

namespace jixiao::prover::operations {

// Draws the conclusions from the parts: what is continuous and has no negative slope never falls.
void settle(Enclosure& out);

Enclosure sum(const Enclosure& a, const Enclosure& b);
Enclosure difference(const Enclosure& a, const Enclosure& b);
Enclosure product(const Enclosure& a, const Enclosure& b);
Enclosure quotient(const Enclosure& a, const Enclosure& b);
// `same`: both sides are one value.
Enclosure less(const Enclosure& a, const Enclosure& b, bool same);
Enclosure less_equal(const Enclosure& a, const Enclosure& b, bool same);
Enclosure equal(const Enclosure& a, const Enclosure& b, bool same);
// Where it is not sure which branch is taken.
Enclosure choice(const Enclosure& chosen_by, const Enclosure& then, const Enclosure& otherwise);

// Any operation but those whose meaning hangs on the branch they stand in: choices, differences,
// quotients. An operation not known here is enclosed by everything.
Enclosure enclosure(Operation operation, std::span<const Enclosure, 4> operands, bool same,
                    const value::Calendar* calendar);

}  // namespace jixiao::prover::operations
