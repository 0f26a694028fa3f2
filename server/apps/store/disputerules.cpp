#include "server/apps/store/disputerules.h"

namespace marea::server::store {

std::string_view name(DisputeState state) {
    constexpr std::string_view names[] = {"open", "won", "lost"};
    return names[static_cast<std::size_t>(state)];
}

std::optional<DisputeState> disputeState(std::string_view text) {
    for (const DisputeState state : {DisputeState::Open, DisputeState::Won, DisputeState::Lost}) {
        if (text == name(state)) {
            return state;
        }
    }
    return std::nullopt;
}

DisputeState afterNews(DisputeState known, DisputeState news) {
    return known == DisputeState::Open ? news : known;
}

std::vector<DisputeState> missingIn(std::optional<DisputeState> booked, DisputeState state) {
    std::vector<DisputeState> missing;
    if (!booked) {
        missing.push_back(DisputeState::Open);
    }
    if (state != DisputeState::Open && booked != state) {
        missing.push_back(state);
    }
    return missing;
}

std::string_view ledgerKind(DisputeState state) {
    constexpr std::string_view kinds[] = {"dispute", "dispute_won", "dispute_lost"};
    return kinds[static_cast<std::size_t>(state)];
}

Postings disputePostings(DisputeState state, std::string_view provider, std::int64_t minor) {
    const std::string disputes = "disputes", elsewhere(provider), sales = "sales";
    switch (state) {
        case DisputeState::Open:
            return {{disputes, -minor}, {elsewhere, minor}};
        case DisputeState::Won:
            return {{elsewhere, -minor}, {disputes, minor}};
        case DisputeState::Lost:
            break;
    }
    return {{sales, -minor}, {disputes, minor}};
}

}  // namespace marea::server::store
