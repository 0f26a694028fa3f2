#pragma once

#include "app/api/types.h"

namespace marea::app {

// What the lists of several libraries can be narrowed by, as that of one: the most frequent first. Pure.
Facets mergedFacets(const QList<Facets>& all);

}  // namespace marea::app
