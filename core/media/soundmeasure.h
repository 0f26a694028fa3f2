#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/media/loudness.h"

namespace marea::core {

// A file of a library whose sound is to be measured.
struct SoundFile {
    std::int64_t num = 0;      // ascending: where a list goes on
    std::string name;          // without folders
    std::string content;       // what its content is known by: hexadecimal
    std::vector<int> streams;  // with sound, the one that plays without a choice first; none: nothing to measure
    double duration = 0;       // seconds
};

// One stream of it, measured; or why that cannot be.
struct SoundMeasure {
    int stream = 0;
    LoudnessMeter::Result result;
    std::string problem;
};

}  // namespace marea::core
