#pragma once

#include <string_view>

#include "core/base/result.h"
#include "server/gateway/routepolicy.h"
#include "server/gateway/router.h"

namespace marea::server {

// What an OpenAPI document asks of requests, compiled for the routes of a router: the query's parameters, of which it
// takes no others, and bodies of JSON or forms. Left to their handlers: operations with "x-checked-by": "handler", for
// protocols with errors of their own; queries below /stream/, to which players add what they like; bodies of other
// types; routes that the document does not have. An error is a mistake in the document.
// Besides: which of the limits on rates holds ("x-rate": "search" or "playback"), and what the audit log calls the
// operation ("x-audit", with the field of the body that tells its subject, "x-audit-field").
core::Result<RoutePolicies> documentPolicies(std::string_view document, const Router& router);

}  // namespace marea::server
