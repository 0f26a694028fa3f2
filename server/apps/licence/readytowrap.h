#pragma once

#include "core/db/database.h"
#include "server/apps/licence/keywrapper.h"

namespace marea::server {

// That there is a master key to wrap the next secret under, made where nothing is wrapped yet. Where something is, and
// the key of it is lost, no other one takes its place: it would hide that, and be in the way when the lost one is put
// back. In the transaction that keeps the secret. Whatever lies in the database under the master key is looked for
// here.
core::Result<void> readyToWrap(core::db::Session& session, KeyWrapper& wrapper);

}  // namespace marea::server
