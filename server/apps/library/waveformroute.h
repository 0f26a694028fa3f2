#pragma once

#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/stream/waveforms.h"

namespace marea::server {

class Catalog;

// GET /api/v1/media/{id}/waveform, of a track or an audiobook that the asking user may see. All outlive the router.
void addWaveformRoute(Router& router, WorkPool& pool, Catalog& catalog, Waveforms& waveforms);

}  // namespace marea::server
