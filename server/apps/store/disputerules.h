#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/money.h"
#include "server/apps/store/ledgerrules.h"

namespace marea::server::store {

// A buyer's bank takes a payment back until it is decided whose it is.
enum class DisputeState { Open, Won, Lost };  // won: by us
std::string_view name(DisputeState state);    // "open", "won", "lost"
std::optional<DisputeState> disputeState(std::string_view name);

struct Dispute {
    std::string id, payment;  // the provider's names for it, and for what was paid
    core::store::Money amount;
    DisputeState state = DisputeState::Open;
};

// What is known when that is heard, too. A decision stays: what was said before it may come after it.
DisputeState afterNews(DisputeState known, DisputeState news);

// What the books still lack of a dispute, in order: nothing, the taking, the decision, or both.
std::vector<DisputeState> missingIn(std::optional<DisputeState> booked, DisputeState state);

// Kinds and sides of its transactions. While it is open the money is with "disputes", which ends with nothing.
std::string_view ledgerKind(DisputeState state);  // "dispute", "dispute_won", "dispute_lost"
Postings disputePostings(DisputeState state, std::string_view provider, std::int64_t minor);

}  // namespace marea::server::store
