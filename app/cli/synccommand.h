#pragma once

#include <string>
#include <vector>

#include "app/devices/folderfarm.h"

namespace marea::app {

// `marea sync …`: needs no display. Prints on stdout, problems on stderr (with --json all on stdout). Returns the exit
// code. An interrupt (SIGINT, SIGTERM) ends it in order: what is done stays and is noted. A device that does not answer
// ends the whole program, with words. Without `farms`, what the device does not play is left out.
int runSync(const std::vector<std::string>& arguments, const FolderFarms& farms = {});

}  // namespace marea::app
