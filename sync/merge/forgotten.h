#pragma once

#include <cstddef>

#include "sync/merge/record.h"

// What was taken out of a playlist leaves a cell that says so. When those are many they go, and one cell stands for all
// of them: what of the list's changes is known here. Who still has such an entry, and no later change of it, learns
// from that that it was removed (as in A. Bieniusa, M. Zawirski, N. Preguiça, M. Shapiro, C. Baquero, V. Balegas, S.
// Duarte: An Optimized Conflict-free Replicated Set, 2012). That is sound since the records of playlists are exchanged
// whole: who knows of a device's change to a list knows of those before it.
namespace marea::sync {

inline constexpr std::string_view kForgottenCell = "forgotten";
inline constexpr std::size_t kMostRemoved = 2000;  // cells of one record

// Whether there was anything to do. More than `most`, and all go.
bool forgetRemoved(Record& record, std::size_t most = kMostRemoved);

// For a cell that is made anew: it is later than whatever it was before it was forgotten.
void rememberForgotten(const Record& record, std::string_view name, Register& cell);

// For merge(): what one has and the other has forgotten goes, as far as that knew of it. `into` is as before the merge.
void forgetWithout(Record& into, Record& from);

}  // namespace marea::sync
