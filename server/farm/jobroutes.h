#pragma once

#include "server/farm/jobqueue.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// GET /api/v1/admin/jobs and DELETE /api/v1/admin/jobs/{id}, for owners. The queue and the pool outlive the router.
void addJobRoutes(Router& router, JobQueue& queue, WorkPool& pool);

core::json::object toJson(const Job& job);

}  // namespace marea::server
