#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/plan/libraryfile.h"
#include "sync/plan/selection.h"

namespace marea::sync {

struct ListedFile {
    std::string path;
    std::int64_t size = 0;
    core::TimeMs modified = 0;  // 0: not known
    bool isClosed = false;      // a folder, or anything else, that may not be looked at; what is in it is not listed
};

// Where a device can give a file another name without writing it anew.
enum class Moves { Nowhere, WithinAFolder, Anywhere };

// What is known of a device before anything is written.
// A part of a file of ours, from a run that was cut off: the next one goes on with it.
struct StartedFile {
    std::string path, to, item;  // where it is, where it shall be, of what
    std::int64_t size = 0;
};

struct DeviceState {
    LibraryFile library;             // what this library put there; its owners are all that there are
    std::vector<ListedFile> listed;  // all files that are there
    std::int64_t freeBytes = 0;
    NameKind names = NameKind::Fat;
    std::int64_t maxFileSize = 0;  // of its file system; 0: any
    Moves moves = Moves::Anywhere;
    std::optional<std::string> lists = {};  // in which folder it keeps playlists of its own; "": where the music is
    std::vector<DeviceFile> others = {};    // what other libraries put there
    std::vector<StartedFile> started = {};  // not among those that are listed, and their room counts as free
};

// What other libraries put there is from now on this one's.
DeviceState takenOver(DeviceState device);

// A list of the library, for devices that want them: as files, or as lists of their own.
struct LibraryPlaylist {
    std::string id, name;
    std::vector<std::string> items;  // ids, in order
};

struct Speeds {
    double bytesPerSecond = 10e6;  // to the device, read back included
    double audioEncoding = 40;     // seconds of sound a second
    double videoEncoding = 1.5;
};

enum class Action {
    Keep,       // there already
    Delete,     // a file of ours that is no longer wanted
    Move,       // a file of ours to another path
    Copy,       // as it is; over a file of ours where `from` names one
    Transcode,  // as Copy, made into what the device plays
    LeftOut,    // wanted and not possible: no room, too large, nothing that the device plays
    Conflict,   // a file of ours that somebody changed on the device: it is foreign now, and stays
    Other       // a file that another library put there, and that this one does not have: it stays
};

struct Step {
    Action action = Action::Keep;
    std::string item;         // id; of Delete and Conflict the one it was
    std::size_t place = 0;    // in the items; of Keep, Move, Copy, Transcode, LeftOut
    std::string from;         // path on the device of the file of ours that is moved, replaced or deleted
    std::string to;           // path on the device
    std::string wanted;       // what `to` would be without names that are taken or limited
    std::string encoding;     // "" for a copy
    std::string fingerprint;  // of the content in the library
    std::int64_t bytes = 0;   // on the device; of Transcode an estimate
    double seconds = 0;       // estimate, alone
    std::string reason;       // for a person
    std::string text;         // what to write, where it is no file of the library: a playlist; of a device's own list
                              // its titles, a path each line
};

struct Plan {
    std::vector<Step> steps;  // in the order to do them: Delete, Move, Copy and Transcode; then the rest
    std::int64_t bytesToWrite = 0, bytesToDelete = 0, bytesLeftOut = 0;
    std::int64_t libraryBytes = 0;     // that Marea's library file takes in the end, at most; room is left for it
    double seconds = 0;                // encoding and copying side by side
    std::vector<std::string> missing;  // paths of files of ours that are no longer there
    std::vector<std::string>
        leftovers;                    // parts from a run that was cut off that nothing goes on with: they are removed
    std::int64_t bytesOfOthers = 0;   // of other libraries
    std::vector<std::string> others;  // their names, as far as they are known; each once
    std::size_t count(Action action) const;
};

const char* name(Action action);

struct PlanInput {
    const std::vector<LibraryItem>& items;
    const std::vector<LibraryPlaylist>& playlists;
    const SyncRules& rules;
    const DeviceProfile& profile;
    const DeviceState& device;
    Speeds speeds;
    bool canEncode = true;                                         // whether anything here makes encodings
    std::int64_t mostListed = kMaxLibraryFileBytes - 1024 * 1024;  // of the library file, as it is estimated
};

// Pure and deterministic. What a device has that Marea did not put there is never touched: its names are taken.
Plan makePlan(const PlanInput& input);

// Bytes of an item made by `encoding`, roughly.
std::int64_t encodedBytes(const LibraryItem& item, const Encoding& encoding);

}  // namespace marea::sync
