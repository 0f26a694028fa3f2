#pragma once

#include <string>
#include <vector>

namespace marea::app {

// `marea sync …`: needs no display. Prints on stdout, problems on stderr (with --json all on stdout). Returns the exit
// code. An interrupt (SIGINT, SIGTERM) ends it in order: what is done stays and is noted.
int runSync(const std::vector<std::string>& arguments);

}  // namespace marea::app
