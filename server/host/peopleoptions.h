#pragma once

#include <string>

#include "server/apps/household/household.h"
#include "server/host/arguments.h"

namespace marea::server {

// What the options of marea-server user say: --role, --libraries, --rating, --unrated, --devices and --streams.

// In words, what is wrong with one of them whatever the database holds; empty: nothing.
std::string wrongPeopleOption(const Arguments& arguments);
// Libraries are found by name or id. Unprocessable: there is none of that name.
core::Result<MemberWish> peopleWish(const Arguments& arguments, Household& household);

}  // namespace marea::server
