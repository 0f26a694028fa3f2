#pragma once

#include <string>

#include "core/io/clearfile.h"

namespace marea::core {

// Puts originals under their seal, and takes it off. What is to be is written beside under a hidden name, synced and
// read back from the disk against what is there; then it gets its name, and only when that is on the disk the other one
// goes. Whatever ends the program, one of the two is whole, and doing it again goes on from there.

struct SealOutcome {
    bool changed = false;    // false: it was so already
    std::uint64_t size = 0;  // of what is in it
};

// NotFound: there is no such file. Conflict: both are there, and differ; it was written to, or replaced, meanwhile; or
// another run works in its folder.
// Unprocessable: a link, a file with further names (which would stay in the clear), or an empty one.
Result<SealOutcome> sealOriginal(const FileHandle& root, const std::string& relative, const SealId& id,
                                 const std::string& secret);
Result<SealOutcome> unsealOriginal(const FileHandle& root, const std::string& relative, SealSecrets& secrets);
// Reads the whole of a sealed file. NotFound: it is not sealed, or not there.
Result<SealOutcome> verifyOriginal(const FileHandle& root, const std::string& relative, SealSecrets& secrets);

}  // namespace marea::core
